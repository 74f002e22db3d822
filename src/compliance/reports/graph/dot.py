"""The graph in the language of Graphviz: `compliance graph DIR --format dot | dot -Tpdf`."""

from __future__ import annotations

from ...reading import printable
from ...vocabulary import kind_of, name_of
from .view import GraphView, relation

SHAPES = {
    "model": "box",
    "dataset": "cylinder",
    "system": "box3d",
    "document": "note",
    "licence": "component",
    "organisation": "oval",
}


def write_dot(view: GraphView) -> str:
    """One node and one edge a line; judged nodes are drawn bold, nodes with contradictions red."""
    lines = [
        "digraph documentation {",
        '  rankdir="LR";',
        '  node [fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];',
    ]
    for node in view.graph:
        style = ', style="bold"' if node in view.judged else ""
        colour = ', color="red"' if node in view.defects else ""
        shape = SHAPES.get(kind_of(node), "box")
        text = f"{kind_of(node)}\n{name_of(node)}"
        places = "\n".join(str(one) for one in view.sources(node))
        lines.append(f'  {_quoted(node)} [label={_quoted(text)}, shape="{shape}", tooltip={_quoted(places)}{style}{colour}];')
    for edge in view.edges:
        places = "\n".join(str(one) for one in edge.sources)
        words = f"label={_quoted(relation(edge))}, tooltip={_quoted(places)}"
        lines.append(f"  {_quoted(edge.start)} -> {_quoted(edge.end)} [{words}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    """A quoted string of DOT; a backslash is doubled, for Graphviz reads `\\N` and the like in labels."""
    lines = (printable(line).replace("\\", "\\\\").replace('"', '\\"') for line in text.split("\n"))
    return '"' + "\\n".join(lines) + '"'
