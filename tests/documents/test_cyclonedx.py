"""CycloneDX bills: what they state of a model, what is only there because a tool or a form left it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from compliance.documents import Reading
from compliance.vocabulary import NodeStatement, Terms

from .dossiers import codes, edges, facts, read, topics, values, write

NAME = "model.licence.name"


def bill(*components: dict[str, Any], **metadata: Any) -> str:
    """A bill with these components, laid out so that every member has a line of its own."""
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": metadata, "components": components}, indent=1)


def model(name: str = "small-7b", **members: Any) -> dict[str, Any]:
    return {"type": "machine-learning-model", "name": name, **members}


def licensed(*names: str) -> list[dict[str, Any]]:
    return [{"license": {"name": name}} for name in names]


def open_bill(folder: Path, *components: dict[str, Any], **metadata: Any) -> Reading:
    return read(folder, bom_json=bill(*components, **metadata))


def kinds(reading: Reading) -> dict[str, str]:
    found = (one for one in reading.statements if isinstance(one, NodeStatement))
    return {one.node.removeprefix("document:"): str(one.attributes["kind"]) for one in found if "kind" in one.attributes}


def test_the_only_model_of_a_bill_is_that_of_its_folder(tmp_path: Path) -> None:
    reading = open_bill(tmp_path, model(group="lab", licenses=[{"license": {"id": "MIT"}}]))
    assert facts(reading) == {NAME: [("MIT", "bom.json:13:13")]}
    assert {one.subject for one in reading.statements if hasattr(one, "subject")} == {f"model:{tmp_path.name}"}
    names = [one.attributes["also_named"] for one in reading.statements if "also_named" in getattr(one, "attributes", {})]
    assert names == [Terms(frozenset({"lab/small-7b", "small-7b"}), complete=False)]
    assert kinds(reading) == {"bom.json": "bill_of_materials"}


def test_a_model_that_an_application_uses_is_not_that_of_the_folder(tmp_path: Path) -> None:
    reading = open_bill(tmp_path, model(licenses=licensed("MIT")), component={"type": "application", "name": "chat"})
    assert edges(reading, "licensed_under") == [("model:small-7b", "licence:MIT", {"covers": "model"})]


def test_the_subject_of_the_bill_is_the_model_of_the_folder(tmp_path: Path) -> None:
    other = model("aide", licenses=licensed("Apache-2.0"))
    reading = open_bill(tmp_path, other, component=model(licenses=licensed("MIT")))
    assert edges(reading, "licensed_under") == [
        (f"model:{tmp_path.name}", "licence:MIT", {"covers": "model"}),
        ("model:aide", "licence:Apache-2.0", {"covers": "model"}),
    ]
    assert kinds(reading) == {f"bom.json#{tmp_path.name}": "bill_of_materials", "bom.json#aide": "bill_of_materials"}


def test_two_bills_of_a_folder_are_about_models_of_their_own(tmp_path: Path) -> None:
    reading = read(tmp_path, a_json=bill(model("a", licenses=licensed("MIT"))), b_json=bill(model("b", licenses=licensed("ISC"))))
    assert [start for start, _, _ in edges(reading, "licensed_under")] == ["model:a", "model:b"]


def test_a_model_is_known_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "compliance.yaml", "format: 1\nmodel: {name: lab/small-7b}\n")
    reading = open_bill(tmp_path, model("big-70b", licenses=licensed("ISC")), model("small-7b", licenses=licensed("MIT")))
    assert edges(reading, "licensed_under")[0] == ("model:big-70b", "licence:ISC", {"covers": "model"})
    assert edges(reading, "licensed_under")[1][0] == "model:lab/small-7b"


def test_a_bill_below_the_card_is_about_the_one_model(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "---\nlicense: mit\n---\n# Small\n")
    write(tmp_path, "sbom/bom.json", bill(model(licenses=licensed("MIT"))))
    assert [place for _, place in facts(read(tmp_path))[NAME]] == ["README.md:2:1", "sbom/bom.json:12:15"]


@pytest.mark.parametrize(
    ("licences", "stated", "ends", "remarks"),
    [
        (licensed("Apache License 2.0"), ["Apache-2.0"], ["Apache-2.0"], 0),
        ([{"expression": "MIT OR Apache-2.0"}], ["MIT OR Apache-2.0"], ["MIT OR Apache-2.0"], 0),
        (licensed("Lab Terms for Small Models"), ["Lab Terms for Small Models"], ["Lab Terms for Small Models"], 0),
        (licensed("MIT", "ISC"), [], ["MIT", "ISC"], 1),
        (licensed("MIT", "mit"), ["MIT"], ["MIT"], 0),
        (licensed("unknown"), [], [], 1),
        (licensed("NOASSERTION"), [], [], 1),
        (licensed("Other (see the card)"), [], [], 1),
        (licensed("See LICENSE file"), [], [], 1),
        (licensed("[More Information Needed]"), [], [], 1),
        (licensed("https://example.com/terms"), [], ["https://example.com/terms"], 0),
        (licensed("https://creativecommons.org/licenses/by/4.0/"), ["CC-BY-4.0"], ["CC-BY-4.0"], 0),
        (licensed(""), [], [], 0),
        ([], [], [], 0),
        ("MIT", [], [], 0),
    ],
)
def test_licences(tmp_path: Path, licences: Any, stated: list[str], ends: list[str], remarks: int) -> None:
    reading = open_bill(tmp_path, model(licenses=licences))
    assert values(reading, NAME) == stated
    assert [end for _, end, _ in edges(reading, "licensed_under")] == [f"licence:{one}" for one in ends]
    assert [code for code, _ in codes(reading)] == ["licence"] * remarks


def test_what_is_declared_comes_before_what_is_concluded(tmp_path: Path) -> None:
    both = [
        {"license": {"id": "MIT", "acknowledgement": "concluded"}},
        {"license": {"id": "ISC", "acknowledgement": "declared", "url": "https://example.com/isc"}},
    ]
    reading = open_bill(tmp_path, model(licenses=both))
    assert values(reading, NAME) == ["ISC"]
    assert edges(reading, "licensed_under")[0][2] == {"covers": "model", "link": "https://example.com/isc"}
    alone = open_bill(tmp_path, model(licenses=both[:1]))
    assert [one.note for one in alone.statements if hasattr(one, "note")] == [
        "written as `MIT`; concluded, not declared by its authors"
    ]


def test_ancestors_and_descendants(tmp_path: Path) -> None:
    above = model(
        "base", group="lab", licenses=licensed("MIT"), pedigree={"ancestors": [model("root"), {"type": "library", "name": "x"}]}
    )
    reading = open_bill(
        tmp_path, model(pedigree={"ancestors": [above], "descendants": [model("tuned")], "variants": [model("cousin")]})
    )
    here = f"model:{tmp_path.name}"
    assert edges(reading, "derived_from") == [
        (here, "model:lab/base", {}), ("model:lab/base", "model:root", {}), ("model:tuned", here, {}),
    ]  # fmt: skip
    assert edges(reading, "licensed_under") == [("model:lab/base", "licence:MIT", {"covers": "model"})]
    assert [start for start, _, _ in edges(reading, "documented_by")] == [here], "an ancestor is not what the bill documents"


def card(**members: Any) -> dict[str, Any]:
    return model(modelCard=members)


def test_topics_need_content(tmp_path: Path) -> None:
    considerations = {
        "useCases": ["What is the model for?", "Sorting of letters by language."],
        "technicalLimitations": ["Which limits are known?"],
        "environmentalConsiderations": {
            "energyConsumptions": [{"activity": "training", "activityEnergyCost": {"value": 12.5, "unit": "kWh"}}]
        },
    }
    metrics = [{"type": "accuracy", "value": "0.91"}]
    reading = open_bill(tmp_path, card(considerations=considerations, quantitativeAnalysis={"performanceMetrics": metrics}))
    assert topics(reading, "bom.json") == {"intended_uses", "energy", "evaluation_results"}
    assert kinds(reading) == {"bom.json": "model_card"}


def test_forms_that_nobody_filled_in_cover_nothing(tmp_path: Path) -> None:
    considerations = {
        "useCases": ["TBD"],
        "technicalLimitations": ["[More Information Needed]"],
        "environmentalConsiderations": {
            "energyConsumptions": [
                {"activity": "inference", "activityEnergyCost": {"value": 3, "unit": "kWh"}},
                {"activity": "training", "activityEnergyCost": {"value": 0, "unit": "kWh"}},
            ]
        },
    }
    metrics = [{"type": "accuracy", "value": "the value"}, {"type": "unknown", "value": "0.4"}]
    reading = open_bill(tmp_path, card(considerations=considerations, quantitativeAnalysis={"performanceMetrics": metrics}))
    assert topics(reading, "bom.json") == set()
    assert {code for code, _ in codes(reading)} <= {"placeholder"}


PARAMETERS = {"task": "Text Generation", "inputs": [{"format": "text"}], "outputs": [{"format": "text"}]}


def test_a_task_that_hubs_know(tmp_path: Path) -> None:
    reading = open_bill(tmp_path, card(modelParameters=PARAMETERS))
    assert values(reading, "model.tasks") == [Terms(frozenset({"text-generation"}), complete=False)]
    assert values(reading, "model.output_modalities") == [Terms(frozenset({"text"}), complete=False)]
    assert topics(reading, "bom.json") == {"tasks", "modality_and_format"}
    assert facts(open_bill(tmp_path, card(modelParameters={"task": "the task of the model"}))) == {}


@pytest.mark.parametrize("tools", [[{"name": "maker"}], {"components": [{"type": "application", "name": "maker"}]}])
def test_defaults_of_a_tool_are_no_statement(tmp_path: Path, tools: Any) -> None:
    reading = open_bill(tmp_path, card(modelParameters=PARAMETERS), tools=tools)
    assert facts(reading) == {}
    assert topics(reading, "bom.json") == set()


@pytest.mark.parametrize(
    ("dataset", "found"),
    [
        ({"name": "Training Data"}, ["trained_on"]),
        ({"name": "letters", "description": "Used to test the model."}, ["evaluated_on"]),
        ({"name": "letters", "description": "Letters for training and evaluation."}, ["trained_on", "evaluated_on"]),
        ({"name": "letters", "description": "Held out; not used in training."}, []),
        ({"name": "letters"}, []),
        ({"name": "unknown"}, None),
        ({"name": "strain-gauges"}, []),
    ],
)
def test_datasets_are_for_training_or_for_evaluation(tmp_path: Path, dataset: dict[str, str], found: list[str] | None) -> None:
    reading = open_bill(tmp_path, card(modelParameters={"datasets": [{"type": "dataset", **dataset}]}))
    ends = {edge: edges(reading, edge) for edge in ("trained_on", "evaluated_on")}
    assert [edge for edge, said in ends.items() if said] == (found or [])
    assert [code for code, _ in codes(reading)] == (["scope"] if found == [] else [])


def test_a_data_component_that_is_referred_to(tmp_path: Path) -> None:
    data = {
        "type": "data", "bom-ref": "d1", "name": "letters", "licenses": licensed("CC-BY-4.0"),
        "data": [{
            "type": "dataset", "description": "Training set.", "contents": {"url": "https://huggingface.co/datasets/lab/letters"},
            "classification": "public", "sensitiveData": ["names"], "governance": {"owners": [{"organization": {"name": "Lab"}}]},
        }],
    }  # fmt: skip
    use = card(modelParameters={"datasets": [{"ref": "d1"}]})
    reading = open_bill(tmp_path, use, {**data, "description": "Training set."})
    assert edges(reading, "trained_on") == [(f"model:{tmp_path.name}", "dataset:lab/letters", {})]
    assert edges(reading, "licensed_under") == [("dataset:lab/letters", "licence:CC-BY-4.0", {"covers": "data"})]
    assert values(reading, "dataset.licence.name") == ["CC-BY-4.0"]
    said = next(
        one.attributes for one in reading.statements if isinstance(one, NodeStatement) and one.node == "dataset:lab/letters"
    )
    assert said == {
        "url": "https://huggingface.co/datasets/lab/letters", "classification": "public",
        "sensitive_data": Terms(frozenset({"names"}), complete=False), "owners": Terms(frozenset({"Lab"}), complete=False),
    }  # fmt: skip


def test_makers_are_kept_and_made_no_addressee(tmp_path: Path) -> None:
    reading = open_bill(tmp_path, model(publisher="Lab", manufacturer={"name": "Lab"}, supplier={"name": "unknown"}))
    said = [one.attributes for one in reading.statements if "publisher" in getattr(one, "attributes", {})]
    assert said == [{"publisher": "Lab", "manufacturer": "Lab"}]
    assert not any("organisation:" in str(one) for one in reading.statements)


def test_ordinary_software_states_nothing(tmp_path: Path) -> None:
    reading = open_bill(tmp_path, {"type": "library", "name": "left-pad", "licenses": licensed("MIT")})
    assert facts(reading) == {}
    assert edges(reading, "licensed_under") == []


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ('{"bomFormat": "CycloneDX", "components": [', [("json", "bom.json:1:43")]),
        ('{"bomFormat": "CycloneDX",\n "a": 1, "a": 2}', [("PK102", "bom.json:2:10")]),
        ('["bomFormat", {"bomFormat": "CycloneDX"}, {}]', [("json", "bom.json:1:1")]),
        ('{"bomFormat": "CycloneDX", "x": ' + "[" * 9999, [("depth", "bom.json:1:72")]),
        (b'{"bomFormat": "CycloneDX", "x": "\xff"}', [("encoding", "bom.json:1:34")]),
        ('{"bomFormat": "CycloneDX", "x": "' + "y" * 1_000_000 + '"}', [("size", "bom.json")]),
        (b'{"vocabulary": "\xff"}', []),
        ('{"vocabulary": "' + "y" * 1_000_000 + '"}', []),
        ("[", []),
        ('{"bomFormat": "CycloneDX", "components": {"type": 3, "name": []}, "metadata": 7}', []),
    ],
)
def test_a_broken_bill_is_one_problem_and_other_json_none(
    tmp_path: Path, content: str | bytes, problems: list[tuple[str, str]]
) -> None:
    write(tmp_path, "model_card.md", "---\nlicense: mit\n---\n")
    reading = read(tmp_path, bom_json=content)
    assert codes(reading) == problems
    assert values(reading, NAME) == ["MIT"]


def corpus_folder(corpus: Path, name: str) -> Path:
    path = corpus / "formats" / name
    if not path.is_dir():
        pytest.skip(f"{name} is not in this corpus")
    return path


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
def test_official_examples(corpus: Path, version: str) -> None:
    folder = corpus_folder(corpus, "cyclonedx-spec") / "tools/src/test/resources" / version
    reading = read(folder)
    own = f"valid-machine-learning-{version}.json"
    assert topics(reading, own) == {"intended_uses", "limitations", "modality_and_format"}
    assert [end for _, end, _ in edges(reading, "trained_on")] == ["dataset:Training Data"]
    figures = {"model.training.energy_kwh": [Fraction(2, 5)], "model.training.co2_kg": [31220]} if version != "1.5" else {}
    said = {fact: [value for value, _ in found] for fact, found in facts(reading).items()}
    assert said == figures, "no licence is named, and the task is a sample text"
    assert codes(reading) == []
    if version != "1.5":
        other = f"valid-machine-learning-considerations-env-{version}.json"
        assert topics(reading, other) == {"energy"}
        assert ("model:meta-llama/Llama-2-7b", f"document:{other}", {}) in edges(reading, "documented_by")


def test_output_of_a_generator(corpus: Path) -> None:
    reading = read(corpus_folder(corpus, "cyclonedx-rust-aibom"))
    assert facts(reading) == {NAME: [("tencent-hunyuanworld-voyager-community", "aibom.json:71:21")]}
    assert edges(reading, "derived_from") == edges(reading, "trained_on") == []


def used(activity: str, value: float, unit: str = "kWh") -> dict[str, Any]:
    return {"activity": activity, "activityEnergyCost": {"value": value, "unit": unit}}


@pytest.mark.parametrize(
    ("uses", "stated"),
    [
        ([used("training", 4.5), used("inference", 9)], [Fraction(9, 2)]), ([used("fine-tuning", 1)], []),
        ([used("training", 1), used("training", 2)], []), ([used("training", 1, "MWh")], []), ([used("training", 0)], []),
    ],
)  # fmt: skip
def test_energy_of_training(tmp_path: Path, uses: list[dict[str, Any]], stated: list[Fraction]) -> None:
    considerations = {"environmentalConsiderations": {"energyConsumptions": uses}}
    reading = open_bill(tmp_path, model(modelCard={"considerations": considerations}))
    assert [value for value, _ in facts(reading).get("model.training.energy_kwh", [])] == stated
