"""What would settle an undetermined finding: tried out, not guessed.

Every unknown leaf of the proof is given values its type can have, and the duty is judged again. A set of names settles a
finding if some values of them decide it; the smallest sets come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from ..vocabulary import NONE, Fact, Terms, Value, Verdict, show
from .duties import CompiledDuty
from .explain_duty import DutyProof
from .proof import unknown_leaves
from .view import ROLES, View

MOST_PAIRED = 6
"""Pairs are tried among this many leaves at most; beyond, only all together are named."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Names that together settle a finding, and with which values it comes out how."""

    names: tuple[str, ...]
    outcomes: tuple[tuple[str, Verdict], ...]


def find_settling(duty: CompiledDuty, view: View, proof: DutyProof) -> tuple[Settling, ...]:
    """Single names that may decide, else pairs, and all of them together at the end."""
    unknown = [station for station in proof.stations if station.truth is None]
    leaves = list(dict.fromkeys(leaf.name for station in unknown for leaf in unknown_leaves(station)))
    only_evidence = proof.applies.truth is True and proof.exempt.truth is False
    found: list[Settling] = []
    tried = {name: candidates(duty, view, name) for name in leaves}
    for name in leaves:
        outcomes = _outcomes(duty, view, (name,), tried)
        if outcomes or (only_evidence and not tried[name]):
            found.append(Settling((name,), outcomes))
    if not found:
        testable = [name for name in leaves if tried[name]][:MOST_PAIRED]
        for pair in combinations(testable, 2):
            outcomes = _outcomes(duty, view, pair, tried)
            if outcomes:
                found.append(Settling(pair, outcomes))
    if len(leaves) > 1:
        found.append(Settling(tuple(leaves), ()))
    return tuple(found)


def candidates(duty: CompiledDuty, view: View, name: str) -> tuple[Value, ...]:
    """Values worth trying: the ends of what a type can be. Empty for documents, which cannot be made up."""
    program = view.program
    if name == ROLES:
        return (Terms(frozenset()), Terms(frozenset({duty.role})))
    entry = program.catalogue.fact(name)
    if entry is None:
        return (True,) if _terms_of(duty, name) else ()
    if entry.type == "boolean":
        return (True, False)
    if entry.type == "number":
        return (0, 10**40)
    if entry.type in ("date", "instant"):
        return (date(1900, 1, 1), program.day, date(2999, 1, 1), NONE)
    if entry.type == "term":
        return (*entry.values, NONE)
    if entry.type == "set":
        return (Terms(frozenset()), Terms(frozenset(entry.values))) if entry.values else ()
    return (NONE,) if entry.type == "money" else ()


def _terms_of(duty: CompiledDuty, term: str) -> list[tuple[str, str]]:
    own = [(duty.card.id, term)] if any(doubt.term == term for doubt in duty.card.open) else []
    return [*own, *((card, term) for card in duty.program.doubtful.get(term, ()))]


def _outcomes(
    duty: CompiledDuty, view: View, names: Sequence[str], tried: dict[str, tuple[Value, ...]]
) -> tuple[tuple[str, Verdict], ...]:
    found: list[tuple[str, Verdict]] = []
    for values in product(*(tried[name] for name in names)):
        verdict = _judge_with(duty, view, tuple(zip(names, values, strict=True)))
        if verdict is not Verdict.UNDETERMINED:
            found.append((" and ".join(_phrase(n, v, duty) for n, v in zip(names, values, strict=True)), verdict))
    return tuple(found)


def _phrase(name: str, value: Value, duty: CompiledDuty) -> str:
    if duty.program.catalogue.fact(name) is None:
        return f"{name}: settled"
    if name == ROLES and isinstance(value, Terms):
        return f"{name} {'with' if value.known else 'without'} {duty.role}"
    return f"{name} {show(value)}"


def _judge_with(duty: CompiledDuty, view: View, given: tuple[tuple[str, Value], ...]) -> Verdict:
    terms = tuple(found for name, _ in given if duty.program.catalogue.fact(name) is None for found in _terms_of(duty, name))
    facts = tuple((name, value) for name, value in given if duty.program.catalogue.fact(name) is not None)
    return duty.judge(try_facts(view, facts, terms)).verdict


def try_facts(view: View, facts: tuple[tuple[str, Value], ...], terms: tuple[tuple[str, str], ...] = ()) -> View:
    """The same situation with these facts, and these doubts settled. Duties share it, and with it what they work out."""
    key = (facts, terms)
    found = view.trials.get(key)
    if found is None:
        pair = {**view.situation.pair, **{name: Fact(name, value, how="tried") for name, value in facts}}
        found = view.trials[key] = View(view.program, replace(view.situation, pair=pair), view.stubs)
        found.accept(terms)
    return found
