"""Nobody gives away more than was given: what a model may be only as far as the models it is built on are.

Where a rule withholds a property along `built_on` (the base is not free, so the model is not), a model has the property only
if every base is known to have it, and so on down its line. A base that is not known leaves it open, until somebody states it.
A provider that is stated to have developed the base itself is not bound by its own terms: what that base was built on decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from .atoms import BUILT_ON
from .chainers import Atom, Clause, Pattern
from .resolve import Facts

DEVELOPS = "addressee.develops_it"


@dataclass(frozen=True, slots=True)
class Ancestry:
    """The models that each model is built on, those with a licence, and the properties that need a base to have them."""

    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    licensed: frozenset[str] = frozenset()
    inherited: frozenset[str] = frozenset()

    def needed(self, atom: Atom) -> tuple[Atom, ...]:
        """What has to be known of the bases before this can be concluded."""
        if atom.value != "true" or atom.property not in self.inherited:
            return ()
        return tuple(Atom(base, atom.property, "true") for base in self.bases.get(atom.subject, ()))

    def missing(self, atom: Atom, accepted: Collection[Atom], waiting: Collection[Atom]) -> tuple[list[Atom], list[str]]:
        """The relations along which something is missing, and the models at their ends of which it is not known.

        `waiting` are conclusions that only lack their own bases: the search goes on behind them.
        """
        relations: dict[Atom, None] = {}
        ends: dict[str, None] = {}
        seen, unread = {atom}, [atom]
        for one in unread:
            for base in self.needed(one):
                if base in accepted:
                    continue
                relations[Atom(one.subject, BUILT_ON, base.subject)] = None
                if base not in waiting:
                    ends[base.subject] = None
                elif base not in seen:
                    seen.add(base)
                    unread.append(base)
        return list(relations), list(ends)


def ancestry_of(clauses: Iterable[Clause], atoms: Iterable[Atom], pairs: Mapping[tuple[str, str], Facts]) -> Ancestry:
    """The ancestry in these atoms under these rules; `pairs` say who developed a base. Built on itself says nothing."""
    related: dict[str, dict[str, set[str]]] = {BUILT_ON: {}, "provided_by": {}, "licensed_under": {}}
    for atom in atoms:
        if atom.property in related:
            related[atom.property].setdefault(atom.subject, set()).add(atom.value)
    direct, providers, licensed = related.values()
    developed = {pair for pair, named in pairs.items() if (fact := named.get(DEVELOPS)) and fact.value is True}
    bases = {}
    for model in sorted(direct):
        own = {base for maker, base in developed if maker in providers.get(model, ())}
        bases[model] = tuple(sorted(_binding(model, direct, own)))
    inherited = frozenset(one.conclusion.property for one in clauses if _withholds(one))
    return Ancestry(bases, frozenset(licensed), inherited)


def _binding(model: str, direct: Mapping[str, set[str]], own: set[str]) -> set[str]:
    """The nearest models built on that are not the provider's own."""
    found: set[str] = set()
    seen, unread = {model}, [model]
    for one in unread:
        for base in sorted(direct.get(one, set()) - seen):
            seen.add(base)
            if base in own:
                unread.append(base)
            else:
                found.add(base)
    return found


def _withholds(clause: Clause) -> bool:
    """Whether a clause says: built on a base that has this not, so the model has it not."""
    if len(clause.premises) != 2 or clause.conclusion.value != "false":
        return False
    relation, base = clause.premises
    along = Pattern(base.kind, relation.subject, BUILT_ON, base.subject)
    return (relation, clause.conclusion) == (along, base._replace(subject=relation.subject)) and base.value == "false"
