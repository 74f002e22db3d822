"""Conditions as a card writes them: a list of lines, each one fact, one combinator, or one look at another card.

Operands stay as written; they are typed where the catalogue is known (lint and engine).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..reading import InputError, Map, Mark, Problem, Seq, Source, nearest

COMPARISONS = ("more_than", "at_least", "less_than", "at_most")
CALENDAR = ("before", "on_or_before", "on_or_after")
SETS = ("one_of", "includes")
OPERATORS = (*COMPARISONS, *CALENDAR, *SETS)
COMBINATORS = ("any_of", "all_of", "none_of")
LOOKS = ("exempted_by", "binds")


@dataclass(frozen=True, slots=True)
class Test:
    """One operator and its operand as written; `is` stands for plain equality."""

    operator: str
    operand: Any


@dataclass(frozen=True, slots=True)
class Line:
    """A fact (or, inside `must`, an attribute of the document) and what it has to be."""

    fact: str
    tests: tuple[Test, ...]
    limb: str
    source: Source


@dataclass(frozen=True, slots=True)
class Group:
    """`any_of`, `all_of` or `none_of` over lines."""

    kind: str
    lines: tuple[Condition, ...]
    limb: str
    source: Source


@dataclass(frozen=True, slots=True)
class Look:
    """`exempted_by: CARD` (that exemption is true here) or `binds: CARD` (that duty is in scope, begun, not exempt)."""

    kind: str
    card: str
    limb: str
    source: Source


Condition = Line | Group | Look


def parse_conditions(raw: Any, file: str) -> tuple[Condition, ...]:
    """A YAML list of lines. Raises `InputError` with the place and the right form."""
    if isinstance(raw, tuple):
        return raw
    if not isinstance(raw, list):
        mark = getattr(raw, "mark", Mark(0, 0))
        raise _error(file, mark, "conditions are a list of lines", "write `- fact: value`, or [] if the role says it all")
    marks = raw.items_at if isinstance(raw, Seq) else [Mark(0, 0)] * len(raw)
    return tuple(_line(item, file, mark) for item, mark in zip(raw, marks, strict=True))


def _line(raw: Any, file: str, mark: Mark) -> Condition:
    if not isinstance(raw, dict):
        raise _error(file, mark, "a condition is a mapping", "write `- fact: value`")
    keys_at = raw.keys_at if isinstance(raw, Map) else {}
    keys = [key for key in raw if key != "limb"]
    if len(keys) != 1:
        what = "nothing but a limb" if not keys else f"{len(keys)} keys: {', '.join(keys)}"
        raise _error(file, mark, f"one line holds one condition, this one {what}", "put each on its own line")
    key, limb = keys[0], str(raw.get("limb") or "")
    spot = Source(file, *keys_at.get(key, mark))
    value = raw[key]
    if key in COMBINATORS:
        return Group(key, parse_conditions(value, file), limb, spot)
    if key in LOOKS:
        return Look(key, str(value), limb, spot)
    if key in OPERATORS:
        raise _error(file, mark, f"operator `{key}` without a fact", f"write `fact: {{{key}: ...}}`")
    return Line(key, _tests(value, file, spot), limb, spot)


def _tests(value: Any, file: str, spot: Source) -> tuple[Test, ...]:
    if isinstance(value, dict) and set(value) != {"from", "to"}:
        if not value:
            raise InputError(Problem(spot, "PK101", "no operator", f"one of {', '.join(OPERATORS)}"))
        for operator in value:
            if operator not in OPERATORS:
                mark = value.keys_at.get(operator, Mark(spot.line, spot.column)) if isinstance(value, Map) else Mark(0, 0)
                near = nearest(operator, OPERATORS)
                raise _error(
                    file, mark, f"unknown operator `{operator}`", f"did you mean `{near}`?" if near else "see the grammar"
                )
        return tuple(Test(operator, _freeze(operand)) for operator, operand in value.items())
    if isinstance(value, list):
        raise InputError(Problem(spot, "PK101", "a list without an operator", "write {one_of: [...]} or {includes: [...]}"))
    return (Test("is", _freeze(value)),)


def _freeze(value: Any) -> Any:
    return tuple(_freeze(v) for v in value) if isinstance(value, list) else value


def _error(file: str, mark: Mark, message: str, hint: str) -> InputError:
    return InputError(Problem(Source(file, *mark), "PK101", message, hint))


def walk(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    """Every line, group and look, outermost first."""
    for condition in conditions:
        yield condition
        if isinstance(condition, Group):
            yield from walk(condition.lines)
