"""Sentences and pairs of label and value, with clean text and the place of every character of it.

A pair is a line `Label: value`, a row of a two-column table, or a cell of a table under its column's heading in a row that
begins with the model's name. Tables of comparison give no pairs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..markdown import Block, Section
from ..recognition import heading_key

_MARKUP = re.compile(
    r"(?P<image>!\[[^\[\]]{0,300}\]\([^()\s]{0,1000}[^()]{0,200}\))"
    r"|(?P<open>\[(?=[^\[\]]{1,300}\]\())"
    r"|\]\((?P<target>[^()\s]{1,1000})[^()]{0,200}\)"
    r"|(?P<space> ?(?:(?:<[/A-Za-z][^<>]{0,500}>|https?://[^\s)>\]|]+|&nbsp;|[^\S ]| {2,40}) ?){1,40})"
    r"|(?P<drop>\*{1,3}|`{1,3}|~~|\$|\\[a-z]{0,8}|(?<![A-Za-z0-9])_{1,2}(?=\S)|_{1,2}(?![A-Za-z0-9_]))"
)
_BULLET = re.compile(r"^\s*(?:[-*+•]\s|\d{1,3}[.)]\s|>\s?)\s*")
_LINE = re.compile(r"^\W{0,8}(?P<label>[^:：|]{2,70}?)\s*[:：]\s*(?P<value>\S.*)$")
_STOP = re.compile(
    r"(?<=[.!?。;])(?<!\bvs\.)(?<!e\.g\.)(?<!i\.e\.)(?<!\bca\.)(?<!approx\.)(?<!etc\.)(?<!\bal\.)(?<!\bcf\.)\s+(?=\S)"
)
_CELL = re.compile(r"(?<!\\)\|")
_VALUES = ("value", "values", "detail", "details", "description")
_MAX = 4000
"""Longest paragraph that is read, in characters."""


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


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or the value of a `label`. `headings` stand above it, the nearest last; `before` is the sentence before,
    or the line with a colon that leads to a list.

    `row` is the name in the row of a table that the value is from.
    """

    text: Text
    headings: tuple[str, ...] = ()
    label: str = ""
    before: str = ""
    row: str = ""


def read_passages(
    sections: Iterable[Section], lines: Sequence[str], cues: Sequence[str], labels: frozenset[str]
) -> Iterator[Passage]:
    """Sentences of blocks in which a cue or label occurs, and pairs with one of the labels. `lines` are those of the file."""
    path: list[tuple[int, str]] = []
    for section in sections:
        if section.level:
            path = [(level, words) for level, words in path if level < section.level]
            path.append((section.level, _clean_line(section.heading)))
        headings = tuple(words for _, words in path)
        lead = ""
        for group in _groups(section.blocks):
            raw = group[0].text
            if raw.startswith("|"):
                yield from _table(group, lines, headings, labels)
            elif lead or _holds(raw.casefold(), cues, labels):
                yield from _paragraph(group[0], lines, headings, lead if _BULLET.match(raw) else "", labels)
            if not _BULLET.match(raw):
                lead = _clean_line(raw[-300:]) if raw.rstrip(" *_").endswith(":") else ""


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Rows of a table together, everything else alone."""
    rows: list[Block] = []
    for block in blocks:
        if block.text.startswith("|") and (not rows or block.line == rows[-1].line + 1):
            rows.append(block)
            continue
        if rows:
            yield rows
        rows = [block] if block.text.startswith("|") else []
        if not rows:
            yield [block]
    if rows:
        yield rows


def _paragraph(
    block: Block, lines: Sequence[str], headings: tuple[str, ...], lead: str, labels: frozenset[str]
) -> Iterator[Passage]:
    raw = block.text[:_MAX]
    runs = _runs(raw, block.line, lines)
    for begin, end in _line_spans(runs, len(raw)):
        label = _LINE.match(raw[begin:end])
        if label and heading_key(label["label"]) in labels:
            text = clean(raw[begin:end], _shift(runs, begin))
            told = _LINE.match(text.text)
            if told:
                value = text.part(told.start("value"), len(text.text))
                yield Passage(value, headings, heading_key(told["label"]), before=lead)
    text = clean(raw, runs)
    before = lead
    for begin, end in _sentence_spans(text.text):
        yield Passage(text.part(begin, end), headings, before=before)
        before = text.text[begin:end]


def _table(rows: list[Block], lines: Sequence[str], headings: tuple[str, ...], labels: frozenset[str]) -> Iterator[Passage]:
    """Pairs of a table with a heading row: two columns are labels and values, more are one model a row."""
    if len(rows) < 3 or not re.fullmatch(r"[\s|:-]*", rows[1].text):
        return
    columns = [heading_key(cell.text) for cell in _cells(rows[0], lines)]
    pairs = len(columns) == 2 or (len(columns) > 2 and columns[1] in _VALUES)
    known = [number for number, column in enumerate(columns) if number and column in labels]
    for block in rows[2:]:
        first = block.text[:200].lstrip("| ").partition("|")[0]
        key = heading_key(first) if pairs else ""
        if key not in labels and not known:
            continue
        row = _cells(block, lines)
        if key in labels and len(row) > 1:
            yield Passage(row[1], headings, key)
        for number in known:
            if number < len(row):
                yield Passage(row[number], headings, columns[number], row=row[0].text)


def _cells(block: Block, lines: Sequence[str]) -> list[Text]:
    raw = block.text[:_MAX]
    runs = _runs(raw, block.line, lines)
    marks = [match.start() for match in _CELL.finditer(raw)]
    ends = marks[1:] if raw.rstrip().endswith("|") else [*marks[1:], len(raw)]
    cells = []
    for begin, end in zip(marks, ends, strict=False):
        text = raw[begin + 1 : end]
        start = begin + 1 + len(text) - len(text.lstrip())
        cells.append(clean(text.strip(), _shift(runs, start)))
    return cells


def _holds(low: str, cues: Sequence[str], labels: frozenset[str]) -> bool:
    return any(cue in low for cue in cues) or (":" in low[:100] and any(label in low for label in labels))


def clean(raw: str, runs: Sequence[tuple[int, int, int]]) -> Text:
    """Text without markup, bullets and addresses. `runs` say from where in the file the raw text is."""
    made = _Made(runs)
    bullet = _BULLET.match(raw)
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
        elif (match["space"] or match["image"]) and made.length and not made.ends_in_space:
            made.gap(match.start())
    made.add(raw, at, len(raw))
    return Text("".join(made.parts), tuple(made.runs) or ((0, *_placed(runs, 0)),), tuple(made.links))


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
            self.runs.append((self.length, *_placed(self.source, start)))
            self.runs += [(self.length + at - start, line, column) for at, line, column in self.source if start < at < end]
            self.parts.append(raw[start:end])
            self.length += end - start

    def gap(self, at: int) -> None:
        self.runs.append((self.length, *_placed(self.source, at)))
        self.parts.append(" ")
        self.length += 1


def _runs(raw: str, line: int, lines: Sequence[str]) -> list[tuple[int, int, int]]:
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


def _placed(runs: Sequence[tuple[int, int, int]], at: int) -> tuple[int, int]:
    start, line, column = runs[max(bisect_right(runs, (at, 10**9, 0)) - 1, 0)]
    return line, column + max(at - start, 0)


def _shift(runs: Sequence[tuple[int, int, int]], begin: int) -> list[tuple[int, int, int]]:
    return [(0, *_placed(runs, begin))] + [(at - begin, line, column) for at, line, column in runs if at > begin]


def _line_spans(runs: Sequence[tuple[int, int, int]], end: int) -> Iterator[tuple[int, int]]:
    starts = [at for at, _, _ in runs]
    yield from zip(starts, [*starts[1:], end], strict=True)


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for stop in _STOP.finditer(text):
        yield begin, stop.start()
        begin = stop.end()
    yield begin, len(text)


def _clean_line(text: str) -> str:
    return clean(text, ((0, 1, 1),)).text.strip()
