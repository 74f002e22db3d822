"""What adds up along the graph: compute of the models built on, and of the models in a system; then all computed facts.

Models are taken ancestors first, so that each sum is made of sums. Nothing is added up over a circle of models derived from
each other, and nothing over a figure that was stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ..graph import Graph, edges_of, follow_back, nodes_of_kind
from ..vocabulary import UNKNOWN, Fact, Value, kind_of, unique
from .atoms import is_built_on
from .compute import COMPUTE, OF_THE_DAY, estimate_own_training
from .compute.ranges import add, largest
from .compute.training import CUMULATIVE, OWN, UPSTREAM
from .resolve import Facts

SYSTEM_CUMULATIVE = "system.compute.cumulative_training"

Bases = Mapping[str, Sequence[str]]
Part = tuple[str, str]


def compute_facts(graph: Graph, facts: Mapping[str, Facts], at: date) -> dict[str, dict[str, Fact]]:
    """The facts given and those worked out from them; facts of the day judged are left to whoever judges."""
    result = {subject: dict(named) for subject, named in facts.items()}
    bases = _bases(graph)
    ordered, tangled = _ancestors_first(nodes_of_kind(graph, "model"), bases)
    for model in (*ordered, *tangled):
        mine = result.setdefault(model, {})
        if OWN not in mine:
            _keep(mine, _estimate(mine))
        if UPSTREAM not in mine and bases.get(model) and model not in tangled:
            _keep(mine, _upstream(bases[model], bases, result))
        _work_out(mine, "model", at)
    for system in nodes_of_kind(graph, "system"):
        mine = result.setdefault(system, {})
        if SYSTEM_CUMULATIVE not in mine:
            _keep(mine, _largest(graph, system, result))
        _work_out(mine, "system", at)
    return {subject: dict(sorted(named.items())) for subject, named in sorted(result.items()) if named}


def _bases(graph: Graph) -> Bases:
    """The models that each model is built on."""
    found: dict[str, dict[str, None]] = {}
    for edge in edges_of(graph, "derived_from"):
        if is_built_on(edge):
            found.setdefault(edge.start, {})[edge.end] = None
    return {model: tuple(ends) for model, ends in found.items()}


def _ancestors_first(models: Sequence[str], bases: Bases) -> tuple[list[str], frozenset[str]]:
    """Models, each after those it is built on; apart from them, those in a circle and those built on one in a circle."""
    waiting = {model: len(bases.get(model, ())) for model in models}
    built: dict[str, list[str]] = {}
    for model in models:
        for base in bases.get(model, ()):
            built.setdefault(base, []).append(model)
    ordered = [model for model in models if not waiting[model]]
    for model in ordered:
        for other in built.get(model, ()):
            waiting[other] -= 1
            if not waiting[other]:
                ordered.append(other)
    return ordered, frozenset(models) - frozenset(ordered)


def _upstream(direct: Sequence[str], bases: Bases, facts: Mapping[str, Facts]) -> Fact | None:
    """Compute of all models built on, each counted once however many ways lead to it."""
    parts = [(base, CUMULATIVE) for base in direct]
    if len(direct) > 1:
        families = [_ancestors(base, bases) | {base} for base in direct]
        together = frozenset[str]().union(*families)
        if sum(map(len, families)) > len(together):
            parts = [(one, OWN if bases.get(one) else CUMULATIVE) for one in sorted(together)]
    value = add(_value(facts, part) for part in parts)
    return _sum(UPSTREAM, value, parts, facts, f"added up along derived_from: {', '.join(one for one, _ in parts)}")


def _ancestors(model: str, bases: Bases) -> set[str]:
    reached: set[str] = set()
    waiting = [model]
    while waiting:
        for base in bases.get(waiting.pop(), ()):
            if base not in reached:
                reached.add(base)
                waiting.append(base)
    return reached


def _largest(graph: Graph, system: str, facts: Mapping[str, Facts]) -> Fact | None:
    """Compute of the largest model that is part of the system, where that of each of them is known."""
    parts = [(one, CUMULATIVE) for one in follow_back(graph, system, "part_of") if kind_of(one) == "model"]
    value = largest(_value(facts, part) for part in parts)
    note = f"the largest of the models in it: {', '.join(one for one, _ in parts)}"
    return _sum(SYSTEM_CUMULATIVE, value, parts, facts, note)


def _sum(name: str, value: Value, parts: Sequence[Part], facts: Mapping[str, Facts], note: str) -> Fact | None:
    if value is UNKNOWN:
        return None
    sources = unique(place for one, part in parts for place in facts[one][part].sources)
    return Fact(name, value, sources, "computed", note, tuple(f"{one} {part}" for one, part in parts))


def _estimate(mine: Facts) -> Fact | None:
    found = estimate_own_training(lambda name: mine[name].value if name in mine else UNKNOWN)
    if found.value is UNKNOWN:
        return None
    sources = unique(place for name in found.because for place in mine[name].sources)
    return Fact(OWN, found.value, sources, "computed", found.note, found.because)


def _work_out(mine: dict[str, Fact], kind: str, at: date) -> None:
    """Every computed fact of this kind of subject that was not stated, in rounds, for one may need another."""
    names = [name for name in COMPUTE if name.startswith(f"{kind}.") and name not in OF_THE_DAY and name != OWN]
    found = True
    while found:
        found = False
        for name in names:
            asked: dict[str, Value] = {}

            def get(other: str, asked: dict[str, Value] = asked) -> Value:
                return asked.setdefault(other, mine[other].value if other in mine else UNKNOWN)

            value = UNKNOWN if name in mine else COMPUTE[name](get, at)
            if value is not UNKNOWN:
                because = tuple(other for other, known in asked.items() if known is not UNKNOWN)
                sources = unique(place for other in because for place in mine[other].sources)
                mine[name] = Fact(name, value, sources, "computed", "", because)
                found = True


def _keep(mine: dict[str, Fact], fact: Fact | None) -> None:
    if fact is not None:
        mine[fact.name] = fact


def _value(facts: Mapping[str, Facts], part: Part) -> Value:
    fact = facts.get(part[0], {}).get(part[1])
    return fact.value if fact else UNKNOWN
