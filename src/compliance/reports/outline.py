"""One view of an assessment that every writer shares: the findings sorted into what a reader asks first.

Proven gaps and gaps to show stand apart; unknowns are gathered under the questions that settle them; what does not bind
yet comes with the day on which it will. Only binding law is a gap; stayed, soft and voluntary findings stand by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..catalogue import Catalogue
from ..engine.assess import Assessment, Judged
from ..engine.finding import Finding, name_subject
from ..engine.gain import find_gains
from ..packs import Pack
from ..vocabulary import Force, Reason, Verdict, name_of

BINDING = (Force.BINDING,)


@dataclass(frozen=True, slots=True)
class Question:
    """Something not known, the words to ask it in, and the findings that wait for it."""

    name: str
    ask: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One instrument in the table of counts."""

    instrument: str
    title: str
    force: Force
    counts: Mapping[Verdict, int]
    gaps: int
    to_show: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The findings in reading order."""

    rows: tuple[Row, ...]
    gaps: tuple[Finding, ...]
    to_show: tuple[Finding, ...]
    unknown: tuple[Finding, ...]
    questions: tuple[Question, ...]
    coming: tuple[Finding, ...]
    exempt: tuple[Finding, ...]
    satisfied: tuple[Finding, ...]
    not_binding: tuple[Finding, ...]
    outside: Mapping[Reason, int]
    not_evaluated: Mapping[str, int]


def outline(assessment: Assessment, catalogue: Catalogue) -> Outline:
    """Sort the findings of an assessment."""
    findings = assessment.findings
    binding = [f for f in findings if f.force in BINDING]
    undetermined = [f for f in binding if f.verdict is Verdict.UNDETERMINED]
    unknown = [f for f in undetermined if f.reason is not Reason.NOT_SHOWN]
    waiting = {(f.provision, f.role, f.subject, f.organisation) for f in unknown}
    outside: dict[Reason, int] = {}
    for finding in findings:
        if finding.verdict is Verdict.NOT_APPLICABLE and finding.reason:
            outside[finding.reason] = outside.get(finding.reason, 0) + 1
    coming = [f for f in binding if f.verdict is Verdict.NOT_APPLICABLE and f.outlook]
    return Outline(
        rows=tuple(
            _row(pack, findings) for pack in assessment.engine.shown_packs() if any(f.instrument == pack.id for f in findings)
        ),
        gaps=tuple(f for f in binding if f.verdict is Verdict.NOT_SATISFIED),
        to_show=tuple(f for f in undetermined if f.reason is Reason.NOT_SHOWN),
        unknown=tuple(unknown),
        questions=gather_questions(unknown, catalogue, find_gains([one for one in assessment.judged if _key(one) in waiting])),
        coming=tuple(sorted(coming, key=lambda f: (f.outlook.on if f.outlook else assessment.at, f.provision))),
        exempt=tuple(f for f in binding if f.reason is Reason.EXEMPT),
        satisfied=tuple(f for f in binding if f.verdict is Verdict.SATISFIED),
        not_binding=tuple(f for f in findings if f.force not in BINDING and f.verdict is not Verdict.NOT_APPLICABLE),
        outside=dict(sorted(outside.items(), key=lambda item: list(Reason).index(item[0]))),
        not_evaluated={subject: len(ids) for subject, ids in assessment.not_evaluated.items()},
    )


def _row(pack: Pack, findings: tuple[Finding, ...]) -> Row:
    mine = [f for f in findings if f.instrument == pack.id]
    counts = {verdict: sum(f.verdict is verdict for f in mine) for verdict in Verdict}
    gaps = [f for f in mine if f.verdict is Verdict.NOT_SATISFIED and f.force in BINDING]
    to_show = [f for f in mine if f.verdict is Verdict.UNDETERMINED and f.reason is Reason.NOT_SHOWN and f.force in BINDING]
    return Row(pack.id, pack.instrument.instrument, mine[0].force, counts, len(gaps), len(to_show))


def _key(one: Judged) -> tuple[str, str, str, str]:
    situation = one.view.situation
    return one.duty.card.id, one.duty.role, name_subject(situation), name_of(situation.addressee.name)


def gather_questions(findings: list[Finding], catalogue: Catalogue, gains: Mapping[str, float]) -> tuple[Question, ...]:
    """Every name that findings wait for. First comes what takes us furthest towards knowing what binds, then what a finding
    waits for alone, then what most wait for."""
    waiting: dict[str, list[Finding]] = {}
    for finding in findings:
        for name in finding.because:
            waiting.setdefault(name, []).append(finding)
    order = {
        name: (-gains.get(name, 0.0), -sum(f.because == (name,) for f in found), -len(found), name)
        for name, found in waiting.items()
    }
    return tuple(
        Question(name, question_for(name, catalogue), tuple(waiting[name])) for name in sorted(waiting, key=lambda n: order[n])
    )


def question_for(name: str, catalogue: Catalogue) -> str:
    """The question of the catalogue, or one made from the name."""
    entry = catalogue.fact(name)
    if entry is not None:
        return entry.ask or entry.means or name
    kind, _, attribute = name.partition(".")
    if kind in catalogue.documents:
        shown = kind.replace("_", " ")
        if attribute:
            return f"What does the {shown} say on: {attribute.replace('_', ' ')}?"
        return f"Is there {'an' if shown[0] in 'aeiou' else 'a'} {shown}, and where?"
    return f"Judgement: {name}?"
