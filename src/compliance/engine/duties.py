"""A duty becomes a function from a view to a judgement: the table of `docs/grammar.md`, section 8, row by row."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..packs import Duty, Exemption, Obligation, Pack, Prohibition
from ..packs.card import Open, Transition
from ..vocabulary import Document, Reason, Truth, Verdict, all_true, always, any_true, negate
from .evidence import Evidence
from .limits import Limit, find_limits
from .program import Ask, Program
from .view import View


class Judgement(NamedTuple):
    """What the hot path gives: the verdict and the stations it came from. Reasons are worked out on demand."""

    verdict: Verdict
    reason: Reason | None
    applies: Truth
    exempt: Truth
    evidence: Truth


class CompiledDuty:
    """One duty as owed in one role. `unassigned` asks no role."""

    def __init__(self, program: Program, card: Duty, role: str) -> None:
        pack = program.packs[card.pack]
        self.program, self.pack, self.card, self.role = program, pack, card, role
        inherited = tuple(c for kind in card.subjects for c in pack.instrument.scope.get(kind, ()))
        scope = program.conditions(pack, card.scope.instead if card.scope else inherited)
        self.scope: Ask = scope if card.scope else once(("scope", pack.id, card.subjects), scope)
        self.when: Ask = program.conditions(pack, card.when)
        self.began, self.ended = program.clock(card)
        self.excepted: Ask = program.exceptions(pack, card.except_)
        self.transitions = self._transitions(pack, card)
        reaching = program.reaching(card, role)
        others = [c for y in card.yields_to for c in program.matching(pack, y.card) if isinstance(c, Exemption)]
        self.yields = [y.card for y in card.yields_to]
        self.lifted = [e for e in (*reaching, *others) if e.effect == "lifted"]
        self.suspended = [e for e in reaching if e.effect == "in_transition"]
        self.deemed = [e for e in reaching if e.effect == "deemed"]
        self.doubts = {k: [d for d in card.open if d.lowers == k] for k in ("applies", "conclusion", "deadline")}
        self.evidence = Evidence(program, pack, card) if isinstance(card, Obligation) else None
        self.breach: Ask = program.conditions(pack, card.breach) if isinstance(card, Prohibition) else always(None)
        self.deadline = card.deadline if isinstance(card, Obligation) else None

    def _transitions(self, pack: Pack, card: Duty) -> list[tuple[Transition, Ask, date]]:
        live = [
            t for t in card.applies.transition if not t.since or pack.is_in_force(t.since, self.program.day, self.program.known)
        ]
        rows = [(t, self.program.conditions(pack, t.when), self.program.date_of(pack, t.comply_by)) for t in live]
        return [(t, ask, last) for t, ask, last in rows if last is not None]

    # --- stations -----------------------------------------------------------------------------------------------

    def has_role(self, view: View) -> Truth:
        """Whether the organisation is the one addressed."""
        return True if self.role == "unassigned" else view.role(self.card.pack, self.role)

    def in_transition(self, view: View) -> Truth:
        """Whether nothing is owed yet because of a transition row whose last day is not over."""
        return any_true(ask(view) for _, ask, last in self.transitions if self.program.day <= last)

    def grants(self, view: View) -> tuple[date | None, ...]:
        """The last days that transitions now over may have given: one if it is known, several where a row is unknown."""
        ended = [(ask(view), last) for _, ask, last in self.transitions if self.program.day > last]
        sure = max((last for truth, last in ended if truth is True), default=None)
        maybe = {last for truth, last in ended if truth is None and (sure is None or last > sure)}
        return (sure, *sorted(maybe))

    def limits(self, view: View) -> tuple[Limit, ...] | None:
        """When the evidence had to be there; None where the duty has no clock of its own.

        A transition that has ended puts the clock of an event off and never shortens it: the later of the two ends counts.
        """
        if self.deadline is None:
            return None
        own = find_limits(self.deadline, view.value)
        return tuple(limit.no_earlier_than(last) if last else limit for last in self.grants(view) for limit in own)

    def doubt(self, view: View, kind: str, documents: tuple[Document, ...] = ()) -> Truth:
        """Whether a doubt that lowers `kind` stands: False none, True or None some."""
        return any_true(self.program.unsettled(self.card, d, view, documents) for d in self.doubts[kind])

    def exempted(self, view: View, exemptions: list[Exemption]) -> Truth:
        """Whether one of the exemptions is true here; many duties share the same list."""
        if len(exemptions) < 2:
            return self.program.truth(view, exemptions[0]) if exemptions else False
        key = ("exempt", *(e.id for e in exemptions))
        if key not in view.truths:
            view.truths[key] = any_true(self.program.truth(view, e) for e in exemptions)
        return view.truths[key]

    def released(self, view: View) -> Truth:
        """Exempt by an `except` row, an exemption that lifts, or one of another instrument this duty yields to."""
        stubbed = [view.stubs[name] for name in self.yields if name in view.stubs]
        return any_true((self.excepted(view), self.exempted(view, self.lifted), *stubbed))

    def shown(self, view: View) -> tuple[Truth, Truth, Truth]:
        """Documents, facts, and whether the time is over. Documents is the truth on the graph alone; a demand whose
        `when` is unknown and that is not met makes `facts` unknown."""
        if self.evidence is None:
            truth = self.breach(view)
            if truth is True and self.doubt(view, "conclusion") is not False:
                truth = None
            return True, negate(truth), True
        limits = self.limits(view)
        documents: list[Truth] = []
        facts: list[Truth] = []
        for part in self.evidence.parts:
            made, met = part.asked(view, limits)
            if made is None and met is not True:
                facts.append(None)
            elif part.path is not None:
                documents.append(met)
            else:
                facts.append(met)
        graph, held = all_true(documents), all_true(facts)
        if (
            graph is True
            and held is True
            and self.doubts["conclusion"]
            and self.doubt(view, "conclusion", self.fitting(view)) is not False
        ):
            held = None
        over: Truth = True
        if limits is not None and graph is not True:
            overs = [limit.over(self.program.at) for limit in limits]
            over = overs[0] if overs and all(o is overs[0] for o in overs) else None
        return graph, held, over

    def fitting(self, view: View) -> tuple[Document, ...]:
        """The documents that meet a demand of this duty."""
        if self.evidence is None:
            return ()
        limits = self.limits(view)
        parts = [p for p in self.evidence.parts if p.path is not None]
        return tuple(fit.document for part in parts for fit in part.fits(view, limits) if fit.meets is True)

    # --- the table ----------------------------------------------------------------------------------------------

    def judge(self, view: View) -> Judgement:
        """The verdict. Stops as soon as it is decided; `explain` works the same stations out in full."""
        base = all_true((self.has_role(view), self.scope(view), self.when(view)))
        if base is False:
            return Judgement(Verdict.NOT_APPLICABLE, self._outside(view), False, None, None)
        if self.ended:
            return Judgement(Verdict.NOT_APPLICABLE, Reason.NO_LONGER_APPLICABLE, False, None, None)
        begun = self.began(view)
        if begun is False:
            return Judgement(Verdict.NOT_APPLICABLE, Reason.NOT_YET_APPLICABLE, False, None, None)
        exempt = self.released(view)
        if exempt is True:
            return Judgement(Verdict.NOT_APPLICABLE, Reason.EXEMPT, all_true((base, begun)), True, None)
        transition = any_true((self.in_transition(view), self.exempted(view, self.suspended))) if self._may_wait else False
        if transition is True:
            return Judgement(Verdict.NOT_APPLICABLE, Reason.IN_TRANSITION, False, exempt, None)
        applies = all_true((base, begun, None if transition is None else True))
        if applies is True and self.doubts["applies"] and self.doubt(view, "applies") is not False:
            applies = None
        return self._conclude(view, applies, exempt)

    @property
    def _may_wait(self) -> bool:
        return bool(self.transitions or self.suspended)

    def _conclude(self, view: View, applies: Truth, exempt: Truth) -> Judgement:
        graph, held, over = self.shown(view)
        evidence = weigh(graph, held, over)
        if graph is not True and held is True and over is False:
            return Judgement(Verdict.NOT_APPLICABLE, Reason.NOT_YET_DUE, False, exempt, evidence)
        deemed = self.exempted(view, self.deemed) if self.deemed else False
        if evidence is True:
            return Judgement(Verdict.SATISFIED, None, applies, exempt, True)
        if deemed is True:
            return Judgement(Verdict.SATISFIED, Reason.DEEMED, applies, exempt, True)
        if applies is True and exempt is False and evidence is False and deemed is False:
            return Judgement(Verdict.NOT_SATISFIED, None, True, False, False)
        return Judgement(Verdict.UNDETERMINED, None, applies, any_true((exempt, None if deemed is None else False)), evidence)

    def _outside(self, view: View) -> Reason:
        """Out of scope, unless it is only that a definition or exemption has not begun."""
        if view.timeless:
            return Reason.OUT_OF_SCOPE
        later = view.later
        would = all_true((self.has_role(later), self.scope(later), self.when(later)))
        return Reason.OUT_OF_SCOPE if would is False else Reason.NOT_YET_APPLICABLE

    def lowering(self) -> list[Open]:
        """The doubts that can lower this duty."""
        return [d for rows in self.doubts.values() for d in rows]


def once(key: tuple[object, ...], ask: Ask) -> Ask:
    """A question that many duties share, asked once a view."""

    def remembered(view: View) -> Truth:
        truths = view.truths
        if key not in truths:
            truths[key] = ask(view)
        return truths[key]

    return remembered


def weigh(graph: Truth, held: Truth, over: Truth) -> Truth:
    """The evidence of documents (`graph`) and facts (`held`) together, with the time for the documents over, running, or
    not known to be either. A fact that fails is not put off by a clock; while the time runs only the facts decide."""
    if held is False or graph is True or over is False:
        return held
    return None if graph is False and over is None else all_true((graph, held))


def compile_duty(program: Program, card: Duty, role: str) -> CompiledDuty:
    """The duty as owed in one role, compiled once per program."""
    key = ("duty", card.id, role)
    found: CompiledDuty | None = program._cache.get(key)
    if found is None:
        found = program._cache[key] = CompiledDuty(program, card, role)
    return found


def binds(program: Program, view: View, card: Duty) -> Truth:
    """In scope, begun and not exempt here, in one of the roles it addresses."""
    if card.id in view.stubs:
        return view.stubs[card.id]
    key = ("binds", card.id)
    if key not in view.truths:
        view.truths[key] = None  # a duty that needs itself is not known
        view.truths[key] = any_true(_binds(compile_duty(program, card, role), view) for role in card.addressee)
    return view.truths[key]


def _binds(duty: CompiledDuty, view: View) -> Truth:
    if duty.ended or any(view.start(kind) is None for kind in duty.card.subjects):
        return False
    inside = all_true((duty.has_role(view), duty.scope(view), duty.when(view), duty.began(view)))
    return False if inside is False else all_true((inside, negate(duty.released(view))))


__all__ = ["CompiledDuty", "Judgement", "binds", "compile_duty"]
