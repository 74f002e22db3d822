"""Fenced code of a card: what a reader is told to run. Read line by line in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^\s{0,12}(?:[-*+>]\s+|\d{1,3}[.)]\s+)?(`{3,}|~{3,})")
_COPIED = re.compile(r"^[ \t#*_>-]{0,12}(?:original (?:model )?card|base model card)(?![\w])", re.I | re.M)
"""A heading from which on a card repeats another model's."""
MAX_LINES = 400
"""Lines of one block that are read; longer ones are listings."""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """The lines of a block, and the line of the file on which the first of them stands."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)


def read_own_code(text: str) -> Iterator[CodeBlock]:
    """The blocks of a card up to where it repeats another model's card."""
    copied = _COPIED.search(text)
    return read_code(text[: copied.start()] if copied else text)


def read_code(text: str) -> Iterator[CodeBlock]:
    """Every fenced block of a text; one that is not closed runs to the end."""
    fence, begun, lines = "", 0, list[str]()
    for number, whole in enumerate(text.split("\n"), 1):
        if fence:
            if whole.strip().startswith(fence) and not whole.strip().strip(fence[0]):
                yield CodeBlock(begun, tuple(lines))
                fence = ""
            elif len(lines) < MAX_LINES:
                lines.append(whole[:2000])
        elif ("```" in whole or "~~~" in whole) and (opened := _FENCE.match(whole)):
            fence, begun, lines = opened[1], number + 1, []
    if fence:
        yield CodeBlock(begun, tuple(lines))
