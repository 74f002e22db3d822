"""Statements become facts: one value with all its sources, or a contradiction that names every side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ..catalogue import Catalogue
from ..reading import Problem, nearest
from ..vocabulary import UNKNOWN, EdgeStatement, Fact, FactStatement, Said, Statement, agree, kind_of

ROLES = "addressee.roles"

Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Facts by subject, facts by pair (organisation, other subject), and what was stated but cannot be a fact."""

    facts: Mapping[str, Facts] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], Facts] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def known_on(statements: Iterable[Statement], at: date) -> list[Statement]:
    """Without statements dated after the day judged; an undated statement counts on every day."""
    return [one for one in statements if one.stated_on is None or one.stated_on <= at]


def resolve_facts(statements: Iterable[Statement], catalogue: Catalogue, at: date) -> Resolved:
    """The facts as of a day. Of nodes and edges only `part_of` between models counts: what is stated of a family holds for
    each size of which nothing else is stated.

    Roles stated for one instrument (`note` is its id) become `addressee.roles@ID`. A fact that the catalogue does not
    have, or has for another kind of subject, is a problem and is left out.
    """
    statements = tuple(statements)
    problems: set[Problem] = set()
    grouped: dict[tuple[str, str], dict[str, list[FactStatement]]] = {}
    for one in known_on(statements, at):
        if not isinstance(one, FactStatement):
            continue
        if problem := _misfit(one, catalogue):
            problems.add(problem)
        elif one.value is not UNKNOWN:
            name = f"{ROLES}@{one.note}" if one.fact == ROLES and one.note else one.fact
            grouped.setdefault(_owner(one), {}).setdefault(name, []).append(one)
    _hand_down(grouped, _families(statements, at))
    facts: dict[str, Facts] = {}
    pairs: dict[tuple[str, str], Facts] = {}
    for (subject, other), named in sorted(grouped.items()):
        found = {name: fact for name, group in sorted(named.items()) if (fact := _resolve(name, group))}
        if other:
            pairs[subject, other] = found
        else:
            facts[subject] = found
    return Resolved(facts, pairs, tuple(sorted(problems, key=lambda one: (str(one), one.source))))


def _families(statements: Iterable[Statement], at: date) -> dict[str, list[str]]:
    """The families that each model is part of, the nearest first."""
    direct: dict[str, list[str]] = {}
    for one in known_on(statements, at):
        if isinstance(one, EdgeStatement) and one.edge == "part_of" and kind_of(one.start) == kind_of(one.end) == "model":
            direct.setdefault(one.start, []).append(one.end)
    found = {}
    for size in direct:
        above = [size]
        for model in above:
            above.extend(sorted(set(direct.get(model, ())).difference(above)))
        found[size] = above[1:]
    return found


def _hand_down(grouped: dict[tuple[str, str], dict[str, list[FactStatement]]], families: Mapping[str, Iterable[str]]) -> None:
    """Give every size the statements on its family for facts of which it has none of its own."""
    own = {size: frozenset(grouped.get((size, ""), ())) for size in families}
    for size, above in families.items():
        taken = set(own[size])
        for family in above:
            told = {name: some for name, some in grouped.get((family, ""), {}).items() if name in own.get(family, {name})}
            for name in told.keys() - taken:
                grouped.setdefault((size, ""), {})[name] = told[name]
            taken |= told.keys()


def _misfit(one: FactStatement, catalogue: Catalogue) -> Problem | None:
    """Why a statement cannot become a fact, or None."""
    entry = catalogue.fact(one.fact)
    if entry is None:
        near = nearest(one.fact, catalogue.facts)
        hint = f"did you mean `{near}`?" if near else "facts are listed in rules/facts"
        return Problem(one.source, "fact", f"unknown fact `{one.fact}`", hint)
    about = "organisation" if one.fact.startswith("addressee.") else one.fact.partition(".")[0]
    kinds = {kind_of(name) for name in (one.subject, one.pair) if name}
    if about not in kinds:
        return Problem(one.source, "fact", f"`{one.fact}` is not a fact on {one.subject}", f"it is a fact on one {about}")
    return None


def _owner(one: FactStatement) -> tuple[str, str]:
    """The subject alone, or organisation and other subject, whichever of the two was named first."""
    if one.pair and kind_of(one.pair) == "organisation" and kind_of(one.subject) != "organisation":
        return one.pair, one.subject
    return one.subject, one.pair


def _resolve(name: str, group: list[FactStatement]) -> Fact | None:
    found = agree(Said(one.value, one.source, one.stated_on) for one in group)
    if found is None:
        return None
    if found.dispute:
        return Fact(name, UNKNOWN, found.sources, "contradiction", found.dispute)
    kept = [one for one in group if one.source in found.sources]
    how = next((basis for basis in ("judged", "stated", "derived") if any(one.basis == basis for one in kept)), "stated")
    notes = () if name.startswith(ROLES) else sorted({one.note for one in kept if one.note})
    return Fact(name, found.value, found.sources, how, "; ".join(notes))
