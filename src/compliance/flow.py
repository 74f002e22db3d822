"""The flow, station by station: documents, statements, graph, facts, findings. Each station's result is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .catalogue import Catalogue, data_folder, load_catalogue
from .catalogue.licences import load_licences
from .documents import ReadFile, read_documents
from .engine.assess import ALL_KNOWN, Accepted, Assessment, Engine
from .engine.finding import Finding
from .facts import Known, derive_facts
from .packs import Loaded, Pack, load_packs
from .reading import Problem, nearest
from .vocabulary import Moment, Situation, day_of


@dataclass(frozen=True, slots=True)
class Run:
    """One dossier assessed on one day."""

    name: str
    at: Moment
    known: date
    files: tuple[ReadFile, ...]
    problems: tuple[Problem, ...]
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


@dataclass(frozen=True, slots=True)
class Law:
    """The packs and catalogue that an assessment uses, with every problem found while loading them."""

    loaded: Loaded
    catalogue: Catalogue
    problems: tuple[Problem, ...]

    def select(self, names: Sequence[str]) -> tuple[Pack, ...]:
        """Packs of these jurisdictions or instruments; all of them for an empty list. Raises `ValueError` for a stranger."""
        if not names:
            return self.loaded.packs
        chosen: list[Pack] = []
        for name in names:
            found = [p for p in self.loaded.packs if p.id == name or p.jurisdiction == name]
            if not found:
                known = sorted({p.jurisdiction for p in self.loaded.packs} | {p.id for p in self.loaded.packs})
                raise ValueError(f"no jurisdiction or instrument `{name}`; there are {', '.join(known)}")
            chosen.extend(p for p in found if p not in chosen)
        return tuple(sorted(chosen, key=lambda p: p.id))


    def find_duty(self, name: str) -> str:
        """The full id of a provision, from the id or its last part. Raises `ValueError` that names the nearest."""
        ids = sorted({card.id for pack in self.loaded.packs for card in pack.cards})
        found = [i for i in ids if name in (i, i.rpartition("/")[2])]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"`{name}` is several: {', '.join(found)}")
        near = nearest(name, [*ids, *(i.rpartition("/")[2] for i in ids)])
        raise ValueError(f"no provision `{name}`" + (f"; did you mean `{near}`?" if near else ""))


def load_law(folders: Sequence[Path] = ()) -> Law:
    """The catalogue and packs that come with the package, and those of further folders."""
    catalogue, problems = load_catalogue()
    loaded = load_packs(data_folder("jurisdictions"), *folders)
    return Law(loaded, catalogue, (*problems, *loaded.problems))


def assess_dossier(
    folder: Path, law: Law, at: Moment, *, known: date = ALL_KNOWN, names: Sequence[str] = (), organisation: str = "", chainer: str = "builtin"
) -> Run:
    """Read a folder of documents and assess it against the packs (all, or those of `names`) on the day `at`.

    `organisation` limits to the duties of one. Problems in the input are in the result; only a folder, a name or an
    organisation that does not exist raises `ValueError`.
    """
    packs = law.select(names)
    reading = read_documents(folder, law.catalogue)
    licences, licence_problems = load_licences()
    facts = derive_facts(reading, law.catalogue, licences, day_of(at), chainer=chainer)
    situations = tuple(s for s in facts.situations if organisation in ("", s.addressee.name))
    if not situations:
        known_names = ", ".join(dict.fromkeys(s.addressee.name for s in facts.situations))
        raise ValueError(f"no organisation `{organisation}` in the dossier; it names {known_names or 'none'}")
    accepted = tuple(Accepted(a.provision, a.term) for a in reading.accepted)
    engine = Engine(packs, law.catalogue, known, accepted)
    return Run(
        name=reading.name, at=at, known=known, files=reading.files,
        problems=(*licence_problems, *reading.problems, *facts.problems),
        statement_count=len(reading.statements), facts=facts, situations=situations,
        assessment=engine.assess(situations, at), closed=any(s.closed for s in situations),
    )  # fmt: skip
