"""The flow, station by station: documents, statements, graph, facts, findings. Each station's result is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .catalogue.licences import load_licences
from .documents import REMARKS, ReadFile, read_documents
from .engine.assess import ALL_KNOWN, Accepted, Assessment, Engine
from .engine.finding import Finding
from .facts import Known, derive_facts
from .packs.law import Law
from .reading import Problem
from .vocabulary import Moment, Situation, day_of, name_of


@dataclass(frozen=True, slots=True)
class Run:
    """One dossier assessed on one day.

    `problems` are what could not be used; `remarks` break nothing: what a document promises and does not hold, or leaves
    open.
    """

    name: str
    at: Moment
    known: date
    files: tuple[ReadFile, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    statement_count: int
    facts: Known
    situations: tuple[Situation, ...]
    assessment: Assessment
    closed: bool

    @property
    def fact_count(self) -> int:
        """Facts known of all subjects and organisations, pair facts included."""
        return len(_facts(self.situations))

    @property
    def derived_count(self) -> int:
        """Of these, the facts no document states."""
        return sum(how in ("derived", "computed") for how in _facts(self.situations).values())

    def describe(self, provision: str) -> tuple[Finding, ...]:
        """The findings on one provision; nothing else is described."""
        judged = self.assessment.judged
        return tuple(self.assessment.engine.describe(one, self.at) for one in judged if one.duty.card.id == provision)


def _facts(situations: tuple[Situation, ...]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for situation in situations:
        for subject in (situation.addressee, situation.subject, situation.parent):
            if subject is not None:
                found.update({(subject.name, name): fact.how for name, fact in subject.facts.items()})
        found.update({(situation.addressee.name, name): fact.how for name, fact in situation.pair.items()})
    return found


def assess_dossier(
    folder: Path,
    law: Law,
    at: Moment,
    *,
    known: date = ALL_KNOWN,
    names: Sequence[str] = (),
    organisation: str = "",
    chainer: str = "builtin",
) -> Run:
    """Read a folder of documents and assess it against the packs (all, or those of `names`) on the day `at`.

    `organisation` limits to the duties of one. Problems in the input are in the result; only a folder, a name or an
    organisation that does not exist raises `ValueError`.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder; name the folder of a model's documents")
    packs = law.select(names)
    reading = read_documents(folder, law.catalogue)
    licences, licence_problems = load_licences()
    facts = derive_facts(
        reading.statements, law.catalogue, licences, day_of(at), chainer,
        closed=reading.inventory is not None and reading.inventory.complete, without_system=reading.without_system,
    )  # fmt: skip
    situations = tuple(s for s in facts.situations if organisation in ("", name_of(s.addressee.name)))
    if not situations:
        known_names = ", ".join(dict.fromkeys(name_of(s.addressee.name) for s in facts.situations))
        raise ValueError(f"no organisation `{organisation}` in the dossier; it names {known_names or 'none'}")
    accepted = tuple(Accepted(a.provision, a.term) for a in reading.accepted)
    said = (*licence_problems, *reading.problems, *facts.problems)
    engine = Engine(packs, law.catalogue, known, accepted)
    return Run(
        name=reading.name, at=at, known=known, files=reading.files,
        problems=tuple(p for p in said if p.code not in REMARKS),
        remarks=tuple(p for p in said if p.code in REMARKS),
        statement_count=len(reading.statements), facts=facts, situations=situations,
        assessment=engine.assess(situations, at), closed=any(s.closed for s in situations),
    )  # fmt: skip
