"""What an assessment says of one provision, one subject and one organisation, described in full on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from ..packs import Duty, Pack
from ..packs.card import Penalty
from ..reading import Source
from ..vocabulary import Force, Moment, Reason, Situation, Truth, Verdict, all_true, name_of, span
from .duties import CompiledDuty, Judgement
from .explain_duty import DemandResult, DutyProof, explain_duty, verdict_reasons
from .force import date_in, force_of, is_running
from .proof import main_reason, sources_of, unknown_leaves
from .settle import Settling, find_settling
from .view import View


@dataclass(frozen=True, slots=True)
class Outlook:
    """The day on which a duty will bind, and the verdict it would then have if nothing else changed."""

    on: date
    verdict: Verdict
    reason: Reason | None


@dataclass(frozen=True)
class Finding:
    """One line of a gap analysis. `id` stays the same from run to run and from pack version to pack version.

    `because` names everything that an undetermined verdict hangs on; `settled_by` is tried out when it is asked for.
    """

    id: str
    provision: str
    title: str
    gist: str
    cite: str
    url: str
    jurisdiction: str
    instrument: str
    force: Force
    role: str
    organisation: str
    subject: str
    verdict: Verdict
    reason: Reason | None
    reasons: tuple[Reason, ...]
    because: tuple[str, ...]
    outlook: Outlook | None
    demands: tuple[DemandResult, ...]
    remedy: str
    due: Moment | None
    since: date | None
    has_role: Truth
    penalty: str
    enforcement: tuple[str, ...]
    themes: Mapping[str, Mapping[str, Any]]
    severity: str
    certainty: str
    contested: bool
    sources: tuple[Source, ...]
    proof: DutyProof
    judged: tuple[CompiledDuty, View] = field(repr=False, compare=False)
    """What it was judged by."""

    @cached_property
    def settled_by(self) -> tuple[Settling, ...]:
        """What would settle it, smallest set first; empty for a verdict that is settled."""
        return find_settling(*self.judged, self.proof) if self.verdict is Verdict.UNDETERMINED else ()


def fingerprint(provision: str, subject: str, organisation: str, role: str) -> str:
    """Stable identity of a finding: no message, no line, no version of the pack."""
    return hashlib.sha256("\n".join((provision, subject, organisation, role)).encode()).hexdigest()[:16]


def name_subject(situation: Situation) -> str:
    """`incident:i-1 of model:deepseek-r1`, or the one node."""
    return f"{situation.subject.name} of {situation.parent.name}" if situation.parent else situation.subject.name


def describe(duty: CompiledDuty, view: View, judgement: Judgement, outlook: Outlook | None) -> Finding:
    """The finding with its reasons, proof, sources, remedy, day and penalty."""
    card, pack, situation = duty.card, duty.pack, view.situation
    proof = explain_duty(duty, view)
    undetermined = judgement.verdict is Verdict.UNDETERMINED
    reasons = verdict_reasons(duty, view, judgement, proof)
    names: tuple[str, ...] = ()
    if undetermined:
        open_stations = [station for station in proof.stations if station.truth is None]
        reasons = (main_reason(open_stations),)
        names = tuple(dict.fromkeys(leaf.name for station in open_stations for leaf in unknown_leaves(station)))
    organisation, subject = name_of(situation.addressee.name), name_subject(situation)
    return Finding(
        id=fingerprint(card.id, subject, organisation, duty.role),
        provision=card.id, title=card.title, gist=card.gist, cite=card.cite, url=pack.instrument.url,
        jurisdiction=pack.jurisdiction, instrument=pack.id, force=force_of(pack, card, view.program.day, view.program.known),
        role=duty.role, organisation=organisation, subject=subject, verdict=judgement.verdict,
        reason=reasons[0] if reasons else judgement.reason, reasons=reasons, because=names,
        outlook=outlook, demands=proof.demands, remedy=card.remedy or default_remedy(proof.demands), due=due_day(duty, view),
        since=first_day(duty), has_role=duty.has_role(view),
        penalty=describe_penalty(pack, duty, view), enforcement=describe_enforcement(pack, card, view),
        themes=card.themes, severity=card.severity or "", certainty=card.review.certainty,
        contested=card.review.status == "contested", sources=relevant_sources(judgement, proof, card), proof=proof,
        judged=(duty, view),
    )  # fmt: skip


def relevant_sources(judgement: Judgement, proof: DutyProof, card: Duty) -> tuple[Source, ...]:
    """The lines of documents it rests on; where no document says anything, the card itself."""
    found = [s for station in proof.stations for s in sources_of(station) if not s.file.startswith("jurisdictions/")]
    del judgement
    return tuple(dict.fromkeys(found)) or (card.source,)


def default_remedy(demands: tuple[DemandResult, ...]) -> str:
    """What closes the gap where the card gives no advice: the demands that are not met."""
    unmet = [d.demand for d in demands if d.truth is not True]
    return f"Show: {'; '.join(unmet)}." if unmet else ""


def due_day(duty: CompiledDuty, view: View) -> Moment | None:
    """The last moment in time: of a running transition, else of the clock of the event; None where there is no clock."""
    waiting = [last for _, ask, last in duty.transitions if duty.program.day <= last and ask(view) is True]
    if waiting:
        return max(waiting)
    ends = [end for limit in duty.limits(view) or () if (end := limit.end) is not None]
    return max(ends, key=lambda end: span(end)[1]) if ends else next((last for last in duty.grants(view) if last), None)


def first_day(duty: CompiledDuty) -> date | None:
    """Since when the duty is owed by anybody: its first day, or the earliest of its routes that have begun."""
    first = duty.card.applies.from_
    raws = [first] if isinstance(first, str) else [route.date for route in first or ()]
    days = [d for raw in raws if (d := duty.program.date_of(duty.pack, raw)) is not None]
    return min(days, default=None)


def describe_penalty(pack: Pack, duty: CompiledDuty, view: View) -> str:
    """The first row that fits, in words; what depends on an unknown says so."""
    program = view.program
    rows: list[str] = []
    for row in duty.card.penalty:
        fits = all_true((program.conditions(pack, row.when)(view),))
        if fits is False:
            continue
        text = _amount(pack, row, view)
        rows.append(text if fits else f"{text}, if its condition holds")
        if fits:
            break
    return "; else ".join(rows)


def _amount(pack: Pack, row: Penalty, view: View) -> str:
    note = f" ({row.note})" if row.note else ""
    by = f", by {row.by}" if row.by else ""
    if row.amount == "none_stated":
        return f"none stated{note}"
    if row.amount == "national_law":
        return f"set by national law{note}"
    program = view.program
    entry = pack.resolve_parameter(row.amount.removeprefix("$parameters."), program.day, program.known)
    if entry is None:
        return f"not fixed yet{note}"
    shown = show_fine(entry.value) if isinstance(entry.value, Mapping) else str(entry.value)
    cure = f"; cure within {row.cure.within}" if row.cure else ""
    return f"{shown}{by}{cure} [{entry.cite}]{note}"


def show_fine(fine: Mapping[str, Any]) -> str:
    """A fine of `parameters.yaml` in words."""
    parts = []
    if "up_to" in fine:
        parts.append(f"up to {_spaced(fine['up_to'])}")
    if "share_of_turnover" in fine:
        parts.append(f"{fine['share_of_turnover']} of worldwide turnover")
    text = " or ".join(parts)
    if fine.get("of_the_two"):
        text += f", whichever is {fine['of_the_two']}"
    if fine.get("per"):
        text += f" per {fine['per']}"
    if fine.get("lower_for"):
        text += f" (for {', '.join(fine['lower_for'])} whichever is lower)"
    if fine.get("later_up_to"):
        text += f"; later ones up to {_spaced(fine['later_up_to'])}"
    return text


def _spaced(amount: Any) -> str:
    digits, _, currency = str(amount).partition(" ")
    return f"{int(digits):,} {currency}".replace(",", " ") if digits.isdigit() else str(amount)


def describe_enforcement(pack: Pack, card: Duty, view: View) -> tuple[str, ...]:
    """Where and until when the duty is not enforced, in words."""
    rows = []
    for row in pack.instrument.enforcement:
        if is_running(pack, row, card, view.program.day, view.program.known):
            known = view.program.known
            end = date_in(pack, row.before, known) or (date_in(pack, row.until, known) if isinstance(row.until, str) else None)
            until = f" before {end}" if row.before and end else (f" until {end}" if end else "")
            doubt = " (contested)" if row.certainty == "contested" else ""
            rows.append(f"{row.kind.replace('_', ' ')}, {row.scope.replace('_', ' ')}{until}{doubt}")
    return tuple(rows)
