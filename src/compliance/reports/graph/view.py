"""What every writer of the graph shares: which nodes are judged, how nodes and relations are called, what is worth a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...flow import Learned
from ...graph import Edge, Graph, edges_of, follow
from ...reading import Source
from ...vocabulary import EDGES, UNKNOWN, kind_of, name_of, show

SHARE = "model.compute.modification_share"
INTO = "into"
CUMULATIVE = "model.compute.cumulative_training"


@dataclass(frozen=True, slots=True)
class GraphView:
    """The graph of a dossier, the nodes that are judged, and notes on nodes; `defects` are nodes with a contradiction."""

    name: str
    graph: Graph
    judged: frozenset[str]
    notes: Mapping[str, tuple[str, ...]]
    defects: frozenset[str]

    @property
    def edges(self) -> tuple[Edge, ...]:
        """All relations, by name, start and end."""
        return tuple(edge for name in EDGES for edge in edges_of(self.graph, name))

    def sources(self, node: str) -> tuple[Source, ...]:
        """Every place that states a node."""
        found: tuple[Source, ...] = self.graph.nodes[node]["sources"]
        return found


def view_graph(learned: Learned) -> GraphView:
    """The graph of what was learned, with the figures and conflicts that lineage brings about."""
    graph, facts = learned.facts.graph, learned.facts.facts
    notes: dict[str, tuple[str, ...]] = {}
    defects: set[str] = set()
    for node in graph:
        named = facts.get(node, {})
        said = [f"{name}: {fact.note}" for name, fact in named.items() if fact.how == "contradiction"]
        if said:
            defects.add(node)
        if kind_of(node) == "model":
            said = [*_figures(node, learned), *(f"contradiction on {one}" for one in said)]
        notes[node] = tuple(said)
    judged = frozenset(name for s in learned.facts.situations for name in (s.addressee.name, s.subject.name) if name in graph)
    return GraphView(learned.reading.name, graph, judged, {k: v for k, v in notes.items() if v}, frozenset(defects))


def _figures(node: str, learned: Learned) -> list[str]:
    """Compute of the modifier as a share of that of the models built on, for a model that is derived; compute if known."""
    named = learned.facts.facts.get(node, {})
    found = []
    if (total := named.get(CUMULATIVE)) and total.value is not UNKNOWN:
        found.append(f"training compute in all: {show(total.value)} operations")
    if follow(learned.facts.graph, node, "derived_from"):
        share = named.get(SHARE)
        shown = show(share.value) if share else "unknown"
        found.append(f"own training as a share of that of the models built on: {shown}")
    return found


def label(view: GraphView, node: str) -> str:
    """`model example-7b` of `model:example-7b`; a document also says of which kind it is."""
    kind = view.graph.nodes[node]["attributes"].get("kind")
    return f"{kind_of(node)} {name_of(node)}" + (f" ({show(kind).replace('_', ' ')})" if kind else "")


def relation(edge: Edge) -> str:
    """`derived from (finetune)`: the relation in words, with what is said of it."""
    told = {key: show(value).replace("_", " ") for key, value in edge.attributes.items() if key != INTO}
    said = [*told.values(), *(f"into {name_of(str(value))}" for key, value in edge.attributes.items() if key == INTO)]
    return edge.edge.replace("_", " ") + (f" ({', '.join(said)})" if said else "")
