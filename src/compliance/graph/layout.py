"""Where each node of a drawing goes: columns along the relations, rows so that few lines cross. Pure integers and sorting."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from .build import Graph

SWEEPS = 8
"""How often the rows are sorted anew; after a few nothing changes any more."""


class Place(NamedTuple):
    """Column and row, counted from 0."""

    column: int
    row: int


class Drawing(NamedTuple):
    """A place for every node, and for every node the free places through which lines from further left reach it."""

    places: Mapping[str, Place]
    lanes: Mapping[str, tuple[Place, ...]]

    def way(self, start: str, end: str) -> tuple[Place, ...]:
        """From node to node, past the boxes between them."""
        first, last = self.places[start], self.places[end]
        between = (lane for lane in self.lanes.get(end, ()) if first.column < lane.column < last.column)
        return (first, *between, last)


class _Lane(NamedTuple):
    """A free place in one column for all lines to one node."""

    end: str
    column: int


_Item = str | _Lane


def lay_out(graph: Graph) -> Drawing:
    """A drawing in which each node stands right of all that lead to it, but for cycles, whose nodes share a column."""
    column_of = {name: index for index, column in enumerate(_columns(graph)) for name in column}
    near: dict[_Item, set[_Item]] = {name: set() for name in sorted(graph)}
    for start, end in sorted(set(graph.edges())):
        steps: list[_Item] = [_Lane(end, column) for column in range(column_of[start] + 1, column_of[end])]
        way = [start, *steps, end]
        for one, other in pairwise(way):
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    columns: list[list[_Item]] = [[] for _ in range(max(column_of.values(), default=-1) + 1)]
    for item in near:
        columns[item.column if isinstance(item, _Lane) else column_of[item]].append(item)
    rows = _sort_rows(columns, near)
    lanes: dict[str, list[Place]] = {}
    for item in sorted(item for item in near if isinstance(item, _Lane)):
        lanes.setdefault(item.end, []).append(Place(item.column, rows[item]))
    places = {item: Place(column_of[item], rows[item]) for item in near if isinstance(item, str)}
    return Drawing(places, {end: tuple(found) for end, found in lanes.items()})


def _columns(graph: Graph) -> list[list[str]]:
    """Generations of the graph in which each cycle is taken as one."""
    import networkx

    condensed = networkx.condensation(networkx.DiGraph(graph)) if graph else networkx.DiGraph()
    return [
        [name for knot in generation for name in condensed.nodes[knot]["members"]]
        for generation in networkx.topological_generations(condensed)
    ]


def _sort_rows(columns: list[list[_Item]], near: Mapping[_Item, set[_Item]]) -> dict[_Item, int]:
    """Rows by the mean height of the neighbours, columns taken from the left and from the right in turn."""
    for column in columns:
        column.sort(key=str)
    rows = {item: row for column in columns for row, item in enumerate(column)}
    sizes = {item: len(column) for column in columns for item in column}

    def height(item: _Item) -> int:
        """In thousandths of the height of a column, so that columns of different length compare."""
        others = near[item] - {item} or {item}
        return sum((2 * rows[other] + 1) * 500 // sizes[other] for other in others) // len(others)

    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else columns[::-1]:
            column.sort(key=lambda item: (height(item), str(item)))
            rows.update({item: row for row, item in enumerate(column)})
    return rows
