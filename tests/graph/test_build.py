"""Statements become nodes and edges with all their sources, whatever order they come in."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from compliance.graph import build_graph, edges_of, problems_of
from compliance.reading import Source
from compliance.vocabulary import UNKNOWN, EdgeStatement, FactStatement, NodeStatement, Statement, Terms

CARD, FORM, OLD = Source("README.md", 3, 1), Source("form.yaml", 8, 5), Source("old.csv", 2)


def test_the_same_node_said_twice_carries_both_sources() -> None:
    graph = build_graph(
        [NodeStatement("model:m", FORM), NodeStatement("model:m", CARD), FactStatement("model:m", "model.is_new", True, OLD)]
    )
    assert list(graph) == ["model:m"]
    assert graph.nodes["model:m"]["sources"] == (CARD, FORM, OLD)
    assert graph.nodes["model:m"]["kind"] == "model"


def test_the_ends_of_an_edge_are_nodes() -> None:
    graph = build_graph([EdgeStatement("model:m", "licensed_under", "licence:MIT", CARD)])
    assert sorted(graph) == ["licence:MIT", "model:m"]
    assert graph.nodes["licence:MIT"]["sources"] == (CARD,)


def test_attributes_merge_and_lists_are_sets() -> None:
    graph = build_graph(
        [
            NodeStatement("document:card", CARD, {"kind": "model_card", "topics": Terms(frozenset({"licence"}), False)}),
            NodeStatement("document:card", FORM, {"public": True, "topics": Terms(frozenset({"tasks"}), False)}),
        ]
    )
    attributes = graph.nodes["document:card"]["attributes"]
    assert attributes == {"kind": "model_card", "public": True, "topics": Terms(frozenset({"licence", "tasks"}), False)}
    written = build_graph([NodeStatement("document:card", CARD, {"recipients": ["a", "b"], "date": None, "host": "unknown"})])
    assert written.nodes["document:card"]["attributes"] == {"recipients": Terms(frozenset({"a", "b"}))}


def test_attributes_that_disagree_are_unknown_and_both_sides_are_named() -> None:
    graph = build_graph(
        [NodeStatement("document:d", CARD, {"public": True}), NodeStatement("document:d", FORM, {"public": False})]
    )
    node = graph.nodes["document:d"]
    assert node["attributes"] == {"public": UNKNOWN}
    assert node["disputes"] == {"public": "false (form.yaml:8:5) against true (README.md:3:1)"}


def test_a_later_statement_of_the_same_file_revises_an_attribute() -> None:
    graph = build_graph(
        [
            NodeStatement("document:d", CARD, {"public": False}, date(2025, 1, 1)),
            NodeStatement("document:d", Source("README.md", 9), {"public": True}, date(2025, 2, 1)),
        ]
    )
    assert graph.nodes["document:d"]["attributes"] == {"public": True}


def test_an_edge_said_with_less_is_the_same_edge() -> None:
    graph = build_graph(
        [
            EdgeStatement("model:m", "derived_from", "model:b", CARD),
            EdgeStatement("model:m", "derived_from", "model:b", FORM, {"relation": "finetune"}),
        ]
    )
    (edge,) = edges_of(graph, "derived_from", "model:m")
    assert edge.attributes == {"relation": "finetune"}
    assert edge.sources == (CARD, FORM)


def test_edges_that_say_different_things_stand_side_by_side() -> None:
    graph = build_graph(
        [
            EdgeStatement("model:m", "trained_on", "dataset:d", CARD, {"stage": "pretraining"}),
            EdgeStatement("model:m", "trained_on", "dataset:d", FORM, {"stage": "finetuning"}),
            EdgeStatement("model:m", "trained_on", "dataset:d", OLD),
        ]
    )
    found = edges_of(graph, "trained_on", "model:m")
    assert [dict(one.attributes) for one in found] == [{"stage": "finetuning"}, {"stage": "pretraining"}]
    assert [one.sources for one in found] == [(FORM, OLD), (CARD, OLD)]


def test_words_outside_the_vocabulary_are_problems_and_the_rest_is_built() -> None:
    graph = build_graph(
        [
            EdgeStatement("model:m", "licenced_under", "licence:MIT", CARD),
            NodeStatement("modle:x", FORM),
            NodeStatement("model:", OLD),
            NodeStatement("model:m", CARD),
        ]
    )
    assert list(graph) == ["model:m"]
    found = {(str(one.source), one.message): one.hint for one in problems_of(graph)}
    assert found["README.md:3:1", "unknown relation `licenced_under`"] == "did you mean `licensed_under`?"
    assert ("form.yaml:8:5", "`modle:x` is not a node") in found
    assert ("old.csv:2", "`model:` is not a node") in found


NAMES = st.sampled_from(["model:a", "model:b", "document:d", "licence:l", "nothing"])
SOURCES = st.builds(Source, st.sampled_from(["a.md", "b.md"]), st.integers(0, 3))
DAYS = st.sampled_from([None, date(2025, 1, 1), date(2025, 2, 1)])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["kind", "public", "relation"]), st.sampled_from([True, False, "x", None]), max_size=2
)
STATEMENTS: st.SearchStrategy[Statement] = st.one_of(
    st.builds(NodeStatement, NAMES, SOURCES, ATTRIBUTES, DAYS),
    st.builds(EdgeStatement, NAMES, st.sampled_from(["derived_from", "documented_by", "oops"]), NAMES, SOURCES, ATTRIBUTES, DAYS),
)


@given(st.lists(STATEMENTS, max_size=8).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_statements_changes_nothing(both: tuple[list[Statement], list[Statement]]) -> None:
    one, other = (build_graph(found) for found in both)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    assert problems_of(one) == problems_of(other)
