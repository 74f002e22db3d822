"""Every organisation with every subject; what a dossier leaves out is filled with what nothing is known about."""

from __future__ import annotations

from datetime import date

from compliance.catalogue import load_catalogue
from compliance.facts import NAMELESS, Known, derive_facts
from compliance.reading import Source
from compliance.vocabulary import EdgeStatement, FactStatement, NodeStatement, Situation, Statement, Terms

CATALOGUE, _ = load_catalogue()
AT = date(2026, 11, 23)
HERE = Source("compliance.yaml", 1)


def nodes(*names: str) -> list[Statement]:
    return [NodeStatement(name, HERE) for name in names]


def edge(start: str, name: str, end: str) -> EdgeStatement:
    return EdgeStatement(start, name, end, HERE)


def known(*statements: Statement, closed: bool = False, without_system: bool = False) -> Known:
    return derive_facts(statements, CATALOGUE, {}, AT, closed=closed, without_system=without_system)


def pairs(*statements: Statement) -> list[tuple[str, str, str]]:
    return [
        (one.addressee.name, one.subject.name, one.parent.name if one.parent else "") for one in known(*statements).situations
    ]


def situation_of(found: Known, subject: str) -> Situation:
    (one,) = [one for one in found.situations if one.subject.name == subject]
    return one


def test_every_organisation_with_every_subject() -> None:
    assert pairs(*nodes("organisation:a", "organisation:b", "model:m", "system:s")) == [
        ("organisation:a", "model:m", ""),
        ("organisation:a", "system:s", ""),
        ("organisation:b", "model:m", ""),
        ("organisation:b", "system:s", ""),
    ]


def test_without_an_organisation_a_nameless_one_stands_in() -> None:
    found = known(*nodes("model:m"))
    assert {one.addressee.name for one in found.situations} == {NAMELESS}
    assert found.situations[0].addressee.kind == "addressee"
    assert found.situations[0].addressee.facts == {}


def test_without_a_system_one_is_assumed_unless_there_is_none() -> None:
    found = known(*nodes("model:m"))
    system = situation_of(found, "system:m-system").subject
    assert (system.kind, system.facts, system.documents, system.sources) == ("system", {}, (), ())
    assert [one.subject.name for one in known(*nodes("model:m"), without_system=True).situations] == ["model:m"]
    assert [one.subject.name for one in known(*nodes("model:m", "system:s")).situations] == ["model:m", "system:s"]
    assert known(*nodes("organisation:o")).situations == ()


def test_the_assumed_system_has_the_name_of_the_family() -> None:
    family = [edge("model:m-7b", "part_of", "model:m"), edge("model:m-67b", "part_of", "model:m")]
    assert [subject for _, subject, _ in pairs(*family)] == ["model:m-67b", "model:m-7b", "system:m-system"]


def test_a_model_that_is_only_a_parent_is_no_subject() -> None:
    lineage = [edge("model:tune", "derived_from", "model:base"), FactStatement("model:base", "model.is_new", True, HERE)]
    assert [subject for _, subject, _ in pairs(*lineage)] == ["model:tune", "system:tune-system"]
    documented = edge("model:base", "documented_by", "document:base.md")
    assert "model:base" in [subject for _, subject, _ in pairs(*lineage, documented)]
    circle = [edge("model:a", "derived_from", "model:b"), edge("model:b", "derived_from", "model:a")]
    assert [subject for _, subject, _ in pairs(*circle)] == ["model:a", "model:b", "system:a-system"]


def test_datasets_are_subjects_where_something_is_known_of_them() -> None:
    trained = edge("model:m", "trained_on", "dataset:d")
    assert "dataset:d" not in [subject for _, subject, _ in pairs(trained)]
    assert "dataset:d" in [subject for _, subject, _ in pairs(trained, edge("dataset:d", "documented_by", "document:sheet"))]


def test_incidents_belong_to_a_model_and_outputs_to_a_system() -> None:
    made = nodes("model:m", "model:n", "system:s", "incident:i", "output:o", "decision:d")
    made += [edge("incident:i", "part_of", "model:n"), edge("output:o", "part_of", "system:s")]
    found = [(subject, parent) for _, subject, parent in pairs(*made)]
    assert ("incident:i", "model:n") in found
    assert ("output:o", "system:s") in found
    assert ("decision:d", "") in found


def test_an_incident_of_a_system_is_judged_with_the_system_and_one_of_both_with_each() -> None:
    made = nodes("model:m", "system:s", "incident:i", "incident:j")
    made += [edge("incident:i", "part_of", "system:s"), edge("incident:j", "part_of", "system:s")]
    made.append(edge("incident:j", "part_of", "model:m"))
    found = {(subject, parent) for _, subject, parent in pairs(*made)}
    assert {one for one in found if one[0].startswith("incident:")} == {
        ("incident:i", "system:s"), ("incident:j", "system:s"), ("incident:j", "model:m"),
    }  # fmt: skip


def test_an_incident_of_the_only_model_need_not_say_so() -> None:
    assert (NAMELESS, "incident:i", "model:m") in pairs(*nodes("model:m", "incident:i"))


def test_an_incident_of_nobody_knows_which_model_is_a_problem() -> None:
    found = known(*nodes("model:m", "model:n", "incident:i"))
    assert situation_of(found, "incident:i").parent is None
    assert [problem.message for problem in found.problems] == ["incident:i belongs to no model"]


def test_facts_of_the_pair_are_beside_those_of_the_two() -> None:
    roles = "addressee.roles"
    found = known(
        *nodes("organisation:o", "model:m", "incident:i"),
        FactStatement("organisation:o", roles, Terms(frozenset({"provider"})), HERE, pair="model:m", note="eu/ai-act"),
        FactStatement("organisation:o", roles, Terms(frozenset({"developer"})), HERE),
        FactStatement("model:m", "model.is_new", True, HERE),
        without_system=True,
    )
    model, incident = situation_of(found, "model:m"), situation_of(found, "incident:i")
    assert set(model.addressee.facts) == {roles}
    assert set(model.subject.facts) == {"model.is_new"}
    assert set(model.pair) == set(incident.pair) == {"addressee.roles@eu/ai-act"}


def test_documents_come_with_attributes_typed_by_the_catalogue() -> None:
    attributes = {
        "kind": "bias_audit",
        "performed_on": "2026-03-01",
        "lowest_impact_ratio": "4/5",
        "colour": "red",
        "public": True,
    }
    found = known(
        NodeStatement("document:audit.pdf", Source("compliance.yaml", 9), attributes),
        edge("system:s", "evaluated_on", "document:audit.pdf"),
        edge("organisation:o", "documented_by", "document:policy"),
        closed=True,
    )
    one = situation_of(found, "system:s")
    (audit,) = one.subject.documents
    assert (audit.name, audit.kind, audit.edge) == ("audit.pdf", "bias_audit", "evaluated_on")
    assert audit.sources == (HERE, Source("compliance.yaml", 9))
    assert audit.attributes["performed_on"] == date(2026, 3, 1)
    assert str(audit.attributes["lowest_impact_ratio"]) == "4/5"
    assert "colour" not in audit.attributes
    assert [document.name for document in one.addressee.documents] == ["policy"]
    assert one.closed


def test_an_attribute_that_cannot_be_read_is_a_problem_and_unknown() -> None:
    found = known(
        NodeStatement("document:d", HERE, {"kind": "model_card", "public": "perhaps", "date": "soon"}),
        NodeStatement("document:e", HERE, {"kind": "model_card", "public": True}),
        NodeStatement("document:e", Source("x.md", 2), {"public": False}),
        edge("model:m", "documented_by", "document:d"),
        edge("model:m", "documented_by", "document:e"),
    )
    documents = situation_of(found, "model:m").subject.documents
    assert [set(one.attributes) for one in documents] == [set(), set()]
    assert sorted(problem.code for problem in found.problems) == ["contradiction", "document", "document"]
    assert any(
        "sources disagree on public: false (x.md:2) against true (compliance.yaml:1)" in str(one) for one in found.problems
    )


def test_the_licence_of_the_model_says_nothing_of_the_system() -> None:
    found = known(
        *nodes("system:s"),
        edge("model:m", "part_of", "system:s"),
        FactStatement("model:m", "model.is_released_under_free_licence", True, HERE),
    )
    assert situation_of(found, "system:s").subject.facts == {}
