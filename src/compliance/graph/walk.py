"""Walks along the edges of the documentation graph. Every answer is in a fixed order."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..reading import Problem, Source
from ..vocabulary import kind_of
from .build import Graph


class Edge(NamedTuple):
    """One relation between two nodes, with what is said of it and where."""

    start: str
    edge: str
    end: str
    attributes: Mapping[str, Any]
    sources: tuple[Source, ...]


def nodes_of_kind(graph: Graph, kind: str) -> tuple[str, ...]:
    """Names of all nodes of one kind."""
    return tuple(sorted(name for name in graph if kind_of(name) == kind))


def edges_of(graph: Graph, edge: str, start: str | None = None) -> tuple[Edge, ...]:
    """All edges of one name, or those that leave one node, by start, end and attributes."""
    if start is not None and start not in graph:
        return ()
    found = graph.edges(start, keys=True, data=True) if start is not None else graph.edges(keys=True, data=True)
    chosen = sorted((item for item in found if item[3]["edge"] == edge), key=lambda item: item[:3])
    return tuple(Edge(one, edge, other, data["attributes"], data["sources"]) for one, other, _, data in chosen)


def follow(graph: Graph, start: str, edge: str) -> tuple[str, ...]:
    """Nodes that an edge of this name leads to; none for a node that is not there."""
    return tuple(dict.fromkeys(one.end for one in edges_of(graph, edge, start)))


def follow_back(graph: Graph, end: str, edge: str) -> tuple[str, ...]:
    """Nodes from which an edge of this name leads here."""
    if end not in graph:
        return ()
    return tuple(sorted({start for start, _, data in graph.in_edges(end, data=True) if data["edge"] == edge}))


def closure(graph: Graph, start: str, edge: str) -> tuple[str, ...]:
    """All nodes that one or more edges of this name lead to, nearest first; the start only if a cycle leads back."""
    reached: dict[str, None] = {}
    waiting = deque([start])
    while waiting:
        for node in follow(graph, waiting.popleft(), edge):
            if node not in reached:
                reached[node] = None
                waiting.append(node)
    return tuple(reached)


def find_cycles(graph: Graph, edge: str) -> tuple[tuple[str, ...], ...]:
    """For each knot of nodes that lead back to themselves a shortest cycle: its path, from its first name to it again."""
    import networkx

    plain: networkx.DiGraph[str] = networkx.DiGraph()
    plain.add_edges_from((one.start, one.end) for one in edges_of(graph, edge))
    cycles = []
    for knot in networkx.strongly_connected_components(plain):
        first = min(knot)
        if len(knot) > 1 or plain.has_edge(first, first):
            cycles.append(_way_back(graph, first, edge))
    return tuple(sorted(cycles))


def cycle_problems(graph: Graph, edge: str = "derived_from") -> tuple[Problem, ...]:
    """Each cycle as a problem that shows its whole path, at the place that states its first step."""
    problems = []
    for path in find_cycles(graph, edge):
        step = next(one for one in edges_of(graph, edge, path[0]) if one.end == path[1])
        shown = " -> ".join(path)
        hint = f"correct the document that says so; nothing is added up along `{edge}` here"
        problems.append(Problem(step.sources[0], "cycle", f"{shown}: nothing can be {edge} itself", hint))
    return tuple(problems)


def documents_of(graph: Graph, node: str) -> tuple[tuple[str, str], ...]:
    """(edge, document) pairs of a node: its own, those of its evaluations, and those of the families that it is part of."""
    found: list[tuple[str, str]] = []
    for member in (node, *families_of(graph, node)):
        found.extend(("documented_by", name) for name in follow(graph, member, "documented_by"))
        for name in follow(graph, member, "evaluated_on"):
            found.append(("evaluated_on", name))
            found.extend(("evaluated_on", other) for other in follow(graph, name, "documented_by"))
    return tuple(sorted({(edge, name) for edge, name in found if kind_of(name) == "document"}))


def families_of(graph: Graph, node: str) -> tuple[str, ...]:
    """Nodes of the same kind that a node is part of: the family of one size of a model."""
    wholes = closure(graph, node, "part_of")
    return tuple(end for end in wholes if kind_of(end) == kind_of(node) and end != node)


def _way_back(graph: Graph, first: str, edge: str) -> tuple[str, ...]:
    came_from: dict[str, str] = {}
    waiting = deque([first])
    while waiting:
        node = waiting.popleft()
        for end in follow(graph, node, edge):
            if end == first:
                path = [first, node]
                while path[-1] != first:
                    path.append(came_from[path[-1]])
                return tuple(reversed(path))
            if end not in came_from:
                came_from[end] = node
                waiting.append(end)
    return (first, first)
