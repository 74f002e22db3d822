"""The flow, station by station: documents, statements, graph, facts, findings. Each station's result is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .catalogue import Catalogue
from .catalogue.licences import load_licences
from .documents import REMARKS, ReadFile, Reading, read_documents
from .engine.assess import ALL_KNOWN, Accepted, Assessment, Engine
from .engine.finding import Finding
from .engine.proof import Proof
from .facts import Known, derive_facts
from .facts.actors import state_actors
from .packs.law import Law
from .reading import Problem
from .relatives import Relatives, read_relatives
from .vocabulary import Moment, Situation, day_of, name_of

DEFECTS = REMARKS | {"contradiction"}
"""Codes of what is wrong with the documentation itself and keeps nothing from being read."""


@dataclass(frozen=True, slots=True)
class Run:
    """One dossier assessed on one day.

    `problems` are what could not be used; `remarks` break nothing: what a document promises and does not hold, leaves
    open, or says against another one.
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

    def conclude(self, provision: str) -> list[tuple[Situation, Proof]]:
        """The proofs of a definition or exemption."""
        return self.assessment.engine.conclude(self.situations, self.at, provision)

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


def unknown_acceptances(reading: Reading, law: Law) -> tuple[Problem, ...]:
    """Judgements on record for a provision or a doubt that no card has: they settle nothing."""
    terms = {(card.id, doubt.term) for pack in law.loaded.packs for card in pack.cards for doubt in card.open}
    return tuple(
        Problem(a.source, "PK204", f"no open point `{a.term}` of `{a.provision}`", "write both as `explain` shows them")
        for a in reading.accepted
        if (a.provision, a.term) not in terms
    )


def is_closed(reading: Reading, day: date) -> bool:
    """Whether somebody had said by that day that the dossier lists all documents there are."""
    inventory = reading.inventory
    return inventory is not None and inventory.complete and (inventory.on is None or inventory.on <= day)


@dataclass(frozen=True, slots=True)
class Learned:
    """Stations 3 to 5 of one dossier: what it says and what is taken as known, before any law is asked."""

    reading: Reading
    facts: Known
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def learn_dossier(
    folder: Path, catalogue: Catalogue, at: Moment, *, chainer: str = "builtin", others: Sequence[Path] = ()
) -> Learned:
    """Read a folder of documents, and beside it `others` (dossiers or folders of dossiers) whose models it may come from.

    Only a folder that does not exist raises `ValueError`.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder; name the folder of a model's documents")
    reading = read_documents(folder, catalogue)
    relatives = read_relatives(others, folder, reading, catalogue) if others else Relatives()
    licences, licence_problems = load_licences()
    facts = derive_facts(
        (*reading.statements, *state_actors(reading.statements, reading.subjects)), catalogue, licences, day_of(at), chainer,
        closed=is_closed(reading, day_of(at)), without_system=reading.without_system,
        others=relatives.statements,
    )  # fmt: skip
    said = (*licence_problems, *reading.problems, *relatives.problems, *facts.problems)
    return Learned(
        reading, facts,
        problems=tuple(p for p in said if p.code not in DEFECTS),
        remarks=(*(p for p in said if p.code in DEFECTS), *facts.contradictions, *relatives.remarks),
    )  # fmt: skip


def assess_dossier(
    folder: Path,
    law: Law,
    at: Moment,
    *,
    known: date = ALL_KNOWN,
    names: Sequence[str] = (),
    organisation: str = "",
    chainer: str = "builtin",
    others: Sequence[Path] = (),
) -> Run:
    """Read a folder of documents and assess it against the packs (all, or those of `names`) on the day `at`.

    `organisation` limits to the duties of one; `others` are dossiers whose statements join the graph. Problems in the input
    are in the result; only a folder, a name or an organisation that does not exist raises `ValueError`.
    """
    selected = frozenset(pack.id for pack in law.select(names))
    learned = learn_dossier(folder, law.catalogue, at, chainer=chainer, others=others)
    reading, facts = learned.reading, learned.facts
    situations = tuple(s for s in facts.situations if organisation in ("", name_of(s.addressee.name)))
    if not situations:
        known_names = ", ".join(dict.fromkeys(name_of(s.addressee.name) for s in facts.situations))
        raise ValueError(f"no organisation `{organisation}` in the dossier; it names {known_names or 'none'}")
    strangers = unknown_acceptances(reading, law)
    accepted = tuple(Accepted(a.provision, a.term) for a in reading.accepted if a.on <= day_of(at))
    engine = Engine(law.loaded.packs, law.catalogue, known, accepted, selected)
    return Run(
        name=reading.name, at=at, known=known, files=reading.files,
        problems=(*learned.problems, *strangers), remarks=learned.remarks,
        statement_count=len(reading.statements), facts=facts, situations=situations,
        assessment=engine.assess(situations, at), closed=any(s.closed for s in situations),
    )  # fmt: skip
