"""Packs, situations and a day become findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from ..catalogue import Catalogue
from ..packs import Duty, Pack
from ..packs.card import Applies
from ..vocabulary import LATER, Moment, Reason, Situation, Verdict, day_of
from .duties import CompiledDuty, Judgement, compile_duty
from .explain import explain_card
from .explain_duty import explain_duty
from .finding import Finding, Outlook, describe
from .program import Program
from .proof import Proof, main_reason
from .view import View

ALL_KNOWN = date.max
"""Everything the packs hold counts as published."""


class Accepted(NamedTuple):
    """A judgement that a person put on record: this doubt of this provision is settled."""

    provision: str
    term: str


class Judged(NamedTuple):
    """One duty, as owed in one role, in one situation."""

    duty: CompiledDuty
    view: View
    judgement: Judgement


@dataclass(frozen=True)
class Assessment:
    """Everything one run found. Findings are described when they are asked for."""

    engine: Engine
    at: Moment
    judged: tuple[Judged, ...]
    situations: tuple[Situation, ...]
    not_evaluated: Mapping[str, tuple[str, ...]]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """In the order of provision, subject, organisation, role."""
        return tuple(self.engine.describe(one, self.at) for one in self.judged)

    def counts(self) -> dict[str, dict[Verdict, int]]:
        """The four verdicts per instrument; they always stand together."""
        table: dict[str, dict[Verdict, int]] = {}
        for one in self.judged:
            row = table.setdefault(one.duty.card.pack, dict.fromkeys(Verdict, 0))
            row[one.judgement.verdict] += 1
        return table


@dataclass
class Engine:
    """Packs and catalogue, compiled once for each day that is asked about.

    `selected` limits the findings to these instruments; the others are still there for what a card asks of them.
    """

    packs: Sequence[Pack]
    catalogue: Catalogue
    known: date = ALL_KNOWN
    accepted: Sequence[Accepted] = ()
    selected: frozenset[str] | None = None
    _programs: dict[Moment, Program] = field(default_factory=dict)
    _plans: dict[tuple[Moment, tuple[str, ...]], tuple[CompiledDuty, ...]] = field(default_factory=dict)
    _later: dict[tuple[Moment, int], View] = field(default_factory=dict)

    def program(self, at: Moment) -> Program:
        """The packs as of that day."""
        found = self._programs.get(at)
        if found is None:
            found = self._programs[at] = Program(self.packs, self.catalogue, at, self.known)
        return found

    def duties(self, at: Moment) -> list[Duty]:
        """The duties in force on that day, of the selected instruments."""
        return [card for card in self.program(at).duties() if self.selected is None or card.pack in self.selected]

    def shown_packs(self) -> list[Pack]:
        """The instruments whose duties are judged."""
        return [pack for pack in self.packs if self.selected is None or pack.id in self.selected]

    def plan(self, at: Moment, kinds: tuple[str, ...]) -> tuple[CompiledDuty, ...]:
        """Every duty on such a subject in every role it addresses, compiled."""
        key = (at, kinds)
        found = self._plans.get(key)
        if found is None:
            program = self.program(at)
            found = tuple(
                compile_duty(program, card, role) for card in self.duties(at) if card.subjects == kinds for role in card.addressee
            )
            self._plans[key] = found
        return found

    def judge(self, situations: Sequence[Situation], at: Moment) -> list[Judged]:
        """Verdicts alone: the fast path."""
        judged: list[Judged] = []
        program = self.program(at)
        for situation in situations:
            view = program.view(situation)
            if self.accepted:
                view.accept(self.accepted)
            judged.extend(Judged(duty, view, duty.judge(view)) for duty in self.plan(at, kinds_of(situation)))
        return judged

    def assess(self, situations: Sequence[Situation], at: Moment) -> Assessment:
        """Findings for every situation, and the subjects for which nothing could be evaluated."""
        judged = sorted(self.judge(situations, at), key=order)
        present = {kinds_of(s) for s in situations}
        missing: dict[str, list[str]] = {}
        for card in self.duties(at):
            if card.subjects not in present:
                missing.setdefault(card.subject, []).append(card.id)
        absent = {subject: tuple(ids) for subject, ids in sorted(missing.items())}
        return Assessment(self, at, tuple(judged), tuple(situations), absent)

    def conclude(self, situations: Sequence[Situation], at: Moment, provision: str) -> list[tuple[Situation, Proof]]:
        """The proofs of a definition or exemption, in every situation that has what it is about."""
        program = self.program(at)
        card = program.cards.get(provision)
        if card is None:
            return []
        views = [program.view(situation) for situation in situations]
        for view in views:
            view.accept(self.accepted)
        readable = [view for view in views if all(view.start(kind) is not None for kind in card.subjects)]
        return [(view.situation, explain_card(program, view, card)) for view in readable]

    def describe(self, one: Judged, at: Moment) -> Finding:
        """A judgement with proof, reasons and outlook."""
        return describe(one.duty, one.view, one.judgement, self.outlook(one, at))

    def outlook(self, one: Judged, at: Moment) -> Outlook | None:
        """For what does not bind yet: the first later day on which it does, and the verdict it would then have."""
        if one.judgement.reason not in LATER:
            return None
        for day in self._later_days(one, day_of(at)):
            program = self.program(day)
            card = program.cards.get(one.duty.card.id)
            if not isinstance(card, Duty):
                continue
            view = self._later_view(one.view.situation, day)
            duty = compile_duty(program, card, one.duty.role)
            then = duty.judge(view)
            if then.reason in LATER:
                continue
            if then.reason is Reason.OUT_OF_SCOPE:
                return None
            reason: Reason | None = then.reason
            if then.verdict is Verdict.UNDETERMINED:
                reason = main_reason([s for s in explain_duty(duty, view).stations if s.truth is None])
            return Outlook(day, then.verdict, reason)
        return None

    def _later_view(self, situation: Situation, day: Moment) -> View:
        """A situation as of a later day; its duties share what they work out."""
        view = self._later.get((day, id(situation)))
        if view is None or view.situation is not situation:
            view = self._later[(day, id(situation))] = self.program(day).view(situation)
            view.accept(self.accepted)
        return view

    def _later_days(self, one: Judged, day: date) -> list[date]:
        """Days on which something changes for this duty: dates of its instrument, ends of transitions and of its clock."""
        pack, duty, view = one.duty.pack, one.duty, one.view
        dates = {d for name in pack.timeline if (d := pack.resolve_date(name, self.known))}
        dates |= {row.in_force for row in pack.amendments if row.in_force and row.published <= self.known}
        dates |= {d for raw in written_dates(duty.card.applies) if (d := duty.program.date_of(pack, raw))}
        dates |= {d + timedelta(days=1) for d in set(dates)}
        for limit in duty.limits(view) or ():
            if limit.last is not None and limit.last != date.max:
                last = limit.last.date() if isinstance(limit.last, datetime) else limit.last
                dates |= {last, last + timedelta(days=1), last + timedelta(days=2)}
        return sorted(d for d in dates if d > day)


def written_dates(applies: Applies) -> list[str]:
    """Every date or reference of a card's clock."""
    routes = applies.from_ if isinstance(applies.from_, tuple) else ()
    first = [applies.from_] if isinstance(applies.from_, str) else [route.date for route in routes]
    return [*first, *([applies.until] if applies.until else []), *(row.comply_by for row in applies.transition)]


def kinds_of(situation: Situation) -> tuple[str, ...]:
    """`("incident", "model")` or `("model",)`."""
    parent = situation.parent
    return (situation.subject.kind, parent.kind) if parent is not None else (situation.subject.kind,)


def order(one: Judged) -> tuple[str, str, str, str]:
    """Provision, subject, organisation, role."""
    situation = one.view.situation
    return one.duty.card.id, situation.subject.name, situation.addressee.name, one.duty.role
