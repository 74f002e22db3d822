"""Demands: a document that meets everything, or facts that hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..packs import Demand, Obligation, Pack
from ..packs.card import Current
from ..packs.path import parse_path
from ..vocabulary import (
    NONE,
    Document,
    Truth,
    Value,
    add_period,
    all_true,
    any_true,
    day_of,
    parse_period,
)  # fmt: skip
from .limits import Limit, agree
from .program import Ask, Program, attribute
from .view import View


@dataclass(frozen=True, slots=True)
class Fit:
    """One candidate document: does its content fit, is it current, is it in time."""

    document: Document
    fits: Truth
    current: Truth
    timely: Truth

    @property
    def meets(self) -> Truth:
        """All three."""
        return all_true((self.fits, self.current, self.timely))


class Evidence:
    """The demands of one obligation, compiled."""

    def __init__(self, program: Program, pack: Pack, card: Obligation) -> None:
        self.program = program
        self.card = card
        self.parts = [Part(program, pack, demand, card) for demand in card.evidence]


class Part:
    """One demand, compiled."""

    def __init__(self, program: Program, pack: Pack, demand: Demand, card: Obligation) -> None:
        self.program = program
        self.demand = demand
        self.done = card.deadline.done if card.deadline else ""
        self.when: Ask = program.conditions(pack, demand.when)
        self.holds: Ask = program.conditions(pack, demand.holds)
        self.path = parse_path(demand.path) if demand.path else None
        kinds = self.path.kinds if self.path else ()
        self.must: dict[str, Ask] = {kind: program.conditions(pack, demand.must, kind) for kind in kinds}

    def fits(self, view: View, limits: tuple[Limit, ...] | None) -> list[Fit]:
        """Every document the path leads to, in the order of the dossier."""
        assert self.path is not None
        start = view.start(self.path.start)
        if start is None:
            return []
        found = [d for d in start.documents if d.edge == self.path.edge and d.kind in self.must and not self._is_future(d)]
        return [
            Fit(d, self.must[d.kind](d), self._current(view, d), self._timely(view, d, limits)) for d in found
        ]  # fmt: skip

    def _is_future(self, document: Document) -> bool:
        """Dated after the day of the check: not there yet."""
        names = ("date", self.done, self.demand.current.counted_from if self.demand.current else "")
        dates = [document.attributes.get(name) for name in names if name]
        return any(isinstance(day, date) and day_of(day) > self.program.day for day in dates)

    def asked(self, view: View, limits: tuple[Limit, ...] | None) -> tuple[Truth, Truth]:
        """Whether the demand is made, and whether it is met; an open list of documents proves nothing missing."""
        made = self.when(view)
        if made is False:
            return False, True
        if self.path is None:
            return made, self.holds(view)
        fits = self.fits(view, limits)
        truths: list[Truth] = [fit.meets for fit in fits]
        if self.demand.quantifier == "every":
            return made, self._every(truths, view.situation.closed)
        met = any_true(truths)
        return made, met if met is not False or view.situation.closed else None

    def _every(self, truths: list[Truth], closed: bool) -> Truth:
        met = all_true(truths)
        if not closed:
            return False if met is False else None
        return met if truths else False

    def _current(self, view: View, document: Document) -> Truth:
        rule = self.demand.current
        return True if rule is None else is_current(rule, document, view)

    def _timely(self, view: View, document: Document, limits: tuple[Limit, ...] | None) -> Truth:
        if limits is None or not self.done:
            return True
        done = view.value(self.done) if "." in self.done else attribute(document, self.done)
        if not isinstance(done, date):
            return False if done is NONE else None
        return agree([limit.met(done) for limit in limits])


def is_current(rule: Current, document: Document, view: View) -> Truth:
    """Good up to the same day one period later, or until the first later event of `ends_on`, that day included."""
    counted = attribute(document, rule.counted_from)
    if not isinstance(counted, date):
        return False if counted is NONE else None
    day, start = view.program.day, day_of(counted)
    truths: list[Truth] = [day <= add_period(start, parse_period(rule.for_))]
    for name in rule.ends_on:
        event: Value = view.value(name)
        if isinstance(event, date):
            happened = day_of(event)
            same_day = happened == start < day  # whether it came before or after cannot be told
            truths.append(None if same_day else not (start < happened < day))
        elif event is not NONE:
            truths.append(None)
    return all_true(truths)
