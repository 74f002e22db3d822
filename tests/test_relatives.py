"""Dossiers of bases and relatives join the graph: figures and licences follow the lineage, and nothing of theirs is judged."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from compliance.flow import Learned, assess_dossier, learn_dossier
from compliance.graph import edges_of
from compliance.packs.law import Law
from compliance.relatives import dossiers_in
from compliance.vocabulary import UNKNOWN

DAY = date(2026, 11, 23)
BASE = """\
organisation: {name: Base Labs, roles: [provider], is_natural_person: true}
model: {name: base-7b, is_derived: false, is_new: true, compute: {own_training: 9*10^24}}
system: {name: chat, is_generative: false}
incidents: [{name: outage, of: base-7b}]
"""
TUNE = """\
organisation: {name: Tuners, roles: [provider, deployer]}
model: {name: tune, compute: {own_training: 3*10^24}}
system: {name: chat, models: [tune]}
"""


def card(licence: str, base: str = "", relation: str = "finetune") -> str:
    parent = f"base_model: {base}\nbase_model_relation: {relation}\n" if base else ""
    return f"---\nlicense: {licence}\n{parent}---\n# Model\n\n## Intended use\n\nAnswers questions of children on geography.\n"


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A base, a fine-tune of it, a merge of that, and a stranger."""
    write(tmp_path / "base-7b", README_md=card("llama3.1"), compliance_yaml=BASE)
    write(tmp_path / "tune", README_md=card("mit", "base-labs/base-7b"), compliance_yaml=TUNE)
    write(tmp_path / "merged", README_md=card("apache-2.0", "tuners/tune", "merge"))
    write(tmp_path / "stranger", README_md=card("mit"))
    return tmp_path


def learn(law: Law, folder: Path, *others: Path) -> Learned:
    return learn_dossier(folder, law.catalogue, DAY, others=others)


def test_nothing_of_a_relative_is_judged(house: Path, law: Law) -> None:
    alone = assess_dossier(house / "tune", law, DAY)
    joined = assess_dossier(house / "tune", law, DAY, others=[house])
    assert joined.problems == alone.problems == ()
    assert [(s.addressee.name, s.subject.name) for s in joined.situations] == [
        (s.addressee.name, s.subject.name) for s in alone.situations
    ]
    assert {s.addressee.name for s in joined.situations} == {"organisation:Tuners"}
    system = next(s.subject for s in joined.situations if s.subject.kind == "system")
    assert "system.is_generative" not in system.facts
    assert {d.name for s in joined.situations for d in s.subject.documents} == {"README.md"}


def test_compute_follows_the_lineage(house: Path, law: Law) -> None:
    facts = learn(law, house / "tune", house).facts.facts
    assert facts["model:tune"]["model.compute.upstream_training"].value == 9 * 10**24
    assert facts["model:tune"]["model.compute.modification_share"].value == Fraction(1, 3)
    assert "base-7b/compliance.yaml:2:67" in map(str, facts["model:tune"]["model.compute.upstream_training"].sources)
    alone = learn(law, house / "tune").facts.facts
    assert "model.compute.upstream_training" not in alone["model:tune"]


def test_a_licence_conflict_names_both_lines(house: Path, law: Law) -> None:
    run = assess_dossier(house / "tune", law, DAY, others=[house / "base-7b"])
    conflict = next(r for r in run.remarks if "model.licence.allows.use" in r.message)
    assert conflict.code == "contradiction"
    for place in ("README.md:2:1", "README.md:3:1", "base-7b/README.md:2:1"):
        assert place in conflict.message
    assert not [r for r in assess_dossier(house / "tune", law, DAY).remarks if "licence.allows.use" in r.message]


def test_who_provides_modifies_and_deploys(house: Path, law: Law) -> None:
    graph = learn(law, house / "tune", house).facts.graph
    acts = {(e.start, e.edge, e.end) for name in ("provided_by", "modified_by", "deployed_by") for e in edges_of(graph, name)}
    assert acts >= {
        ("model:base-labs/base-7b", "provided_by", "organisation:Base Labs"),
        ("model:base-labs/base-7b", "modified_by", "organisation:Tuners"),
        ("model:tune", "provided_by", "organisation:Tuners"),
        ("model:tune", "deployed_by", "organisation:Tuners"),
    }


def test_files_and_systems_of_a_relative_bear_its_name(house: Path, law: Law) -> None:
    graph = learn(law, house / "tune", house).facts.graph
    assert {"document:README.md", "document:base-7b/README.md", "system:chat", "system:base-7b/chat"} <= set(graph)
    assert not [name for name in graph if name.startswith("incident:") or "stranger" in name]
    assert {s.file for s in graph.nodes["document:base-7b/README.md"]["sources"]} == {"base-7b/README.md"}


def test_a_stranger_is_not_joined_and_this_is_said(house: Path, law: Law) -> None:
    learned = learn(law, house / "tune", house / "stranger")
    assert [(r.code, r.source.file) for r in learned.remarks] == [("lineage", "stranger")]
    assert learned.facts.facts == learn(law, house / "tune").facts.facts
    assert learn(law, house / "tune", house).remarks == learn(law, house / "tune", house / "base-7b", house / "merged").remarks


@pytest.mark.parametrize(
    ("mention", "name", "joined"),
    [
        ("base-labs/base-7b", "base-7b", True),
        ("base-7b", "base-labs__Base-7B", True),
        ("base-labs/base-7b", "base-labs/base-7b", True),
        ("others/base-7b", "base-labs/base-7b", False),
        ("base-labs/base-13b", "base-7b", False),
    ],
)
def test_which_names_are_one_model(tmp_path: Path, law: Law, mention: str, name: str, joined: bool) -> None:
    write(tmp_path / "b", compliance_yaml=f"model: {{name: {name}, is_derived: false, compute: {{own_training: 10^24}}}}\n")
    write(tmp_path / "a", README_md=card("mit", mention))
    facts = learn(law, tmp_path / "a", tmp_path / "b").facts.facts
    assert ("model.compute.upstream_training" in facts["model:a"]) is joined


def test_two_dossiers_of_one_model(house: Path, law: Law) -> None:
    write(house / "copy", compliance_yaml=BASE.replace("9*10^24", "5*10^24"))
    learned = learn(law, house / "tune", house)
    assert [r.message for r in learned.remarks if r.source.file == "copy"] == [
        "not joined: the dossier base-7b is about model:base-7b already"
    ]
    assert learned.facts.facts["model:tune"]["model.compute.upstream_training"].value == 9 * 10**24


def test_a_relative_says_nothing_on_the_judged_model(house: Path, law: Law) -> None:
    write(house / "merged", compliance_yaml="models: [{name: merged}, {name: tune, is_new: false}]\n")
    learned = learn(law, house / "tune", house)
    assert "model.is_new" not in learned.facts.facts["model:tune"]


def test_a_circle_is_refused_with_its_path(house: Path, law: Law) -> None:
    write(house / "base-7b", README_md=card("llama3.1", "tuners/tune"))
    learned = learn(law, house / "tune", house)
    (problem,) = [p for p in learned.problems if p.code == "cycle"]
    assert "model:base-labs/base-7b -> model:tune -> model:base-labs/base-7b" in problem.message
    fact = learned.facts.facts["model:tune"].get("model.compute.upstream_training")
    assert fact is None or fact.value is UNKNOWN


def test_problems_of_a_relative_are_placed_in_it(house: Path, law: Law) -> None:
    write(house / "base-7b", compliance_yaml=BASE + "modell: 1\n")
    assert [str(p.source) for p in learn(law, house / "tune", house).problems] == ["base-7b/compliance.yaml:5:1"]


def test_a_dossier_or_a_folder_of_them(house: Path) -> None:
    assert dossiers_in(house / "tune") == (house / "tune",)
    assert [p.name for p in dossiers_in(house)] == ["base-7b", "merged", "stranger", "tune"]
    (house / "README.md").write_text("# All our models\n", "utf-8")
    assert dossiers_in(house) == (house,)
    assert [p.name for p in dossiers_in(house, house / "tune")] == ["base-7b", "merged", "stranger"]
    assert dossiers_in(house / "tune", house / "tune") == ()
    with pytest.raises(ValueError, match="is not a folder"):
        dossiers_in(house / "nowhere")


def test_contradictory_documents_are_remarks_with_both_lines(tmp_path: Path, law: Law) -> None:
    write(tmp_path, README_md=card("mit"), compliance_yaml="model: {licence: {name: apache-2.0}}\n")
    run = assess_dossier(tmp_path, law, DAY)
    remark = next(r for r in run.remarks if "model.licence.name" in r.message)
    assert "Apache-2.0 (compliance.yaml:1:19)" in remark.message
    assert "MIT (README.md:2:1)" in remark.message
    assert run.problems == ()
