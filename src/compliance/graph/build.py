"""Statements become one graph: nodes and edges that carry every source that states them.

A node has `kind`, `sources`, `attributes` and `disputes`; an edge has `edge`, `sources` and `attributes`. Attributes said
by several sources are agreed on like facts; where they disagree the value is UNKNOWN and `disputes` names both sides. Two
nodes may be joined by several edges of one name that say different things (trained on the same data in two stages); an
edge said with fewer attributes is the same edge as one said with more. The graph is the same for any order of statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..reading import Problem, Source, nearest
from ..vocabulary import (
    EDGES,
    NODE_KINDS,
    UNKNOWN,
    EdgeStatement,
    NodeStatement,
    Said,
    Statement,
    Terms,
    agree,
    kind_of,
    latest,
    unique,
)

if TYPE_CHECKING:
    import networkx

    Graph = networkx.MultiDiGraph[str]
else:
    Graph = Any


@dataclass
class _Heard:
    """All that was said, sorted by what it is about."""

    sources: dict[str, list[Source]] = field(default_factory=dict)
    attributes: dict[str, dict[str, list[Said]]] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], list[EdgeStatement]] = field(default_factory=dict)
    problems: set[Problem] = field(default_factory=set)


def build_graph(statements: Iterable[Statement]) -> Graph:
    """The documentation graph, frozen. What is outside the closed vocabulary is left out and listed by `problems_of`."""
    import networkx

    heard = _Heard()
    for one in statements:
        _hear(one, heard)
    graph: Graph = networkx.MultiDiGraph()
    for name in sorted(heard.sources):
        said = sorted(heard.attributes.get(name, {}).items())
        agreed = [(key, found) for key, told in said if (found := agree(told))]
        graph.add_node(
            name,
            kind=kind_of(name),
            sources=unique(heard.sources[name]),
            attributes={key: found.value for key, found in agreed},
            disputes={key: found.dispute for key, found in agreed if found.dispute},
        )
    for (start, edge, end), group in sorted(heard.edges.items()):
        _add_edges(graph, start, edge, end, group)
    graph.graph["problems"] = tuple(sorted(heard.problems, key=lambda one: (str(one), one.source)))
    networkx.freeze(graph)
    return graph


def problems_of(graph: Graph) -> tuple[Problem, ...]:
    """What was wrong with the statements that the graph was built from."""
    found: tuple[Problem, ...] = graph.graph["problems"]
    return found


def _hear(one: Statement, heard: _Heard) -> None:
    names = _names(one)
    misnamed = [name for name in names if not _is_node(name)]
    if misnamed:
        hint = f"write kind:name with one of {', '.join(NODE_KINDS)}"
        heard.problems.update(Problem(one.source, "graph", f"`{name}` is not a node", hint) for name in misnamed)
        return
    if isinstance(one, EdgeStatement):
        if one.edge not in EDGES:
            near = nearest(one.edge, EDGES)
            hint = f"did you mean `{near}`?" if near else f"relations are {', '.join(EDGES)}"
            heard.problems.add(Problem(one.source, "graph", f"unknown relation `{one.edge}`", hint))
            return
        heard.edges.setdefault((one.start, one.edge, one.end), []).append(one)
    for name in names:
        heard.sources.setdefault(name, []).append(one.source)
    if isinstance(one, NodeStatement):
        told = heard.attributes.setdefault(one.node, {})
        for key, raw in one.attributes.items():
            told.setdefault(key, []).append(Said(_value(raw), one.source, one.stated_on))


def _names(statement: Statement) -> tuple[str, ...]:
    if isinstance(statement, NodeStatement):
        return (statement.node,)
    if isinstance(statement, EdgeStatement):
        return (statement.start, statement.end)
    return (statement.subject, statement.pair) if statement.pair else (statement.subject,)


def _is_node(name: str) -> bool:
    kind, _, rest = name.partition(":")
    return kind in NODE_KINDS and bool(rest)


def _value(raw: Any) -> Any:
    """Attributes come as values or as YAML; a list is the set of its terms, nothing or `unknown` says nothing."""
    if raw is None or raw == "unknown":
        return UNKNOWN
    if isinstance(raw, (list, tuple, set, frozenset)) and not any(isinstance(item, (dict, list, tuple)) for item in raw):
        return Terms(frozenset(str(item) for item in raw))
    return raw


def _add_edges(graph: Graph, start: str, edge: str, end: str, group: list[EdgeStatement]) -> None:
    """One edge for each fullest set of attributes, with the sources of all that say that much or less."""
    told = [({key: _value(raw) for key, raw in one.attributes.items()}, one.source) for one in latest(group)]
    fullest = {_show(one): one for one, _ in told if not any(_is_part(one, other) and one != other for other, _ in told)}
    for text, one in sorted(fullest.items()):
        sources = unique(source for other, source in told if _is_part(other, one))
        key = edge if len(fullest) == 1 else f"{edge} {text}"
        graph.add_edge(start, end, key=key, edge=edge, sources=sources, attributes=dict(sorted(one.items())))


def _is_part(less: Mapping[str, Any], more: Mapping[str, Any]) -> bool:
    return all(key in more and more[key] == value for key, value in less.items())


def _show(attributes: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}={value}" for key, value in sorted(attributes.items()))
