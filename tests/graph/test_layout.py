"""Places of a drawing: each box has its own, relations run to the right, lines pass beside the boxes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compliance.graph import Graph, build_graph, lay_out
from compliance.reading import Source
from compliance.vocabulary import EdgeStatement, NodeStatement

NAMES = st.sampled_from([f"model:{letter}" for letter in "abcdefg"])


def graph_of(*pairs: tuple[str, str]) -> Graph:
    return build_graph([EdgeStatement(a, "derived_from", b, Source("card.md", n)) for n, (a, b) in enumerate(pairs, 1)])


def test_a_chain_is_one_row() -> None:
    drawing = lay_out(graph_of(("model:a", "model:b"), ("model:b", "model:c")))
    assert drawing.places == {"model:a": (0, 0), "model:b": (1, 0), "model:c": (2, 0)}
    assert drawing.lanes == {}


def test_a_line_over_two_columns_has_a_lane_beside_the_box_between() -> None:
    drawing = lay_out(graph_of(("model:a", "model:b"), ("model:b", "model:c"), ("model:a", "model:c")))
    first, lane, last = drawing.way("model:a", "model:c")
    assert (first, last) == (drawing.places["model:a"], drawing.places["model:c"])
    assert lane.column == 1
    assert lane.row != drawing.places["model:b"].row


def test_a_star_does_not_cross() -> None:
    drawing = lay_out(graph_of(*((f"model:{a}", f"model:{a}{b}") for a in "xyz" for b in "12")))
    rows = [drawing.places[f"model:{a}{b}"].row // 2 for a in "xyz" for b in "12"]
    assert [rows[0] == rows[1], rows[2] == rows[3], rows[4] == rows[5]] == [True] * 3


def test_nothing_and_a_lonely_node() -> None:
    assert lay_out(build_graph([])).places == {}
    assert lay_out(build_graph([NodeStatement("model:a", Source("f"))])).places == {"model:a": (0, 0)}


@given(st.lists(st.tuples(NAMES, NAMES), max_size=14))
def test_every_place_is_taken_once_and_relations_run_right(pairs: list[tuple[str, str]]) -> None:
    graph = graph_of(*pairs)
    drawing = lay_out(graph)
    assert set(drawing.places) == set(graph)
    taken = [*drawing.places.values(), *(lane for lanes in drawing.lanes.values() for lane in lanes)]
    assert len(set(taken)) == len(taken)
    for start, end in pairs:
        way = drawing.way(start, end)
        columns = [place.column for place in way]
        assert columns == list(range(columns[0], columns[-1] + 1)) or columns[0] == columns[-1]
    assert drawing == lay_out(graph_of(*reversed(pairs)))
