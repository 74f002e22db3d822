"""Which answer takes us furthest towards knowing what binds: tried out, not guessed.

Every fact that an open duty waits for is given values of its type, and what is then still open is counted again: the duties of
which it is not known whether they bind, and the facts that this hangs on. An answer is worth the share of both that it closes,
on average over its values, weighed by the number of open duties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..vocabulary import UNKNOWN, Terms, Truth, Value, all_true, any_true, negate
from .assess import Judged
from .duties import CompiledDuty
from .settle import candidates, try_facts
from .view import ROLES, View


class _Open(NamedTuple):
    """What is not known of one situation: duties that may bind, and facts that were asked for in vain."""

    duties: tuple[CompiledDuty, ...]
    facts: frozenset[str]


def find_gains(judged: Sequence[Judged]) -> Mapping[str, float]:
    """By fact: how many duties' worth of open questions an answer closes. Facts that only matter as evidence are left out."""
    situations: dict[int, list[Judged]] = {}
    for one in judged:
        situations.setdefault(id(one.view.situation), []).append(one)
    gains: dict[str, float] = {}
    for members in situations.values():
        view, duties = members[0].view, [one.duty for one in members]
        before = _count(duties, try_facts(view, ()))
        for name in before.facts:
            values = _values(before.duties, view, name)
            closed = [_closed(before, _count(before.duties, try_facts(view, ((name, value),)))) for value in values]
            if closed:
                gains[name] = gains.get(name, 0.0) + len(before.duties) * sum(closed) / len(closed)
    return gains


def _closed(before: _Open, after: _Open) -> float:
    """Share of the duties and of the facts that are no longer open."""
    fewer = len(before.facts) - len(after.facts & before.facts)
    return (len(before.duties) - len(after.duties)) / len(before.duties) + fewer / len(before.facts)


def _count(duties: Iterable[CompiledDuty], view: View) -> _Open:
    left = tuple(duty for duty in duties if _binds(duty, view) is None)
    catalogue = view.program.catalogue
    asked = {ROLES} if any(duty.has_role(view) is None for duty in left) else set()
    for name, value in view.memo.items():
        entry = catalogue.fact(name) if value is UNKNOWN else None
        if entry is not None and entry.kind in ("observed", "judged"):
            asked.add(name)
    return _Open(left, frozenset(asked))


def _binds(duty: CompiledDuty, view: View) -> Truth:
    """Whether the duty is owed now, whatever there is to show for it."""
    waits = (
        any_true((duty.in_transition(view), duty.exempted(view, duty.suspended))) if duty.transitions or duty.suspended else False
    )
    stations = (duty.has_role, duty.scope, duty.when, duty.began, lambda one: negate(duty.released(one)), lambda _: negate(waits))
    return all_true(station(view) for station in stations)


def _values(duties: Iterable[CompiledDuty], view: View, name: str) -> tuple[Value, ...]:
    """Values of the fact: of a set each of its members alone and none, of roles those that some open duty addresses."""
    entry = view.program.catalogue.fact(name)
    if entry is not None and entry.type == "set" and name != ROLES:
        return (Terms(frozenset()), *(Terms(frozenset({one})) for one in entry.values))
    found: dict[str, Value] = {}
    for duty in duties:
        for value in candidates(duty, view, name):
            found.setdefault(str(value), value)
        if name != ROLES:
            break
    return tuple(found.values())
