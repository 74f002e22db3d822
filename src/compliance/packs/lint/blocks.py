"""Where the conditions of a card stand, and on what each line is read: on the facts, or on a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...catalogue import Catalogue
from ..card import Card, Demand, Duty, Obligation, Prohibition
from ..conditions import Condition, Group, Line, Look, walk
from ..path import parse_path


class Block(NamedTuple):
    """A list of conditions. `kinds` are the kinds of document it is read on; none where it is read on the facts."""

    part: str
    conditions: tuple[Condition, ...]
    kinds: tuple[str, ...] = ()


class Asked(NamedTuple):
    """One line or look out of a block."""

    part: str
    condition: Line | Look
    kinds: tuple[str, ...]


def blocks(card: Card) -> Iterator[Block]:
    """Every list of conditions that the law of a card is made of, cases aside, in the order of the grammar."""
    yield Block("when", card.when)
    yield from (Block("except", row.when) for row in card.except_)
    if isinstance(card.applies.from_, tuple):
        yield from (Block("from", row.when) for row in card.applies.from_)
    yield from (Block("transition", row.when) for row in card.applies.transition)
    for doubt in card.open:
        yield Block("open", doubt.when)
        yield Block("settled_by", doubt.settled_by)
    if isinstance(card, Duty):
        if card.scope:
            yield Block("scope", card.scope.instead)
        yield from (Block("penalty", row.when) for row in card.penalty)
    if isinstance(card, Prohibition):
        yield Block("breach", card.breach)
    if isinstance(card, Obligation):
        for demand in card.evidence:
            yield Block("demand", demand.when)
            yield Block("holds", demand.holds)
            yield Block("must", demand.must, kinds_of(demand))


def kinds_of(demand: Demand) -> tuple[str, ...]:
    """The kinds of document that can meet a demand; none where it asks for facts, or its path cannot be read."""
    try:
        return parse_path(demand.path).kinds if demand.path else ()
    except ValueError:
        return ()


def asked(card: Card, catalogue: Catalogue) -> Iterator[Asked]:
    """Every line and look of a card. A line that settles a doubt may name a document kind before the dot."""
    for part, conditions, kinds in blocks(card):
        if part == "must" and not kinds:
            continue
        for condition in leaves(conditions):
            on = kinds
            if part == "settled_by" and isinstance(condition, Line):
                head = condition.fact.partition(".")[0]
                on = (head,) if head in catalogue.documents else ()
            yield Asked(part, condition, on)


def leaves(conditions: tuple[Condition, ...]) -> Iterator[Line | Look]:
    """The lines and looks, out of their groups."""
    return (condition for condition in walk(conditions) if not isinstance(condition, Group))
