"""Formats that describe a model by fields: Model Card Toolkit, model-index, MONAI, CHAI and model.yml of a zoo."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.documents import REMARKS, Reading, read_documents
from compliance.vocabulary import FactStatement, NodeStatement, Terms

from .dossiers import CATALOGUE, codes, edges, facts, read, topics, values, write

TOOLKIT = "formats/model-card-toolkit/model_card_toolkit/utils/testdata"
MONAI = "formats/monai-bundles/models"
CHAI = "formats/chai-applied-model-card"
ZOO = "formats/openvino-omz-cards"
INDEX = "formats/model-index-pwc"


def said(reading: Reading, fact: str) -> set[str]:
    (value,) = values(reading, fact)
    assert isinstance(value, Terms)
    return set(value.known)


def topics_of(reading: Reading, model: str) -> set[str]:
    """Topics of the only document of a model."""
    ((_, document, _),) = [one for one in edges(reading, "documented_by") if one[0] == f"model:{model}"]
    return topics(reading, document.partition(":")[2])


def toolkit(**details: Any) -> str:
    return json.dumps({"schema_version": "0.0.2", "model_details": details, "considerations": {}})


# Read in the files: date of the version, licence, topics.
CATS = {"evaluation_results", "intended_uses", "limitations", "contact_mechanism", "licence"}
CARDS = {
    "cats_vs_dogs_v0_0_1": (date(2020, 8, 28), CATS),
    "cats_vs_dogs_v0_0_2": (date(2020, 8, 28), CATS),
    "considerations": (
        date(2020, 1, 1),
        {"architecture_and_parameters", "contact_mechanism", "intended_uses", "limitations", "licence", "modality_and_format"},
    ),
    "train_data": (date(2020, 1, 1), {"architecture_and_parameters", "contact_mechanism", "licence", "modality_and_format"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
def test_toolkit(corpus: Path, tmp_path: Path, name: str) -> None:
    reading = read(tmp_path / "m", card_json=(corpus / TOOLKIT / f"{name}.json").read_bytes())
    assert reading.subjects == ("model:m",)
    assert values(reading, "model.release_date") == [CARDS[name][0]]
    assert values(reading, "model.licence.name") == ["Apache-2.0"]
    assert topics(reading, "card.json") == CARDS[name][1]
    assert not edges(reading, "trained_on"), "names of splits are no data sets"


def test_toolkit_says_only_what_can_be_read_in_one_way(tmp_path: Path) -> None:
    text = toolkit(
        name="m", version={"date": "03/04/2020"}, licenses=[{"identifier": "MIT"}, {"custom_text": "Apache-2.0"}],
        owners=[{"contact": "the desk"}],
    )  # fmt: skip
    reading = read(tmp_path, card_json=text)
    assert facts(reading) == {}
    assert ("licence", "card.json:1:123") in codes(reading)
    assert "contact_mechanism" not in topics(reading, "card.json")


def test_the_schema_of_the_toolkit_is_no_card(corpus: Path) -> None:
    reading = read_documents(corpus / "formats" / "model-card-toolkit", CATALOGUE)
    assert {one.name.rpartition("/")[2] for one in reading.files if one.importer == "card_toolkit"} == {
        "cats_vs_dogs_v0_0_1.json", "cats_vs_dogs_v0_0_2.json", "considerations.json", "full.json", "train_data.json",
    }  # fmt: skip
    assert len(reading.subjects) == 5, "several cards in a folder are about several models"


def test_index_with_one_model(corpus: Path) -> None:
    """The file gives 11462568384 FLOPs, which are those of one run of the model."""
    reading = read_documents(corpus / INDEX / "tests/test-mi/01_base", CATALOGUE)
    assert {name: found for name, [(found, _)] in facts(reading).items()} == {
        "model.parameters.total": 23_834_568, "model.training.accelerator": "V100",
    }  # fmt: skip
    assert edges(reading, "trained_on") == [("model:01_base", "dataset:ImageNet", {})]


def test_index_with_several_models_and_a_collection(corpus: Path) -> None:
    reading = read_documents(corpus / INDEX / "tests/test-mi/03_col", CATALOGUE)
    names = ("model:Inception v3 - 90 epochs", "model:Inception v3 - 120 epochs")
    assert reading.subjects == names
    assert [(start, end) for start, end, _ in edges(reading, "trained_on")] == [(one, "dataset:ImageNet") for one in names]


def test_index_that_leads_elsewhere(corpus: Path) -> None:
    """Metadata in files of their own are not the model's until someone reads them."""
    reading = read_documents(corpus / INDEX / "examples/option2-yaml", CATALOGUE)
    assert reading.subjects == ("model:AlexNet", "model:ResNet-101", "model:ResNet-152")
    assert facts(reading) == {}
    assert topics_of(reading, "AlexNet") == {"evaluation_results"}


def test_wrong_indexes_bring_nothing_down(corpus: Path) -> None:
    reading = read_documents(corpus / INDEX, CATALOGUE)
    assert sum(one.importer == "results_index" for one in reading.files) >= 40
    assert {one.code for one in reading.problems} <= {"value", *REMARKS}


@pytest.mark.parametrize("count", ["about 7", "7B-13B", "[1, 2]", "-7", "7 GFLOPs"])
def test_a_count_that_is_none(tmp_path: Path, count: str) -> None:
    reading = read(tmp_path, index_yml=f"Models:\n- Name: m\n  Metadata:\n    Parameters: {count}\n")
    assert facts(reading) == {}
    assert codes(reading) == [("value", "index.yml:4:5")]


# Read in the files: what the use is limited to, and whether an evaluation figure is given.
BUNDLES = {
    "wholeBody_ct_segmentation": (True, True), "spleen_ct_segmentation": (True, True), "valve_landmarks": (True, False),
    "pediatric_abdominal_ct_segmentation": (True, True), "mednist_gan": (True, False), "classification_template": (False, False),
    "endoscopic_inbody_classification": (False, True), "brats_mri_generative_diffusion": (True, False),
}  # fmt: skip


@pytest.mark.parametrize("name", BUNDLES)
def test_monai(corpus: Path, name: str) -> None:
    limited, evaluated = BUNDLES[name]
    data = json.loads((corpus / MONAI / name / "configs/metadata.json").read_text())
    assert any(isinstance(one, (int, float)) for one in (data.get("eval_metrics") or {}).values()) == evaluated, (
        "labels are out of date"
    )
    reading = read_documents(corpus / MONAI / name, CATALOGUE)
    assert reading.subjects == (f"model:{name}",)
    assert any(one.code == "use" for one in reading.problems) == limited
    assert ("evaluation_results" in topics_of(reading, name)) == evaluated
    assert ("intended_uses" in topics_of(reading, name)) == ("intended_use" in data)


def test_monai_licence_of_the_data_is_not_the_models(corpus: Path) -> None:
    """It is in a file of its own; `See license.txt` in the metadata is the name of no licence."""
    for name in ("wholeBody_ct_segmentation", "ventricular_short_axis_3label", "endoscopic_tool_segmentation"):
        reading = read_documents(corpus / MONAI / name, CATALOGUE)
        places = [place for _, place in facts(reading).get("model.licence.name", [])]
        assert not [place for place in places if "data_license" in place or "metadata" in place]


def test_all_bundles(corpus: Path) -> None:
    reading = read_documents(corpus / "formats/monai-bundles", CATALOGUE)
    names = {f"model:{one.name}" for one in (corpus / MONAI).iterdir()}
    assert set(reading.subjects) == names
    assert len(names) == 31


def test_chai(corpus: Path, tmp_path: Path) -> None:
    for version in ("v0.1", "v0.2"):
        text = (corpus / CHAI / version / "examples" / "Penguin-Ai_PA-SLM.xml").read_bytes()
        reading = read(tmp_path / version, card_xml=text)
        assert facts(reading) == {"model.release_date": [(date(2024, 8, 23), "card.xml:15:3")]}
        assert topics(reading, "card.xml") >= {
            "intended_uses",
            "use_restrictions",
            "limitations",
            "training_data",
            "contact_mechanism",
        }
        assert not edges(reading, "derived_from"), "a foundation model that the product uses is no parent"


def test_chai_month_alone_is_no_day(corpus: Path, tmp_path: Path) -> None:
    reading = read(tmp_path, card_xml=(corpus / CHAI / "v0.2/examples/Aidoc_PTX-01.xml").read_bytes())
    assert facts(reading) == {}


def test_all_applied_cards(corpus: Path) -> None:
    reading = read_documents(corpus / CHAI / "v0.2", CATALOGUE)
    assert len(reading.subjects) == 17
    assert {one.code for one in reading.problems} <= REMARKS


LAUGHS = '<!DOCTYPE a [<!ENTITY b "xx">]><AppliedModelCard xmlns="https://mc.chai.org/v0.2/schema.xsd">&b;</AppliedModelCard>'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (LAUGHS, "card.xml:1:13"),
        ('<AppliedModelCard xmlns="https://mc.chai.org/v0.2/schema.xsd">', "card.xml:1:63"),
        ('<x xmlns="https://mc.chai.org/v0.2/schema.xsd"><AppliedModelCard/></x>', "card.xml:1:1"),
    ],
)
def test_hostile_xml_is_one_problem_and_the_rest_is_read(tmp_path: Path, text: str, place: str) -> None:
    reading = read(tmp_path, card_xml=text, README_md="---\nlicense: mit\n---\n# A")
    assert codes(reading) == [("xml", place)]
    assert values(reading, "model.licence.name") == ["MIT"]


def test_cost_of_one_inference_is_no_training_compute(corpus: Path) -> None:
    """The card of this model gives GFlops 0.126, and its model.yml a licence by address only."""
    name = "emotions-recognition-retail-0003"
    reading = read_documents(corpus / ZOO / "models/intel" / name, CATALOGUE)
    assert reading.subjects == (f"model:{name}",)
    assert not [one for one in facts(reading) if one.startswith("model.compute")]
    assert "model.licence.name" not in facts(reading)
    assert said(reading, "model.tasks") == {"object-attributes"}
    assert ("pointer", "model.yml:48:10") in codes(reading)


def test_all_models_of_a_zoo(corpus: Path) -> None:
    reading = read_documents(corpus / ZOO, CATALOGUE)
    taken = [one.name for one in reading.files if one.importer == "zoo_card"]
    assert len(taken) == len(list((corpus / ZOO).rglob("model.yml")))
    assert len({one for one in reading.subjects if one.startswith("model:")}) >= 250
    stated = [one for one in reading.statements if isinstance(one, FactStatement) and one.source.file in taken]
    assert {one.fact for one in stated} == {"model.tasks"}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("card.json", '{"model_details": {"name": "m"', "json"),
        ("card.json", '{"model_details": {"name": "m", "name": "n"}}', "PK102"),
        ("metadata.json", '{"monai_version": "1.0", "task": ' + "[" * 100, "depth"),
        ("metadata.json", '[{"monai_version": "1.0"}]', "json"),
        ("model.yml", "task_type: a\nfiles: [\nlicense: mit\n", "yaml"),
        ("model.yml", "task_type: &a b\nfiles: *a\nlicense: c\n", "yaml"),
        ("model-index.yml", "Models:\n- Name: a\n  Metadata: [\n", "yaml"),
        ("a.yaml", "form: model-documentation\n  x: [\n", "yaml"),
        ("a.csv", "form,section,field,value\nno-such-form,1,x,y\n", "value"),
    ],
)  # fmt: skip
def test_a_broken_file_is_one_located_problem(tmp_path: Path, name: str, text: str, code: str) -> None:
    write(tmp_path, name, text)
    reading = read(tmp_path, README_md="---\nlicense: mit\n---\n# A")
    assert [(one.code, one.source.file) for one in reading.problems] == [(code, name)]
    assert reading.problems[0].source.line
    assert values(reading, "model.licence.name") == ["MIT"]


def test_other_files_of_these_kinds_are_left_alone(tmp_path: Path) -> None:
    """Whatever their size and bytes: only a file that is one of the formats can be a broken one."""
    write(tmp_path, "weights.csv", b"\xff\xfe\x00binary")
    write(tmp_path, "compose.yml", "models:\n  - path: x\n")
    write(tmp_path, "big.xml", b"<a>" + b" " * 1_500_000)
    reading = read(tmp_path, README_md="---\nlicense: mit\n---\n# A")
    assert codes(reading) == []
    assert {one.name: one.importer for one in reading.files if one.importer} == {"README.md": "model_card"}


def test_a_card_of_a_format_beside_the_readme_is_of_the_same_model(tmp_path: Path) -> None:
    write(tmp_path / "m", "docs/card.json", toolkit(name="other words", licenses=[{"identifier": "MIT"}]))
    reading = read(tmp_path / "m", README_md="---\nlicense: mit\n---\n# A")
    assert reading.subjects == ("model:m",)
    assert values(reading, "model.licence.name") == ["MIT", "MIT"]
    assert any(isinstance(one, NodeStatement) and "also_named" in one.attributes for one in reading.statements)


def test_the_owners_of_a_toolkit_card_are_kept(tmp_path: Path) -> None:
    reading = read(
        tmp_path / "m", card_json=toolkit(owners=[{"name": "Vision team", "contact": "v@labs.example"}, {"name": "Ann"}])
    )
    told = [one.attributes["owner"] for one in reading.statements if isinstance(one, NodeStatement) and "owner" in one.attributes]
    assert told == [Terms(frozenset({"Vision team", "Ann"}), complete=False)]


def test_formats_and_versions_of_a_bundle(tmp_path: Path) -> None:
    image = {"type": "image", "format": "magnitude"}
    bundle = {"monai_version": "1.3.0", "network_data_format": {"inputs": {"image": image}, "outputs": {"pred": image}}}
    assert topics(read(tmp_path / "m", metadata_json=json.dumps(bundle)), "metadata.json") == {
        "software_versions", "modality_and_format"
    }  # fmt: skip
    del bundle["network_data_format"]["outputs"]  # type: ignore[attr-defined]
    assert topics(read(tmp_path / "n", metadata_json=json.dumps(bundle)), "metadata.json") == {"software_versions"}
    assert said(read(tmp_path / "m"), "model.modalities") == {"image"}


@pytest.mark.parametrize(
    ("result", "covered"), [("sensitivity 0.93", {"evaluation_results"}), ("see the paper", set()), ("", set())]
)
def test_results_of_an_applied_card(tmp_path: Path, result: str, covered: set[str]) -> None:
    text = (
        '<AppliedModelCard xmlns="https://mc.chai.org/v0.1/schema.xsd"><KeyMetrics><SafetyReliability>'
        f"<Result>{result}</Result></SafetyReliability></KeyMetrics></AppliedModelCard>"
    )
    assert topics(read(tmp_path, card_xml=text), "card.xml") == covered


@pytest.mark.parametrize(("count", "stated"), [(8, [True]), (1, []), (0, []), ("8", []), (True, [])])
def test_experts_in_a_configuration(tmp_path: Path, count: Any, stated: list[bool]) -> None:
    configuration = json.dumps({"architectures": ["A"], "num_local_experts": count})
    reading = read(tmp_path, README_md="---\nlicense: mit\n---\n", config_json=configuration)
    assert values(reading, "model.is_mixture_of_experts") == stated, "one expert, or no number, proves nothing"


@pytest.mark.parametrize(
    ("written", "kilograms"),
    [("12500", 12.5), ("{emissions: 240000, source: meter}", 240), ("{emissions: '0.5'}", 0.0005), ("{source: meter}", None),
     ("many", None)],
)  # fmt: skip
def test_emissions_in_the_front_matter(tmp_path: Path, written: str, kilograms: float | None) -> None:
    reading = read(tmp_path, README_md=f"---\nlicense: mit\nco2_eq_emissions: {written}\n---\n")
    found = [float(value) for value in values(reading, "model.training.co2_kg")]  # type: ignore[arg-type]
    assert found == ([] if kilograms is None else [kilograms])
