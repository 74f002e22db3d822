"""Errors that concern input are values: located, collected, shown, never raised at a user."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from .source import Source


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do about it.

    `code` is a lint code (`PK201`) or a short word for input outside packs (`yaml`, `size`, `encoding`, `path`).
    `excerpt` is the source line, `hint` the sentence under the mark.
    """

    source: Source
    code: str
    message: str
    hint: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        head = f"{self.source}: {self.code} {self.message}"
        if not self.excerpt:
            return f"{head}\n  {self.hint}" if self.hint else head
        number = f"{self.source.line:>5}"
        lines = [head, f"{number} | {self.excerpt}"]
        if self.hint:
            indent = " " * max(self.source.column - 1, 0)
            lines.append(f"{' ' * len(number)} | {indent}^ {self.hint}")
        return "\n".join(lines)


class InputError(Exception):
    """Carries one problem out of a reader whose whole input is unusable; the caller turns it back into a value."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word closest to a misspelt one, or the empty string."""
    matches = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""
