"""Text without markup, with the place of every character of it in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

_MARKUP = re.compile(
    r"(?P<image>!\[[^\[\]]{0,300}\]\([^()\s]{0,1000}[^()]{0,200}\))"
    r"|(?P<open>\[(?=[^\[\]]{1,300}\]\())"
    r"|\]\((?P<target>[^()\s]{1,1000})[^()]{0,200}\)"
    r"|(?P<space> ?(?:(?:<[/A-Za-z][^<>]{0,500}>|https?://[^\s)>\]|]+|&nbsp;|[^\S ]| {2,40}) ?){1,40})"
    r"|(?P<drop>\*{1,3}|`{1,3}|~~|\$|\\[a-z]{0,8}|(?<![A-Za-z0-9])_{1,2}(?=\S)|_{1,2}(?![A-Za-z0-9_]))"
)
_ADDRESS = re.compile(r"https?://[^\s)>\]|\"']+")
BULLET = re.compile(r"^\s*(?:[-*+•]\s|\d{1,3}[.)]\s|>\s?)\s*")
MAX = 4000
"""Longest paragraph, cell or line that is read, in characters."""


@dataclass(frozen=True, slots=True)
class Text:
    """Text without markup. `runs` are (offset here, line, column) from which places are counted; `links` are its links."""

    text: str
    runs: tuple[tuple[int, int, int], ...]
    links: tuple[tuple[int, int, str], ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, counted from 1."""
        start, line, column = self.runs[max(bisect_right(self.runs, (offset, 10**9, 0)) - 1, 0)]
        return line, column + max(offset - start, 0)

    def part(self, start: int, end: int) -> Text:
        """A part of it, with its own offsets."""
        line, column = self.place(start)
        runs = [(0, line, column)] + [(at - start, ln, col) for at, ln, col in self.runs if start < at < end]
        links = tuple((s - start, e - start, target) for s, e, target in self.links if start <= s and e <= end)
        return Text(self.text[start:end], tuple(runs), links)


def clean(raw: str, runs: Sequence[tuple[int, int, int]]) -> Text:
    """Text without markup, bullets and addresses. `runs` say from where in the file the raw text is."""
    made = _Made(runs)
    bullet = BULLET.match(raw)
    at = bullet.end() if bullet else 0
    opened: list[int] = []
    for match in _MARKUP.finditer(raw, at):
        made.add(raw, at, match.start())
        at = match.end()
        if match["open"]:
            opened.append(made.length)
        elif match["target"]:
            if opened:
                made.links.append((opened.pop(), made.length, match["target"]))
        elif match["space"] or match["image"]:
            if made.length and not made.ends_in_space:
                made.gap(match.start())
            if match["space"] and "https://huggingface.co/" in match["space"]:
                made.links.extend((made.length, made.length, address) for address in _ADDRESS.findall(match["space"]))
    made.add(raw, at, len(raw))
    return Text("".join(made.parts), tuple(made.runs) or ((0, *placed(runs, 0)),), tuple(made.links))


@dataclass
class _Made:
    """Clean text while it is put together."""

    source: Sequence[tuple[int, int, int]]
    parts: list[str] = field(default_factory=list)
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    length: int = 0

    @property
    def ends_in_space(self) -> bool:
        return self.parts[-1].endswith(" ")

    def add(self, raw: str, start: int, end: int) -> None:
        if end > start:
            self.runs.append((self.length, *placed(self.source, start)))
            self.runs += [(self.length + at - start, line, column) for at, line, column in self.source if start < at < end]
            self.parts.append(raw[start:end])
            self.length += end - start

    def gap(self, at: int) -> None:
        self.runs.append((self.length, *placed(self.source, at)))
        self.parts.append(" ")
        self.length += 1


def runs_of(raw: str, line: int, lines: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where each line of a block stands: (offset in the block, line, column). Lines that were changed count from column 1."""
    runs: list[tuple[int, int, int]] = []
    offset = 0
    while offset < len(raw) and line <= len(lines):
        whole = lines[line - 1]
        text = whole.strip()
        if text and raw.startswith(text, offset):
            runs.append((offset, line, whole.index(text) + 1))
            offset += len(text) + 1
        elif not runs or text:
            runs.append((offset, line, 1))
            if not raw.startswith(text, offset):
                break
        line += 1
    return runs or [(0, line, 1)]


def placed(runs: Sequence[tuple[int, int, int]], at: int) -> tuple[int, int]:
    """Line and column of an offset."""
    start, line, column = runs[max(bisect_right(runs, (at, 10**9, 0)) - 1, 0)]
    return line, column + max(at - start, 0)


def shift(runs: Sequence[tuple[int, int, int]], begin: int) -> list[tuple[int, int, int]]:
    """The same places counted from a later offset."""
    return [(0, *placed(runs, begin))] + [(at - begin, line, column) for at, line, column in runs if at > begin]
