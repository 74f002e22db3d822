"""compliance.yaml: what it states, and what it says where it is wrong."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.catalogue.licences import load_licences
from compliance.documents import Reading
from compliance.documents.layout import Layout
from compliance.documents.manifest import KEYS, open_manifest, read_manifest
from compliance.documents.recognition import load_recognition
from compliance.vocabulary import NONE, UNKNOWN, FactStatement, NodeStatement, Range, Terms

from .dossiers import CATALOGUE, codes, edges, facts, read, values, write


def manifest(folder: Path, text: str) -> Reading:
    write(folder, "compliance.yaml", text)
    return read(folder)


def statements(reading: Reading, fact: str) -> list[FactStatement]:
    return [one for one in reading.statements if isinstance(one, FactStatement) and one.fact == fact]


def attributes(reading: Reading, document: str) -> dict[str, Any]:
    found = [
        one.attributes for one in reading.statements if isinstance(one, NodeStatement) and one.node == f"document:{document}"
    ]
    return dict(found[-1])


def blocks(root: Path) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", (root / "docs" / "dossier.md").read_text("utf-8"), re.DOTALL)


def test_the_examples_of_the_documentation_are_right(root: Path, tmp_path: Path) -> None:
    examples = blocks(root)
    assert len(examples) == 4
    for number, example in enumerate(examples):
        folder = tmp_path / str(number)
        write(folder, "README.md", "# A model\n")
        assert codes(manifest(folder, example)) == []


def test_the_whole_example(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "README.md", "# A model\n## Limitations\nIt is small.\n")
    reading = manifest(tmp_path, blocks(root)[0])
    assert reading.subjects == ("model:example-7b", "system:example-chat", "incident:outage", "output:sample image")
    assert reading.inventory is not None
    assert (reading.inventory.complete, reading.inventory.by, reading.inventory.on) == (True, "release team", date(2026, 11, 1))
    assert [(one.provision, one.term, one.by, one.on) for one in reading.accepted] == [
        ("eu/ai-act/art-53-1-d", "sufficiently detailed", "legal team", date(2026, 10, 1))
    ]
    assert values(reading, "addressee.roles") == [Terms(frozenset({"provider", "developer"}))]
    assert values(reading, "addressee.has_address_or_office.kr") == [False]
    assert values(reading, "addressee.has_address_or_office.cn") == [True]
    assert values(reading, "model.market_date.eu") == [date(2026, 2, 16)]
    assert values(reading, "model.compute.own_training") == [Range(2 * 10**24, 5 * 10**24)]
    assert values(reading, "incident.discovered_at") == [datetime(2026, 9, 1, 8, 30, tzinfo=UTC)]
    assert values(reading, "model.licence.name") == ["Apache-2.0"]
    assert edges(reading, "part_of") == [
        ("model:example-7b", "system:example-chat", {}),
        ("incident:outage", "model:example-7b", {}),
        ("output:sample image", "system:example-chat", {}),
    ]
    assert edges(reading, "derived_from") == [("model:example-7b", "model:example/base-7b", {"relation": "finetune"})]
    [judged] = statements(reading, "model.evaluation_found_high_impact")
    assert (judged.value, judged.basis) == (False, "judged")
    assert judged.note == (
        "judged by evaluation board on 2026-10-01, standard internal protocol 3; "
        "source https://labs.example/evaluations; third round"
    )
    [pair] = statements(reading, "addressee.puts_own_name_on_it")
    assert (pair.subject, pair.pair) == ("organisation:Example Labs", "system:example-chat")
    card = attributes(reading, "README.md")
    assert (card["kind"], card["public"], card["topics"]) == (
        "model_card",
        True,
        Terms(frozenset({"limitations"}), complete=False),
    )


def test_roles_of_each_law(root: Path, tmp_path: Path) -> None:
    roles = statements(manifest(tmp_path, blocks(root)[1]), "addressee.roles")
    assert [(one.note, one.value, one.basis) for one in roles] == [
        ("eu/ai-act", Terms(frozenset({"provider"})), "stated"),
        ("us-ca/ab-2013", Terms(frozenset({"developer"})), "stated"),
    ]


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("model: {compute: {own_training: 3.4e24}}", "model.compute.own_training", 34 * 10**23),
        ("model: {compute.own_training: 1.5e-1}", "model.compute.own_training", Fraction(3, 20)),
        ("model: {compute: {own_training: unknown}}", "model.compute.own_training", UNKNOWN),
        ("model: {market_date: {eu: none}}", "model.market_date.eu", NONE),
        ("model: {has_systemic_risk.eu: true}", "model.has_systemic_risk.eu", True),
        ("model: {is_monetised: {value: false, on: 2030-01-01}}", "model.is_monetised", False),
        ("model: {languages: [no, en]}", "model.languages", Terms(frozenset({"no", "en"}))),
        ("model: {is_designated_systemic.eu: true}", "model.is_designated_systemic.eu", True),
    ],
)
def test_values(tmp_path: Path, text: str, fact: str, value: object) -> None:
    reading = manifest(tmp_path, text)
    assert values(reading, fact) == [value]
    assert codes(reading) == []


def test_a_statement_of_the_future_is_kept_with_its_day(tmp_path: Path) -> None:
    [one] = statements(manifest(tmp_path, "model: {is_monetised: {value: false, on: 2199-01-01}}"), "model.is_monetised")
    assert one.stated_on == date(2199, 1, 1)


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("modle: {name: x}", "PK101", "1:1", "model"),
        ("format: 2", "format", "1:1", "format: 1"),
        ("model:\n  is_monetized: true", "PK201", "2:3", "is_monetised"),
        ("model:\n  market_date: 2026-01-01", "PK201", "2:3", "market_date.eu"),
        ("model:\n  market_date.eu: soon", "value", "2:3", ""),
        ("model:\n  is_monetised: yes", "value", "2:3", ""),
        ("model:\n  is_monetised:", "value", "2:3", ""),
        ("model:\n  training_status: finishd", "value", "2:3", "finished"),
        ("model:\n  compute: {own_training: {from: 3, to: 2}}", "value", "2:13", ""),
        ("model:\n  compute: {own_training: {value: 3, sorce: x, note: y}}", "PK101", "2:38", "source"),
        ("model:\n  is_substantially_modified: true", "judged", "2:3", "judged"),
        ("model:\n  is_substantially_modified: {value: true, judged: {by: me}}", "judged", "2:44", "judged"),
        ("model:\n  documents: [{kind: copyright_polcy}]", "PK202", "2:16", "copyright_policy"),
        ("model:\n  documents: [{kind: copyright_policy, publik: true}]", "PK202", "2:40", "public"),
        ("model:\n  documents: [{kind: copyright_policy, public: maybe}]", "value", "2:40", ""),
        ("model:\n  documents: [{kind: safety_framework, topics: [standard]}]", "PK202", "2:40", "standards"),
        ("model:\n  documents: [{kind: copyright_policy, file: no.md}]", "path", "2:40", "folder"),
        ("model:\n  documents: [{kind: copyright_policy, file: ../README.md}]", "path", "2:40", "folder"),
        ("model:\n  documents: [{kind: copyright_policy, edge: part_of}]", "value", "2:40", "documented_by"),
        ("model:\n  documents: README.md", "value", "2:3", ""),
        ("organisation:\n  roles: [provider]", "value", "2:3", "name"),
        ("organisation:\n  name: a\n  roles: provider", "value", "3:3", ""),
        ("organisation:\n  name: a\n  roles: {AI Act: [provider]}", "value", "3:11", "eu/ai-act"),
        ("organisation:\n  name: a\n  towards: {modl: {}}\nmodel: {name: model}", "PK201", "3:13", "model"),
        ("organisation:\n  name: a\n  towards: {m: {is_established_in.eu: true}}\nmodel: {name: m}", "PK202", "3:17", "towards"),
        ("organisations:\n- {name: a}\n- {name: a}\nsystem: 3", "value", "4:1", ""),
        ("incident:\n  discovered_at: 2026-01-01", "value", "2:3", "of"),
        ("inventory: {complete: true}", "value", "1:1", "by"),
        ("inventory: complete", "value", "1:1", "by"),
        ("accepted:\n- {provision: eu/ai-act/art-53-1-d, term: x, by: me}", "value", "2:3", ""),
        ("waivers: 3", "value", "1:1", ""),
        ("- a", "value", "1:1", "format"),
        ("a: [", "yaml", "2:1", ""),
    ],
)
def test_mistakes_are_located(tmp_path: Path, text: str, code: str, place: str, hint: str) -> None:
    write(tmp_path, "README.md", "# M\n")
    reading = manifest(tmp_path, text)
    assert [(c, p.partition(":")[2]) for c, p in codes(reading)] == [(code, place)]
    assert hint in reading.problems[0].hint


def test_a_mistake_leaves_the_rest(tmp_path: Path) -> None:
    reading = manifest(tmp_path, "model: {is_monetized: true, is_new: false}\ninventory: {complete: true}\n")
    assert values(reading, "model.is_new") == [False]
    assert reading.inventory is None


def test_an_unjudged_judgement_is_no_fact(tmp_path: Path) -> None:
    assert facts(manifest(tmp_path, "model: {is_substantially_modified: true}")) == {}


def test_topics_stated_are_complete_and_those_of_the_card_are_added(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "# M\n## Limitations\nIt is small.\n")
    text = """
model:
  documents:
    - {kind: model_card, file: ./README.md, topics: [languages]}
    - {kind: downstream_documentation, file: README.md, topics: [tasks]}
    - {kind: safety_framework, topics: [standards, standrads]}
    - {kind: safety_framework}
"""
    reading = manifest(tmp_path, text)
    name = tmp_path.name
    assert attributes(reading, "README.md")["topics"] == Terms(frozenset({"languages", "limitations"}))
    assert attributes(reading, "README.md#downstream_documentation")["topics"] == Terms(frozenset({"tasks", "limitations"}))
    assert attributes(reading, f"{name}/safety_framework")["topics"] == Terms(frozenset({"standards"}), complete=False)
    assert attributes(reading, f"{name}/safety_framework-2") == {"kind": "safety_framework"}


def test_an_audit_is_reached_by_evaluation(tmp_path: Path) -> None:
    reading = manifest(tmp_path, "system: {name: s, documents: [{kind: bias_audit, performed_on: 2026-05-01}]}")
    assert edges(reading, "evaluated_on") == [("system:s", "document:s/bias_audit", {})]


def test_a_name_that_two_share_must_be_told_apart(tmp_path: Path) -> None:
    text = "model: {name: x}\nsystem: {name: x}\norganisation:\n  name: o\n  towards:\n    %s: {is_initial_provider: true}\n"
    assert codes(manifest(tmp_path, text % "x")) == [("value", "compliance.yaml:6:5")]
    [one] = statements(manifest(tmp_path, text % "system:x"), "addressee.is_initial_provider")
    assert one.pair == "system:x"


def test_names_left_out(tmp_path: Path) -> None:
    reading = manifest(tmp_path, "model: {is_new: true}\nsystem: {is_generative: true}\nincidents: [{of: model}, {of: model}]\n")
    assert reading.subjects == (
        f"model:{tmp_path.name}", f"system:{tmp_path.name}", "incident:incident-1", "incident:incident-2",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "without"), [("system: none", True), ("systems: none", True), ("system: {name: s}", False), ("", False)]
)
def test_no_system(tmp_path: Path, text: str, without: bool) -> None:
    reading = manifest(tmp_path, text)
    assert reading.without_system is without
    assert codes(reading) == []


def test_waivers_are_kept_raw_with_their_marks(tmp_path: Path) -> None:
    [waiver] = manifest(tmp_path, "waivers:\n- {id: w1, provision: eu/ai-act/art-5-1-f}\n").waivers
    assert waiver["id"] == "w1"
    assert waiver.keys_at["provision"].line == 2


WORDS = st.sampled_from(
    [*KEYS, "name", "documents", "kind", "file", "url", "roles", "towards", "of", "value", "judged", "by", "on", "complete",
     "none", "unknown", "provision", "term", "note", "eu", "compute", "market_date", "licence", "model_card", "topics", "x",
     "2026-01-01", "3.4e24", "README.md", "from", "to", "eu/ai-act", "base_model", "models", "source"]
)  # fmt: skip
TREES = st.recursive(
    st.one_of(WORDS, st.booleans(), st.integers(-5, 5), st.none(), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=25,
)


def as_yaml(tree: Any) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(as_yaml, tree)) + "]"
    if isinstance(tree, str):
        return '"' + "".join(c if c.isalnum() or c in " ./-:" else "_" for c in tree) + '"'
    return (
        {True: "true", False: "false", None: ""}.get(tree, str(tree))
        if not isinstance(tree, int) or isinstance(tree, bool)
        else str(tree)
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), TREES, max_size=6))
def test_no_manifest_breaks_the_reader(tree: dict[str, Any]) -> None:
    data, problems = open_manifest(as_yaml(tree))
    assert data is not None or problems
    if data is not None:
        files = frozenset({"README.md"})
        found = {"README.md": frozenset({"limitations"})}
        layout = Layout("model:m", {"README.md": "model:m"})
        read_manifest(data, layout, CATALOGUE, load_licences()[0], load_recognition(), files, found)
