"""YAML 1.2 as lawyers and model authors write it, with a mark on every key and value.

Only `true` and `false` are booleans (`NO` stays Norway, a key `on` stays `on`), only plain decimal digits are integers,
everything else is text: dates, `53:1`, `53.10` and `1e25` arrive as written and are typed by whoever knows what they
mean. A duplicate key is an error. Aliases are refused (they are how a small file becomes a large one). Size, depth and
number of nodes are limited. The parser is libyaml where PyYAML has it, driven by events, so that depth never recurses.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from .problem import InputError, Problem
from .source import Source

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_NO_BREAK = re.compile("[\x85\u2028\u2029]")
"""What YAML 1.1 took for ends of lines; in YAML 1.2, and in every editor that counts lines, they are none."""
PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}


class Mark(NamedTuple):
    """Line and column, counted from 1."""

    line: int
    column: int


class Map(dict[str, Any]):
    """A mapping that knows where it and each of its keys and values stand, and which keys somebody made use of.

    `taken` is only for telling a user what of a document was not used; nothing is decided by it.
    """

    __slots__ = ("keys_at", "mark", "taken", "values_at")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}
        self.taken: set[str] | None = None

    def take(self, key: str) -> Any:
        """The value of a key, or None, noted as made use of."""
        if key not in self:
            return None
        if self.taken is None:
            self.taken = set()
        self.taken.add(key)
        return self[key]


class Seq(list[Any]):
    """A sequence that knows where it and each of its items stand."""

    __slots__ = ("items_at", "mark")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.items_at: list[Mark] = []


def load_yaml(
    text: str, file: str, *, first_line: int = 1, max_bytes: int = 2_000_000, max_depth: int = 40, max_nodes: int = 200_000
) -> Any:
    """Parse one YAML document into `Map`, `Seq`, text, integers, booleans and None.

    `first_line` is the line of the file on which `text` begins (front matter starts on line 2).
    Raises `InputError` with one located problem; never another exception.
    """

    def problem(line: int, column: int, code: str, message: str, hint: str = "") -> InputError:
        lines = text.split("\n")
        index = line - first_line
        excerpt = lines[index] if 0 <= index < len(lines) else ""
        return InputError(Problem(Source(file, line, column), code, message, hint, excerpt[:200]))

    if len(text) > max_bytes:
        raise problem(0, 0, "size", f"{len(text)} characters of YAML, more than the {max_bytes} that are read", "split it")
    if not text.isascii():
        text = _NO_BREAK.sub(" ", text)
    stack: list[Map | Seq] = []
    keys: list[str | None] = []
    root: Any = None
    seen = nodes = 0

    def mark_at(event: Any) -> Mark:
        return Mark(event.start_mark.line + first_line, event.start_mark.column + 1)

    def place(value: Any, mark: Mark) -> None:
        nonlocal root
        if not stack:
            root = value
            return
        top = stack[-1]
        if isinstance(top, Seq):
            top.append(value)
            top.items_at.append(mark)
            return
        key = keys[-1]
        if key is not None:
            top[key] = value
            top.values_at[key] = mark
            keys[-1] = None
            return
        if isinstance(value, (Map, Seq)):
            raise problem(mark.line, mark.column, "yaml", "a list or mapping cannot be a key", "write a word before the colon")
        name = _key(value)
        if name in top:
            first = top.keys_at[name]
            raise problem(mark.line, mark.column, "PK102", f"duplicate key `{name}`", f"it stands already on line {first.line}")
        keys[-1] = name
        top.keys_at[name] = mark

    try:
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.NodeEvent):
                nodes += 1
                mark = mark_at(event)
                if nodes > max_nodes:
                    raise problem(mark.line, mark.column, "size", f"more than {max_nodes} values", "split the file")
                if isinstance(event, yaml.AliasEvent) or event.anchor:
                    raise problem(mark.line, mark.column, "yaml", "anchors and aliases are not read", "write the value out")
            if isinstance(event, yaml.ScalarEvent):
                place(_scalar(event.value, plain=not event.style), mark)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                if len(stack) >= max_depth:
                    raise problem(mark.line, mark.column, "depth", f"nested more than {max_depth} deep", "flatten it")
                value: Map | Seq = Map(mark) if isinstance(event, yaml.MappingStartEvent) else Seq(mark)
                place(value, mark)
                stack.append(value)
                keys.append(None)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                stack.pop()
                keys.pop()
            elif isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    raise problem(mark_at(event).line, 1, "yaml", "a second document in one file", "keep one")
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        line, column = (at.line + first_line, at.column + 1) if at else (0, 0)
        what = str(error.problem or error.context or "not YAML")
        if "nesting depth" in what:  # the parser has a limit of its own and may meet it before an event reaches ours
            raise problem(line, column, "depth", f"nested more than {max_depth} deep", "flatten it") from None
        raise problem(line, column, "yaml", what, "quote text that holds a colon, comma or bracket") from None
    except yaml.YAMLError as error:
        raise problem(0, 0, "yaml", str(error).splitlines()[0]) from None
    return root


def _key(value: Any) -> str:
    if value is True or value is False:
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _scalar(text: str, *, plain: bool) -> Any:
    if not plain:
        return text
    if text in PLAIN:
        return PLAIN[text]
    return int(text) if INTEGER.match(text) and len(text) < 80 else text


def mark_of(root: Any, path: tuple[Any, ...]) -> Mark:
    """Where a path of keys and indexes leads; the deepest place on it that exists."""
    node, mark = root, getattr(root, "mark", Mark(1, 1))
    for step in path:
        if isinstance(node, Map) and step in node.keys_at:
            mark, node = node.keys_at[step], node.get(step)
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            mark, node = node.items_at[step], node[step]
        else:
            break
    return mark
