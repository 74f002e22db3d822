"""Text from strangers, made safe for a terminal."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """One line of text without control characters, line ends and direction marks, so that it cannot draw, hide or forge."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
