"""From a trace to facts: what was derived is taken as known unless something speaks against it.

A property that ends up with two values, stated or derived, is a contradiction, and nothing that rests on it is concluded
either. A contradiction among statements stays one; no rule settles it. What needs the models built on (`inheritance`) is
withheld as long as one of them is not known. A set holds all that was concluded of it and may hold more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..reading import Source
from ..vocabulary import UNKNOWN, Fact, Terms, name_of, show, unique
from .atoms import BUILT_ON, Evidence
from .chainers import Atom, Firing, Trace, arrange
from .inheritance import Ancestry
from .resolve import Facts

Key = tuple[str, str]


def conclude(
    facts: Mapping[str, Facts],
    evidence: Evidence,
    trace: Trace,
    ancestry: Ancestry,
    remarks: Mapping[Source, str] | None = None,
    sets: Collection[str] = (),
) -> dict[str, dict[str, Fact]]:
    """The stated facts and what follows from them, by subject and name; `remarks` go with what rests on certain places.

    `sets` are the names of facts that can have several values at once.
    """
    result = {subject: dict(named) for subject, named in facts.items()}
    firings: dict[Atom, list[Firing]] = {}
    for firing in trace.firings:
        firings.setdefault(firing.conclusion, []).append(_with_bases(firing, ancestry))
    values: dict[Key, set[Atom]] = {}
    for atom in (*evidence, *trace.derived):
        values.setdefault((atom.subject, atom.property), set()).add(atom)
    concluded = {(atom.subject, atom.property) for atom in firings}
    disputed = {key for key in concluded if _is_disputed(facts.get(key[0], {}).get(key[1]), values[key], key[1] in sets)}
    given = [atom for atom in evidence if (atom.subject, atom.property) not in disputed]
    sound = arrange(given, (one for ways in firings.values() for one in ways if not _is_about(one, disputed)))
    sources = _sources(evidence, (*sound.firings, *trace.firings))
    ground = _Ground(ancestry, disputed, frozenset((*given, *sound.derived)), sources, remarks or {})
    waiting = ground.waiting(firings)
    for subject, name in sorted(concluded):
        stated = result.get(subject, {}).get(name)
        atoms = sorted(values[subject, name])
        if (subject, name) in disputed and not (stated and stated.how == "contradiction"):
            fact = ground.contradiction(name, stated, (one for atom in atoms for one in firings.get(atom, ())))
        elif stated is None and (found := [atom for atom in atoms if atom in ground.accepted]):
            fact = ground.gathered([firings[atom] for atom in found]) if name in sets else ground.derived(firings[found[0]])
        elif stated is None and (held := [atom for atom in atoms if atom in waiting]):
            fact = ground.withheld(waiting[held[0]], waiting)
        else:
            continue
        result.setdefault(subject, {})[name] = fact
    return {subject: dict(sorted(named.items())) for subject, named in sorted(result.items())}


def _is_disputed(stated: Fact | None, atoms: Collection[Atom], is_set: bool) -> bool:
    """Whether something speaks against it: another value, a dispute, a complete set without it, or that there is none."""
    if is_set and stated is not None and isinstance(stated.value, Terms):
        return stated.value.complete and not stated.value.known.issuperset(atom.value for atom in atoms)
    if stated is not None and not isinstance(stated.value, (bool, str)):
        return True
    return len(atoms) > 1 and not is_set


def _with_bases(firing: Firing, ancestry: Ancestry) -> Firing:
    """The firing with what it also needs of the models built on."""
    return Firing(firing.rule, (*firing.premises, *ancestry.needed(firing.conclusion)), firing.conclusion)


def _is_about(firing: Firing, disputed: set[Key]) -> bool:
    return (firing.conclusion.subject, firing.conclusion.property) in disputed


def _sources(evidence: Evidence, firings: Iterable[Firing]) -> dict[Atom, tuple[Source, ...]]:
    """For each derived atom the sources of the first firing that proves it, down to what was stated."""
    sources = dict(evidence)
    for firing in firings:
        if firing.conclusion not in sources:
            sources[firing.conclusion] = unique(one for atom in firing.premises for one in sources[atom])
    return sources


@dataclass(frozen=True, slots=True)
class _Ground:
    """What facts are made from: atoms that are accepted, properties in dispute, and where everything is stated."""

    ancestry: Ancestry
    disputed: set[Key]
    accepted: frozenset[Atom]
    sources: Mapping[Atom, tuple[Source, ...]]
    remarks: Mapping[Source, str]

    def waiting(self, firings: Mapping[Atom, Sequence[Firing]]) -> dict[Atom, Firing]:
        """Conclusions that lack nothing but what they need of the models built on, each with its first firing."""
        found: dict[Atom, Firing] = {}
        for atom, ways in firings.items():
            needed = set(self.ancestry.needed(atom))
            if needed and atom not in self.accepted and (atom.subject, atom.property) not in self.disputed:
                found.update((atom, one) for one in reversed(ways) if self.accepted.issuperset(set(one.premises) - needed))
        return found

    def derived(self, firings: Sequence[Firing]) -> Fact:
        """The fact by its first sound firing; `because` names the premises, those of other subjects with their names."""
        firing = next(one for one in firings if self.accepted.issuperset(one.premises))
        atom = firing.conclusion
        relations = (Atom(atom.subject, BUILT_ON, one.subject) for one in self.ancestry.needed(atom))
        places = self._places((*firing.premises, *relations))
        return Fact(atom.property, _value(atom.value), places, "derived", self._told(firing.rule, places), _because(firing))

    def gathered(self, ways: Iterable[Sequence[Firing]]) -> Fact:
        """The set of all that is concluded of one property, each term by its first sound firing; it may hold more."""
        firings = [next(one for one in each if self.accepted.issuperset(one.premises)) for each in ways]
        places = self._places(premise for one in firings for premise in one.premises)
        rules = "; ".join(dict.fromkeys(self._told(one.rule, places) for one in firings))
        because = tuple(dict.fromkeys(name for one in firings for name in _because(one)))
        held = Terms(frozenset(one.conclusion.value for one in firings), complete=False)
        return Fact(firings[0].conclusion.property, held, places, "derived", rules, because)

    def withheld(self, firing: Firing, waiting: Collection[Atom]) -> Fact:
        """No value, and on which of the models built on it waits."""
        atom = firing.conclusion
        relations, ends = self.ancestry.missing(atom, self.accepted, waiting)
        bases = "; ".join(f"{name_of(end)}, {self._lack(Atom(end, atom.property, atom.value))}" for end in ends)
        note = f"its own licence alone does not give it: built on {bases or 'models that are built on each other'}"
        needed = self.ancestry.needed(atom)
        own = [one for one in firing.premises if one not in needed]
        return Fact(atom.property, UNKNOWN, self._places((*own, *relations)), "withheld", note, _because(firing))

    def _lack(self, atom: Atom) -> str:
        if (atom.subject, atom.property) in self.disputed:
            return "of which the documents contradict each other"
        return "whose licence leaves it open" if atom.subject in self.ancestry.licensed else "whose licence is not known"

    def contradiction(self, name: str, stated: Fact | None, firings: Iterable[Firing]) -> Fact:
        """Every side: the value, that it is stated or by which rule it follows, and from where."""
        sides: dict[str, dict[str, tuple[Source, ...]]] = {}
        if stated:
            sides[show(stated.value)] = {"stated": stated.sources}
        for firing in firings:
            needed = self.ancestry.needed(firing.conclusion)
            places = self._places(one for one in firing.premises if one not in needed)
            sides.setdefault(firing.conclusion.value, {}).setdefault(self._told(firing.rule, places), places)
        shown = []
        for value, ways in sorted(sides.items()):
            told = "; ".join(f"{how}: {', '.join(map(str, places))}" for how, places in sorted(ways.items()))
            shown.append(f"{value} ({told})")
        places = unique(place for ways in sides.values() for found in ways.values() for place in found)
        return Fact(name, UNKNOWN, places, "contradiction", " against ".join(shown))

    def _places(self, atoms: Iterable[Atom]) -> tuple[Source, ...]:
        return unique(place for atom in atoms for place in self.sources.get(atom, ()))

    def _told(self, rule: str, places: Iterable[Source]) -> str:
        """The rule, and what there is to say on the places beneath."""
        return "; ".join(dict.fromkeys((rule, *(self.remarks[place] for place in places if place in self.remarks))))


def _because(firing: Firing) -> tuple[str, ...]:
    """The premises by name; those of other subjects with the subject."""
    mine = firing.conclusion.subject
    named = (one.property if one.subject == mine else f"{one.subject} {one.property}" for one in firing.premises)
    return tuple(dict.fromkeys(named))


def _value(symbol: str) -> bool | str:
    return {"true": True, "false": False}.get(symbol, symbol)
