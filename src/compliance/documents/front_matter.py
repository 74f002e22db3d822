"""The YAML block at the head of a card, kept apart from the Markdown below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..reading import InputError, Map, Mark, Problem, Source, load_yaml

_OPEN = re.compile(r"\s{0,200}?---[ \t]*\n")
_CLOSE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Keys with marks (empty where there is no block or it is broken), and the body with the line it begins on."""

    keys: Map
    body: str
    body_line: int
    present: bool
    problems: tuple[Problem, ...] = ()


def split_front_matter(text: str, file: str) -> FrontMatter:
    """Split a card. A block that is not a mapping of YAML is one problem; the body is read all the same."""
    empty = Map(Mark(1, 1))
    opened = _OPEN.match(text)
    closed = _CLOSE.search(text, opened.end()) if opened else None
    if not opened or not closed:
        return FrontMatter(empty, text, 1, False)
    first = text.count("\n", 0, opened.end()) + 1
    body, body_line = text[closed.end() :], text.count("\n", 0, closed.end()) + 1
    try:
        keys = load_yaml(text[opened.end() : closed.start()], file, first_line=first)
    except InputError as error:
        return FrontMatter(empty, body, body_line, True, (error.problem,))
    if keys is None:
        return FrontMatter(empty, body, body_line, True)
    if not isinstance(keys, Map):
        problem = Problem(Source(file, first, 1), "yaml", "the front matter is not a mapping", "write `key: value` lines")
        return FrontMatter(empty, body, body_line, True, (problem,))
    return FrontMatter(keys, body, body_line, True)
