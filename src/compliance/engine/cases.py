"""The cases of a card, run in the real engine: `packs test` and the test suite call the same function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..catalogue import Catalogue
from ..packs import Card, Duty, Pack
from ..packs.card import Case, Given
from ..reading import Source
from ..vocabulary import UNKNOWN, Reason, Truth, Verdict, parse_day, parse_moment, word
from .case_situation import build_case, hide
from .duties import CompiledDuty, compile_duty
from .explain import explain_card
from .explain_duty import explain_duty, verdict_reasons
from .force import force_of
from .program import Program
from .proof import Proof, unknown_leaves, unknown_names
from .view import View

SETTINGS = ("at", "as_known_on", "inventory", "cards")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case demanded and what the engine gave. `names` is everything that would settle an unknown."""

    card: str
    case: str
    expected: str
    got: str
    names: tuple[str, ...]
    problem: str
    source: Source

    @property
    def passed(self) -> bool:
        """Whether nothing differs."""
        return not self.problem


class Cases:
    """Runs cases; programs are compiled once for each day and state of the law."""

    def __init__(self, packs: Sequence[Pack], catalogue: Catalogue) -> None:
        self.packs = tuple(packs)
        self.catalogue = catalogue
        self._programs: dict[tuple[Any, date], Program] = {}

    def program(self, at: Any, known: date) -> Program:
        """The packs on that day."""
        key = (at, known)
        if key not in self._programs:
            self._programs[key] = Program(self.packs, self.catalogue, at, known)
        return self._programs[key]

    def run_card(self, card: Card) -> Iterator[CaseResult]:
        """Every case of the card, in order; a value that cannot be read is the problem of its case."""
        if card.tests is None:
            return
        for case in card.tests.cases:
            try:
                yield self._run(card, card.tests.given, case)
            except ValueError as error:
                yield CaseResult(card.id, case.name, _expected(case), "", (), str(error), card.source)

    def run_twins(self, card: Card) -> Iterator[CaseResult]:
        """The twins of every case, made by hiding one known fact at a time: the verdict may become undetermined, and what is
        not applicable may come back as satisfied, but nothing else. Official acts are left: their silence says no."""
        if card.tests is None:
            return
        for case in card.tests.cases:
            try:
                view = self.view_of(card, card.tests.given, case)
            except ValueError:
                continue
            if view.program.cards.get(card.id) is not card:
                continue
            known = _verdict(view, card)
            for name in sorted(n for n, v in view.known.items() if v is not UNKNOWN and not self._is_act(n)):
                hidden = view.program.view(hide(view.situation, frozenset({name})), view.stubs)
                got = _verdict(hidden, card)
                if got not in (known, "undetermined", "unknown") and (got, known) != ("satisfied", "not_applicable"):
                    what = f"{known} turned into {got}"
                    yield CaseResult(card.id, f"{case.name}, but {name} not known", known, got, (), what, card.source)
                else:
                    yield CaseResult(card.id, f"{case.name}, but {name} not known", known, got, (), "", card.source)

    def _is_act(self, name: str) -> bool:
        entry = self.catalogue.fact(name)
        return entry is not None and entry.kind == "act"

    def view_of(self, card: Card, given: Given, case: Case) -> View:
        """The situation of a case, read under its day and state of the law."""
        at = parse_moment(case.at or given.at)
        known = parse_day(case.as_known_on or given.as_known_on or date.max)
        stubs = {**given.cards, **case.cards}
        situation = build_case(card, given, case, self.catalogue)
        return self.program(at, known).view(situation, {_full(card, k): _truth(v) for k, v in stubs.items()})

    def _run(self, card: Card, given: Given, case: Case) -> CaseResult:
        view = self.view_of(card, given, case)
        pack = next(p for p in self.packs if p.id == card.pack)
        if isinstance(card, Duty):
            got, reasons, names = _judge(view, card)
        else:
            got, reasons, names = _conclude(view, card)
        problem = ""
        if got != _expected(case):
            problem = f"expected {_expected(case)}, got {got}"
        elif case.because and case.because not in (*reasons, *names):
            problem = f"expected because {case.because}, got {', '.join((*reasons, *names)) or 'nothing'}"
        elif case.force:
            force = force_of(pack, card, view.program.day, view.program.known)
            problem = "" if force == case.force else f"expected force {case.force}, got {force}"
        return CaseResult(card.id, case.name, _expected(case), got, names, problem, card.source)


def _verdict(view: View, card: Card) -> str:
    if isinstance(card, Duty):
        duties = [compile_duty(view.program, card, role) for role in card.addressee]
        return next((d for d in duties if d.has_role(view) is not False), duties[0]).judge(view).verdict.value
    return word(view.program.truth(view, card))


def _judge(view: View, card: Duty) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    if view.program.cards.get(card.id) is not card:
        return Verdict.NOT_APPLICABLE.value, (Reason.NOT_YET_APPLICABLE.value, Reason.NO_LONGER_APPLICABLE.value), ()
    duties = [compile_duty(view.program, card, role) for role in card.addressee]
    duty = next((d for d in duties if d.has_role(view) is not False), duties[0])
    judgement = duty.judge(view)
    proof = explain_duty(duty, view)
    reasons = {reason.value for reason in verdict_reasons(duty, view, judgement, proof)}
    names: dict[str, None] = {}
    if judgement.verdict is Verdict.UNDETERMINED:
        for station in proof.stations:
            names.update(dict.fromkeys(unknown_names(station)))
            reasons |= {leaf.reason.value for leaf in unknown_leaves(station) if leaf.reason}
        check_agreement(duty, view, proof.stations)
    return judgement.verdict.value, tuple(sorted(reasons)), tuple(names)


def check_agreement(duty: CompiledDuty, view: View, stations: Sequence[Proof]) -> None:
    """The proof and the verdict rest on the same truths; a difference is a fault of the engine."""
    judgement = duty.judge(view)
    if judgement.applies is not stations[0].truth:
        raise AssertionError(f"{duty.card.id}: verdict says applies {judgement.applies}, proof {stations[0].truth}")
    if judgement.evidence is not stations[2].truth:
        raise AssertionError(f"{duty.card.id}: verdict says evidence {judgement.evidence}, proof {stations[2].truth}")


def _conclude(view: View, card: Card) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    if view.program.cards.get(card.id) is not card:
        return "false", (Reason.NOT_YET_APPLICABLE.value, Reason.NO_LONGER_APPLICABLE.value), ()
    truth = view.program.truth(view, card)
    if truth is False:
        began, ended = view.program.clock(card)
        later = view.program.truth(view.later, card)
        reasons = [Reason.NOT_YET_APPLICABLE.value] if later is not False or began(view) is False else []
        return "false", (*reasons, *((Reason.NO_LONGER_APPLICABLE.value,) if ended else ())), ()
    if truth is True:
        return "true", (), ()
    proof = explain_card(view.program, view, card)
    names = tuple(dict.fromkeys(unknown_names(proof)))
    return "unknown", tuple({leaf.reason.value for leaf in unknown_leaves(proof) if leaf.reason}), names


def _expected(case: Case) -> str:
    return word(case.expect) if isinstance(case.expect, bool) else case.expect


def _truth(value: Any) -> Truth:
    return value if isinstance(value, bool) else None


def _full(card: Card, name: str) -> str:
    return name if name.count("/") == 2 else f"{card.pack}/{name}"
