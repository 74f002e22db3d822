"""Packs, situations and a day become findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from ..catalogue import Catalogue
from ..packs import Duty, Pack
from ..vocabulary import LATER, Moment, Reason, Situation, Verdict, day_of
from .duties import CompiledDuty, Judgement, compile_duty
from .explain_duty import explain_duty
from .finding import Finding, Outlook, describe
from .program import Program
from .proof import main_reason
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
    """Packs and catalogue, compiled once for each day that is asked about."""

    packs: Sequence[Pack]
    catalogue: Catalogue
    known: date = ALL_KNOWN
    accepted: Sequence[Accepted] = ()
    _programs: dict[Moment, Program] = field(default_factory=dict)
    _plans: dict[tuple[Moment, tuple[str, ...]], tuple[CompiledDuty, ...]] = field(default_factory=dict)

    def program(self, at: Moment) -> Program:
        """The packs as of that day."""
        found = self._programs.get(at)
        if found is None:
            found = self._programs[at] = Program(self.packs, self.catalogue, at, self.known)
        return found

    def plan(self, at: Moment, kinds: tuple[str, ...]) -> tuple[CompiledDuty, ...]:
        """Every duty on such a subject in every role it addresses, compiled."""
        key = (at, kinds)
        found = self._plans.get(key)
        if found is None:
            program = self.program(at)
            found = tuple(
                compile_duty(program, card, role)
                for card in program.duties()
                if card.subjects == kinds
                for role in card.addressee
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
        for card in self.program(at).duties():
            if card.subjects not in present:
                missing.setdefault(card.subject, []).append(card.id)
        absent = {subject: tuple(ids) for subject, ids in sorted(missing.items())}
        return Assessment(self, at, tuple(judged), tuple(situations), absent)

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
            view = program.view(one.view.situation)
            if self.accepted:
                view.accept(self.accepted)
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

    def _later_days(self, one: Judged, day: date) -> list[date]:
        """Days on which something changes for this duty: dates of its instrument, ends of transitions and of its clock."""
        pack, duty, view = one.duty.pack, one.duty, one.view
        dates = {d for name in pack.timeline if (d := pack.resolve_date(name, self.known))}
        dates |= {d + timedelta(days=1) for d in set(dates)}
        for limit in duty.limits(view) or ():
            if limit.last is not None and limit.last != date.max:
                last = limit.last.date() if isinstance(limit.last, datetime) else limit.last
                dates |= {last, last + timedelta(days=1), last + timedelta(days=2)}
        return sorted(d for d in dates if d > day)


def kinds_of(situation: Situation) -> tuple[str, ...]:
    """`("incident", "model")` or `("model",)`."""
    parent = situation.parent
    return (situation.subject.kind, parent.kind) if parent is not None else (situation.subject.kind,)


def order(one: Judged) -> tuple[str, str, str, str]:
    """Provision, subject, organisation, role."""
    situation = one.view.situation
    return one.duty.card.id, situation.subject.name, situation.addressee.name, one.duty.role
