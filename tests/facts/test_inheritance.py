"""What a model may be is bounded by the models it is built on, and well-known bases are recognised by their names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from chainer_here import needs_durable
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.catalogue import load_catalogue
from compliance.catalogue.licences import find_licence, licence_of_model, load_licences
from compliance.facts import Known, derive_facts, load_derivations
from compliance.facts.inheritance import ancestry_of
from compliance.reading import Source
from compliance.vocabulary import UNKNOWN, EdgeStatement, Fact, FactStatement, Statement, show

CATALOGUE, _ = load_catalogue()
LICENCES, _ = load_licences()
RULES, _ = load_derivations(CATALOGUE)
AT = date(2026, 11, 23)
FREE = "model.is_released_under_free_licence"
ALLOWS = "model.licence.allows"
LLAMA = "meta-llama/Llama-3.1-8B-Instruct"


def edge(start: str, name: str, end: str, **attributes: str) -> EdgeStatement:
    return EdgeStatement(f"model:{start}", name, end, Source(f"{start}.md", 3 if name == "licensed_under" else 5), attributes)


def licensed(model: str, licence: str) -> EdgeStatement:
    return edge(model, "licensed_under", f"licence:{licence}")


def built_on(model: str, base: str, relation: str = "finetune") -> EdgeStatement:
    return edge(model, "derived_from", f"model:{base}", relation=relation)


def stated(model: str, value: bool) -> FactStatement:
    return FactStatement(f"model:{model}", FREE, value, Source("compliance.yaml", 8))


def known(*statements: Statement, chainer: str = "builtin") -> Known:
    return derive_facts(statements, CATALOGUE, LICENCES, AT, chainer)


def free(model: str, *statements: Statement) -> Fact:
    return known(*statements).facts[f"model:{model}"][FREE]


def test_what_is_inherited_is_what_the_rules_withhold_along_built_on() -> None:
    clauses = [clause for rule in RULES for clause in rule.clauses]
    rights = {f"{ALLOWS}.{what}" for what in ("access", "use", "modification", "distribution")}
    assert ancestry_of(clauses, (), {}).inherited == {FREE, *rights}


def test_a_base_whose_licence_is_not_known_leaves_it_open_and_is_named() -> None:
    found = known(licensed("tune", "MIT"), built_on("tune", "someone/base")).facts["model:tune"]
    for name in (FREE, *(f"{ALLOWS}.{what}" for what in ("access", "use", "modification", "distribution"))):
        assert (found[name].value, found[name].how) == (UNKNOWN, "withheld")
        assert found[name].note.endswith("built on someone/base, whose licence is not known")
        assert {Source("tune.md", 3), Source("tune.md", 5)} < set(found[name].sources)


def test_without_a_base_and_distilled_from_one_nothing_is_withheld() -> None:
    assert free("m", licensed("m", "MIT")).value is True
    assert free("m", licensed("m", "MIT"), built_on("m", "someone/base", "distil")).value is True


def test_a_base_further_up_the_line_is_the_one_that_is_named() -> None:
    line = [licensed("a", "MIT"), built_on("a", "b"), licensed("b", "MIT"), built_on("b", "c"), licensed("c", "MIT")]
    assert free("a", *line).value is True
    assert set(free("a", *line).sources) > {Source("a.md", 5), Source("b.md", 3), Source("c.md", 3)}
    open_end = [*line, built_on("c", "someone/base")]
    assert [free(name, *open_end).how for name in "abc"] == ["withheld"] * 3
    assert free("a", *open_end).note.endswith("built on someone/base, whose licence is not known")
    assert Source("c.md", 5) in free("a", *open_end).sources


def test_every_base_of_a_merge_counts() -> None:
    merge = [licensed("m", "MIT"), built_on("m", "b", "merge"), licensed("b", "MIT"), built_on("m", "c", "merge")]
    assert free("m", *merge).note.endswith("built on c, whose licence is not known")
    assert free("m", *merge, licensed("c", "Apache-2.0")).value is True
    assert free("m", *merge, licensed("c", "modified-mit")).note.endswith("built on c, whose licence leaves it open")


def test_models_built_on_each_other_stay_open() -> None:
    circle = [licensed("a", "MIT"), built_on("a", "b"), licensed("b", "MIT"), built_on("b", "a")]
    assert free("a", *circle).note.endswith("built on models that are built on each other")
    assert free("a", licensed("a", "MIT"), built_on("a", "a")).value is True


def test_a_statement_stands_against_a_base_that_is_not_known_but_not_against_a_restriction() -> None:
    made: list[Statement] = [licensed("tune", "MIT"), built_on("tune", "someone/base"), stated("tune", True)]
    assert free("tune", *made) == Fact(FREE, True, (Source("compliance.yaml", 8),))
    against = free("tune", licensed("tune", "MIT"), built_on("tune", LLAMA), stated("tune", True))
    assert (against.value, against.how) == (UNKNOWN, "contradiction")
    of_the_base: list[Statement] = [licensed("tune", "MIT"), built_on("tune", "someone/base"), stated("someone/base", True)]
    assert free("tune", *of_the_base).value is True


def test_what_its_own_licence_denies_needs_no_base() -> None:
    assert free("tune", licensed("tune", "CC-BY-NC-4.0"), built_on("tune", "someone/base")).value is False


def test_a_known_base_that_is_restricted_contradicts_by_its_name_and_is_reported() -> None:
    found = known(licensed("tune", "MIT"), built_on("tune", LLAMA))
    fact = found.facts["model:tune"][FREE]
    licence, pattern, place = licence_of_model(LLAMA, LICENCES) or pytest.fail("not known")
    assert (fact.value, fact.how, licence.id) == (UNKNOWN, "contradiction", "llama-3.1-community")
    assert f"licence known for models of this name: {pattern}" in fact.note
    assert {place, Source("tune.md", 3), Source("tune.md", 5)} < set(fact.sources)
    assert any(FREE in problem.message and problem.code == "contradiction" for problem in found.contradictions)
    assert found.facts[f"model:{LLAMA}"][FREE].value is False
    assert found.facts["model:tune"][f"{ALLOWS}.access"].how == "withheld"


def test_a_known_base_that_is_free_lets_the_licence_stand() -> None:
    fact = free("tune", licensed("tune", "MIT"), built_on("tune", "Qwen/Qwen2.5-7B"))
    assert (fact.value, fact.how) == (True, "derived")
    assert "licence known for models of this name: Qwen/Qwen2.5-7B*" in fact.note


def test_a_name_is_never_heard_over_a_document() -> None:
    fact = free("tune", licensed("tune", "MIT"), built_on("tune", LLAMA), licensed(LLAMA, "Apache-2.0"))
    assert (fact.value, fact.note) == (True, "A model is released as freely as its licence")
    code = edge(LLAMA, "licensed_under", "licence:MIT", covers="code")
    assert free("tune", licensed("tune", "MIT"), built_on("tune", LLAMA), code).how == "contradiction"


def test_a_name_says_nothing_of_a_model_that_nothing_is_built_on() -> None:
    assert FREE not in known(edge(LLAMA, "documented_by", "document:card")).facts.get(f"model:{LLAMA}", {})


@pytest.mark.parametrize("maker", ["organisation:o", "organisation:other"])
def test_who_developed_the_base_is_not_bound_by_its_own_terms(maker: str) -> None:
    pair = FactStatement(maker, "addressee.develops_it", True, Source("compliance.yaml", 9), pair="model:o/base")
    made: list[Statement] = [licensed("m", "MIT"), built_on("m", "o/base"), edge("m", "provided_by", "organisation:o"), pair]
    assert free("m", *made).value is (True if maker == "organisation:o" else UNKNOWN)
    assert free("m", *made, built_on("o/base", "else/base")).value is UNKNOWN


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("meta-llama/Llama-2-7b-hf", "llama-2-community"),
        ("meta-llama/Meta-Llama-3-8B", "llama-3-community"),
        ("META-LLAMA/meta-llama-3.1-8b", "llama-3.1-community"),
        ("google/gemma-2-9b-it", "gemma"),
        ("google/gemma-2b", "gemma"),
        ("Qwen/Qwen2.5-72B-Instruct", "qwen"),
        ("Qwen/Qwen2.5-3B", "qwen-research"),
        ("Qwen/Qwen2.5-32B", "Apache-2.0"),
        ("tiiuae/falcon-180B-chat", "falcon-180b"),
        ("tiiuae/falcon-7b", "Apache-2.0"),
        ("bigscience/bloomz-560m", "bigscience-bloom-rail-1.0"),
        ("mistralai/Mistral-7B-v0.1", "Apache-2.0"),
        ("allenai/OLMo-2-1124-13B-Instruct-RLVR2", "Apache-2.0"),
    ],
)
def test_well_known_names(name: str, licence: str) -> None:
    found = licence_of_model(name, LICENCES)
    assert found is not None
    assert found[0].id == licence


@pytest.mark.parametrize(
    "name",
    ["Llama-3.1-8B", "someone/Llama-3.1-8B", "x/meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.1-8B/x", "google/gemma-4-E4B", ""],
)
def test_names_that_tell_nothing(name: str) -> None:
    assert licence_of_model(name, LICENCES) is None


def test_every_line_of_names_has_its_source_and_no_two_licences_share_a_name(root: Path) -> None:
    for one in LICENCES.values():
        for pattern, place in one.models:
            line = (root / place.file).read_text("utf-8").splitlines()[place.line - 1]
            assert f"- {pattern}  # huggingface.co/{pattern.partition('/')[0]}/" in line
            found = licence_of_model(pattern.rstrip("*"), LICENCES)
            assert found is not None
            assert found[0] is find_licence(one.id, LICENCES)


@pytest.mark.parametrize(
    ("models", "line", "message"),
    [("[gemma-*]", 4, "`gemma-*` names no models"), ('["*/x"]', 4, "`*/x` names no models"), ("a/b", 2, "`models` is a list")],
)
def test_a_mistake_in_the_names_is_located(tmp_path: Path, models: str, line: int, message: str) -> None:
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "a.yaml").write_text(f"licences:\n  x:\n    made_for: model\n    models: {models}\n", "utf-8")
    found = [p for p in load_licences(tmp_path)[1] if message in p.message]
    assert [(p.source.file, p.source.line) for p in found] == [("rules/licences/a.yaml", line)]


NAMES = ("a", "b", "c", LLAMA, "Qwen/Qwen3-8B")
UNIVERSE: list[Statement] = [
    *(built_on(a, b, how) for a in NAMES for b in NAMES for how in ("finetune", "distil")),
    *(licensed(a, one) for a in NAMES for one in ("MIT", "gemma", "modified-mit")),
    *(stated(a, value) for a in NAMES for value in (True, False)),
]


def shown(found: Known) -> list[object]:
    return [
        *((subject, name, show(fact.value), fact) for subject, named in found.facts.items() for name, fact in named.items()),
        found.trace,
        found.contradictions,
    ]


@needs_durable
@settings(deadline=None)
@given(st.lists(st.sampled_from(UNIVERSE), max_size=14))
def test_both_chainers_withhold_the_same(statements: list[Statement]) -> None:
    assert shown(known(*statements)) == shown(known(*statements, chainer="durable"))


@settings(deadline=None)
@given(st.lists(st.sampled_from(UNIVERSE), max_size=14))
def test_nothing_is_derived_to_be_free_on_a_base_that_is_not(statements: list[Statement]) -> None:
    facts = known(*statements).facts
    lines = {
        (one.start, one.end)
        for one in statements
        if isinstance(one, EdgeStatement) and one.attributes.get("relation") == "finetune"
    }
    for model, base in lines:
        fact = facts.get(model, {}).get(FREE)
        if fact and fact.how == "derived" and fact.value is True and model != base:
            assert facts[base][FREE].value is True
