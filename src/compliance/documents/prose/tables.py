"""Tables, in Markdown or HTML: pairs of a label and a value, each perhaps of one model that a row or a column is about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from ..markdown import Block
from ..recognition import heading_key
from .text import MAX, Text, clean, runs_of, shift
from .words import rule_words

_CELL = re.compile(r"(?<!\\)\|")
_VALUES = ("value", "values", "detail", "details", "description")


@dataclass(frozen=True, slots=True)
class Told:
    """The value of a label. `row` is the name of what it is of, `linked` what the row links to, by the ends of addresses;
    `size` is what stands in its row under a heading for parameters.
    """

    text: Text
    label: str
    row: str = ""
    linked: tuple[str, ...] = ()
    size: str = ""


_WEIGHTS = re.compile(r"(?P<name>[A-Za-z][\w.-]{2,80}?)(?:[_-]pre-?train(?:ed)?)?\.(?:pth?|ckpt|safetensors|npz)\Z", re.I)
_PATH = re.compile(r"`?(?:[\w.-]{1,60}/){1,6}(?P<name>[A-Za-z][\w.-]{2,80})`?\Z")
_A_SIZE = re.compile(r"\d{1,4}(?:\.\d{1,3})?\s?[BM]\Z")


def weights_name(address: str) -> str:
    """How a file of weights is called, without what every such name ends in; empty for an address of anything else."""
    found = _WEIGHTS.match(_last(address))
    return found["name"] if found else ""


def path_names(cells: Sequence[str]) -> tuple[str, ...]:
    """In a row that begins with a size: the ends of the paths that fill cells, `zoo/lion/lion-2b` is lion-2b."""
    if not cells or not _A_SIZE.match(cells[0].strip()):
        return ()
    return tuple(found["name"] for cell in cells[1:] if (found := _PATH.match(cell.strip())))


Row = tuple[str, Callable[[], list[Text]]]
"""How a row of a table begins, and how to read its cells."""


def read_table(rows: Iterator[Row], labels: frozenset[str]) -> Iterator[Told]:
    """Pairs of a table with a heading row: two columns are labels and values, more are one model a row.

    Where models stand in the heading row, each row whose first cell is a label gives a value for each of them. A first
    column of figures gives values too, for the models that its rows link to. What begins a row is the value of
    `rows of ...`, where that is a label. A single row below labels alone is about the model of the card.
    """
    top = [cell for _, cells in itertools.islice(rows, 1) for cell in cells()]
    body = list(rows)
    columns = [heading_key(cell.text) for cell in top]
    pairs = len(columns) == 2 or (len(columns) > 2 and columns[1] in _VALUES)
    known = [number for number, column in enumerate(columns) if column in labels]
    across = len(columns) > 2 and not known and any(re.search(r"\d", column) for column in columns[1:])
    head = f"rows of {columns[0]}" if columns else ""
    if len(body) == 1 and len(known) > 1 and not known[0]:
        yield from (Told(cell, column) for cell, column in zip(body[0][1](), columns, strict=False) if column in labels)
        return
    size = next((number for number in known if columns[number] in _counts()), 0)
    sized = len(columns) > 2 and columns[0] == "size" and "parameters" in labels
    for first, cells in body:
        if head in labels:
            yield Told(cells()[0], head)
        if sized and _A_SIZE.match(first.strip()) and (names := path_names([cell.text for cell in cells()])):
            yield Told(cells()[0], "parameters", names[0], names)
        key = heading_key(first) if pairs or across else ""
        if key not in labels and not known:
            continue
        row = cells()
        if key in labels and len(row) > 1 and pairs:
            yield Told(row[1], key)
        elif key in labels and across:
            yield from (Told(cell, key, name.text) for name, cell in zip(top[1:], row[1:], strict=False))
        is_name = re.search(r"[A-Za-z]{2}", first)
        links = [link for cell in row for _, _, link in cell.links]
        files = tuple(dict.fromkeys(name for link in links if (name := weights_name(link))))
        linked = (files if len(files) == 1 else ()) if is_name else (*map(_last, links), *files)
        for number in known:
            if number < len(row) and (number or linked):
                yield Told(row[number], columns[number], row[0].text, linked, row[size].text if 0 < size < len(row) else "")


@cache
def _counts() -> frozenset[str]:
    labels = rule_words("parameters").labels
    return frozenset(label for label, fact in labels.items() if fact == "model.parameters.total")


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def markdown_rows(blocks: list[Block], lines: Sequence[str]) -> Iterator[Row]:
    """The rows of a table with a heading row, without the dashes below it."""
    if len(blocks) > 2 and re.fullmatch(r"[\s|:-]*", blocks[1].text):
        for block in (blocks[0], *blocks[2:]):
            first = block.text[:200].lstrip("| ").partition("|")[0]
            yield first, partial(_cells, block, lines)


_TAG = re.compile(r"<(?P<end>/?)(?P<tag>table|tr|t[hd])\b(?P<has>[^<>]{0,300})>", re.I)
_SPAN = re.compile(r"rowspan=[\"']?(\d{1,2})", re.I)
_MAX_HTML = 1500
"""Longest table in HTML that is read, in lines."""


def html_rows(lines: Sequence[str], begin: int) -> Iterator[Row]:
    """The rows of a table in HTML that begins at a line. A cell over several rows stands in each; a table in a table ends it."""
    rows: list[list[Text]] = []
    below: dict[int, tuple[int, Text]] = {}
    opened: tuple[int, int, int] | None = None
    for number in range(begin, min(begin + _MAX_HTML, len(lines) + 1)):
        line = lines[number - 1][:MAX]
        if number > begin and line.lstrip().startswith("<table"):
            break
        for tag in _TAG.finditer(line):
            kind = tag["tag"].casefold()
            if opened and rows:
                _place_cell(rows[-1], below, _html_text(lines, opened, (number, tag.start())), opened[2])
            opened = None
            if kind != "td" and kind != "th" and rows:
                _fill(rows[-1], below)
            if kind == "table" and (tag["end"] or rows):
                yield from ((row[0].text, partial(list, row)) for row in rows if row)
                return
            if kind == "tr" and not tag["end"]:
                rows.append([])
            elif kind in ("th", "td") and not tag["end"]:
                span = _SPAN.search(tag["has"])
                opened = (number, tag.end(), int(span[1]) if span else 1)


def _place_cell(row: list[Text], below: dict[int, tuple[int, Text]], cell: Text, span: int) -> None:
    """Add a cell to a row, after those that come down from rows above it."""
    _fill(row, below)
    if span > 1:
        below[len(row)] = (span - 1, cell)
    row.append(cell)


def _fill(row: list[Text], below: dict[int, tuple[int, Text]]) -> None:
    """Add the cells that come down from rows above to the end of a row."""
    while len(row) in below:
        left, above = below.pop(len(row))
        if left > 1:
            below[len(row)] = (left - 1, above)
        row.append(above)


def _html_text(lines: Sequence[str], begin: tuple[int, int, int], end: tuple[int, int]) -> Text:
    """The text of a cell, of several lines joined by blanks; addresses of links in it are kept."""
    first, start, _ = begin
    parts = [lines[at - 1][start if at == first else 0 : end[1] if at == end[0] else MAX] for at in range(first, end[0] + 1)]
    raw = " ".join(parts)
    runs, offset = [], 0
    for at, part in enumerate(parts, first):
        runs.append((offset, at, (start if at == first else 0) + 1))
        offset += len(part) + 1
    text = clean(raw, runs)
    stripped = len(text.text) - len(text.text.lstrip())
    links = tuple((0, len(text.text), found) for found in re.findall(r"href=[\"']([^\"']{1,500})[\"']", raw))
    told = text.part(stripped, len(text.text.rstrip())) if text.text.strip() else text
    return Text(told.text, told.runs, links)


def _cells(block: Block, lines: Sequence[str]) -> list[Text]:
    raw = block.text[:MAX]
    runs = runs_of(raw, block.line, lines)
    marks = [match.start() for match in _CELL.finditer(raw)]
    if not raw.startswith("|"):
        marks.insert(0, -1)
    ends = marks[1:] if raw.rstrip().endswith("|") else [*marks[1:], len(raw)]
    cells = []
    for begin, end in zip(marks, ends, strict=False):
        text = raw[begin + 1 : end]
        start = begin + 1 + len(text) - len(text.lstrip())
        cells.append(clean(text.strip(), shift(runs, start)))
    return cells
