"""Members of JSON objects as importers want them: texts, objects, numbers, each with its mark. Other types are passed over."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ..reading import InputError, Map, Mark, Problem, Seq, Source, load_json
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
    raw = holder.get(key)
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


def number(holder: Map, key: str) -> Decimal | None:
    """A number that is not negative, plain or as text, or None."""
    raw = holder.get(key)
    if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool):
        return Decimal(raw) if raw >= 0 else None
    return Decimal(raw.strip()) if isinstance(raw, str) and _NUMBER.match(raw.strip()) else None
