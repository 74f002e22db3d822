"""SPDX 3.0 with the AI and Dataset profiles: packages, and relationships of the files in them."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from compliance.documents import Reading
from compliance.vocabulary import NodeStatement, Terms

from .dossiers import codes, edges, facts, read, topics, values, write

FILE = "bill.spdx3.json"
NAME = "model.licence.name"
CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"


def package(key: str, name: str, **members: Any) -> dict[str, Any]:
    return {"type": "ai_AIPackage", "spdxId": key, "name": name, **members}


def dataset(key: str, name: str, **members: Any) -> dict[str, Any]:
    return {"type": "dataset_DatasetPackage", "spdxId": key, "name": name, **members}


def file(key: str, name: str) -> dict[str, Any]:
    return {"type": "software_File", "spdxId": key, "name": name}


def relation(start: str, kind: str, *ends: str, **members: Any) -> dict[str, Any]:
    return {
        "type": "Relationship",
        "spdxId": f"{start}{kind}{ends}",
        "from": start,
        "relationshipType": kind,
        "to": ends,
        **members,
    }


def licence(key: str, expression: str) -> dict[str, Any]:
    return {"type": "simplelicensing_LicenseExpression", "spdxId": key, "simplelicensing_licenseExpression": expression}


def open_bill(folder: Path, *elements: dict[str, Any]) -> Reading:
    write(folder, FILE, json.dumps({"@context": CONTEXT, "@graph": elements}, indent=1))
    return read(folder)


def test_a_package_with_its_licence_and_release(tmp_path: Path) -> None:
    reading = open_bill(
        tmp_path,
        package("m", "Small", releaseTime="2026-03-01T23:30:00Z"),
        licence("l", "MIT"),
        relation("m", "hasDeclaredLicense", "l"),
    )
    assert facts(reading) == {
        NAME: [("MIT", f"{FILE}:21:5")],
        "model.release_date": [(date(2026, 3, 1), f"{FILE}:8:19")],
    }
    assert edges(reading, "documented_by") == [(f"model:{tmp_path.name}", f"document:{FILE}", {})]
    kinds = [one.attributes["kind"] for one in reading.statements if "kind" in getattr(one, "attributes", {})]
    assert kinds == ["bill_of_materials"]


@pytest.mark.parametrize(
    ("elements", "stated"),
    [
        ([licence("l", "MIT OR Apache-2.0"), relation("m", "hasDeclaredLicense", "l")], ["MIT OR Apache-2.0"]),
        ([relation("m", "hasDeclaredLicense", "https://spdx.org/licenses/ISC")], ["ISC"]),
        ([licence("l", "MIT"), relation("m", "hasConcludedLicense", "l")], ["MIT"]),
        (
            [
                licence("a", "MIT"), licence("b", "ISC"),
                relation("m", "hasConcludedLicense", "a"), relation("m", "hasDeclaredLicense", "b"),
            ],
            ["ISC"],
        ),
        (
            [
                {"type": "expandedlicensing_DisjunctiveLicenseSet", "spdxId": "l", "expandedlicensing_member": ["a", "b"]},
                licence("a", "MIT"), licence("b", "ISC"), relation("m", "hasDeclaredLicense", "l"),
            ],
            ["MIT OR ISC"],
        ),
        (
            [
                {"type": "expandedlicensing_ConjunctiveLicenseSet", "spdxId": "l", "expandedlicensing_member": ["l", "a"]},
                licence("a", "MIT"), relation("m", "hasDeclaredLicense", "l"),
            ],
            [],
        ),
        ([licence("l", "NOASSERTION"), relation("m", "hasDeclaredLicense", "l")], []),
        ([relation("m", "hasDeclaredLicense", "https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertion")], []),
        ([relation("m", "hasDeclaredLicense", "https://spdx.org/rdf/3.0.1/terms/Licensing/None")], []),
        ([relation("m", "hasDeclaredLicense", "elsewhere")], []),
        ([file("f", "LICENSE"), licence("l", "MIT"), relation("f", "hasDeclaredLicense", "l")], []),
        ([licence("l", "MIT")], []),
    ],
)  # fmt: skip
def test_licences(tmp_path: Path, elements: list[dict[str, Any]], stated: list[str]) -> None:
    reading = open_bill(tmp_path, package("m", "Small"), *elements)
    assert values(reading, NAME) == stated
    assert {f"licence:{one}" for one in stated} == {end for _, end, _ in edges(reading, "licensed_under")}


def test_what_is_said_of_files_is_said_of_the_packages_that_contain_them(tmp_path: Path) -> None:
    reading = open_bill(
        tmp_path,
        package("m", "Small"), file("w", "weights.bin"), relation("m", "contains", "w"),
        dataset("d", "Letters", software_downloadLocation="https://huggingface.co/datasets/lab/letters"),
        file("folder", "data"), file("train", "train.txt"), file("loose", "extra.txt"),
        relation("d", "contains", "folder"), relation("folder", "contains", "train"),
        relation("w", "trainedOn", "train", "loose"), relation("w", "testedOn", "train"),
        relation("train", "trainedOn", "loose"),
    )  # fmt: skip
    here = f"model:{tmp_path.name}"
    assert edges(reading, "trained_on") == [(here, "dataset:lab/letters", {}), (here, "dataset:extra.txt", {})]
    assert edges(reading, "evaluated_on") == [(here, "dataset:lab/letters", {})]


def test_a_package_of_which_some_files_train_and_others_test_is_neither(tmp_path: Path) -> None:
    reading = open_bill(
        tmp_path, package("m", "Small"), dataset("d", "Letters"), file("a", "train.txt"), file("b", "test.txt"),
        relation("d", "contains", "a", "b"), relation("m", "trainedOn", "a"), relation("m", "testedOn", "b"),
    )  # fmt: skip
    assert [end for _, end, _ in edges(reading, "trained_on")] == ["dataset:train.txt"]
    assert [end for _, end, _ in edges(reading, "evaluated_on")] == ["dataset:test.txt"]


def test_packages_that_contain_each_other_end(tmp_path: Path) -> None:
    reading = open_bill(
        tmp_path, package("m", "Small"), file("a", "a"), file("b", "b"),
        relation("a", "contains", "b"), relation("b", "contains", "a"), relation("a", "trainedOn", "b"),
    )  # fmt: skip
    assert edges(reading, "trained_on") == []


@pytest.mark.parametrize("said", [relation("m", "descendantOf", "p"), relation("p", "ancestorOf", "m")])
def test_ancestry_in_both_directions(tmp_path: Path, said: dict[str, Any]) -> None:
    parent = package("p", "Base", software_downloadLocation="https://huggingface.co/lab/base-7b")
    reading = open_bill(
        tmp_path, package("m", "Small"), parent, licence("l", "MIT"), relation("p", "hasDeclaredLicense", "l"), said
    )
    here = f"model:{tmp_path.name}"
    assert edges(reading, "derived_from") == [(here, "model:lab/base-7b", {})]
    assert edges(reading, "licensed_under") == [("model:lab/base-7b", "licence:MIT", {"covers": "model"})]
    assert [start for start, _, _ in edges(reading, "documented_by")] == [here]


def test_a_parent_outside_the_bill(tmp_path: Path) -> None:
    reading = open_bill(
        tmp_path, package("m", "Small"), relation("m", "descendantOf", "https://huggingface.co/lab/base", "urn:x")
    )
    assert edges(reading, "derived_from") == [(f"model:{tmp_path.name}", "model:lab/base", {})]


def test_a_model_that_an_application_uses_is_not_that_of_the_folder(tmp_path: Path) -> None:
    root = {"type": "software_Sbom", "spdxId": "s", "rootElement": ["app"]}
    app = {"type": "software_Package", "spdxId": "app", "name": "chat"}
    said = (licence("l", "MIT"), relation("m", "hasDeclaredLicense", "l"))
    reading = open_bill(tmp_path, root, app, package("m", "Small"), *said)
    assert edges(reading, "licensed_under") == [("model:Small", "licence:MIT", {"covers": "model"})]
    reading = open_bill(tmp_path, {**root, "rootElement": ["m"]}, app, package("m", "Small"), package("n", "Aide"), *said)
    assert edges(reading, "licensed_under") == [(f"model:{tmp_path.name}", "licence:MIT", {"covers": "model"})]


def energy(stage: str, quantity: Any, unit: str = "kilowattHour") -> dict[str, Any]:
    return {stage: [{"type": "ai_EnergyConsumptionDescription", "ai_energyQuantity": quantity, "ai_energyUnit": unit}]}


@pytest.mark.parametrize(
    ("members", "covered"),
    [
        ({"ai_limitation": "It reads Latin letters only."}, {"limitations"}),
        ({"ai_limitation": "None"}, set()),
        ({"ai_limitation": "[More Information Needed]"}, set()),
        ({"ai_informationAboutTraining": "Two epochs of gradient descent on letters."}, {"design_and_training"}),
        ({"ai_metric": [{"key": "f1", "value": "0.46"}]}, {"evaluation_results"}),
        ({"ai_metric": [{"key": "f1", "value": "to follow"}]}, set()),
        ({"ai_energyConsumption": energy("ai_trainingEnergyConsumption", "0.0048")}, {"energy"}),
        ({"ai_energyConsumption": energy("ai_trainingEnergyConsumption", 4)}, {"energy"}),
        ({"ai_energyConsumption": energy("ai_trainingEnergyConsumption", "0")}, set()),
        ({"ai_energyConsumption": energy("ai_trainingEnergyConsumption", "4", "other")}, set()),
        ({"ai_energyConsumption": energy("ai_inferenceEnergyConsumption", "0.0048")}, set()),
        ({"ai_safetyRiskAssessment": "low", "ai_autonomyType": "no", "ai_domain": ["law"]}, set()),
    ],
)
def test_topics_of_a_model(tmp_path: Path, members: dict[str, Any], covered: set[str]) -> None:
    assert topics(open_bill(tmp_path, package("m", "Small", **members)), FILE) == covered


def test_a_release_that_is_no_date_is_a_problem(tmp_path: Path) -> None:
    reading = open_bill(tmp_path, package("m", "Small", releaseTime="next spring"))
    assert facts(reading) == {}
    assert codes(reading) == [("value", f"{FILE}:8:19")]


def test_makers_are_kept_and_made_no_addressee(tmp_path: Path) -> None:
    lab = {"type": "Organization", "spdxId": "o", "name": "Lab"}
    reading = open_bill(tmp_path, package("m", "Small", suppliedBy="o", originatedBy=["o", "gone"]), lab)
    said = [one.attributes for one in reading.statements if isinstance(one, NodeStatement) and "supplier" in one.attributes]
    one = Terms(frozenset({"Lab"}), complete=False)
    assert said == [{"manufacturer": one, "supplier": one}]
    assert not any("organisation:" in str(one) for one in reading.statements)


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (f'{{"@context": "{CONTEXT}", "@graph": [', [("json", f"{FILE}:1:75")]),
        (f'{{"@context": "{CONTEXT}", "@graph": 7, "spdxId": []}}', []),
        (f'{{"@context": "{CONTEXT}", "type": "ai_AIPackage", "spdxId": "m", "name": "Small"}}', []),
    ],
)
def test_odd_files(tmp_path: Path, content: str, problems: list[tuple[str, str]]) -> None:
    write(tmp_path, FILE, content)
    reading = read(tmp_path)
    assert [(one.name, one.importer) for one in reading.files] == [(FILE, "spdx3")]
    assert codes(reading) == problems


def corpus_folder(corpus: Path, name: str) -> Path:
    path = corpus / "formats" / "spdx3-ai-examples" / name
    if not path.is_dir():
        pytest.skip(f"{name} is not in this corpus")
    return path


def test_an_example_of_a_model(corpus: Path) -> None:
    reading = read(corpus_folder(corpus, "ai/example02"))
    bill = "spdx3.0/sbom.spdx3.json"
    assert topics(reading, bill) == {"design_and_training", "energy", "evaluation_results", "licence"}
    assert facts(reading)[NAME] == [("CC0-1.0", f"{bill}:472:17")]
    assert {(start, end) for start, end, _ in edges(reading, "trained_on")} == {
        ("model:example02", "dataset:train.txt"), ("model:example02", "dataset:valid.txt"),
    }  # fmt: skip
    assert {end for _, end, _ in edges(reading, "evaluated_on")} == {"dataset:test.txt"}
    assert values(reading, "dataset.licence.name") == ["CC0-1.0"]
    assert "model.release_date" not in facts(reading)


def test_an_example_of_a_dataset(corpus: Path) -> None:
    reading = read(corpus_folder(corpus, "dataset/example01"))
    assert topics(reading, "spdx3.0/example01.spdx3.json") == {
        "biases", "cleaning_and_processing", "collection_process", "intended_uses", "licence", "maintenance",
        "personal_information",
    }  # fmt: skip
    assert facts(reading) == {"dataset.licence.name": [("CC-BY-4.0", "spdx3.0/example01.spdx3.json:183:9")]}


@pytest.mark.parametrize(
    ("entries", "stated"),
    [
        ([("9000", "megajoule")], [2500]), ([("0.5", "kilowattHour")], [Fraction(1, 2)]), ([("5", "other")], []),
        ([("1", "kilowattHour"), ("2", "kilowattHour")], []), ([("-1", "kilowattHour")], []),
    ],
)  # fmt: skip
def test_energy_of_training(tmp_path: Path, entries: list[tuple[str, str]], stated: list[Any]) -> None:
    uses = [{"ai_energyQuantity": quantity, "ai_energyUnit": unit} for quantity, unit in entries]
    reading = open_bill(tmp_path, package("p", "m", ai_energyConsumption={"ai_trainingEnergyConsumption": uses}))
    assert values(reading, "model.training.energy_kwh") == stated, "of two entries nobody knows whether they add up"


@pytest.mark.parametrize(("answer", "stated"), [("yes", [True]), ("no", []), ("noAssertion", [])])
def test_sensitive_personal_data_are_personal_data(tmp_path: Path, answer: str, stated: list[bool]) -> None:
    reading = open_bill(tmp_path, dataset("d", "pages", dataset_hasSensitivePersonalInformation=answer))
    assert values(reading, "dataset.contains_personal_data") == stated, "data that are not sensitive may be personal too"
