"""Text from strangers, made safe for a terminal."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text without control characters and direction marks (line ends and tabs stay), so that it cannot draw or hide."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
