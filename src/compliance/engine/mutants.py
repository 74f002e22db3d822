"""Mutants of a card: the same card with one thing wrong, as somebody might get it wrong when reading a text.

A case that fails on a mutant kills it. A mutant that no case kills is a mistake that the cases of the card would not show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ..packs import Card, Condition, Group, Line, Look, Pack
from ..packs.card import Applies, Current, Deadline, Demand, Exception_, Obligation, Open, Prohibition, Route
from ..packs.conditions import Test

TWIN_OPERATORS: Mapping[str, str] = {
    "more_than": "at_least", "at_least": "more_than", "less_than": "at_most", "at_most": "less_than",
    "before": "on_or_before", "on_or_before": "before", "on_or_after": "before",
}  # fmt: skip
TWIN_GROUPS: Mapping[str, str] = {"any_of": "all_of", "all_of": "any_of", "none_of": "any_of"}
TWIN_UNITS: Mapping[str, str] = {"days": "business_days", "business_days": "days"}
_PERIOD = re.compile(r"^(\d+) (\w+)$")
Mutation = tuple[str, Any]
"""What is wrong, and the value in place of the right one."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong card. `name` says where and what: `when[2]: false in place of true`."""

    name: str
    card: Card


def mutants_of(card: Card, pack: Pack) -> Iterator[Mutant]:
    """Every mutant of a card, in the order of its keys."""
    for name, changed in _changes(card, pack):
        yield Mutant(name, card.model_copy(update=changed))


def _changes(card: Card, pack: Pack) -> Iterator[tuple[str, dict[str, Any]]]:
    parts: list[tuple[str, str, Iterator[Mutation]]] = [
        ("when", "when", _conditions(card.when)),
        ("except", "except_", _rows(card.except_, _exception)),
        ("applies", "applies", _applies(card.applies, pack)),
        ("open", "open", _open_rows(card.open)),
    ]
    if isinstance(card, Obligation):
        parts.append(("evidence", "evidence", _rows(card.evidence, _demand, least=1)))
        if card.deadline is not None:
            parts.append(("deadline", "deadline", _deadline(card.deadline)))
    if isinstance(card, Prohibition):
        parts.append(("breach", "breach", _conditions(card.breach, least=1)))
    for shown, field, found in parts:
        for what, value in found:
            yield f"{shown}{what}", {field: value}


# --- parts ----------------------------------------------------------------------------------------------------------


def _rows(rows: Sequence[Any], inside: Callable[[Any], Iterator[Mutation]], least: int = 0) -> Iterator[Mutation]:
    """One row left out, or wrong inside."""
    for i, row in enumerate(rows):
        if len(rows) > least:
            yield f"[{i + 1}]: left out", (*rows[:i], *rows[i + 1 :])
        for what, wrong in inside(row):
            yield f"[{i + 1}]{what}", (*rows[:i], wrong, *rows[i + 1 :])


def _conditions(conditions: tuple[Condition, ...], least: int = 0) -> Iterator[Mutation]:
    """A line left out, a group of the other sort, a look turned round, or a line that asks for something else."""
    yield from _rows(conditions, _condition, least)


def _condition(condition: Condition) -> Iterator[Mutation]:
    if isinstance(condition, Group):
        if len(condition.lines) > 1 or condition.kind == "none_of":
            other = TWIN_GROUPS[condition.kind]
            yield f": {other} in place of {condition.kind}", replace(condition, kind=other)
        for what, lines in _conditions(condition.lines, least=1):
            yield f".{condition.kind}{what}", replace(condition, lines=lines)
    elif isinstance(condition, Line):
        for i, test in enumerate(condition.tests):
            for what, wrong in _test(test):
                tests = (*condition.tests[:i], wrong, *condition.tests[i + 1 :])
                yield f" {condition.fact}: {what}", replace(condition, tests=tests)
    elif isinstance(condition, Look):
        yield f": not {condition.kind} {condition.card}", Group("none_of", (condition,), "", condition.source)


def _test(test: Test) -> Iterator[Mutation]:
    if isinstance(test.operand, bool):
        yield f"{str(not test.operand).lower()} in place of {str(test.operand).lower()}", Test(test.operator, not test.operand)
    if test.operator in TWIN_OPERATORS:
        yield f"{TWIN_OPERATORS[test.operator]} in place of {test.operator}", Test(TWIN_OPERATORS[test.operator], test.operand)
    if isinstance(test.operand, tuple) and len(test.operand) > 1:
        for i, one in enumerate(test.operand):
            yield f"without {one}", Test(test.operator, (*test.operand[:i], *test.operand[i + 1 :]))


def _exception(row: Exception_) -> Iterator[Mutation]:
    for what, when in _conditions(row.when, least=1):
        yield f".when{what}", row.model_copy(update={"when": when})


def _demand(demand: Demand) -> Iterator[Mutation]:
    for key in ("when", "must", "holds"):
        for what, value in _conditions(getattr(demand, key), least=1 if key == "holds" else 0):
            yield f".{key}{what}", demand.model_copy(update={key: value})
    kinds = demand.path.rpartition("->")[2].split("|") if demand.path else []
    for kind in kinds if len(kinds) > 1 else ():
        stem = (demand.path or "").rpartition("->")[0]
        rest = " | ".join(k.strip() for k in kinds if k != kind)
        yield f".path: without {kind.strip()}", demand.model_copy(update={"path": f"{stem}-> {rest}"})
    if demand.current is not None:
        yield ".current: left out", demand.model_copy(update={"current": None})
        for what, current in _current(demand.current):
            yield f".current{what}", demand.model_copy(update={"current": current})


def _current(current: Current) -> Iterator[Mutation]:
    for what, period in _period(current.for_):
        yield f": {what}", current.model_copy(update={"for_": period})
    for i, event in enumerate(current.ends_on):
        yield f": not ended by {event}", current.model_copy(update={"ends_on": (*current.ends_on[:i], *current.ends_on[i + 1 :])})


def _open_rows(rows: tuple[Open, ...]) -> Iterator[Mutation]:
    """Doubts that lower nothing are notes to the reader; no case could tell them."""
    for i, row in enumerate(rows):
        if row.lowers == "nothing":
            continue
        yield f"[{i + 1}]: left out", (*rows[:i], *rows[i + 1 :])
        for what, wrong in _open(row):
            yield f"[{i + 1}]{what}", (*rows[:i], wrong, *rows[i + 1 :])


def _open(row: Open) -> Iterator[Mutation]:
    for key in ("when", "settled_by"):
        for what, value in _conditions(getattr(row, key)):
            yield f".{key}{what}", row.model_copy(update={key: value})


def _deadline(deadline: Deadline) -> Iterator[Mutation]:
    yield ": left out", None
    for key in ("within", "at_least"):
        for what, period in _period(getattr(deadline, key)):
            yield f".{key}: {what}", deadline.model_copy(update={key: period})
    for key in ("after", "before", "on_or_before"):
        events = getattr(deadline, key)
        for i, event in enumerate(events if len(events) > 1 else ()):
            yield f".{key}: not from {event}", deadline.model_copy(update={key: (*events[:i], *events[i + 1 :])})
    if len(deadline.after) > 1:
        for other in {"earliest", "latest"} - {deadline.start}:
            yield f".start: {other} in place of {deadline.start}", deadline.model_copy(update={"start": other})


def _period(period: str | None) -> Iterator[Mutation]:
    match = _PERIOD.match(period or "")
    if match is None:
        return
    for count in (int(match[1]) + 1, int(match[1]) - 1):
        if count:
            yield f"{count} {match[2]} in place of {period}", f"{count} {match[2]}"
    if match[2] in TWIN_UNITS:
        yield f"{match[1]} {TWIN_UNITS[match[2]]} in place of {period}", f"{match[1]} {TWIN_UNITS[match[2]]}"


def _applies(applies: Applies, pack: Pack) -> Iterator[Mutation]:
    if isinstance(applies.from_, str):
        for what, day in _days(applies.from_, pack):
            yield f".from: {what}", applies.model_copy(update={"from_": day})
    elif applies.from_ is not None:
        for what, routes in _rows(applies.from_, lambda route: _route(route, pack), least=1):
            yield f".from{what}", applies.model_copy(update={"from_": routes})
    for what, day in _days(applies.until, pack):
        yield f".until: {what}", applies.model_copy(update={"until": day})
    for what, rows in _rows(applies.transition, lambda row: _transition(row, pack)):
        yield f".transition{what}", applies.model_copy(update={"transition": rows})


def _route(route: Route, pack: Pack) -> Iterator[Mutation]:
    for what, day in _days(route.date, pack):
        yield f".date: {what}", route.model_copy(update={"date": day})
    for what, when in _conditions(route.when, least=1):
        yield f".when{what}", route.model_copy(update={"when": when})


def _transition(row: Any, pack: Pack) -> Iterator[Mutation]:
    for what, day in _days(row.comply_by, pack):
        yield f".comply_by: {what}", row.model_copy(update={"comply_by": day})
    for what, when in _conditions(row.when, least=1):
        yield f".when{what}", row.model_copy(update={"when": when})


def _days(raw: str | None, pack: Pack) -> Iterator[Mutation]:
    """A day earlier and a day later than a date, as it stands in the latest state of the law."""
    if raw is None or raw == "$at":
        return
    found = (
        pack.resolve_date(raw.removeprefix("$timeline."), date.max) if raw.startswith("$timeline.") else date.fromisoformat(raw)
    )
    if found is not None:
        yield "a day earlier", (found - timedelta(days=1)).isoformat()
        yield "a day later", (found + timedelta(days=1)).isoformat()
