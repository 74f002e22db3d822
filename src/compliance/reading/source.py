"""Where something stands: the file, the line, the column."""

from __future__ import annotations

import hashlib
from typing import NamedTuple


class Source(NamedTuple):
    """A place in a file, counted from 1; line 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


def digest(content: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimal; the identity of a document or card."""
    return hashlib.sha256(content).hexdigest()
