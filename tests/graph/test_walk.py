"""Edges, closures, circles and the documents of a node."""

from __future__ import annotations

import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from compliance.graph import (
    Graph,
    build_graph,
    closure,
    cycle_problems,
    documents_of,
    families_of,
    find_cycles,
    follow,
    follow_back,
    nodes_of_kind,
)
from compliance.reading import Source
from compliance.vocabulary import EdgeStatement, NodeStatement

HERE = Source("card.md", 1)


def graph_of(*edges: str) -> Graph:
    """A graph of edges written `model:a derived_from model:b`."""
    written = [line.split() for line in edges]
    return build_graph([EdgeStatement(a, e, b, Source("card.md", n)) for n, (a, e, b) in enumerate(written, 1)])


def test_edges_are_followed_both_ways() -> None:
    graph = graph_of("model:a derived_from model:c", "model:a derived_from model:b", "model:a licensed_under licence:l")
    assert follow(graph, "model:a", "derived_from") == ("model:b", "model:c")
    assert follow_back(graph, "model:b", "derived_from") == ("model:a",)
    assert follow(graph, "model:nobody", "derived_from") == follow_back(graph, "model:nobody", "derived_from") == ()
    assert nodes_of_kind(graph, "model") == ("model:a", "model:b", "model:c")


def test_the_closure_is_nearest_first_and_counts_a_diamond_once() -> None:
    graph = graph_of(
        "model:top derived_from model:left",
        "model:top derived_from model:right",
        "model:left derived_from model:root",
        "model:right derived_from model:root",
    )
    assert closure(graph, "model:top", "derived_from") == ("model:left", "model:right", "model:root")
    assert find_cycles(graph, "derived_from") == ()
    assert cycle_problems(graph) == ()


def test_a_circle_is_a_problem_with_its_path() -> None:
    graph = graph_of(
        "model:c derived_from model:a",
        "model:a derived_from model:b",
        "model:b derived_from model:c",
        "model:x derived_from model:a",
    )
    assert find_cycles(graph, "derived_from") == (("model:a", "model:b", "model:c", "model:a"),)
    (problem,) = cycle_problems(graph)
    assert "model:a -> model:b -> model:c -> model:a" in problem.message
    assert problem.source == Source("card.md", 2)
    assert "model:a" in closure(graph, "model:a", "derived_from")


def test_a_model_derived_from_itself() -> None:
    graph = graph_of("model:a derived_from model:a")
    assert find_cycles(graph, "derived_from") == (("model:a", "model:a"),)
    assert len(cycle_problems(graph)) == 1


def test_two_knots_are_two_problems() -> None:
    graph = graph_of(
        "model:a derived_from model:b",
        "model:b derived_from model:a",
        "model:c derived_from model:d",
        "model:d derived_from model:c",
    )
    assert len(cycle_problems(graph)) == 2


def test_documents_come_by_documentation_evaluation_and_family() -> None:
    graph = graph_of(
        "model:m-7b documented_by document:card",
        "model:m-7b evaluated_on document:audit",
        "model:m-7b evaluated_on evaluation:e",
        "evaluation:e documented_by document:report",
        "model:m-7b part_of model:m",
        "model:m documented_by document:policy",
        "model:m-7b licensed_under licence:l",
        "model:other documented_by document:foreign",
    )
    assert families_of(graph, "model:m-7b") == ("model:m",)
    assert documents_of(graph, "model:m-7b") == (
        ("documented_by", "document:card"),
        ("documented_by", "document:policy"),
        ("evaluated_on", "document:audit"),
        ("evaluated_on", "document:report"),
    )


def test_a_system_is_no_family_of_its_model() -> None:
    graph = graph_of("model:m part_of system:s", "system:s documented_by document:manual")
    assert families_of(graph, "model:m") == ()
    assert documents_of(graph, "model:m") == ()


def test_long_chains_do_not_recurse() -> None:
    length = sys.getrecursionlimit() * 2
    chain = [EdgeStatement(f"model:{n:05}", "part_of", f"model:{n + 1:05}", HERE) for n in range(length)]
    graph = build_graph([*chain, NodeStatement("model:00000", HERE)])
    assert len(families_of(graph, "model:00000")) == length
    assert documents_of(graph, "model:00000") == ()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_every_cycle_found_is_one_and_none_is_missed(pairs: list[tuple[int, int]]) -> None:
    graph = build_graph([EdgeStatement(f"model:{a}", "derived_from", f"model:{b}", HERE) for a, b in pairs])
    found = find_cycles(graph, "derived_from")
    for path in found:
        assert path[0] == path[-1]
        assert all(b in follow(graph, a, "derived_from") for a, b in pairwise(path))
        assert len(set(path)) == len(path) - 1
    inside = {name for name in graph if name in closure(graph, name, "derived_from")}
    covered = {name for path in found for name in inside if path[0] in closure(graph, name, "derived_from")}
    assert inside <= covered
