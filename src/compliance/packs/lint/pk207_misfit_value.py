"""A value that its fact, attribute or key does not take: another type, no term of the list, no date, no period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ...catalogue import Catalogue
from ...reading import Problem, nearest
from ...vocabulary import parse_day, parse_moment, parse_period, parse_value
from ..card import Card, Definition, Duty, Obligation
from ..conditions import CALENDAR, COMPARISONS, Line, Test
from ..instrument import Pack
from ..path import parse_path
from .blocks import leaves
from .context import Context
from .pk201_unknown_fact import named

FITS: Mapping[str, tuple[str, ...]] = {
    "number": COMPARISONS, "money": COMPARISONS, "date": CALENDAR, "instant": CALENDAR, "term": ("one_of",), "set": ("includes",),
}  # fmt: skip
"""Which operators a type takes beside plain equality."""
NO_DATE = "a date is compared with facts that are dates"
ACTIVITIES = ("develop", "deploy", "operate", "use")
Said = tuple[str, str]


def check(context: Context) -> Iterator[Problem]:
    """Operands of conditions, then the keys of each card that hold dates, periods and paths, then its cases."""
    for pack in context.packs:
        for conditions in pack.instrument.scope.values():
            for condition in leaves(conditions):
                if isinstance(condition, Line):
                    yield from _line(context, pack, condition, ())
        for place, said in _days(pack):
            yield context.problem_at("PK207", context.file_of(pack), place, *said)
    for pack, card in context.cards():
        for _, condition, kinds in context.asked(card):
            if isinstance(condition, Line):
                yield from _line(context, pack, condition, kinds)
        for place, said in (*_keys(context, card), *_told(context, card)):
            yield context.problem_at("PK207", card.source.file, place, *said)


def _line(context: Context, pack: Pack, line: Line, kinds: tuple[str, ...]) -> Iterator[Problem]:
    for kind, values in _types(context.catalogue, line, kinds):
        for test in line.tests:
            if said := misfit(pack, line.fact, kind, values, test):
                yield context.problem("PK207", line.source, *said)
                return


def _types(catalogue: Catalogue, line: Line, kinds: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind in kinds:
        found = catalogue.attribute(kind, line.fact.removeprefix(f"{kind}."))
        if found:
            yield found, ()
    entry = None if kinds else catalogue.fact(line.fact)
    if entry is not None:
        yield entry.type, entry.values


def misfit(pack: Pack, fact: str, kind: str, values: tuple[str, ...], test: Test) -> Said | None:
    """What is wrong with one operator and its operand on a fact of this type; None where it is right."""
    if test.operator != "is" and test.operator not in FITS.get(kind, ()):
        takes = ", ".join(FITS.get(kind, ())) or "only `fact: value`"
        return f"`{fact}` is a {kind}; `{test.operator}` does not work on it", f"it takes {takes}"
    if kind == "set" and test.operator == "is" and test.operand != "none":
        return f"`{fact}` is a set", f"write {{includes: {test.operand}}}"
    if test.operand == "unknown":
        return f"`{fact}` cannot be asked to be unknown", "an unknown fact makes its line unknown by itself"
    if test.operator == "one_of" and (not isinstance(test.operand, tuple) or len(test.operand) < 2):
        return "`one_of` with one value", f"write `{fact}: value`"
    for operand in test.operand if isinstance(test.operand, tuple) else (test.operand,):
        if said := _operand(pack, fact, "term" if kind == "set" else kind, values, operand):
            return said
    return None


def _operand(pack: Pack, fact: str, kind: str, values: tuple[str, ...], operand: Any) -> Said | None:
    if isinstance(operand, str) and operand.startswith("$"):
        if operand == "$at" or operand.startswith("$timeline."):
            return None if kind in ("date", "instant") else (f"`{fact}` is a {kind}, `{operand}` a date", NO_DATE)
        entries = pack.parameters.get(operand.removeprefix("$parameters."), ())
        return next((said for entry in entries if (said := _value(fact, kind, values, entry.value))), None)
    return _value(fact, kind, values, operand)


def _value(fact: str, kind: str, values: tuple[str, ...], value: Any) -> Said | None:
    try:
        parse_value(value, kind)
    except ValueError as error:
        message, hint = _unreadable(error)
        return f"`{fact}` is a {kind}: {message}", hint
    for term in value if isinstance(value, (list, tuple)) else (value,):
        if values and kind in ("term", "set") and str(term) not in (*values, "none", "unknown"):
            near = nearest(str(term), values)
            return f"`{fact}` cannot be `{term}`", f"did you mean `{near}`?" if near else f"it is one of {', '.join(values)}"
    return None


def _unreadable(error: ValueError) -> Said:
    """The words of a reader: what is wrong stands before the semicolon, the right form after it."""
    message, _, hint = str(error).partition("; ")
    return message, hint or "the forms of values are listed in docs/grammar.md"


# --- keys that hold dates, periods and paths --------------------------------------------------------------------------


def _keys(context: Context, card: Card) -> Iterator[tuple[tuple[Any, ...], Said]]:
    for read, place, raw in _readable(card):
        if raw and not raw.startswith("$"):
            try:
                read(raw)
            except ValueError as error:
                yield place, _unreadable(error)
    for subject in card.subjects:
        if subject not in context.subjects:
            yield ("subject",), (f"unknown subject `{subject}`", f"one of {', '.join(sorted(context.subjects))}")
    if isinstance(card, Duty):
        for i, word in enumerate(card.precondition_of):
            if word not in ACTIVITIES:
                yield ("precondition_of", i), (f"no activity `{word}`", f"one of {', '.join(ACTIVITIES)}")
        for i, row in enumerate(card.penalty):
            if not row.amount.startswith("$parameters.") and row.amount not in ("none_stated", "national_law"):
                hint = "write $parameters.name, none_stated or national_law"
                yield ("penalty", i, "amount"), (f"`{row.amount}` is no amount", hint)
    yield from _types_of_names(context.catalogue, card)


def _days(pack: Pack) -> Iterator[tuple[tuple[Any, ...], Said]]:
    """The dates of instrument.yaml that the loader leaves as text, because they may be references."""
    rows: list[tuple[tuple[Any, ...], str | None]] = []
    for i, row in enumerate(pack.instrument.force):
        rows.extend(((("force", i, "from"), row.from_), (("force", i, "until"), row.until)))
    for i, rule in enumerate(pack.instrument.enforcement):
        until = rule.until if isinstance(rule.until, str) else (rule.until or {}).get("at_earliest")
        rows.extend(((("enforcement", i, "from"), rule.from_), (("enforcement", i, "before"), rule.before)))
        rows.append((("enforcement", i, "until"), None if until == "unknown" else until))
    for place, raw in rows:
        if raw and not raw.startswith("$"):
            try:
                parse_day(raw)
            except ValueError as error:
                yield place, _unreadable(error)


def _types_of_names(catalogue: Catalogue, card: Card) -> Iterator[tuple[tuple[Any, ...], Said]]:
    """What a definition makes true is a boolean; an event of a clock is a date."""
    for name, place in named(card):
        entry = catalogue.fact(name)
        wanted = ("boolean",) if isinstance(card, Definition) else ("date", "instant")
        if entry is not None and entry.type not in wanted:
            yield place, (f"`{name}` is a {entry.type}", f"a {' or '.join(wanted)} belongs here")
    if isinstance(card, Obligation):
        for i, demand in enumerate(card.evidence):
            rows: list[tuple[tuple[Any, ...], str]] = []
            if card.deadline and "." not in card.deadline.done:
                rows.append((("deadline", "done"), card.deadline.done))
            if demand.current:
                rows.append((("evidence", i, "current", "counted_from"), demand.current.counted_from))
            for place, name in rows:
                kinds = parse_path(demand.path).kinds if demand.path and "->" in demand.path else ()
                for kind in kinds:
                    if catalogue.attribute(kind, name) not in (None, "date", "instant"):
                        yield place, (f"`{kind}.{name}` is no date", "a clock compares dates")


Readable = tuple[Callable[[str], Any], tuple[Any, ...], str | None]


def _readable(card: Card) -> Iterator[Readable]:
    applies = card.applies
    yield parse_day, ("review", "checked"), card.review.checked
    yield parse_day, ("applies", "until"), applies.until
    if isinstance(applies.from_, tuple):
        yield from ((parse_day, ("applies", "from", i, "date"), row.date) for i, row in enumerate(applies.from_))
    else:
        yield parse_day, ("applies", "from"), applies.from_
    yield from ((parse_day, ("applies", "transition", i, "comply_by"), row.comply_by) for i, row in enumerate(applies.transition))
    if isinstance(card, Duty):
        for i, row in enumerate(card.penalty):
            if row.cure:
                yield parse_period, ("penalty", i, "cure", "within"), row.cure.within
                yield parse_day, ("penalty", i, "cure", "until"), row.cure.until
    if isinstance(card, Obligation):
        for key in ("within", "at_least", "repeat") if card.deadline else ():
            yield parse_period, ("deadline", key), getattr(card.deadline, key)
        for i, demand in enumerate(card.evidence):
            yield parse_path, ("evidence", i, "path"), demand.path
            if demand.current:
                yield parse_period, ("evidence", i, "current", "for"), demand.current.for_
    if card.tests:
        yield parse_moment, ("tests", "given", "at"), card.tests.given.at
        yield parse_day, ("tests", "given", "as_known_on"), card.tests.given.as_known_on
        for i, case in enumerate(card.tests.cases):
            yield parse_moment, ("tests", "cases", i, "at"), case.at
            yield parse_day, ("tests", "cases", i, "as_known_on"), case.as_known_on


# --- cases ------------------------------------------------------------------------------------------------------------


def _told(context: Context, card: Card) -> Iterator[tuple[tuple[Any, ...], Said]]:
    catalogue = context.catalogue
    for one in context.told(card):
        entry = catalogue.fact(one.name)
        if entry is not None and (said := _value(one.name, entry.type, entry.values, one.value)):
            yield one.path, said
    for paper in context.papers(card):
        for name, value in paper.attributes.items():
            kind = catalogue.attribute(paper.kind, str(name))
            if kind and (said := _value(f"{paper.kind}.{name}", kind, (), value)):
                yield (*paper.path, name), said
    for i, case in enumerate(card.tests.cases if card.tests else ()):
        verdicts = ("satisfied", "not_satisfied", "undetermined", "not_applicable")
        wanted = verdicts if isinstance(card, Duty) else ("true", "false", "unknown")
        got = {True: "true", False: "false"}.get(case.expect, case.expect) if isinstance(case.expect, bool) else case.expect
        if got not in wanted:
            said = f"no {card.kind} can be {got}", f"write one of {', '.join(wanted)}"
            yield ("tests", "cases", i, "expect"), said
