"""Components, licences and classes of a release: what is known counts, what nobody says stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.catalogue import load_catalogue
from compliance.catalogue.licences import load_licences
from compliance.catalogue.openness import COMPONENT_KINDS, load_framework, openness, suits
from compliance.facts import derive_facts
from compliance.facts.openness import Grade, Granted, Part, Release, grade, release_of
from compliance.reading import Source
from compliance.vocabulary import NONE, UNKNOWN, EdgeStatement, FactStatement, NodeStatement, Statement, Terms, Truth

CATALOGUE, _ = load_catalogue()
LICENCES, _ = load_licences()
FRAMEWORK, PROBLEMS = load_framework()
AT = date(2026, 11, 23)
CARD, LICENCE_FILE = Source("README.md", 3), Source("LICENSE", 1)
THIRD = ("model_architecture", "model_parameters_final", "technical_report", "evaluation_results", "model_card", "data_card")
SECOND = (*THIRD, "training_code", "inference_code", "evaluation_code", "evaluation_data")
FIRST = (*SECOND, "research_paper", "datasets", "data_preprocessing_code", "model_parameters_intermediate")


def release(*components: str, licence: str = "MIT", complete: bool = True) -> Release:
    return Release(dict.fromkeys(components, Part(True)), {"whole": Granted(licence)}, complete)


def graded(made: Release) -> Grade:
    return grade(made, FRAMEWORK, LICENCES)


def met(made: Release) -> dict[int, Truth]:
    return {one.number: one.met for one in graded(made).levels}


def known_of(*statements: Statement) -> Grade:
    return graded(release_of(derive_facts(statements, CATALOGUE, LICENCES, AT), "model:m", FRAMEWORK))


def test_the_rules_are_whole() -> None:
    assert PROBLEMS == ()
    assert len(FRAMEWORK.components) == 17
    assert {one.id for one in FRAMEWORK.asked(3)} == set(THIRD)
    assert {one.id for one in FRAMEWORK.asked(2)} == set(SECOND)
    assert {one.id for one in FRAMEWORK.asked(1)} == set(FIRST)
    named = {one.fact for one in FRAMEWORK.components.values()} | {one.licence for one in FRAMEWORK.components.values()}
    assert (named | set(FRAMEWORK.kind_licences.values())) - {""} <= set(CATALOGUE.facts)
    kinds = {kind for one in FRAMEWORK.components.values() for kind in (*one.documents, *one.data_documents)}
    assert kinds <= set(CATALOGUE.documents)
    topics = {topic for one in CATALOGUE.documents.values() for topic in one.topics}
    assert {topic for one in FRAMEWORK.components.values() for topic in one.topics} <= topics


def test_what_stands_on_a_list_is_open() -> None:
    for one in FRAMEWORK.lists.values():
        assert [name for name in one.licences if openness(name, FRAMEWORK, LICENCES).value is not True] == []


def test_mistakes_in_the_rules_are_located(tmp_path: Path) -> None:
    folder = tmp_path / "openness"
    folder.mkdir()
    (folder / "components.yaml").write_text(
        "components:\n  code: {name: Code, kind: code, class: 3}\n  weights: {kind: stone, class: 3}\n"
        "  paper: {kind: data, clas: 1}\n"
    )
    framework, problems = load_framework(tmp_path)
    assert list(framework.components) == ["code"]
    assert [(one.source.line, one.code) for one in problems] == [(3, "catalogue"), (4, "PK101"), (4, "catalogue")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MIT", True), ("Apache 2.0", True), ("cc-by-4.0", True), ("CDLA-Permissive-2.0", True), ("ODC-By-1.0", True),
        ("CC-BY-NC-4.0", False), ("llama3", False), ("bigscience-bloom-rail-1.0", False), ("Soundex", False),
        ("proprietary", False), ("agpl-1.0", True), ("Nunit", True),
        ("GFDL-1.3", True), ("StandardML-NJ", True), ("our own terms", None), ("unknown", None), ("", None),
        ("MIT OR CC-BY-NC-4.0", True), ("MIT AND CC-BY-NC-4.0", False), ("MIT AND our-own", None),
    ],
)  # fmt: skip
def test_whether_a_licence_is_open(name: str, value: Truth) -> None:
    answer = openness(name, FRAMEWORK, LICENCES)
    assert answer.value is value
    assert answer.why


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("MIT", {"code"}),
        ("CC-BY-4.0", {"data", "documentation"}),
        ("CDLA-Permissive-2.0", {"data"}),
        ("CC-BY-4.0 AND MIT", set()),
    ],
)
def test_for_what_a_licence_was_written(name: str, kinds: set[str]) -> None:
    assert {kind for kind in COMPONENT_KINDS if suits(name, kind, FRAMEWORK, LICENCES)} == kinds
    assert suits("our own terms", "code", FRAMEWORK, LICENCES) is None


@pytest.mark.parametrize(("components", "reached"), [(THIRD, 3), (SECOND, 2), (FIRST, 1), (THIRD[:-1], None)])
def test_classes(components: tuple[str, ...], reached: int | None) -> None:
    assert graded(release(*components)).reached == reached


def test_a_class_needs_those_below_it() -> None:
    without_card = [one for one in FIRST if one != "model_card"]
    assert met(release(*without_card)) == {3: False, 2: False, 1: False}


def test_a_paper_stands_in_for_the_report_but_not_the_other_way() -> None:
    with_paper = [one for one in (*THIRD, "research_paper") if one != "technical_report"]
    assert met(release(*with_paper)) == {3: True, 2: False, 1: False}
    first_without_report = [one for one in FIRST if one != "technical_report"]
    assert graded(release(*first_without_report)).reached == 1
    first_without_paper = [one for one in FIRST if one != "research_paper"]
    assert graded(release(*first_without_paper)).reached == 2


def test_shares_are_those_of_what_is_asked_for() -> None:
    first = {one.number: one.share for one in graded(release(*THIRD)).levels}
    assert [str(first[number]) for number in (3, 2, 1)] == ["1", "3/5", "3/7"]


def test_what_is_unknown_leaves_the_class_open_and_what_is_missing_does_not() -> None:
    almost = [one for one in THIRD if one != "data_card"]
    assert met(release(*almost, complete=False)) == {3: None, 2: None, 1: None}
    assert met(release(*almost, complete=True)) == {3: False, 2: False, 1: False}
    level = graded(release(*almost, complete=False)).levels[0]
    assert (level.unknown, level.lacking, level.share) == (("data_card",), (), None)
    assert graded(release(*almost, complete=False)).within_reach == 1


@pytest.mark.parametrize(("licence", "truth"), [("llama3", False), ("our own terms", None), ("Apache-2.0", True)])
def test_the_licence_decides_with_the_component(licence: str, truth: Truth) -> None:
    assert met(release(*THIRD, licence=licence))[3] is truth


def test_own_licence_then_that_of_the_kind_then_that_of_the_whole() -> None:
    made = Release(
        {
            "model_architecture": Part(True),
            "training_code": Part(True, granted=Granted("GPL-3.0-only")),
            "model_card": Part(True),
        },
        {"whole": Granted("CC-BY-4.0"), "code": Granted("MIT", (LICENCE_FILE,))},
    )
    found = graded(made).standings
    assert [found[one].granted.licence for one in ("training_code", "model_architecture", "model_card")] == [
        "GPL-3.0-only", "MIT", "CC-BY-4.0",
    ]  # fmt: skip
    assert found["model_architecture"].granted.sources == (LICENCE_FILE,)


def test_no_licence_is_not_open_and_an_unknown_one_is_unknown() -> None:
    for licence, value in ((NONE, False), (UNKNOWN, None)):
        standing = graded(Release({"model_card": Part(True, granted=Granted(licence))})).standings["model_card"]
        assert (standing.open.value, standing.counts) == (value, value)


def document(name: str, kind: str, public: bool | None, *topics: str, owner: str = "model:m") -> list[Statement]:
    attributes: dict[str, object] = {"kind": kind, "topics": Terms(frozenset(topics), complete=False)}
    if public is not None:
        attributes["public"] = public
    return [NodeStatement(f"document:{name}", CARD, attributes), EdgeStatement(owner, "documented_by", f"document:{name}", CARD)]


def fact(name: str, value: object, subject: str = "model:m", source: Source = CARD) -> FactStatement:
    return FactStatement(subject, name, value, source)  # type: ignore[arg-type]  # values of the tests are values


def test_a_silent_dossier_leaves_everything_unknown() -> None:
    found = known_of(NodeStatement("model:m", CARD))
    assert {one.part.released for one in found.standings.values()} == {None}
    assert {one.granted.licence for one in found.standings.values()} == {UNKNOWN}
    assert (found.reached, found.within_reach) == (None, 1)


def test_public_weights_and_their_licence_with_their_lines() -> None:
    found = known_of(
        fact("model.is_in_public_repository", True), fact("model.has_weight_files", True),
        fact("model.licence.name", "Apache-2.0", source=LICENCE_FILE),
    ).standings["model_parameters_final"]  # fmt: skip
    assert (found.part.released, found.granted.licence, found.counts) == (True, "Apache-2.0", True)
    assert (found.part.sources, found.granted.sources) == ((CARD,), (LICENCE_FILE,))


def test_weights_known_to_be_kept_rule_every_class_out() -> None:
    assert known_of(fact("model.public.weights", False)).within_reach is None


@pytest.mark.parametrize(("public", "released"), [(True, True), (None, None), (False, None)])
def test_a_document_counts_as_released_only_where_it_is_known_to_be_public(public: bool | None, released: Truth) -> None:
    found = known_of(*document("card", "model_card", public, "evaluation_results")).standings
    assert found["model_card"].part == Part(released, (CARD,))
    assert found["evaluation_results"].part.released is released


def test_the_licence_of_the_weights_is_not_that_of_the_code() -> None:
    found = known_of(fact("model.licence.name", "llama3"), fact("model.code_licence.name", "MIT")).standings
    assert found["training_code"].granted.licence == "MIT"
    assert found["model_parameters_final"].granted.licence == "llama3"
    assert found["model_card"].granted.licence is UNKNOWN


def data(*licences: str | None) -> list[Statement]:
    made: list[Statement] = []
    for number, licence in enumerate(licences):
        made.append(EdgeStatement("model:m", "trained_on", f"dataset:{number}", CARD))
        if licence:
            made.append(fact("dataset.licence.name", licence, f"dataset:{number}"))
    return made


@pytest.mark.parametrize(
    ("licences", "value"),
    [(("CC0-1.0", "CC-BY-4.0"), True), (("CC0-1.0", "CC-BY-NC-4.0"), False), (("CC0-1.0", None), None), ((), None)],
)
def test_datasets_are_open_only_if_all_of_them_are(licences: tuple[str | None, ...], value: Truth) -> None:
    standing = known_of(NodeStatement("model:m", CARD), *data(*licences)).standings["datasets"]
    assert standing.open.value is value
    assert standing.part.released is None


def test_the_card_of_a_dataset_is_a_data_card() -> None:
    found = known_of(*data("CC0-1.0"), *document("data", "data_card", True, owner="dataset:0")).standings
    assert found["data_card"].part.released is True


TRUTHS = st.sampled_from([True, False, None])
LICENCE_NAMES = st.sampled_from([UNKNOWN, NONE, "MIT", "llama3", "our own terms"])
PARTS = st.builds(lambda released, licence: Part(released, granted=Granted(licence)), TRUTHS, LICENCE_NAMES)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(FIRST), PARTS), st.dictionaries(st.sampled_from(FIRST), st.booleans()))
def test_learning_more_never_changes_a_class_that_is_decided(parts: Mapping[str, Part], answers: Mapping[str, bool]) -> None:
    before = met(Release(parts))
    learned = dict(parts)
    for name, answer in answers.items():
        old = parts.get(name, Part())
        licence = Granted("MIT" if answer else "llama3") if old.granted.licence is UNKNOWN else old.granted
        learned[name] = Part(answer if old.released is None else old.released, granted=licence)
    after = met(Release(learned))
    assert all(before[number] in (None, after[number]) for number in before)
