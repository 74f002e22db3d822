"""Croissant: a dataset, its licence and makers, and which topics of a data card the vocabulary for responsible AI answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compliance.documents import Reading
from compliance.documents.licence_address import licence_of_address
from compliance.vocabulary import NodeStatement, Terms

from .dossiers import codes, edges, facts, read, topics, values, write

FILE = "letters.json"
NAME = "dataset.licence.name"
HEAD = {
    "@context": {"cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/"},
    "@type": "sc:Dataset",
    "name": "letters",
}


def open_data(folder: Path, **members: Any) -> Reading:
    write(folder, FILE, json.dumps({**HEAD, **members}, indent=1))
    return read(folder)


def attributes(reading: Reading) -> dict[str, Any]:
    found = (one for one in reading.statements if isinstance(one, NodeStatement) and one.node.startswith("dataset:"))
    return {key: value for one in found for key, value in one.attributes.items()}


def test_a_dataset_is_a_node_with_a_data_card(tmp_path: Path) -> None:
    reading = open_data(tmp_path, license="mit", creator={"name": "Lab"}, url="https://letters.example", version="1.0")
    assert facts(reading) == {NAME: [("MIT", f"{FILE}:8:13")]}
    assert edges(reading, "licensed_under") == [("dataset:letters", "licence:MIT", {"covers": "data"})]
    assert edges(reading, "documented_by") == [("dataset:letters", f"document:{FILE}", {})]
    assert topics(reading, FILE) == {"licence"}
    assert attributes(reading) == {
        "url": "https://letters.example", "version": "1.0", "creator": Terms(frozenset({"Lab"}), complete=False),
        "also_named": Terms(frozenset({"letters"}), complete=False),
    }  # fmt: skip
    assert not any("organisation:" in str(one) for one in reading.statements)


def test_a_folder_that_is_only_about_data_has_no_model(tmp_path: Path) -> None:
    write(tmp_path, "LICENSE", "MIT License\n")
    reading = open_data(tmp_path, license="cc-by-4.0")
    assert not any("model:" in str(one) for one in reading.statements)
    assert reading.subjects == ("dataset:letters",)
    write(tmp_path, "README.md", "---\nlicense: mit\npipeline_tag: text-generation\n---\n# Reader\n")
    assert read(tmp_path).subjects == (f"model:{tmp_path.name}", "dataset:letters")


def test_the_name_on_a_hub(tmp_path: Path) -> None:
    reading = open_data(tmp_path, url="https://huggingface.co/datasets/lab/letters")
    assert edges(reading, "documented_by") == [("dataset:lab/letters", f"document:{FILE}", {})]


@pytest.mark.parametrize(
    ("licence", "stated", "ends", "remarks"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", ["CC-BY-4.0"], ["CC-BY-4.0"], 0),
        (["cc-by-4.0"], ["CC-BY-4.0"], ["CC-BY-4.0"], 0),
        (["mit", "cc-by-4.0"], [], ["MIT", "CC-BY-4.0"], 1),
        ({"name": "Open", "url": "https://opendatacommons.org/licenses/odbl/1-0/"}, ["ODbL-1.0"], ["ODbL-1.0"], 0),
        ({"name": "CC BY 4.0", "url": "https://letters.example/terms"}, ["CC-BY-4.0"], ["CC-BY-4.0"], 0),
        ({"@type": "sc:CreativeWork", "name": "Other (see description)"}, [], [], 1),
        ("https://letters.example/terms", [], ["https://letters.example/terms"], 0),
        ("https://choosealicense.com/licenses/undefined/", [], [], 1),
        ("other", [], [], 1),
        ("None", [], [], 1),
        ("Public", [], [], 1),
        ("Data files © the authors", [], [], 1),
        ("This is a license.", [], [], 1),
        (None, [], [], 0),
        (3, [], [], 0),
    ],
)  # fmt: skip
def test_licences(tmp_path: Path, licence: Any, stated: list[str], ends: list[str], remarks: int) -> None:
    reading = open_data(tmp_path, license=licence)
    assert values(reading, NAME) == stated
    assert [end for _, end, _ in edges(reading, "licensed_under")] == [f"licence:{one}" for one in ends]
    assert [code for code, _ in codes(reading)] == ["licence"] * remarks
    assert ("licence" in topics(reading, FILE)) == (len(ends) == 1)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://spdx.org/licenses/Apache-2.0.html", "Apache-2.0"),
        ("http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("https://opensource.org/license/mit", "mit"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode", "CC-BY-NC-SA-4.0"),
        ("https://creativecommons.org/licenses/by/3.0/us/", ""),
        ("https://creativecommons.org/publicdomain/zero/1.0/deed.en", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", ""),
        ("https://opendatacommons.org/licenses/by/1-0/", "ODC-By-1.0"),
        ("https://example.com/spdx.org/licenses/MIT", ""),
        ("mit", ""),
        ("https://spdx.org/licenses/" + "a" * 100_000, ""),
    ],
)
def test_addresses_of_licences(address: str, name: str) -> None:
    assert licence_of_address(address) == name


@pytest.mark.parametrize(
    ("members", "covered"),
    [
        ({"rai:dataCollection": "Scanned from forms."}, {"collection_process"}),
        ({"rai:dataCollectionTimeframe": ["2020-01-01/2021-12-31"]}, {"collection_period"}),
        ({"rai:dataBiases": ["Left-handed writers are rare."], "rai:dataLimitations": "Latin only."}, {"biases", "limitations"}),
        ({"rai:personalSensitiveInformation": "Names of writers are removed."}, {"personal_information"}),
        ({"rai:annotationsPerItem": 3}, {"annotation"}),
        ({"rai:dataPreprocessingProtocol": ["Cropped to 28 pixels."]}, {"cleaning_and_processing"}),
        ({"rai:dataReleaseMaintenancePlan": "Corrected every year."}, {"maintenance"}),
        ({"http://mlcommons.org/croissant/RAI/dataUseCases": {"@value": "Training of readers."}}, {"intended_uses"}),
        ({"personalSensitiveInformation": "Names of writers are removed."}, {"personal_information"}),
        ({"rai:dataBiases": "[More Information Needed]"}, set()),
        ({"rai:dataBiases": "N/A", "rai:dataLimitations": "unknown", "rai:dataUseCases": ""}, set()),
        ({"rai:dataBiases": None, "rai:dataLimitations": [], "rai:dataUseCases": {}}, set()),
        ({"rai:unheardOf": "A text."}, set()),
    ],
)
def test_topics(tmp_path: Path, members: dict[str, Any], covered: set[str]) -> None:
    assert topics(open_data(tmp_path, **members), FILE) == covered


def test_languages_and_origin(tmp_path: Path) -> None:
    origin = {"@id": "old", "prov:locatedAt": "https://huggingface.co/datasets/lab/old-letters"}
    reading = open_data(
        tmp_path, inLanguage=["en", {"@type": "Language", "name": "Norwegian"}], **{"prov:wasDerivedFrom": origin}
    )
    assert values(reading, "dataset.languages") == [Terms(frozenset({"en", "Norwegian"}), complete=False)]
    assert edges(reading, "derived_from") == [("dataset:letters", "dataset:lab/old-letters", {})]


def test_several_datasets_of_one_file(tmp_path: Path) -> None:
    write(tmp_path, FILE, json.dumps([HEAD, {**HEAD, "name": "digits", "license": "mit"}]))
    reading = read(tmp_path)
    assert edges(reading, "documented_by") == [
        ("dataset:letters", f"document:{FILE}#letters", {}), ("dataset:digits", f"document:{FILE}#digits", {}),
    ]  # fmt: skip
    assert values(reading, NAME) == ["MIT"]


PERSON = json.dumps({**HEAD, "@type": "sc:Person"})


@pytest.mark.parametrize(
    ("content", "code", "column"),
    [
        (PERSON, "value", PERSON.index('"@type"') + 1),
        (json.dumps({**HEAD, "name": "unknown"}), "value", 1),
        (json.dumps(HEAD)[:-1], "json", len(json.dumps(HEAD))),
        ('["http://mlcommons.org/croissant/1.0"]', "json", 1),
    ],
)
def test_what_is_no_dataset_is_one_problem(tmp_path: Path, content: str, code: str, column: int) -> None:
    write(tmp_path, FILE, content)
    reading = read(tmp_path)
    assert codes(reading) == [(code, f"{FILE}:1:{column}")]
    assert facts(reading) == {}
    assert edges(reading, "documented_by") == []


def corpus_folder(corpus: Path, name: str) -> Path:
    path = corpus / "formats" / "croissant" / name
    if not path.is_dir():
        pytest.skip(f"{name} is not in this corpus")
    return path


def test_the_vocabulary_for_responsible_ai(corpus: Path) -> None:
    stack = read(corpus_folder(corpus, "datasets/1.0/bigcode-the-stack"))
    assert topics(stack, "metadata.json") == {
        "biases", "cleaning_and_processing", "collection_process", "intended_uses", "limitations", "personal_information",
        "social_impact", "sources_or_owners", "summary",
    }  # fmt: skip
    assert facts(stack) == {}, "its licence is `other`"
    dices = read(corpus_folder(corpus, "datasets/1.0/dices-350"))
    assert topics(dices, "metadata.json") == {
        "annotation", "biases", "collection_process", "licence", "sources_or_owners", "summary"
    }  # fmt: skip
    assert facts(dices) == {NAME: [("CC-BY-SA-4.0", "metadata.json:57:14")]}


LICENCES = {
    "0.8/titanic": "AFL-3.0", "0.8/wiki-text": "CC-BY-SA-3.0", "0.8/simple-join": "CC-BY-4.0", "0.8/movielens": "",
    "1.0/huggingface-c4": "ODC-By-1.0", "1.0/world-happiness": "CC0-1.0", "1.0/credit-g": "", "1.0/pass-mini": "",
    "1.0/huggingface-rag-dataset": "CC-BY-3.0", "1.1/huggingface-pollen-robotics-apple-storage": "Apache-2.0",
    "1.1/huggingface-recipe_RL_data_roberta-base": "", "1.1/commoncrawl-CC-MAIN-2025-43-draft": "", "1.1/zenodo-head-mri": "MIT",
}  # fmt: skip


@pytest.mark.parametrize("name", LICENCES)
def test_licences_of_real_datasets(corpus: Path, name: str) -> None:
    found = values(read(corpus_folder(corpus, f"datasets/{name}")), NAME)
    assert found == ([LICENCES[name]] if LICENCES[name] else [])


def test_every_file_is_taken_and_every_loss_is_said(corpus: Path) -> None:
    reading = read(corpus_folder(corpus, "."))
    taken = {one.name for one in reading.files if one.importer == "croissant"}
    assert len(taken) == len([one for one in reading.files if one.name.endswith(".json") and one.name != "source.json"]) == 70
    told = {one.source.file for one in reading.statements}
    silent = taken - told
    assert {one.source.file for one in reading.problems if one.code == "value"} == silent
    assert len(silent) == 2, "one is of another type, one has no name"
