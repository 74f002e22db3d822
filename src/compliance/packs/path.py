"""The path of a demand: where the document hangs and what it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PATH = re.compile(r"\s*(\w+) -(\w+)->\s*(\w+(?:\s*\|\s*\w+)*)\s*\Z")


@dataclass(frozen=True, slots=True)
class Path:
    """`START -EDGE-> KIND | KIND`."""

    start: str
    edge: str
    kinds: tuple[str, ...]


def parse_path(raw: str) -> Path:
    """Raises `ValueError` with the right form."""
    match = _PATH.match(raw)
    if not match:
        raise ValueError(f"`{raw}` is not a path; write model -documented_by-> model_card")
    return Path(match[1], match[2], tuple(kind.strip() for kind in match[3].split("|")))
