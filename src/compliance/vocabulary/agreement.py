"""What several sources say of one thing: one value with every source, or a dispute that names both sides.

The same value said twice is one value. A later dated statement of the same file is a revision and stands for the earlier
ones. Sets that do not claim to be complete add up. A range agrees only with the same range. Everything else is a dispute,
and then the value is UNKNOWN: no source wins because of its kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from ..reading.source import Source
from .value import UNKNOWN, Range, Terms, Value, show


class Dated(Protocol):
    """Anything said at a place, on a day if that is known."""

    @property
    def source(self) -> Source: ...

    @property
    def stated_on(self) -> date | None: ...


Told = TypeVar("Told", bound=Dated)


@dataclass(frozen=True, slots=True)
class Said:
    """A value, the place where it is said, and the day on which it was said if that is known."""

    value: Value
    source: Source
    stated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What to take from all that was said. `dispute` is empty where the sources agree; else the value is UNKNOWN."""

    value: Value
    sources: tuple[Source, ...]
    dispute: str = ""


def agree(said: Iterable[Said]) -> Agreement | None:
    """The agreement of statements on one thing, in whatever order they come; None where nothing was said."""
    kept = latest(one for one in said if one.value is not UNKNOWN)
    if not kept:
        return None
    sources = unique(one.source for one in kept)
    sets = [one.value for one in kept if isinstance(one.value, Terms)]
    if len(sets) == len(kept) and (union := _union(sets)) is not None:
        return Agreement(union, sources)
    sides: dict[str, list[Said]] = {}
    for one in kept:
        sides.setdefault(_key(one.value), []).append(one)
    if len(sides) == 1:
        return Agreement(min((_plain(one.value) for one in kept), key=repr), sources)
    return Agreement(UNKNOWN, sources, " against ".join(sorted(_side(group) for group in sides.values())))


def latest(said: Iterable[Told]) -> list[Told]:
    """Without what a later dated statement of the same file revises; undated statements always stay."""
    said = list(said)
    newest: dict[str, date] = {}
    for one in said:
        if one.stated_on is not None:
            newest[one.source.file] = max(one.stated_on, newest.get(one.source.file, one.stated_on))
    return [one for one in said if one.stated_on is None or one.stated_on == newest[one.source.file]]


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Each place once, by file, line and column."""
    return tuple(sorted(set(sources)))


def _union(sets: list[Terms]) -> Terms | None:
    """All terms together; None where a set that claims to be complete lacks one of them."""
    together = frozenset[str]().union(*(one.known for one in sets))
    if any(one.complete and one.known != together for one in sets):
        return None
    return Terms(together, any(one.complete for one in sets))


def _plain(value: Value) -> Value:
    if isinstance(value, Range) and value.low == value.high:
        value = value.low
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def _key(value: Any) -> str:
    """Equal exactly for equal values of one type: true is not 1, and the rows of a series have no order."""
    value = _plain(value)
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return f"number {Fraction(value)}"
    if isinstance(value, Terms):
        return f"terms {value.complete} {sorted(value.known)}"
    if isinstance(value, (list, tuple)):
        return f"rows {sorted(_key(row) if isinstance(row, dict) else repr(row) for row in value)}"
    if isinstance(value, dict):
        return repr(sorted(value.items(), key=repr))
    return f"{type(value).__name__} {value!r}"


def _side(group: list[Said]) -> str:
    places = ", ".join(str(source) for source in unique(one.source for one in group))
    return f"{show(_plain(group[0].value))} ({places})"
