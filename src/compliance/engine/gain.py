"""Which answer takes us furthest towards knowing what binds: tried out, not guessed.

Every fact that an open duty waits for is given values of its type, and what is then still open is counted again. An answer is
worth the share that it closes, on average over its values, of the open duties and the facts they wait for; of what each class
that many duties hang on (a high-risk system, a model with systemic risk) waits for; and of what each ban waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from ..packs import Prohibition
from ..vocabulary import UNKNOWN, Terms, Truth, Value, Verdict, all_true, any_true, negate
from .assess import Judged
from .duties import CompiledDuty
from .settle import candidates, try_facts
from .view import ROLES, View

BAN = 40
"""A prohibition that may be broken counts as much as so many other duties."""
FEW = 5
"""Up to so many bans that may be broken are each followed to their end; of more the answer that closes most comes first."""
JUDGED = 0.8
"""An answer that takes somebody entitled to judge is worth so much of one that takes a look."""

Goal = Callable[[View], bool]
"""Whether something worth knowing is known in a situation."""


class _Open(NamedTuple):
    """What is not known of one situation: duties that may bind, how much they weigh, and facts that were asked for in vain."""

    duties: tuple[CompiledDuty, ...]
    weight: int
    facts: tuple[str, ...]
    classes: tuple[str, ...]


def find_gains(judged: Sequence[Judged]) -> Mapping[str, float]:
    """By fact: how many duties' worth of open questions an answer closes. Facts that only matter as evidence are left out."""
    situations: dict[int, list[Judged]] = {}
    for one in judged:
        situations.setdefault(id(one.view.situation), []).append(one)
    gains: dict[str, float] = {}
    for members in situations.values():
        for name, gain in _gains_of(members[0].view, [one.duty for one in members]).items():
            gains[name] = gains.get(name, 0.0) + gain
    return gains


def _gains_of(view: View, duties: Sequence[CompiledDuty]) -> dict[str, float]:
    before = _count(duties, try_facts(view, ()))
    gains: dict[str, float] = {}
    for name in before.facts:
        shares = [_closed(before, _count(before.duties, one)) for one in _trials(before.duties, view, name)]
        if shares:
            gains[name] = before.weight * sum(shares) / len(shares)
    for weight, goal in _goals(before, view):
        for name, share in _towards(view, goal, before.duties).items():
            gains[name] = gains.get(name, 0.0) + weight * share
    return {name: gain * (JUDGED if _kind(view, name) == "judged" else 1) for name, gain in gains.items()}


def _closed(before: _Open, after: _Open) -> float:
    """Share of the duties and of the facts that are no longer open."""
    fewer = len(before.facts) - len(set(after.facts) & set(before.facts))
    return (before.weight - after.weight) / before.weight + fewer / len(before.facts)


def _count(duties: Iterable[CompiledDuty], view: View) -> _Open:
    left = tuple(duty for duty in duties if _is_open(duty, view))
    weight = sum(BAN if isinstance(duty.card, Prohibition) else 1 for duty in left)
    roles = (ROLES,) if any(duty.has_role(view) is None for duty in left) else ()
    unknown = [name for name, value in view.memo.items() if value is UNKNOWN]
    facts = [name for name in unknown if name != ROLES and _kind(view, name) in ("observed", "judged")]
    return _Open(left, weight, (*roles, *facts), tuple(name for name in unknown if _kind(view, name) == "defined"))


def _goals(before: _Open, view: View) -> Iterator[tuple[int, Goal]]:
    """What is worth knowing by itself, and how much: classes by the duties that end where they are not given, and bans."""
    for name in before.classes:
        weight = before.weight - _count(before.duties, try_facts(view, ((name, False),))).weight
        if weight:
            yield weight, partial(_is_told, name)
    bans = [duty for duty in before.duties if isinstance(duty.card, Prohibition)]
    for duty in bans if len(bans) <= FEW else ():
        yield BAN, partial(_is_settled, duty)


def _is_told(name: str, view: View) -> bool:
    return view.value(name) is not UNKNOWN


def _is_settled(duty: CompiledDuty, view: View) -> bool:
    return duty.judge(view).verdict is not Verdict.UNDETERMINED


def _towards(view: View, goal: Goal, duties: Sequence[CompiledDuty]) -> dict[str, float]:
    """Share of the facts that a goal waits for which an answer closes; all of them where it reaches the goal."""
    before = _waiting(try_facts(view, ()), goal)
    found: dict[str, float] = {}
    for name in before:
        left = [len(before & _waiting(one, goal)) / len(before) for one in _trials(duties, view, name)]
        if left:
            found[name] = 1 - sum(left) / len(left)
    return found


def _waiting(view: View, goal: Goal) -> frozenset[str]:
    """Facts that are asked for in vain on the way to a goal; none where it is reached."""
    fresh = View(view.program, view.situation, view.stubs)
    if goal(fresh):
        return frozenset()
    unknown = (name for name, value in fresh.memo.items() if value is UNKNOWN)
    return frozenset(name for name in unknown if _kind(view, name) in ("observed", "judged"))


def _is_open(duty: CompiledDuty, view: View) -> bool:
    """Whether it is not known that the duty binds, or of a ban whether it is broken."""
    if isinstance(duty.card, Prohibition):
        return not _is_settled(duty, view)
    return _binds(duty, view) is None


def _binds(duty: CompiledDuty, view: View) -> Truth:
    """Whether the duty is owed now, whatever there is to show for it."""
    waits = (
        any_true((duty.in_transition(view), duty.exempted(view, duty.suspended))) if duty.transitions or duty.suspended else False
    )
    stations = (duty.has_role, duty.scope, duty.when, duty.began, lambda one: negate(duty.released(one)), lambda _: negate(waits))
    return all_true(station(view) for station in stations)


def _trials(duties: Iterable[CompiledDuty], view: View, name: str) -> list[View]:
    """The situation with each value of the fact: of a set none and each of its members alone, of roles those of open duties."""
    entry = view.program.catalogue.fact(name)
    values: dict[str, Value] = {}
    if entry is not None and entry.type == "set" and name != ROLES:
        values = {one: Terms(frozenset({one} if one else ())) for one in ("", *entry.values)}
    else:
        for duty in duties:
            values.update({str(value): value for value in candidates(duty, view, name)})
            if name != ROLES:
                break
    return [try_facts(view, ((name, value),)) for value in values.values()]


def _kind(view: View, name: str) -> str:
    entry = view.program.catalogue.fact(name)
    return entry.kind if entry is not None else ""
