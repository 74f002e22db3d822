"""The graph as a tree for a terminal: each model with what it comes from, its licences, documents and organisations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...graph import Edge
from ...reading import Source, printable
from ...vocabulary import NODE_KINDS, kind_of
from ..text import Style, coloured, plain
from .view import GraphView, label, relation

MOST_SOURCES = 3
KIND_ORDER = ("model", "system", *(kind for kind in NODE_KINDS if kind not in ("model", "system")))


@dataclass
class _Tree:
    view: GraphView
    style: Style
    below: dict[str, list[Edge]] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)


def write_tree(view: GraphView, *, colour: bool = False) -> str:
    """Every node and relation once, with the place that states it; what was shown before is named and not repeated."""
    tree = _Tree(view, coloured if colour else plain)
    for edge in view.edges:
        tree.below.setdefault(edge.start, []).append(edge)
    count = f"{view.graph.number_of_nodes()} nodes, {view.graph.number_of_edges()} relations"
    lines = [tree.style(f"Documentation graph of {printable(view.name)}: {count}", "bold")]
    led_to = {edge.end for edge in view.edges if edge.end != edge.start}
    ordered = sorted(view.graph, key=lambda node: (node not in view.judged, KIND_ORDER.index(kind_of(node)), node))
    for node in (*(one for one in ordered if one not in led_to), *ordered):
        if node not in tree.shown:
            lines += ["", *_branch(tree, node)]
    return "\n".join(lines) + "\n"


def _branch(tree: _Tree, root: str) -> Iterator[str]:
    """Lines of one root and all below it, without recursion: chains of models may be long."""
    waiting: list[tuple[str, str, str, Edge | None]] = [(root, "", "", None)]
    while waiting:
        node, first, rest, edge = waiting.pop()
        again = node in tree.shown
        tree.shown.add(node)
        yield first + _line(tree, node, edge, again=again)
        if again:
            continue
        children = tree.below.get(node, [])
        for note in tree.view.notes.get(node, ()):
            bar = "│ " if children else "  "
            yield f"{rest}{bar} {tree.style(printable(note), 'gap' if node in tree.view.defects else 'dim')}"
        for index, child in reversed(list(enumerate(children))):
            last = index == len(children) - 1
            waiting.append((child.end, f"{rest}{'└─ ' if last else '├─ '}", f"{rest}{'   ' if last else '│  '}", child))


def _line(tree: _Tree, node: str, edge: Edge | None, *, again: bool) -> str:
    sources = edge.sources if edge else tree.view.sources(node)
    judged = " (judged)" if node in tree.view.judged and not again else ""
    lead = f"{tree.style(printable(relation(edge)), 'dim')} " if edge else ""
    repeated = " (shown above)" if again and tree.below.get(node) else ""
    name = tree.style(printable(label(tree.view, node)), "bold") if not edge else printable(label(tree.view, node))
    return f"{lead}{name}{judged}{repeated}  {tree.style('← ' + _places(sources), 'dim')}"


def _places(sources: tuple[Source, ...]) -> str:
    more = f" and {len(sources) - MOST_SOURCES} more" if len(sources) > MOST_SOURCES else ""
    return printable(", ".join(str(one) for one in sources[:MOST_SOURCES]) + more)
