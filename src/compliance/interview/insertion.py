"""Keys added to YAML as text: comments, order and every other byte of the file stay.

Several places may be fit for a new key; each is tried, and the first stands after which the file says what it said before and
the new key besides. Where none is, nothing is changed.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..reading import InputError, Map, Mark, Problem, Source, load_yaml

Step = str | int
Written = str | Mapping[str, "Written"] | list["Written"]
"""A value as YAML: text of one line, or keys and items with such values."""

BREAK = re.compile(r"(?<=\n)|(?<=\r)(?!\n)|(?<=[\x85\u2028\u2029])")
EMPTY = (None, "unknown")


def insert_key(text: str, file: str, path: tuple[Step, ...], key: str, value: Written) -> str:
    """The text with `key: value` in the mapping at `path`; a key that is there without a value, or `unknown`, gets it.

    Raises `InputError` for text that is no YAML, for a key that has a value, and where no fit place is found.
    """
    root = load_yaml(text, file)
    holder = node_at(root, path)
    if isinstance(holder, Map) and holder.get(key) not in EMPTY:
        place = Source(file, *holder.keys_at[key])
        raise InputError(Problem(place, "stated", f"`{key}` stands here already", "correct it in the file"))
    if holder is None or isinstance(holder, Map):
        wanted = _with(root, path, key, load_yaml(_flow(value), file))
        lines = [line for line in BREAK.split(text) if line]
        for candidate in _candidates(lines, root, path, key, value):
            if _reads_as(candidate, file, wanted):
                return candidate
    shown = ".".join(map(str, (*path, key)))
    hint = f"write it by hand: `{key}: {_flow(value)}`"
    raise InputError(Problem(Source(file), "value", f"no place was found where `{shown}` could be written", hint))


def _reads_as(text: str, file: str, wanted: Any) -> bool:
    try:
        return bool(load_yaml(text, file) == wanted)
    except InputError:
        return False


def node_at(root: Any, path: tuple[Step, ...]) -> Any:
    """What stands at a path of keys and indexes, or None."""
    for step in path:
        if isinstance(root, Map) and isinstance(step, str):
            root = root.get(step)
        elif isinstance(root, list) and isinstance(step, int) and step < len(root):
            root = root[step]
        else:
            return None
    return root


def _with(root: Any, path: tuple[Step, ...], key: str, value: Any) -> Any:
    changed = copy.deepcopy(root) if root is not None else {}
    holder = changed
    for step in path:
        if holder[step] is None:
            holder[step] = {}
        holder = holder[step]
    holder[key] = value
    return changed


def _candidates(lines: list[str], root: Any, path: tuple[Step, ...], key: str, value: Written) -> Iterator[str]:
    holder = node_at(root, path)
    if isinstance(holder, Map) and key in holder:
        yield from _replace(lines, holder, key, value)
    elif isinstance(holder, Map) and _at(lines, holder.mark).startswith("{"):
        yield from _into_flow(lines, holder, key, value)
    elif isinstance(holder, Map) and not path:
        yield from _append(lines, key, value, apart=True)
        yield from _into_block(lines, holder, key, value)
    elif isinstance(holder, Map):
        yield from _into_block(lines, holder, key, value)
    elif holder is None and not path:
        yield from _append(lines, key, value, apart=bool(lines))
    elif holder is None and isinstance(parent := node_at(root, path[:-1]), Map) and isinstance(path[-1], str):
        mark = parent.keys_at[path[-1]]
        yield _put(lines, mark.line, _block(key, value, " " * (mark.column + 1)))


def _replace(lines: list[str], holder: Map, key: str, value: Written) -> Iterator[str]:
    """In place of `unknown`, or behind the colon of a key without a value."""
    mark, told = holder.values_at[key], _flow(value)
    if holder[key] == "unknown":
        yield _cut(lines, mark, len("unknown"), told)
        return
    at = holder.keys_at[key]
    rest = _at(lines, at)
    colon = rest.find(":", len(key)) + 1
    yield _cut(lines, Mark(at.line, at.column + colon), 0, f" {told}")
    yield _cut(lines, mark, len(_at(lines, mark).split()[0]) if _at(lines, mark).split() else 0, told)


def _into_flow(lines: list[str], holder: Map, key: str, value: Written) -> Iterator[str]:
    """Before the closing brace, else before the second key, else as the first."""
    told = f"{_name(key)}: {_flow(value)}"
    keys = list(holder)
    if keys:
        last = holder.values_at[keys[-1]]
        rest = _at(lines, last)
        for match in re.finditer(r"\s*\}", rest):
            yield _cut(lines, Mark(last.line, last.column + match.start()), 0, f", {told}")
    for one in keys[1:]:
        yield _cut(lines, holder.keys_at[one], 0, f"{told}, ")
    yield _cut(lines, Mark(holder.mark.line, holder.mark.column + 1), 0, f"{told}, " if keys else told)


def _into_block(lines: list[str], holder: Map, key: str, value: Written) -> Iterator[str]:
    """Below the last line of the mapping, before or after the comments that follow it."""
    indent = holder.mark.column - 1
    last = max(mark.line for mark in _marks(holder))
    end = last
    while end < len(lines) and (not _content(lines[end]) or _indent(lines[end]) >= indent) and lines[end].strip() != "...":
        end += 1
    body = _block(key, value, " " * indent)
    ends = [end]
    while ends[-1] > last and not _content(lines[ends[-1] - 1]):
        ends.append(ends[-1] - 1)
    for one in reversed(ends):
        yield _put(lines, one, body)
    yield _put(lines, holder.mark.line - 1, body)


def _append(lines: list[str], key: str, value: Written, *, apart: bool) -> Iterator[str]:
    """At the end of the file, after an empty line."""
    body = _block(key, value, "")
    yield _put(lines, len(lines), ["", *body] if apart and lines and lines[-1].strip() else body)


def _marks(value: Any) -> Iterator[Mark]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Map):
            yield from (*one.keys_at.values(), *one.values_at.values())
            waiting.extend(one.values())
        elif isinstance(one, list):
            yield from getattr(one, "items_at", ())
            waiting.extend(one)


def _at(lines: list[str], mark: Mark) -> str:
    """The rest of a line from a mark on."""
    return lines[mark.line - 1][mark.column - 1 :] if mark.line <= len(lines) else ""


def _cut(lines: list[str], mark: Mark, length: int, told: str) -> str:
    if mark.line > len(lines):
        return "".join(lines)
    line = lines[mark.line - 1]
    start = mark.column - 1
    changed = line[:start] + told + line[start + length :]
    return "".join([*lines[: mark.line - 1], changed, *lines[mark.line :]])


def _put(lines: list[str], index: int, body: list[str]) -> str:
    """Whole lines before the line of that index, with the line ends of the file."""
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    before = list(lines[:index])
    if before and not before[-1].endswith(("\n", "\r")):
        before[-1] += end
    return "".join([*before, *(f"{line}{end}" for line in body), *lines[index:]])


def _content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _block(key: str, value: Written, indent: str) -> list[str]:
    if isinstance(value, str):
        return [f"{indent}{_name(key)}: {value}"]
    lines = [f"{indent}{_name(key)}:"]
    if isinstance(value, list):
        for item in value:
            assert isinstance(item, Mapping)
            rows = [row for name, told in item.items() for row in _block(name, told, f"{indent}    ")]
            lines += [f"{indent}  - {rows[0].lstrip()}", *rows[1:]]
        return lines
    return lines + [row for name, told in value.items() for row in _block(name, told, f"{indent}  ")]


def _flow(value: Written) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"[{', '.join(_flow(item) for item in value)}]"
    return f"{{{', '.join(f'{_name(key)}: {_flow(told)}' for key, told in value.items())}}}"


def _name(key: str) -> str:
    """A key as it is written: plain where that reads as itself."""
    return quote(key)


def quote(text: str) -> str:
    """Text as a YAML scalar: plain where it reads as itself anywhere, else in double quotes."""
    import json

    if re.fullmatch(r"[A-Za-z](?:[\w ./+-]*[\w.+])?", text, re.ASCII) and load_yaml(text, "") == text:
        return text
    return json.dumps(text, ensure_ascii=False)
