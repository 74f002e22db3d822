"""Sentences and pairs of label and value, with clean text and the place of every character of it.

A pair is a line `Label: value`, a row of a two-column table, or a cell of a table under its column's heading in a row that
begins with the model's name. Tables of comparison give no pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..markdown import Block, Section
from ..recognition import heading_key
from .tables import Told, html_rows, markdown_rows, read_table
from .text import BULLET, MAX, Text, clean, runs_of, shift

_LINE = re.compile(r"^\W{0,8}(?P<label>[^:：|]{2,70}?)\s*[:：]\s*(?P<value>\S.*)$")
_IDS = re.compile(r"(?:[\w.-]{2,60}/[\w.-]{2,96}(?:\s+|\Z)){2,24}\Z")
"""Names of a hub and nothing else, which are a list without marks."""
_STOP = re.compile(
    r"(?<=[.!?。;])(?<!\bvs\.)(?<!e\.g\.)(?<!i\.e\.)(?<!\bca\.)(?<!approx\.)(?<!etc\.)(?<!\bal\.)(?<!\bcf\.)\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or the value of a `label`. `headings` stand above it, the nearest last; `before` is the sentence before,
    or the line with a colon that leads to a list.

    `row` is the name in the row of a table that the value is from, `linked` what the row links to, by the last part of the
    address, `size` what the row says of parameters.
    """

    text: Text
    headings: tuple[str, ...] = ()
    label: str = ""
    before: str = ""
    row: str = ""
    linked: tuple[str, ...] = ()
    size: str = ""


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
        lead, inner, depth = "", "", 0
        for group in _groups(section.blocks, lines):
            raw = group[0].text
            if inner and (not BULLET.match(raw) or _depth(group[0], lines) <= depth):
                inner = ""
            if group[0].is_row:
                yield from _told(read_table(markdown_rows(group, lines), labels), headings)
            elif raw.startswith("<table"):
                yield from _told(read_table(html_rows(lines, group[0].line), labels), headings)
            elif lead or inner or _holds(raw.casefold(), cues, labels):
                yield from _paragraph(
                    group[0], lines, headings, (inner or lead) if BULLET.match(raw) or _IDS.match(raw) else "", labels
                )
            if not BULLET.match(raw):
                lead = _clean_line(raw[-300:]) if raw.rstrip(" *_").endswith(":") else ""
            elif len(raw) < 120 and raw.rstrip(" *_").endswith(":"):
                inner, depth = f"{lead} {_clean_line(raw)}".strip(), _depth(group[0], lines)


def _depth(block: Block, lines: Sequence[str]) -> int:
    """How far an item of a list is indented."""
    line = lines[block.line - 1] if block.line <= len(lines) else ""
    return len(line) - len(line.lstrip())


def _told(pairs: Iterable[Told], headings: tuple[str, ...]) -> Iterator[Passage]:
    yield from (Passage(one.text, headings, one.label, row=one.row, linked=one.linked, size=one.size) for one in pairs)


def _groups(blocks: Sequence[Block], lines: Sequence[str]) -> Iterator[list[Block]]:
    """Rows of a table together, everything else alone. A line `: more :` goes on with the row above it."""
    rows: list[Block] = []
    for block in blocks:
        is_row = block.is_row
        if is_row and rows:
            gap = block.line - rows[-1].line
            if gap == 1 or (gap == 2 and lines[block.line - 2].startswith(":")):
                rows.append(block)
                continue
        if rows:
            yield rows
        rows = [block] if is_row else []
        if not rows:
            yield [block]
    if rows:
        yield rows


def _paragraph(
    block: Block, lines: Sequence[str], headings: tuple[str, ...], lead: str, labels: frozenset[str]
) -> Iterator[Passage]:
    raw = block.text[:MAX]
    runs = runs_of(raw, block.line, lines)
    for begin, end in _line_spans(runs, len(raw)):
        label = _LINE.match(raw[begin:end])
        if label and heading_key(label["label"]) in labels:
            text = clean(raw[begin:end], shift(runs, begin))
            told = _LINE.match(text.text)
            if told:
                value = text.part(told.start("value"), len(text.text))
                yield Passage(value, headings, heading_key(told["label"]), before=lead)
    text = clean(raw, runs)
    before = lead
    for begin, end in _sentence_spans(text.text):
        yield Passage(text.part(begin, end), headings, before=before)
        before = text.text[begin:end]


def _holds(low: str, cues: Sequence[str], labels: frozenset[str]) -> bool:
    return any(cue in low for cue in cues) or (":" in low[:100] and any(label in low for label in labels))


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
