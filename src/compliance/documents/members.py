"""Members of JSON objects as importers want them: texts, objects, numbers, each with its mark. Other types are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from ..reading import InputError, Map, Mark, Problem, Seq, Source, load_json
from ..vocabulary.value import Number
from .page import says_nothing
from .types import Input

_NUMBER = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,2})?\Z")


def read_objects(one: Input) -> tuple[list[Map], tuple[Problem, ...]]:
    """The object that a file in JSON holds, or the objects of a list; or one located problem."""
    try:
        data = load_json(one.text, one.name)
    except InputError as error:
        return [], (error.problem,)
    found = [item for item in data if isinstance(item, Map)] if isinstance(data, Seq) else [data]
    if all(isinstance(item, Map) for item in found) and found:
        return found, ()
    return [], (Problem(Source(one.name, 1, 1), "json", "an object was expected", "begin with {"),)


def read_object(one: Input) -> tuple[Map | None, tuple[Problem, ...]]:
    """The one object that a file in JSON holds, or None with one located problem."""
    found, problems = read_objects(one)
    if len(found) > 1:
        return None, (Problem(Source(one.name, 1, 1), "json", "one object was expected, not a list", "begin with {"),)
    return (found[0] if found else None), problems


def values(holder: Map, key: str) -> list[tuple[Any, Mark]]:
    """The items of a list below a key, or the one value that stands there instead of a list."""
    raw = holder.take(key)
    if isinstance(raw, Seq):
        return list(zip(raw, raw.items_at, strict=True))
    return [(raw, holder.values_at[key])] if key in holder else []


def texts(holder: Map, key: str) -> list[tuple[str, Mark]]:
    """Texts below a key, in one line each; in JSON-LD a text may stand in an object below `@value`."""
    plain = ((one.get("@value") if isinstance(one, Map) else one, mark) for one, mark in values(holder, key))
    found = ((" ".join(one.split()), mark) for one, mark in plain if isinstance(one, str))
    return [(one, mark) for one, mark in found if one]


def text(holder: Map, key: str) -> str:
    """The first text below a key, or empty."""
    return next((one for one, _ in texts(holder, key)), "")


def objects(holder: Map, *keys: str) -> list[Map]:
    """Objects below a path of keys, one object or a list of them at each step."""
    found = [holder]
    for key in keys:
        found = [one for above in found for one, _ in values(above, key) if isinstance(one, Map)]
    return found


class Leaf(NamedTuple):
    """A scalar that says something: the keys that lead to it, lists passed over, its text, and who holds it."""

    path: tuple[str, ...]
    text: str
    mark: Mark
    holder: Map

    def take(self) -> str:
        """The text, noted as made use of."""
        self.holder.take(self.path[-1])
        return self.text


def leaves(data: Map) -> Iterator[Leaf]:
    """Every scalar of an object in the order of the file; empty ones left out."""
    waiting: list[tuple[tuple[str, ...], Any, Mark, Map]] = [((), data, data.mark, data)]
    while waiting:
        path, value, mark, holder = waiting.pop()
        if isinstance(value, Map):
            waiting += [((*path, key), value[key], value.values_at[key], value) for key in reversed(value)]
        elif isinstance(value, Seq):
            waiting += [(path, item, at, holder) for item, at in reversed(list(zip(value, value.items_at, strict=True)))]
        elif value is not None and not isinstance(value, bool) and not says_nothing(str(value)):
            yield Leaf(path, str(value), mark, holder)


def number(holder: Map, key: str) -> Decimal | None:
    """A number that is not negative, plain or as text, or None."""
    raw = holder.take(key)
    if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool):
        return Decimal(raw) if raw >= 0 else None
    return Decimal(raw.strip()) if isinstance(raw, str) and _NUMBER.match(raw.strip()) else None


def amount(holder: Map, key: str, factor: Fraction | int = 1) -> Number | None:
    """A number above zero of a size that energy or emissions can have, times the factor of its unit, or None."""
    found = number(holder, key)
    if found is None or not Decimal("1e-12") < found < Decimal("1e15"):
        return None
    exact = Fraction(found) * factor
    return int(exact) if exact.denominator == 1 else exact
