"""The chainer without dependencies: each atom is joined once with those before it, through an index."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from ...vocabulary import kind_of
from . import Atom, Clause, Firing, Pattern, Trace, arrange

Index = dict[tuple[str, ...], dict[Atom, None]]


class Builtin:
    """Semi-naive forward chaining. Work grows with the number of firings, not with the square of the atoms."""

    def run(self, rules: Sequence[Clause], atoms: Iterable[Atom]) -> Trace:
        """Everything that follows; see `Chainer`."""
        wanted: dict[tuple[str, str], list[tuple[Clause, int]]] = {}
        for clause in rules:
            for position, premise in enumerate(clause.premises):
                wanted.setdefault((premise.kind, premise.property), []).append((clause, position))
        given = sorted(set(atoms))
        seen = set(given)
        waiting = deque(given)
        index: Index = {}
        firings: dict[Firing, None] = {}
        while waiting:
            atom = waiting.popleft()
            for key in _keys(atom):
                index.setdefault(key, {})[atom] = None
            for clause, position in wanted.get((kind_of(atom.subject), atom.property), ()):
                for firing in _fire(clause, position, atom, index):
                    firings[firing] = None
                    if firing.conclusion not in seen:
                        seen.add(firing.conclusion)
                        waiting.append(firing.conclusion)
        return arrange(given, firings)


def _keys(atom: Atom) -> tuple[tuple[str, ...], ...]:
    stem = (kind_of(atom.subject), atom.property)
    return stem, (*stem, "of", atom.subject), (*stem, "is", atom.value)


def _fire(clause: Clause, position: int, atom: Atom, index: Index) -> Iterator[Firing]:
    """Every firing in which this atom meets the premise at this position."""
    bound = clause.premises[position].bind(atom, {})
    if bound is None:
        return
    rest = [number for number in range(len(clause.premises)) if number != position]
    for chosen, bindings in _join(clause.premises, rest, bound, {position: atom}, index):
        premises = tuple(chosen[number] for number in range(len(clause.premises)))
        yield Firing(clause.rule, premises, clause.conclusion.fill(bindings))


def _join(
    premises: tuple[Pattern, ...], rest: list[int], bound: dict[str, str], chosen: dict[int, Atom], index: Index
) -> Iterator[tuple[dict[int, Atom], dict[str, str]]]:
    if not rest:
        yield chosen, bound
        return
    number = min(rest, key=lambda one: (premises[one].subject not in bound, premises[one].value not in bound, one))
    left = [one for one in rest if one != number]
    for atom in _candidates(premises[number], bound, index):
        if atom in chosen.values():
            continue
        more = premises[number].bind(atom, bound)
        if more is not None:
            yield from _join(premises, left, more, {**chosen, number: atom}, index)


def _candidates(pattern: Pattern, bound: dict[str, str], index: Index) -> Iterable[Atom]:
    stem = (pattern.kind, pattern.property)
    if pattern.subject in bound:
        return index.get((*stem, "of", bound[pattern.subject]), ())
    value = bound.get(pattern.value, pattern.value)
    return index.get(stem if value.startswith("$") else (*stem, "is", value), ())
