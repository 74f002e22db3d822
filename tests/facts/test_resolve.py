"""One value with all its sources, or a contradiction that names every side."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue import load_catalogue
from compliance.facts import resolve_facts
from compliance.reading import Source
from compliance.vocabulary import NONE, UNKNOWN, EdgeStatement, Fact, FactStatement, Money, Range, Terms, Value

CATALOGUE, _ = load_catalogue()
AT = date(2026, 11, 23)
CARD, FORM, TABLE = Source("README.md", 3, 1), Source("compliance.yaml", 8, 5), Source("figures.csv", 2)
NEW = "model.is_new"
COMPUTE = "model.compute.own_training"


def facts_of(*statements: FactStatement) -> dict[str, Fact]:
    return dict(resolve_facts(statements, CATALOGUE, AT).facts.get("model:m", {}))


def said(value: Value, source: Source = CARD, fact: str = NEW, stated_on: date | None = None) -> FactStatement:
    return FactStatement("model:m", fact, value, source, stated_on)


def test_the_same_value_twice_is_one_fact_with_both_sources() -> None:
    assert facts_of(said(True, FORM), said(True, CARD)) == {NEW: Fact(NEW, True, (CARD, FORM))}


@pytest.mark.parametrize(("one", "other"), [(10**25, 2 * 10**25), (Range(1, 3), 2), (Range(1, 3), Range(1, 4)), (NONE, 5)])
def test_different_values_are_a_contradiction(one: Value, other: Value) -> None:
    fact = facts_of(said(one, CARD, COMPUTE), said(other, FORM, COMPUTE))[COMPUTE]
    assert (fact.value, fact.how, fact.sources) == (UNKNOWN, "contradiction", (CARD, FORM))
    assert "README.md:3:1" in fact.note
    assert "compliance.yaml:8:5" in fact.note


def test_a_contradiction_says_who_says_what() -> None:
    fact = facts_of(said(True, CARD), said(False, FORM), said(True, TABLE))[NEW]
    assert fact.note == "false (compliance.yaml:8:5) against true (README.md:3:1, figures.csv:2)"


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [(Range(5, 5), 5, 5), (Fraction(10, 2), 5, 5), (Range(1, 3), Range(1, 3), Range(1, 3)), (Money(5, "USD"),) * 3],
)
def test_equal_values_agree_however_they_are_written(one: Value, other: Value, value: Value) -> None:
    assert facts_of(said(one, CARD, COMPUTE), said(other, FORM, COMPUTE))[COMPUTE].value == value


def test_a_day_and_an_hour_of_it_are_not_the_same_statement() -> None:
    name = "model.release_date"
    hour = datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert facts_of(said(date(2026, 3, 1), CARD, name), said(hour, FORM, name))[name].how == "contradiction"


def test_a_stated_unknown_says_nothing() -> None:
    assert facts_of(said(UNKNOWN)) == {}
    assert facts_of(said(UNKNOWN, FORM), said(True)) == {NEW: Fact(NEW, True, (CARD,))}


def test_a_later_dated_statement_of_the_same_file_is_a_revision() -> None:
    older = said(10**24, Source("figures.csv", 2), COMPUTE, date(2025, 2, 24))
    newer = said(3 * 10**24, Source("figures.csv", 9), COMPUTE, date(2026, 1, 1))
    assert facts_of(newer, older)[COMPUTE] == Fact(COMPUTE, 3 * 10**24, (Source("figures.csv", 9),))
    elsewhere = said(10**24, Source("old.csv", 2), COMPUTE, date(2025, 2, 24))
    assert facts_of(newer, elsewhere)[COMPUTE].how == "contradiction"
    undated = said(10**24, Source("figures.csv", 2), COMPUTE)
    assert facts_of(newer, undated)[COMPUTE].how == "contradiction"


def test_the_future_is_not_known() -> None:
    assert facts_of(said(True, CARD, NEW, date(2026, 11, 24))) == {}
    assert facts_of(said(True, CARD, NEW, AT)) != {}
    older = said(10**24, TABLE, COMPUTE, date(2026, 1, 1))
    newer = said(10**25, TABLE, COMPUTE, date(2027, 1, 1))
    assert facts_of(older, newer)[COMPUTE].value == 10**24


def test_open_sets_add_up_and_closed_sets_must_hold_them() -> None:
    name = "system.marked_outputs"

    def value(*sets: Terms) -> Fact:
        made = [FactStatement("system:s", name, one, Source("a.md", n)) for n, one in enumerate(sets)]
        return resolve_facts(made, CATALOGUE, AT).facts["system:s"][name]

    text, audio = Terms(frozenset({"text"}), False), Terms(frozenset({"audio"}), False)
    both = frozenset({"text", "audio"})
    assert value(text, audio).value == Terms(both, False)
    assert value(text, audio, Terms(both)).value == Terms(both)
    assert value(text, audio, Terms(frozenset({"text"}))).how == "contradiction"
    assert value(Terms(frozenset({"text"})), Terms(frozenset({"audio"}))).how == "contradiction"


def test_rows_of_a_series_have_no_order() -> None:
    name = "addressee.annual_revenue"
    rows = [(("amount", "5 USD"), ("period", 2025)), (("amount", "4 USD"), ("period", 2024))]
    made = [FactStatement("organisation:o", name, tuple(rows[::step]), Source("a.md", step + 2)) for step in (1, -1)]
    assert resolve_facts(made, CATALOGUE, AT).facts["organisation:o"][name].how == "stated"


def test_judged_facts_keep_who_judged() -> None:
    name = "model.evaluation_found_high_impact"
    judged = FactStatement("model:m", name, True, CARD, basis="judged", note="the safety board, 2026-03-01")
    fact = facts_of(judged, said(True, FORM, name))[name]
    assert (fact.how, fact.note) == ("judged", "the safety board, 2026-03-01")


def test_a_size_takes_what_is_stated_of_its_family_and_keeps_its_own() -> None:
    part = EdgeStatement("model:m", "part_of", "model:family", CARD)
    family = FactStatement("model:family", COMPUTE, 7, FORM)
    told = FactStatement("model:family", NEW, True, FORM)
    assert facts_of(part, family, told, said(5, CARD, COMPUTE)) == {
        COMPUTE: Fact(COMPUTE, 5, (CARD,)), NEW: Fact(NEW, True, (FORM,)),
    }  # fmt: skip
    assert facts_of(EdgeStatement("model:m", "derived_from", "model:family", CARD), told) == {}


def test_a_size_of_a_size_takes_the_nearest_statement() -> None:
    chain = [EdgeStatement("model:m", "part_of", "model:b", CARD), EdgeStatement("model:b", "part_of", "model:a", CARD)]
    told = [
        FactStatement("model:b", COMPUTE, 3, CARD),
        FactStatement("model:a", COMPUTE, 9, FORM),
        FactStatement("model:a", NEW, True, FORM),
    ]
    assert {name: fact.value for name, fact in facts_of(*chain, *told).items()} == {COMPUTE: 3, NEW: True}


def test_roles_are_kept_apart_by_instrument() -> None:
    roles = "addressee.roles"
    provider, developer = Terms(frozenset({"provider"})), Terms(frozenset({"developer"}))
    made = [
        FactStatement("organisation:o", roles, provider, CARD, pair="model:m", note="eu/ai-act"),
        FactStatement("organisation:o", roles, developer, FORM, pair="model:m", note="us-co/sb-26-189"),
        FactStatement("model:m", roles, developer, TABLE, pair="organisation:o"),
    ]
    found = resolve_facts(made, CATALOGUE, AT)
    pair = found.pairs["organisation:o", "model:m"]
    assert {name: fact.value for name, fact in pair.items()} == {
        "addressee.roles": developer,
        "addressee.roles@eu/ai-act": provider,
        "addressee.roles@us-co/sb-26-189": developer,
    }
    assert found.facts == {}


def test_unknown_facts_and_facts_on_the_wrong_subject_are_problems() -> None:
    found = resolve_facts(
        [
            said(True, CARD, "model.is_newish"),
            said(True, FORM, "addressee.is_accredited_college.us"),
            said(True, TABLE, "model.market_date"),
            said(True, FORM),
        ],
        CATALOGUE,
        AT,
    )
    assert {name for named in found.facts.values() for name in named} == {NEW}
    assert [problem.source for problem in found.problems] == [CARD, FORM, TABLE]
    assert found.problems[0].hint == "did you mean `model.is_new`?"


VALUES: st.SearchStrategy[Value] = st.sampled_from(
    [UNKNOWN, NONE, 5, Fraction(5, 2), Range(5, 5), Range(1, 9), Terms(frozenset("a"), False), Terms(frozenset("ab"))]
)
STATEMENTS = st.builds(
    FactStatement,
    st.sampled_from(["model:m", "model:n"]),
    st.sampled_from([COMPUTE, "model.compute.intended", "model.oops"]),
    VALUES,
    st.builds(Source, st.sampled_from(["a.md", "b.md"]), st.integers(0, 2)),
    st.sampled_from([None, date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)]),
)


@given(st.lists(STATEMENTS, max_size=8).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_statements_changes_nothing(both: tuple[list[FactStatement], list[FactStatement]]) -> None:
    one, other = (resolve_facts(found, CATALOGUE, AT) for found in both)
    assert one == other
    assert [str(problem) for problem in one.problems] == [str(problem) for problem in other.problems]


@given(st.lists(STATEMENTS, max_size=6), STATEMENTS)
def test_one_more_statement_never_settles_a_contradiction_of_the_undated(made: list[FactStatement], more: FactStatement) -> None:
    before = resolve_facts([one for one in made if one.stated_on is None], CATALOGUE, AT)
    after = resolve_facts([*(one for one in made if one.stated_on is None), more], CATALOGUE, AT)
    for subject, named in before.facts.items():
        for name, fact in named.items():
            if fact.how == "contradiction":
                assert after.facts[subject][name].how == "contradiction"
