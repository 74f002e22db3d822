"""The graph as node-link JSON, as `networkx.node_link_graph(data, edges="edges")` and many drawing programs read it."""

from __future__ import annotations

import json
from typing import Any

from ...reading import Source
from ...vocabulary import kind_of, name_of, to_json
from .view import GraphView

FORMAT = 1


def write_node_link(view: GraphView) -> str:
    """Nodes and edges in a fixed order, with every source."""
    data = {
        "format": FORMAT, "dossier": view.name, "directed": True, "multigraph": True, "graph": {},
        "nodes": [
            {
                "id": node, "kind": kind_of(node), "name": name_of(node), "judged": node in view.judged,
                "attributes": _plain(view.graph.nodes[node]["attributes"]),
                "disputes": dict(view.graph.nodes[node]["disputes"]), "notes": list(view.notes.get(node, ())),
                "sources": _places(view.sources(node)),
            }
            for node in view.graph
        ],
        "edges": [
            {
                "source": start, "target": end, "key": key, "relation": data["edge"],
                "attributes": _plain(data["attributes"]), "sources": _places(data["sources"]),
            }
            for start, end, key, data in sorted(view.graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
        ],
    }  # fmt: skip
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _plain(attributes: dict[str, Any]) -> dict[str, Any]:
    return {key: to_json(value) for key, value in attributes.items()}


def _places(sources: tuple[Source, ...]) -> list[dict[str, Any]]:
    return [{"file": one.file, "line": one.line, "column": one.column} for one in sources]
