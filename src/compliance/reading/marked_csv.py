"""CSV (RFC 4180) as strangers write it, with a mark on every cell: line ends inside quotes, doubled quotes, short rows."""

from __future__ import annotations

import re
from typing import NamedTuple

from .problem import InputError, Problem
from .source import Source
from .strict_yaml import Map, Mark

_PLAIN = re.compile(r'[^,"\n]*')
_QUOTED = re.compile(r'[^"]*')


class Cell(NamedTuple):
    """The text of a cell, quotes resolved, and where it begins."""

    text: str
    mark: Mark


def load_csv(text: str, file: str, *, max_bytes: int = 2_000_000, max_cells: int = 200_000) -> list[list[Cell]]:
    """Rows of cells; a line without anything is no row. Raises `InputError` with one located problem."""
    if len(text) > max_bytes:
        message = f"{len(text)} characters of CSV, more than the {max_bytes} that are read"
        raise InputError(Problem(Source(file), "size", message, "split it"))
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    at, line, line_at, cells = 0, 1, 0, 0
    while at <= len(text):
        mark, begun = Mark(line, at - line_at + 1), at
        found, at = _cell(text, at, mark, file)
        row.append(Cell(found, mark))
        cells += 1
        if cells > max_cells:
            raise InputError(Problem(Source(file, *mark), "size", f"more than {max_cells} cells", "split the file"))
        if lines := text.count("\n", begun, at):
            line, line_at = line + lines, text.rindex("\n", begun, at) + 1
        if text[at : at + 1] == ",":
            at += 1
            continue
        if any(cell.text for cell in row) or len(row) > 1:
            rows.append(row)
        row, at = [], at + 1
        line, line_at = line + 1, at
    return rows


def name_cells(heads: list[Cell], row: list[Cell]) -> Map:
    """A row by the heads of its columns; a column without a head, or with that of another one, goes by its number."""
    named = Map(row[0].mark)
    for index, cell in enumerate(row):
        head = heads[index].text.strip() if index < len(heads) else ""
        key = head if head and head not in named else f"column {index + 1}"
        named[key] = cell.text
        named.keys_at[key] = named.values_at[key] = cell.mark
    return named


def _cell(text: str, at: int, mark: Mark, file: str) -> tuple[str, int]:
    """One cell and where it ends: at a comma, a line end, or the end of the text."""
    if text[at : at + 1] != '"':
        plain = _PLAIN.match(text, at)
        assert plain  # the pattern matches nothing too
        end = plain.end()
        while text[end : end + 1] == '"':  # a quote inside a plain cell stands for itself
            more = _PLAIN.match(text, end + 1)
            assert more
            end = more.end()
        return text[at:end], end
    parts: list[str] = []
    at += 1
    while True:
        quoted = _QUOTED.match(text, at)
        assert quoted
        parts.append(quoted[0])
        at = quoted.end()
        if at >= len(text):
            raise InputError(Problem(Source(file, *mark), "csv", "a quoted cell that does not end", 'close it with "'))
        if text[at + 1 : at + 2] != '"':
            break
        parts.append('"')
        at += 2
    at += 1
    if at < len(text) and text[at] not in ",\n":
        raise InputError(Problem(Source(file, *mark), "csv", "text stands behind the closing quote", 'double a quote inside: ""'))
    return "".join(parts), at
