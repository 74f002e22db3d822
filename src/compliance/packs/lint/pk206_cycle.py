"""Definitions, exemptions or looks that need one another: none of them could ever be known."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from ...reading import Problem, Source
from ..card import Card, Definition, Duty, Exemption
from ..conditions import Condition, Line, Look
from ..instrument import Pack
from ..reach import reaches
from .blocks import leaves
from .context import Context

ROLES = "addressee.roles"
Edge = tuple[str, Source]


def check(context: Context) -> Iterator[Problem]:
    """One problem for each ring of cards, at the line of its first card that leads into the ring."""
    edges = Needs(context).edges
    linted = {card.id for _, card in context.cards()}
    for ring in rings({name: [to for to, _ in targets] for name, targets in edges.items()}):
        first = ring[0]
        if not linted & set(ring):
            continue
        source = next(place for to, place in edges[first] if to in ring)
        way = " → ".join((*(name.rpartition("/")[2] for name in ring), first.rpartition("/")[2]))
        hint = "let one of them ask for what it needs directly"
        yield context.problem("PK206", source, f"cards that need one another: {way}", hint)


class Needs:
    """Which card asks for which: `edges` by the id of the card, with the place where it asks."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.facts: dict[str, list[str]] = {}
        self.roles: dict[tuple[str, str], list[str]] = {}
        cards = [(pack, card) for pack in context.all for card in pack.cards]
        for pack, card in cards:
            if isinstance(card, Definition):
                if card.defines.startswith("role "):
                    self.roles.setdefault((pack.id, card.defines.removeprefix("role ")), []).append(card.id)
                else:
                    self.facts.setdefault(card.defines, []).append(card.id)
        self.edges: dict[str, list[Edge]] = {}
        for pack, card in cards:
            self.edges.setdefault(card.id, []).extend(self._of(pack, card))

    def _of(self, pack: Pack, card: Card) -> Iterator[Edge]:
        for condition in _decisive(pack, card):
            for leaf in leaves((condition,)):
                yield from self._asked(pack, leaf)
        for other in pack.cards:
            if isinstance(other, Exemption) and other.id != card.id and self._reached(other, card):
                yield other.id, card.source
        if isinstance(card, Duty):
            for role in card.addressee:
                yield from ((name, card.source) for name in self.roles.get((pack.id, role), ()))
            for row in card.yields_to:
                yield row.card, card.source

    @staticmethod
    def _reached(exemption: Exemption, card: Card) -> bool:
        roles = card.addressee if isinstance(card, Duty) else ("",)
        return any(reaches(exemption, card, role) for role in roles)

    def _asked(self, pack: Pack, leaf: Line | Look) -> Iterator[Edge]:
        if isinstance(leaf, Look):
            full = leaf.card if leaf.card.count("/") == 2 else f"{pack.id}/{leaf.card}"
            names = {card.id for p in self.context.all for card in p.cards if fnmatchcase(card.id, full)}
            yield from ((name, leaf.source) for name in sorted(names))
        elif leaf.fact == ROLES:
            for test in leaf.tests:
                for role in test.operand if isinstance(test.operand, tuple) else (test.operand,):
                    yield from ((name, leaf.source) for name in self.roles.get((pack.id, str(role)), ()))
        else:
            yield from ((name, leaf.source) for fact in self._with_inputs(leaf.fact) for name in self.facts.get(fact, ()))

    def _with_inputs(self, fact: str) -> tuple[str, ...]:
        """A fact and everything it is computed from."""
        found = [fact]
        for name in found:
            entry = self.context.catalogue.fact(name)
            if entry is not None:
                found.extend(other for other in entry.of if other not in found)
        return tuple(found)


def _decisive(pack: Pack, card: Card) -> Iterator[Condition]:
    """The conditions on which it hangs whether a definition or exemption is true, or a duty binds."""
    if isinstance(card, Duty):
        inherited = (c for kind in card.subjects for c in pack.instrument.scope.get(kind, ()))
        yield from card.scope.instead if card.scope else inherited
    else:
        for doubt in card.open:
            yield from (*doubt.when, *doubt.settled_by) if doubt.lowers == "conclusion" else ()
    yield from card.when
    for row in card.except_:
        yield from row.when
    if isinstance(card.applies.from_, tuple):
        for route in card.applies.from_:
            yield from route.when


def rings(graph: dict[str, list[str]]) -> list[list[str]]:
    """One shortest ring for each set of names that all lead to one another, in the order of their first names."""
    found: list[list[str]] = []
    done: set[str] = set()
    for name in sorted(graph):
        ring = [] if name in done else _ring(graph, name)
        if ring:
            done.update(ring)
            found.append(ring)
    return found


def _ring(graph: dict[str, list[str]], start: str) -> list[str]:
    """The shortest way from a name back to itself."""
    before: dict[str, str] = {}
    queue = [start]
    for name in queue:
        for to in graph.get(name, ()):
            if to == start:
                way = [name]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            if to not in before:
                before[to] = name
                queue.append(to)
    return []
