"""Fields of documents: which state something, which are left out for a reason, which nobody knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from compliance.cli.app import app
from compliance.documents.fields import list_fields
from compliance.documents.losses import EMPTY, REPORTED, Loss, read_losses
from compliance.documents.recognition import load_fields
from compliance.reading import load_json, load_xml, load_yaml

from .dossiers import write

FORMATS = (
    "formats/croissant", "formats/cyclonedx-spec", "formats/cyclonedx-rust-aibom", "formats/spdx3-ai-examples",
    "formats/monai-bundles",
    "formats/chai-applied-model-card", "formats/model-card-toolkit", "formats/model-index-pwc", "formats/openvino-omz-cards",
    "tables/fmti", "models/minimax-m1", "models/apertus-8b-2509-hf", "tables/hf-dataset-cards", "formats/hf-card-templates",
)  # fmt: skip
CARD = """---
license: mit
model_index_url: https://x.example
thumbnail: https://x.example/a.png
widget: [{text: hello, output: {text: there}}]
language: []
datasets: [{nested: name}]
---
# A model
"""


def losses(folder: Path, **files: str) -> dict[str, Loss]:
    for name, content in files.items():
        write(folder, ".".join(name.rsplit("_", 1)), content)
    return {one.file: one for one in read_losses(folder)}


def test_fields_of_trees() -> None:
    tree = load_json('{"a": [{"b": 1}, {"b": [2, 3], "c": {}}, "x"], "d": null, "e": {"f.g": []}}', "x")
    assert [(one.path, one.values) for one in list_fields(tree)] == [
        ("a", ("x",)), ("d", (None,)), ("a.b", (1,)), ("a.b", (2, 3)), ("a.c", ()), ("e.f.g", ()),
    ]  # fmt: skip
    text = list_fields(load_xml("<a><b>1</b><b/><c>t<d>2</d></c></a>", "x"))
    assert [(one.path, one.values[0]) for one in text] == [("a.b", "1"), ("a.b", ""), ("a.c", "t"), ("a.c.d", "2")]


def test_every_kind(tmp_path: Path) -> None:
    one = losses(tmp_path, README_md=CARD)["README.md"]
    assert one.mapped == 1, "license"
    assert dict(one.left_out) == {EMPTY: 1, REPORTED: 1, "presentation": 3}
    assert [(path, str(place)) for path, place in one.unexplained] == [("model_index_url", "README.md:3:18")]
    assert one.read == 7


def test_a_field_counts_where_it_is_made_use_of(tmp_path: Path) -> None:
    """The description of a dataset says what it was used for; that of a model says nothing here."""
    parameters = {"datasets": [{"type": "dataset", "name": "d", "description": "used for training the model"}]}
    bill = {
        "bomFormat": "CycloneDX", "components": [
            {"type": "machine-learning-model", "name": "m", "description": "a model",
             "modelCard": {"modelParameters": parameters}}
        ],
    }  # fmt: skip
    one = losses(tmp_path, bom_json=json.dumps(bill))["bom.json"]
    assert (one.left_out["prose"], one.unexplained) == (1, ())
    assert one.mapped == 5, "type and name of both, and the description of the dataset"


def test_a_file_that_is_not_read_is_refused(tmp_path: Path) -> None:
    one = losses(tmp_path, metadata_json='{"monai_version": "1", "a": [}')["metadata.json"]
    assert one.refused is not None
    assert (str(one.refused.source), one.read) == ("metadata.json:1:30", 0)


def test_the_reasons_are_sound() -> None:
    """Every kind of reason is described, every format has an importer, and no pattern explains everything."""
    told = load_fields("left-out.yaml")
    for name, reasons in told["formats"].items():
        assert set(reasons) <= set(told["reasons"]), name
        for patterns in reasons.values():
            assert all(isinstance(one, str) and one.strip("*. ") for one in patterns), name
    used = {kind for reasons in told["formats"].values() for kind in reasons}
    assert used == set(told["reasons"])


@pytest.mark.parametrize("name", FORMATS)
def test_no_field_of_real_documents_is_lost_without_a_reason(corpus: Path, name: str) -> None:
    if not (corpus / name).is_dir():
        pytest.skip(f"{name} is not in this corpus")
    found = read_losses(corpus / name)
    assert sum(one.mapped for one in found) > 0
    assert [one.unexplained for one in found if one.unexplained] == []


def test_no_field_of_a_sample_is_lost_without_a_reason(root: Path) -> None:
    for sample in sorted(one for one in (root / "samples").iterdir() if one.is_dir()):
        assert [one.unexplained for one in read_losses(sample) if one.unexplained] == [], sample.name


def test_the_command(tmp_path: Path) -> None:
    write(tmp_path, "README.md", CARD)
    result = CliRunner().invoke(app, ["graph", str(tmp_path), "--losses"])
    assert result.exit_code == 0
    assert "unexplained: model_index_url (1, first at README.md:3:18)" in result.stdout
    told: list[dict[str, Any]] = json.loads(
        CliRunner().invoke(app, ["graph", str(tmp_path), "--losses", "--format", "json"]).stdout
    )
    assert [(one["file"], one["mapped"], one["fields"]) for one in told] == [("README.md", 1, 7)]
    assert CliRunner().invoke(app, ["graph", str(tmp_path), "--losses", "--format", "svg"]).exit_code == 2
    assert CliRunner().invoke(app, ["graph", str(tmp_path / "none"), "--losses"]).exit_code == 2
    assert CliRunner().invoke(app, ["graph", str(write_empty(tmp_path / "e")), "--losses"]).stdout.startswith("no file")


def write_empty(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_old_ends_of_lines_in_yaml_count_no_line() -> None:
    """Editors count ends of lines as YAML 1.2 does, not as YAML 1.1 did."""
    data = load_yaml("a: x\u2028y\nb: 'p\x85q'\nc: 1\n", "x")
    assert data == {"a": "x y", "b": "p q", "c": 1}
    assert data.keys_at["c"].line == 3
