"""JSON (RFC 8259) as strangers write it, with a mark on every key and value.

Integers are exact, other numbers are `Decimal`, never floats. `NaN` and infinities, which some writers put although JSON
has none, say nothing and become None. Halves of surrogate pairs, which cannot be written out again, become U+FFFD. A
duplicate key is an error. Size, depth and number of values are limited, and depth never recurses.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .problem import InputError, Problem
from .source import Source
from .strict_yaml import Map, Mark, Seq

MAX_DIGITS = 1000
"""Most characters of a number, and largest exponent."""

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"')
_NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?(?:[eE]([-+]?[0-9]+))?")
_WORD = re.compile(r"-?[A-Za-z]+")
_WORDS = {"true": True, "false": False, "null": None, "NaN": None, "Infinity": None, "-Infinity": None}
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def load_json(text: str, file: str, *, max_bytes: int = 2_000_000, max_depth: int = 40, max_nodes: int = 200_000) -> Any:
    """Parse one JSON text into `Map`, `Seq`, text, integers, `Decimal`, booleans and None.

    Raises `InputError` with one located problem; never another exception.
    """
    desk = _Desk(text, file, max_depth, max_nodes)
    if len(text) > max_bytes:
        message = f"{len(text)} characters of JSON, more than the {max_bytes} that are read"
        raise InputError(Problem(Source(file), "size", message, "split it"))
    desk.skip()
    desk.value()
    while desk.stack:
        if isinstance(desk.stack[-1], Map):
            _member(desk, desk.stack[-1])
        else:
            _item(desk, desk.stack[-1])
    desk.skip()
    if desk.at < len(text):
        raise desk.problem("json", "something stands behind the end", "keep one value in the file")
    return desk.root


@dataclass
class _Desk:
    """The text, how far it is read, and the objects and arrays that are still open."""

    text: str
    file: str
    max_depth: int
    max_nodes: int
    at: int = 0
    line: int = 1
    line_at: int = 0
    nodes: int = 0
    stack: list[Map | Seq] = field(default_factory=list)
    root: Any = None
    key: str = ""

    @property
    def mark(self) -> Mark:
        """Where reading stands."""
        return Mark(self.line, self.at - self.line_at + 1)

    def problem(self, code: str, message: str, hint: str = "") -> InputError:
        """One located problem at the place where reading stands."""
        end = self.text.find("\n", self.line_at)
        excerpt = self.text[self.line_at : end if end >= 0 else len(self.text)]
        return InputError(Problem(Source(self.file, *self.mark), code, message, hint, excerpt[:200]))

    def skip(self) -> str:
        """Pass over white space; the character that follows, or empty at the end."""
        space = _SPACE.match(self.text, self.at)
        assert space  # the pattern matches nothing too
        lines = self.text.count("\n", self.at, space.end())
        if lines:
            self.line += lines
            self.line_at = self.text.rindex("\n", self.at, space.end()) + 1
        self.at = space.end()
        return self.text[self.at : self.at + 1]

    def value(self) -> None:
        """Read a scalar, or open an object or array, and put it where it belongs."""
        mark, first = self.mark, self.text[self.at : self.at + 1]
        self.nodes += 1
        if self.nodes > self.max_nodes:
            raise self.problem("size", f"more than {self.max_nodes} values", "split the file")
        if first not in ("{", "["):
            self.place(self.scalar(first), mark)
            return
        if len(self.stack) >= self.max_depth:
            raise self.problem("depth", f"nested more than {self.max_depth} deep", "flatten it")
        opened: Map | Seq = Map(mark) if first == "{" else Seq(mark)
        self.place(opened, mark)
        self.stack.append(opened)
        self.at += 1

    def place(self, value: Any, mark: Mark) -> None:
        """Put a value into the innermost open object or array."""
        top = self.stack[-1] if self.stack else None
        if isinstance(top, Map):
            top[self.key] = value
            top.values_at[self.key] = mark
        elif isinstance(top, Seq):
            top.append(value)
            top.items_at.append(mark)
        else:
            self.root = value

    def scalar(self, first: str) -> Any:
        """Text, number, true, false or null."""
        if first == '"':
            return self.string()
        number = _NUMBER.match(self.text, self.at)
        if number:
            value = self.number(number)
            self.at = number.end()
            return value
        word = _WORD.match(self.text, self.at)
        if word and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]]
        raise self.problem("json", "a value was expected" if first else "the text ends too early", "see RFC 8259")

    def number(self, match: re.Match[str]) -> int | Decimal:
        """An exact number; one beyond the limit is a problem."""
        whole, part, exponent = match.groups()
        if len(match[0]) > MAX_DIGITS or abs(int(exponent or 0)) > MAX_DIGITS:
            raise self.problem("size", f"a number of more than {MAX_DIGITS} digits", "shorten it")
        return int(whole) if part is None and exponent is None else Decimal(match[0])

    def string(self) -> str:
        """Text between quotes, with escapes resolved."""
        match = _STRING.match(self.text, self.at)
        if not match:
            message = "text that does not end on its line"
            raise self.problem("json", message, "close the quotes; write \\n for a line end and \\t for a tab")
        found = match[0][1:-1]
        if "\\" in found:
            try:
                found = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", json.loads(match[0]))
            except json.JSONDecodeError as error:
                self.at = self.text.rindex("\\", self.at, self.at + error.pos + 1)
                raise self.problem("json", "not an escape of JSON", "write \\\\ for a backslash") from None
        self.at = match.end()
        return found


def _member(desk: _Desk, top: Map) -> None:
    """The next member of an object, or its end."""
    next_one = desk.skip()
    if next_one == "}":
        _close(desk)
        return
    if top:
        if next_one != ",":
            raise desk.problem("json", "a comma or } was expected", "put a comma between members")
        desk.at += 1
        next_one = desk.skip()
    if next_one != '"':
        raise desk.problem("json", "a key in double quotes was expected", "no comma stands behind the last member")
    mark = desk.mark
    key = desk.string()
    if key in top:
        desk.at = desk.line_at + mark.column - 1
        raise desk.problem("PK102", f"duplicate key `{key[:80]}`", f"it stands already on line {top.keys_at[key].line}")
    if desk.skip() != ":":
        raise desk.problem("json", "a colon was expected", "write a colon behind the key")
    desk.at += 1
    desk.skip()
    desk.key, top.keys_at[key] = key, mark
    desk.value()


def _item(desk: _Desk, top: Seq) -> None:
    """The next item of an array, or its end."""
    next_one = desk.skip()
    if next_one == "]":
        _close(desk)
        return
    if top:
        if next_one != ",":
            raise desk.problem("json", "a comma or ] was expected", "put a comma between items")
        desk.at += 1
        desk.skip()
    desk.value()


def _close(desk: _Desk) -> None:
    desk.stack.pop()
    desk.at += 1
