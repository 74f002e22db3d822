"""From a trace to facts: what was derived is taken as known unless something speaks against it.

A property that ends up with two values, stated or derived, is a contradiction, and nothing that rests on it is concluded
either. A contradiction among statements stays one; no rule settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..reading import Source
from ..vocabulary import UNKNOWN, Fact, show, unique
from .atoms import Evidence
from .chainers import Atom, Firing, Trace
from .resolve import Facts

Key = tuple[str, str]


def conclude(facts: Mapping[str, Facts], evidence: Evidence, trace: Trace) -> dict[str, dict[str, Fact]]:
    """The stated facts and what follows from them, by subject and name."""
    result = {subject: dict(named) for subject, named in facts.items()}
    firings: dict[Atom, list[Firing]] = {}
    for firing in trace.firings:
        firings.setdefault(firing.conclusion, []).append(firing)
    values: dict[Key, set[Atom]] = {}
    for atom in (*evidence, *trace.derived):
        values.setdefault((atom.subject, atom.property), set()).add(atom)
    concluded = {(atom.subject, atom.property) for atom in firings}
    disputed = {key for key in concluded if len(values[key]) > 1 or _is_unsettled(facts, key)}
    accepted = _accept(evidence, trace, disputed)
    sources = _sources(evidence, trace)
    for subject, name in sorted(concluded):
        stated = result.get(subject, {}).get(name)
        atoms = sorted(values[subject, name])
        if (subject, name) in disputed and not (stated and stated.how == "contradiction"):
            fact = _contradiction(name, stated, (one for atom in atoms for one in firings.get(atom, ())), sources)
        elif stated is None and (found := [atom for atom in atoms if atom in accepted]):
            fact = _derived(found[0], firings[found[0]], accepted, sources)
        else:
            continue
        result.setdefault(subject, {})[name] = fact
    return {subject: dict(sorted(named.items())) for subject, named in sorted(result.items())}


def _is_unsettled(facts: Mapping[str, Facts], key: Key) -> bool:
    """Whether something is stated that no conclusion can agree with: a dispute, or that there is no such thing."""
    fact = facts.get(key[0], {}).get(key[1])
    return fact is not None and not isinstance(fact.value, (bool, str))


def _accept(evidence: Evidence, trace: Trace, disputed: set[Key]) -> set[Atom]:
    """Atoms that stand on undisputed ground: a firing counts once all its premises do."""
    accepted = {atom for atom in evidence if (atom.subject, atom.property) not in disputed}
    before = -1
    while before < len(accepted):
        before = len(accepted)
        for firing in trace.firings:
            atom = firing.conclusion
            if (atom.subject, atom.property) not in disputed and accepted.issuperset(firing.premises):
                accepted.add(atom)
    return accepted


def _sources(evidence: Evidence, trace: Trace) -> dict[Atom, tuple[Source, ...]]:
    """For each derived atom the sources of the first firing that proves it, down to what was stated."""
    sources = dict(evidence)
    for firing in trace.firings:
        if firing.conclusion not in sources:
            sources[firing.conclusion] = unique(one for atom in firing.premises for one in sources[atom])
    return sources


def _derived(atom: Atom, firings: Iterable[Firing], accepted: set[Atom], sources: Mapping[Atom, tuple[Source, ...]]) -> Fact:
    """The fact by its first sound firing; `because` names the premises, those of other subjects with their names."""
    firing = next(one for one in firings if accepted.issuperset(one.premises))
    because = tuple(
        dict.fromkeys(one.property if one.subject == atom.subject else f"{one.subject} {one.property}" for one in firing.premises)
    )
    places = unique(place for one in firing.premises for place in sources[one])
    return Fact(atom.property, _value(atom.value), places, "derived", firing.rule, because)


def _contradiction(name: str, stated: Fact | None, firings: Iterable[Firing], sources: Mapping[Atom, tuple[Source, ...]]) -> Fact:
    """Every side: the value, that it is stated or by which rule it follows, and from where."""
    sides: dict[str, dict[str, tuple[Source, ...]]] = {}
    if stated:
        sides[show(stated.value)] = {"stated": stated.sources}
    for firing in firings:
        places = unique(place for atom in firing.premises for place in sources[atom])
        sides.setdefault(firing.conclusion.value, {}).setdefault(firing.rule, places)
    shown = []
    for value, ways in sorted(sides.items()):
        told = "; ".join(f"{how}: {', '.join(map(str, places))}" for how, places in sorted(ways.items()))
        shown.append(f"{value} ({told})")
    places = unique(place for ways in sides.values() for found in ways.values() for place in found)
    return Fact(name, UNKNOWN, places, "contradiction", " against ".join(shown))


def _value(symbol: str) -> bool | str:
    return {"true": True, "false": False}.get(symbol, symbol)
