"""What rules find, and what is kept of it: a card that says two things of one kind says none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ...vocabulary import Number, Range, Terms, Value
from .figures import Figure
from .passages import Passage
from .subject import Subject

PARENT = "derived_from"
TRAINED = "trained_on"
RELATED = {PARENT: "model", TRAINED: "dataset"}
"""Relations that rules find, and the kind of thing to which each leads."""
MAX_PLACES = 5
"""A value that a card repeats is stated with the first places only."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value for a fact (or, for a relation, the name of what it leads to, with its `attributes`) at an offset of a passage.

    `step` is how far a number is rounded; `is_named` that the passage names the very model.
    """

    fact: str
    value: Value
    at: int
    step: Number = 0
    note: str = ""
    is_named: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


Reader = Callable[[Passage, Subject], Iterable[Found]]
Placed = tuple[Found, Passage]


def of_figure(fact: str, figure: Figure, at: int, *, note: str = "") -> Found:
    """A figure as a value for a fact."""
    return Found(fact, figure.value, at, figure.step, note)


def settle(found: Iterable[Placed]) -> Iterator[Placed]:
    """One value for each fact, with the first places that have it; nothing where the card disagrees with itself.

    Rounded figures agree with the exact one. What names the model outweighs what does not.
    """
    grouped: dict[str, list[Placed]] = {}
    places = set()
    for one in found:
        place = (one[0].fact, str(one[0].value), one[1].text.place(one[0].at))
        if place not in places:
            grouped.setdefault(one[0].fact, []).append(one)
        places.add(place)
    for fact, group in grouped.items():
        if fact in RELATED or any(isinstance(one.value, Terms) for one, _ in group):
            yield from group[: None if fact in RELATED else MAX_PLACES]
            continue
        named = [one for one in group if one[0].is_named]
        for some in (group, named):
            if some and (kept := _agreed(some)):
                yield from kept
                break


def _agreed(group: list[Placed]) -> list[Placed]:
    """The places of the most exact value, if all others are that value rounded."""
    best = min(group, key=lambda one: _width(one[0]))[0]
    if not all(_covers(one, best) for one, _ in group):
        return []
    return [(one, passage) for one, passage in group if one.value == best.value][:MAX_PLACES]


def _width(one: Found) -> Number:
    low, high = _ends(one)
    return high - low


def _covers(rough: Found, exact: Found) -> bool:
    if isinstance(exact.value, (bool, str)) or not isinstance(exact.value, (int, Fraction, Range)):
        return rough.value == exact.value
    low, high = _ends(rough)
    inner = _ends(Found(exact.fact, exact.value, 0))
    return low <= inner[0] and inner[1] <= high


def _ends(one: Found) -> tuple[Number, Number]:
    if isinstance(one.value, Range):
        return one.value.low, one.value.high
    if isinstance(one.value, (int, Fraction)):
        half = Fraction(one.step) / 2
        return one.value - half, one.value + half
    return 0, 0
