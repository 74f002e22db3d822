"""Station 4: the documentation graph, built from statements and walked along its edges."""

from .build import Graph, build_graph, problems_of
from .layout import Drawing, Place, lay_out
from .walk import (
    Edge,
    closure,
    cycle_problems,
    documents_of,
    edges_of,
    families_of,
    find_cycles,
    follow,
    follow_back,
    nodes_of_kind,
)

__all__ = [
    "Drawing", "Edge", "Graph", "Place", "build_graph", "closure", "cycle_problems", "documents_of", "edges_of",
    "families_of", "find_cycles", "follow", "follow_back", "lay_out", "nodes_of_kind", "problems_of",
]  # fmt: skip
