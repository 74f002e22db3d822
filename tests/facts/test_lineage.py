"""Compute adds up along the lineage: each model once, never over a stated figure, never around a circle."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from compliance.catalogue import load_catalogue
from compliance.facts import derive_facts
from compliance.reading import Source
from compliance.vocabulary import UNKNOWN, EdgeStatement, FactStatement, Range, Statement, Value

CATALOGUE, _ = load_catalogue()
AT = date(2026, 11, 23)
OWN, UPSTREAM = "model.compute.own_training", "model.compute.upstream_training"
CUMULATIVE, SHARE = "model.compute.cumulative_training", "model.compute.modification_share"
SCRATCH = "model.is_derived"


def edge(start: str, end: str, relation: str = "", name: str = "derived_from", kind: str = "model") -> EdgeStatement:
    attributes = {"relation": relation} if relation else {}
    return EdgeStatement(f"model:{start}", name, f"{kind}:{end}", Source(f"{start}.md", 1), attributes)


def fact(model: str, name: str, value: Value, source: Source | None = None) -> FactStatement:
    return FactStatement(f"model:{model}", name, value, source or Source(f"{model}.md", 2))


def value_of(model: str, name: str, *statements: Statement, kind: str = "model") -> Value:
    known = derive_facts(statements, CATALOGUE, {}, AT)
    found = known.facts.get(f"{kind}:{model}", {}).get(name)
    return found.value if found else UNKNOWN


BASE = (fact("base", OWN, 9 * 10**24), fact("base", SCRATCH, False))
TUNE = (edge("tune", "base", "finetune"), fact("tune", OWN, 3 * 10**24), *BASE)


def test_a_fine_tune_adds_to_its_base() -> None:
    assert value_of("base", CUMULATIVE, *TUNE) == 9 * 10**24
    assert value_of("tune", UPSTREAM, *TUNE) == 9 * 10**24
    assert value_of("tune", CUMULATIVE, *TUNE) == 12 * 10**24
    assert value_of("tune", SHARE, *TUNE) == Fraction(1, 3)


def test_a_sum_names_what_it_was_made_of_and_where_that_stands() -> None:
    found = derive_facts(TUNE, CATALOGUE, {}, AT).facts["model:tune"]
    assert found[UPSTREAM].because == ("model:base model.compute.cumulative_training",)
    assert found[UPSTREAM].sources == (Source("base.md", 2),)
    assert found[UPSTREAM].how == "computed"
    assert found[CUMULATIVE].because == (UPSTREAM, OWN)
    assert found[CUMULATIVE].sources == (Source("base.md", 2), Source("tune.md", 2))


def test_own_training_alone_is_not_all_training_where_lineage_is_unknown() -> None:
    assert value_of("m", CUMULATIVE, fact("m", OWN, 10**24)) is UNKNOWN
    assert value_of("m", CUMULATIVE, fact("m", OWN, 10**24), fact("m", SCRATCH, False)) == 10**24


def test_an_unknown_base_leaves_the_sum_unknown() -> None:
    assert value_of("tune", CUMULATIVE, edge("tune", "base"), fact("tune", OWN, 10**24)) is UNKNOWN
    two = (*TUNE, edge("tune", "second", "merge"))
    assert value_of("tune", UPSTREAM, *two) is UNKNOWN
    assert value_of("tune", UPSTREAM, *two, fact("second", CUMULATIVE, 10**24)) == 10**25


def test_a_stated_figure_stands() -> None:
    assert value_of("tune", UPSTREAM, *TUNE, fact("tune", UPSTREAM, 5)) == 5
    assert value_of("tune", CUMULATIVE, *TUNE, fact("tune", CUMULATIVE, 7)) == 7
    one, other = (fact("tune", UPSTREAM, n, Source("x.md", n)) for n in (5, 6))
    assert value_of("tune", UPSTREAM, *TUNE, one, other) is UNKNOWN
    assert value_of("tune", CUMULATIVE, *TUNE, one, other) is UNKNOWN


def test_a_teacher_is_not_built_on() -> None:
    made = (edge("small", "base", "distil"), fact("small", OWN, 10**22), *BASE)
    assert value_of("small", UPSTREAM, *made) is UNKNOWN
    assert value_of("small", SCRATCH, *made) is True
    both = (*made, edge("small", "seed", "finetune"), fact("seed", CUMULATIVE, 10**22))
    assert value_of("small", CUMULATIVE, *both) == 2 * 10**22


def test_a_common_ancestor_counts_once() -> None:
    made = (
        *BASE,
        edge("left", "base"),
        edge("right", "base"),
        edge("merge", "left", "merge"),
        edge("merge", "right", "merge"),
        fact("left", OWN, 10**24),
        fact("right", OWN, 2 * 10**24),
        fact("merge", OWN, 0),
    )
    assert value_of("left", CUMULATIVE, *made) == 10 * 10**24
    assert value_of("merge", CUMULATIVE, *made) == 12 * 10**24
    without = tuple(one for one in made if one != fact("left", OWN, 10**24))
    assert value_of("merge", CUMULATIVE, *without) is UNKNOWN


def test_a_base_that_is_also_the_base_of_a_base_counts_once() -> None:
    made = (*TUNE, edge("again", "tune"), edge("again", "base"), fact("again", OWN, 10**24))
    assert value_of("again", CUMULATIVE, *made) == 13 * 10**24


def test_ranges_add() -> None:
    made = (edge("tune", "base"), fact("tune", OWN, Range(1, 2)), fact("base", CUMULATIVE, Range(10, 20)))
    assert value_of("tune", CUMULATIVE, *made) == Range(11, 22)


def test_nothing_is_added_up_around_a_circle() -> None:
    circle = (edge("a", "b"), edge("b", "a"), fact("a", OWN, 1), fact("b", OWN, 1), fact("b", CUMULATIVE, 5))
    made = (*circle, edge("c", "a"), fact("c", OWN, 1))
    for model in ("a", "c"):
        assert value_of(model, CUMULATIVE, *made) is UNKNOWN
    known = derive_facts(made, CATALOGUE, {}, AT)
    assert [problem.code for problem in known.problems] == ["cycle"]
    assert "model:a -> model:b -> model:a" in known.problems[0].message


def test_the_largest_model_decides_for_a_system() -> None:
    name = "system.compute.cumulative_training"
    parts = (edge("a", "s", name="part_of", kind="system"), edge("b", "s", name="part_of", kind="system"))
    known = (*parts, fact("a", CUMULATIVE, 10), fact("b", CUMULATIVE, Range(5, 20)))
    assert value_of("s", name, *known, kind="system") == Range(10, 20)
    assert value_of("s", name, *parts, fact("a", CUMULATIVE, 10), kind="system") is UNKNOWN
    stated = FactStatement("system:s", name, 99, Source("s.md", 1))
    assert value_of("s", name, *known, stated, kind="system") == 99


def test_an_estimate_stands_in_for_a_figure_nobody_stated() -> None:
    inputs = (fact("m", "model.parameters.active", 7 * 10**9), fact("m", "model.training.tokens", 2 * 10**12))
    found = derive_facts(inputs, CATALOGUE, {}, AT).facts["model:m"][OWN]
    assert (found.value, found.how) == (Range(58 * 10**21, 17 * 10**22), "computed")
    assert found.note.startswith("estimate:")
    assert found.sources == (Source("m.md", 2),)
    assert value_of("m", OWN, *inputs, fact("m", OWN, 10**23)) == 10**23
    disagreeing = (fact("m", OWN, 10**23, Source("x", 1)), fact("m", OWN, 10**24, Source("y", 1)))
    assert value_of("m", OWN, *inputs, *disagreeing) is UNKNOWN
    assert value_of("m", CUMULATIVE, *inputs, fact("m", SCRATCH, False)) == Range(58 * 10**21, 17 * 10**22)


@pytest.mark.parametrize("length", [1000])
def test_a_long_chain_is_quick(length: int) -> None:
    made: list[Statement] = [edge(f"m{n:05}", f"m{n + 1:05}") for n in range(length)]
    made += [fact(f"m{n:05}", OWN, 1) for n in range(length)]
    made.append(fact(f"m{length:05}", CUMULATIVE, 1))
    assert value_of("m00000", CUMULATIVE, *made) == length + 1
