"""The fields of a document: each value by the keys that lead to it, and whether its importer made use of it.

A field is a key of an object whose value is a scalar, nothing, or a list of scalars; an element of XML with text of its own; a
cell of a table by the head of its column; an answer of a form. Lists of objects are passed over: `a: [{b: 1}, {b: 2}]` has two
fields `a.b`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..reading import Map, Mark, Seq
from ..reading.marked_xml import Element
from .types import Tree

MOST_CHARACTERS = 400
"""Of a path; longer ones come only from hostile files and are cut."""


class Field(NamedTuple):
    """Path of keys with dots between them, all values there, the places at which a remark on it may stand."""

    path: str
    values: tuple[Any, ...]
    taken: bool
    places: tuple[Mark, ...]


def list_fields(tree: Tree) -> Iterator[Field]:
    """Every field in the order of the file."""
    if isinstance(tree, Element):
        yield from _of_element(tree)
    elif isinstance(tree, Map):
        yield from _of_map(tree)
    else:
        for one in tree:
            if isinstance(one, Field):
                yield one._replace(path=one.path[:MOST_CHARACTERS])
            elif isinstance(one, Map):
                yield from _of_map(one)


def _of_map(top: Map) -> Iterator[Field]:
    waiting: list[tuple[str, Map, tuple[Mark, ...]]] = [("", top, ())]
    while waiting:
        above, holder, around = waiting.pop()
        inner: list[tuple[str, Map, tuple[Mark, ...]]] = []
        for key, value in holder.items():
            path = f"{above}.{key}"[:MOST_CHARACTERS] if above else key[:MOST_CHARACTERS]
            places = (*around[-6:], holder.keys_at[key], holder.values_at.get(key, holder.mark))
            maps, plain = _parts(value)
            inner += [(path, one, (*places, one.mark)) for one in maps]
            if plain or not maps:
                yield Field(path, tuple(plain), key in (holder.taken or ()), places)
        waiting += reversed(inner)


def _parts(value: Any) -> tuple[list[Map], list[Any]]:
    """The objects that hold something and the scalars of a value, lists in lists passed over."""
    maps: list[Map] = []
    plain: list[Any] = []
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Map):
            maps += [one] if one else []
        elif isinstance(one, Seq):
            waiting += reversed(one)
        else:
            plain.append(one)
    return maps, plain


def _of_element(top: Element) -> Iterator[Field]:
    waiting: list[tuple[str, Element]] = [("", top)]
    while waiting:
        above, one = waiting.pop()
        path = (f"{above}.{one.name}" if above else one.name)[:MOST_CHARACTERS]
        if one.text.strip() or not one.parts:
            yield Field(path, (one.text,), one.taken, (one.mark,))
        waiting += [(path, part) for part in reversed(one.parts)]
