"""The proof of a duty: applies, exempt, evidence, and every doubt, each station worked out in full."""

from __future__ import annotations

from dataclasses import dataclass

from ..packs import Obligation, Pack, Prohibition
from ..vocabulary import NONE, UNKNOWN, Document, Reason, Truth, all_true, any_true, negate, show
from .duties import CompiledDuty, Judgement, weigh
from .evidence import Fit, Part
from .explain import (
    explain_attribute,
    explain_card,
    explain_clock,
    explain_conditions,
    explain_doubt,
    explain_exceptions,
    explain_role,
    missing_terms,
    negated,
)  # fmt: skip
from .limits import Limit
from .program import Program
from .proof import Proof
from .view import View


@dataclass(frozen=True, slots=True)
class DemandResult:
    """One demand: whether it is met, by which documents, and what is missing."""

    demand: str
    truth: Truth
    documents: tuple[Document, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyProof:
    """The three stations of a duty, and its demands one by one."""

    applies: Proof
    exempt: Proof
    evidence: Proof
    demands: tuple[DemandResult, ...]

    @property
    def stations(self) -> list[Proof]:
        """In the order in which they are tried."""
        return [self.applies, self.exempt, self.evidence]


def explain_duty(duty: CompiledDuty, view: View) -> DutyProof:
    """Everything the verdict turned on."""
    applies, exempt = explain_reach(duty, view)
    evidence, demands = _explain_evidence(duty, view)
    return DutyProof(applies, exempt, evidence, demands)


def explain_reach(duty: CompiledDuty, view: View) -> tuple[Proof, Proof]:
    """Whether the duty applies, and whether an exemption takes it out; nothing of its evidence."""
    return _explain_applies(duty, view, duty.program, duty.pack), _explain_exempt(duty, view, duty.program, duty.pack)


def _explain_applies(duty: CompiledDuty, view: View, program: Program, pack: Pack) -> Proof:
    card = duty.card
    scope = card.scope.instead if card.scope else tuple(c for kind in card.subjects for c in pack.instrument.scope.get(kind, ()))
    where = (
        f"in scope by {card.scope.cite}, in place of the scope of the instrument"
        if card.scope
        else "in the scope of the instrument"
    )
    parts = [] if duty.role == "unassigned" else [explain_role(program, view, pack, duty.role)]
    if scope:
        parts.append(Proof(where, duty.scope(view), explain_conditions(program, view, pack, scope)))
    parts.extend(explain_conditions(program, view, pack, card.when))
    parts.append(explain_clock(program, view, card))
    for row, ask, last in duty.transitions:
        inner = explain_conditions(program, view, pack, row.when)
        running = program.day <= last
        truth = negate(ask(view)) if running else True
        what = f"not in the transition of {row.cite or 'the instrument'}, whose last day is {last}"
        parts.append(Proof(what if running else f"the transition of {row.cite} ended on {last}", truth, inner, weighs=running))
    parts.extend(negated(explain_card(program, view, e), "no transition by") for e in duty.suspended)
    for doubt in card.open:
        if doubt.lowers == "applies":
            weighs = all_true(p.truth for p in parts if p.weighs) is True
            parts.append(explain_doubt(program, view, card, doubt, (), weighs=weighs))
    return Proof("The duty applies", all_true(p.truth for p in parts if p.weighs), tuple(parts), part="applies")


def _explain_exempt(duty: CompiledDuty, view: View, program: Program, pack: Pack) -> Proof:
    rows = explain_exceptions(program, view, pack, duty.card.except_, taken=True)
    tried = [explain_card(program, view, e) for e in (*duty.lifted, *duty.deemed)]
    stubbed = [
        Proof(f"{name} is set by the case", view.stubs[name], name=name.rpartition("/")[2], reason=Reason.UNKNOWN_FACT)
        for name in duty.yields if name in view.stubs
    ]  # fmt: skip
    children = (*rows, *tried, *stubbed)
    return Proof("An exemption takes it out", any_true(p.truth for p in children), children, part="exempt")


def _explain_evidence(duty: CompiledDuty, view: View) -> tuple[Proof, tuple[DemandResult, ...]]:
    program, pack, card = duty.program, duty.pack, duty.card
    if isinstance(card, Prohibition):
        lines = explain_conditions(program, view, pack, card.breach)
        truth = all_true(p.truth for p in lines)
        doubts = _doubts(duty, view, (), weighs=truth is True)
        breach = Proof("The ban is broken", truth, lines)
        whole = all_true((negate(truth), *(d.truth for d in doubts if d.weighs)))
        if truth is True and any(d.truth is None for d in doubts if d.weighs):
            whole = None
            breach = Proof(breach.text, None, (*lines, *doubts))
        return Proof("The ban is kept", whole, (breach, *doubts), part="evidence"), ()
    assert isinstance(card, Obligation)
    assert duty.evidence is not None
    limits = duty.limits(view)
    results = [_explain_demand(duty, view, part, limits) for part in duty.evidence.parts]
    met = all_true(p.truth for p, _ in results)
    children = [p for p, _ in results]
    children.extend(_doubts(duty, view, duty.fitting(view), weighs=met is True))
    clock = _explain_deadline(duty, view, limits)
    if clock is not None:
        children.append(clock)
    graph, held, over = duty.shown(view)
    truth = graph if graph is not True and held is True and over is False else weigh(graph, held, over)
    return Proof("The evidence is there", truth, tuple(children), part="evidence"), tuple(r for _, r in results)


def _doubts(duty: CompiledDuty, view: View, documents: tuple[Document, ...], *, weighs: bool) -> list[Proof]:
    return [
        explain_doubt(duty.program, view, duty.card, d, documents, weighs=weighs and d.lowers == "conclusion")
        for d in duty.card.open
        if d.lowers in ("conclusion", "nothing")
    ]


def _explain_demand(duty: CompiledDuty, view: View, part: Part, limits: tuple[Limit, ...] | None) -> tuple[Proof, DemandResult]:
    program, pack, demand = duty.program, duty.pack, part.demand
    made, met = part.asked(view, limits)
    asked = explain_conditions(program, view, pack, demand.when)
    if made is False:
        text = f"not asked for here: {demand.demand}"
        return Proof(text, True, asked, weighs=False), DemandResult(demand.demand, True, (), ())
    truth: Truth = met if made is True else (True if met is True else None)
    condition = (Proof("asked for only if", made, asked),) if demand.when else ()
    if part.path is None:
        lines = explain_conditions(program, view, pack, demand.holds)
        missing = tuple(p.name or p.text for p in lines if p.truth is not True)
        proof = Proof(demand.demand, truth, (*condition, *lines))
        return proof, DemandResult(demand.demand, truth, (), missing)
    fits = part.fits(view, limits)
    found = tuple(_explain_fit(duty, view, part, fit, limits) for fit in fits)
    kinds = part.path.kinds
    if met is None and not view.situation.closed and not any(f.meets for f in fits):
        names = " or ".join(k.replace("_", " ") for k in kinds)
        what = f"no fitting {names} is shown, and the list of documents is not closed"
        found += (Proof(what, None, name=kinds[0], reason=Reason.NOT_SHOWN),)
    elif not fits:
        names = " or ".join(k.replace("_", " ") for k in kinds)
        found += (Proof(f"no {names} among the documents, and the list is closed", False),)
    missing = _missing(part, fits, found, kinds)
    proof = Proof(demand.demand, truth, (*condition, *found))
    return proof, DemandResult(demand.demand, truth, tuple(f.document for f in fits), missing if truth is not True else ())


def _missing(part: Part, fits: list[Fit], found: tuple[Proof, ...], kinds: tuple[str, ...]) -> tuple[str, ...]:
    """What the documents that are there lack; where none is there, the kinds that would do."""
    if not fits:
        return (" | ".join(kinds),)
    names: dict[str, None] = {}
    for fit, proof in zip(fits, found, strict=False):
        for line, child in zip(part.demand.must, proof.children, strict=False):
            if child.truth is not True and child.name:
                lacking = missing_terms(line, fit.document)
                names[f"{child.name}: {', '.join(lacking)}" if lacking else child.name] = None
        names.update(dict.fromkeys(c.name for c in proof.children[len(part.demand.must) :] if c.truth is not True and c.name))
    return tuple(names)


def _explain_fit(duty: CompiledDuty, view: View, part: Part, fit: Fit, limits: tuple[Limit, ...] | None) -> Proof:
    program, pack, document = duty.program, duty.pack, fit.document
    lines = [explain_attribute(program, pack, document.kind, line, document) for line in part.demand.must]
    rule = part.demand.current
    if rule is not None:
        names = [f"{document.kind}.{rule.counted_from}", *(n for n in rule.ends_on if not _is_past_or_none(view, n))]
        unknown = tuple(
            Proof(f"{n} is not known", None, name=n, reason=Reason.UNKNOWN_FACT) for n in names if _is_unknown(view, document, n)
        )
        lines.append(Proof(f"current: good for {rule.for_} from {rule.counted_from}", fit.current, unknown, document.sources))
    if limits is not None and part.done:
        name = part.done if "." in part.done else f"{document.kind}.{part.done}"
        lines.append(_explain_timely(duty, view, document, fit, name))
    return Proof(f"{document.kind.replace('_', ' ')}: {document.name}", fit.meets, tuple(lines), document.sources)


def _explain_timely(duty: CompiledDuty, view: View, document: Document, fit: Fit, name: str) -> Proof:
    value = view.value(name) if "." in duty.deadline.done else document.attributes.get(duty.deadline.done)  # type: ignore[union-attr]  # a deadline is there where limits are
    shown = show(value) if value is not None else "not known"
    children: tuple[Proof, ...] = ()
    if fit.timely is None:
        children = (Proof(f"{name} is {shown}", None, (), document.sources, name, Reason.UNKNOWN_FACT), *_events(duty, view))
    return Proof(f"in time: {name} is {shown}", fit.timely, children, document.sources)


def _is_past_or_none(view: View, name: str) -> bool:
    return view.value(name) is NONE


def _is_unknown(view: View, document: Document, name: str) -> bool:
    if name.startswith(f"{document.kind}."):
        return document.attributes.get(name.removeprefix(f"{document.kind}."), UNKNOWN) is UNKNOWN
    return view.value(name) is UNKNOWN


def _events(duty: CompiledDuty, view: View) -> tuple[Proof, ...]:
    deadline = duty.deadline
    if deadline is None:
        return ()
    names = deadline.after or deadline.before or deadline.on_or_before
    unknown = [n for n in names if view.value(n) is UNKNOWN]
    proofs = [Proof(f"{n} is not known", None, name=n, reason=Reason.UNKNOWN_FACT) for n in unknown]
    proofs.extend(
        Proof(f"open ({d.kind}): {d.term}", None, name=d.term, reason=Reason.CONTESTED)
        for d in duty.doubts["deadline"] if deadline.start == "contested"
    )  # fmt: skip
    if len(duty.grants(view)) > 1:
        for row, ask, _last in duty.transitions:
            if ask(view) is None:
                proofs.extend(p for p in explain_conditions(duty.program, view, duty.pack, row.when) if p.truth is None)
    return tuple(proofs)


def _explain_deadline(duty: CompiledDuty, view: View, limits: tuple[Limit, ...] | None) -> Proof | None:
    if limits is None or duty.deadline is None:
        return None
    graph, _, over = duty.shown(view)
    if graph is True or duty.in_transition(view) is True:
        return None
    ends = sorted({show(limit.last) for limit in limits if limit.last is not None})
    text = f"the time for it ends {' or '.join(ends)}" if ends else "the time for it has not begun or its end is not known"
    if over is True:
        return Proof(f"{text} and is over", True, weighs=False)
    if over is False:
        return Proof(f"{text} and is not over", True, weighs=False)
    return Proof(f"{text}; it cannot be told whether it is over", None, _events(duty, view), weighs=graph is False)


def verdict_reasons(duty: CompiledDuty, view: View, judgement: Judgement, proof: DutyProof) -> tuple[Reason, ...]:
    """For not applicable, every reason that holds, by precedence; for a breach, whether it is late or not current."""
    if judgement.verdict == "not_applicable":
        return _outside_reasons(duty, view, judgement)
    if judgement.verdict == "not_satisfied" and duty.evidence is not None:
        return _breach_reasons(duty, view)
    if judgement.reason is not None:
        return (judgement.reason,)
    del proof
    return ()


def _outside_reasons(duty: CompiledDuty, view: View, judgement: Judgement) -> tuple[Reason, ...]:
    base = all_true((duty.has_role(view), duty.scope(view), duty.when(view)))
    found: list[Reason] = [judgement.reason] if judgement.reason else []
    if base is False and Reason.OUT_OF_SCOPE not in found and Reason.NOT_YET_APPLICABLE not in found:
        found.append(Reason.OUT_OF_SCOPE)
    if duty.ended:
        found.append(Reason.NO_LONGER_APPLICABLE)
    if duty.began(view) is False:
        found.append(Reason.NOT_YET_APPLICABLE)
    if duty.released(view) is True:
        found.append(Reason.EXEMPT)
    if any_true((duty.in_transition(view), duty.exempted(view, duty.suspended))) is True:
        found.append(Reason.IN_TRANSITION)
    return tuple(sorted(set(found), key=list(Reason).index))


def _breach_reasons(duty: CompiledDuty, view: View) -> tuple[Reason, ...]:
    assert duty.evidence is not None
    limits = duty.limits(view)
    late = stale = False
    for part in duty.evidence.parts:
        made, met = part.asked(view, limits)
        if part.path is None or made is False or met is not False:
            continue
        fits = part.fits(view, limits)
        good = [f for f in fits if f.fits is True]
        stale |= any(f.current is False for f in good)
        late |= limits is not None and (not fits or any(f.timely is False and f.current is not False for f in good))
    return tuple(r for r, holds in ((Reason.LATE, late), (Reason.NOT_CURRENT, stale)) if holds)
