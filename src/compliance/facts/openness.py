"""How open a model is: which components are released, under which licence, and which class of the framework that makes.

Nothing is asked and nothing assumed: a component that no document shows is unknown, and so is a class that hangs on it.
A release can be read from a dossier (`release_of`) or put together from any other list of components; `grade` judges it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..catalogue.licences import Answer, Licences
from ..catalogue.openness import Component, Framework, openness, suits
from ..graph import documents_of, follow
from ..reading import Source
from ..vocabulary import NONE, UNKNOWN, Mark, Terms, Truth, all_true, any_true, unique
from .derive import Known

LicenceName = str | Mark
"""A licence as it is written; UNKNOWN where nobody says, NONE where it is known that there is none."""


@dataclass(frozen=True, slots=True)
class Granted:
    """A licence and where it is stated."""

    licence: LicenceName = UNKNOWN
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of one component: whether it is public, where that or the component itself stands, its own licence.

    With `sources` but without an answer the component is in the dossier, and whether others can get it is open.
    """

    released: Truth = None
    sources: tuple[Source, ...] = ()
    granted: Granted = Granted()


@dataclass(frozen=True)
class Release:
    """Parts by component; licences on all components of a kind (`code`, `data`, `documentation`) and on the `whole`.

    `complete` says that what is not among the parts is known not to be released.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)
    licences: Mapping[str, Granted] = field(default_factory=dict)
    complete: bool = False

    def part(self, component: str) -> Part:
        """What is known of a component."""
        return self.parts.get(component) or Part(False if self.complete else None)


@dataclass(frozen=True, slots=True)
class Standing:
    """One component judged: what is known of it, the licence that holds for it (its own, else that of its kind, else that
    of the whole), whether that is open and why, and whether it was written for such a component.
    """

    component: Component
    part: Part
    granted: Granted
    open: Answer
    suited: Truth

    @property
    def counts(self) -> Truth:
        """Whether it counts for a class: released, and under an open licence."""
        return all_true((self.part.released, self.open.value))


@dataclass(frozen=True, slots=True)
class Level:
    """One class: whether it is met, and which of the components that it asks for count, lack something, or are unknown."""

    number: int
    name: str
    met: Truth
    counted: tuple[str, ...]
    lacking: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """Components that count as a share of those asked for; None as long as one is unknown."""
        return None if self.unknown else Fraction(len(self.counted), len(self.counted) + len(self.lacking))


@dataclass(frozen=True)
class Grade:
    """Every component judged, and the classes from the least to the most open (3, 2, 1)."""

    standings: Mapping[str, Standing]
    levels: tuple[Level, ...]

    @property
    def reached(self) -> int | None:
        """The most open class that is known to be met; None if none is."""
        return min((one.number for one in self.levels if one.met), default=None)

    @property
    def within_reach(self) -> int | None:
        """The most open class that is not ruled out: met if all that is unknown turned out well."""
        return min((one.number for one in self.levels if one.met is not False), default=None)


def grade(release: Release, framework: Framework, licences: Licences) -> Grade:
    """A release judged by the framework, component by component and class by class."""
    standings = {one.id: _stand(one, release, framework, licences) for one in framework.components.values()}
    levels: list[Level] = []
    for number in sorted(framework.classes, reverse=True):
        below = levels[-1].met if levels else True
        levels.append(_level(number, framework, standings, below))
    return Grade(standings, tuple(levels))


def release_of(known: Known, model: str, framework: Framework) -> Release:
    """What a dossier shows of the release of one of its models."""
    data = follow(known.graph, model, "trained_on")
    parts = {one.id: _find_part(one, known, model, data) for one in framework.components.values()}
    return Release(parts, {kind: _granted(known, (model,), name) for kind, name in framework.kind_licences.items()})


def _stand(component: Component, release: Release, framework: Framework, licences: Licences) -> Standing:
    part = release.part(component.id)
    ways = (part.granted, *(release.licences.get(scope, Granted()) for scope in (component.kind, "whole")))
    granted = next((one for one in ways if one.licence is not UNKNOWN), Granted())
    if isinstance(granted.licence, str):
        answer = openness(granted.licence, framework, licences)
        suited = suits(granted.licence, component.kind, framework, licences)
    elif granted.licence is NONE:
        answer, suited = Answer(False, "there is no licence"), False
    else:
        answer, suited = Answer(None, "no document says under which licence"), None
    return Standing(component, part, granted, answer, suited)


def _level(number: int, framework: Framework, standings: Mapping[str, Standing], below: Truth) -> Level:
    """A class. A component may be replaced by the one that takes its place; once that counts, it is no longer asked for."""
    sorted_in: dict[Truth, list[str]] = {True: [], False: [], None: []}
    asked = {one.id for one in framework.asked(number)}
    for component in framework.asked(number):
        other = framework.instead.get(component.id)
        counts = standings[component.id].counts
        if other and counts is not True:
            if other in asked and standings[other].counts is True:
                continue
            counts = any_true((counts, standings[other].counts))
        sorted_in[counts].append(component.id)
    met = all_true((below, *(False for _ in sorted_in[False]), *(None for _ in sorted_in[None])))
    shown = {key: tuple(names) for key, names in sorted_in.items()}
    return Level(number, framework.classes[number], met, shown[True], shown[False], shown[None])


def _find_part(component: Component, known: Known, model: str, data: tuple[str, ...]) -> Part:
    """Nothing is concluded from what is not there: a component is known to be missing only if a fact says so."""
    fact = known.facts.get(model, {}).get(component.fact)
    found = [(fact.value if isinstance(fact.value, bool) else None, fact.sources)] if fact else []
    found += _documents(known, (model,), component.documents, component.topics)
    found += _documents(known, data, component.data_documents, ())
    owners = data if component.licence.startswith("dataset.") else (model,)
    return Part(
        released=any_true(truth for truth, _ in found) if found else None,
        sources=unique(place for _, places in found for place in places),
        granted=_granted(known, owners, component.licence),
    )


def _documents(
    known: Known, owners: Iterable[str], kinds: tuple[str, ...], topics: tuple[str, ...]
) -> list[tuple[Truth, tuple[Source, ...]]]:
    """Of each document that shows a component, whether it is known to be public, and where it is."""
    found: list[tuple[Truth, tuple[Source, ...]]] = []
    for name in dict.fromkeys(name for owner in owners for _, name in documents_of(known.graph, owner)):
        node = known.graph.nodes[name]
        covered = node["attributes"].get("topics")
        on_topic = isinstance(covered, Terms) and not covered.known.isdisjoint(topics)
        if node["attributes"].get("kind") in kinds or on_topic:
            found.append((True if node["attributes"].get("public") is True else None, node["sources"]))
    return found


def _granted(known: Known, owners: Iterable[str], name: str) -> Granted:
    """The licence that a fact of all owners names; several bind together, and one that is unknown leaves all unknown."""
    facts = [known.facts.get(owner, {}).get(name) for owner in owners]
    stated = [one for one in facts if one is not None]
    names = {one.value for one in stated if isinstance(one.value, (str, Mark))}
    sources = unique(place for one in stated for place in one.sources)
    if not names or len(stated) < len(facts) or UNKNOWN in names:
        return Granted(UNKNOWN, sources)
    return Granted(NONE if NONE in names else " AND ".join(sorted(one for one in names if isinstance(one, str))), sources)
