"""What the chainers see of a dossier: small string atoms, each with the places that state it.

Relations of the graph, facts that are true, false, a term or a set, what is known of documents, and what is known of the
licences that the graph names. No number and no date is among them. `built_on` is the relation to a model whose weights a
model still contains: every `derived_from` but one by distillation alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..catalogue.licences import PERMISSIONS, Licences, find_licence, licence_names, permission
from ..graph import Edge, Graph, edges_of, nodes_of_kind
from ..reading import Source
from ..vocabulary import EDGES, EdgeStatement, Terms, kind_of, unique
from .chainers import Atom
from .resolve import Facts

BUILT_ON = "built_on"
DISTILLED = "distil"
TOPICS = "document.topics"
LICENCE_PROPERTIES = (*(f"licence.permits.{what}" for what in PERMISSIONS), "licence.is_free_and_open")

Evidence = Mapping[Atom, tuple[Source, ...]]


def atoms_of(graph: Graph, facts: Mapping[str, Facts], licences: Licences) -> Evidence:
    """All atoms of a dossier with their sources, in a fixed order."""
    found: dict[Atom, list[Source]] = {}
    for part in (_relations(graph), _stated(facts), _documents(graph), _licences(graph, licences)):
        for atom, sources in part:
            found.setdefault(atom, []).extend(sources)
    return {atom: unique(sources) for atom, sources in sorted(found.items())}


def is_built_on(edge: Edge | EdgeStatement) -> bool:
    """Whether a `derived_from` keeps the weights of the other model; a relation not stated counts as one that does."""
    return kind_of(edge.start) == kind_of(edge.end) == "model" and edge.attributes.get("relation") != DISTILLED


def covers_model(edge: Edge | EdgeStatement) -> bool:
    """Whether a `licensed_under` is about the model itself, and not about code or data that come with it."""
    return edge.attributes.get("covers", "model") in ("model", "weights")


def _relations(graph: Graph) -> Iterator[tuple[Atom, tuple[Source, ...]]]:
    for name in EDGES:
        for edge in edges_of(graph, name):
            if name == "licensed_under" and not covers_model(edge):
                continue
            if name == "derived_from" and kind_of(edge.start) != kind_of(edge.end):
                continue
            yield Atom(edge.start, name, edge.end), edge.sources
            if name == "derived_from" and is_built_on(edge):
                yield Atom(edge.start, BUILT_ON, edge.end), edge.sources


def _stated(facts: Mapping[str, Facts]) -> Iterator[tuple[Atom, tuple[Source, ...]]]:
    for subject, named in facts.items():
        for name, fact in named.items():
            for symbol in _symbols(fact.value):
                yield Atom(subject, name, symbol), fact.sources


def _documents(graph: Graph) -> Iterator[tuple[Atom, tuple[Source, ...]]]:
    for name in nodes_of_kind(graph, "document"):
        for key, value in graph.nodes[name]["attributes"].items():
            for symbol in _symbols(value):
                yield Atom(name, f"document.{key}", symbol), graph.nodes[name]["sources"]


def _licences(graph: Graph, licences: Licences) -> Iterator[tuple[Atom, tuple[Source, ...]]]:
    for node in nodes_of_kind(graph, "licence"):
        name = node.partition(":")[2]
        known = [one for part in licence_names(name) if (one := find_licence(part, licences))]
        sources = tuple(one.source for one in known)
        for what in (*PERMISSIONS, "is_free_and_open"):
            answer = permission(name, what, licences).value
            if answer is not None:
                stem = "licence" if what == "is_free_and_open" else "licence.permits"
                yield Atom(node, f"{stem}.{what}", "true" if answer else "false"), sources


def _symbols(value: object) -> tuple[str, ...]:
    """A value as the chainers see it; nothing for numbers, dates and what is unknown."""
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, Terms):
        return tuple(sorted(value.known))
    return (value,) if isinstance(value, str) else ()
