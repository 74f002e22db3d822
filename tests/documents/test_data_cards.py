"""Cards on datasets: facts of the data, never of a model; texts without front matter that are plainly about data."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.documents import Reading, read_documents
from compliance.vocabulary import FactStatement, NodeStatement, Terms

from .dossiers import CATALOGUE, codes, edges, facts, read, topics, values, write

CARD = """\
---
pretty_name: River Levels
license: cc-by-4.0
language: [no, en]
size_categories: [1K<n<10K]
task_categories: [text-classification]
annotations_creators: [expert-generated]
source_datasets: [original, extended|gauges]
---
# River Levels

## Dataset Summary

Hourly levels of forty rivers, each with a short note by the keeper of the gauge.

## Personal and Sensitive Information

[More Information Needed]

## Data Splits

| split | rows |
|---|---|
| train | 4000 |
"""


def said(reading: Reading, fact: str) -> set[str]:
    (value,) = values(reading, fact)
    assert isinstance(value, Terms)
    return set(value.known)


def importers(reading: Reading) -> dict[str, str]:
    return {one.name: one.importer for one in reading.files}


def test_front_matter_and_sections(tmp_path: Path) -> None:
    reading = read(tmp_path / "rivers", README_md=CARD)
    assert reading.subjects == ("dataset:rivers",)
    assert {name: at for name, [(_, at)] in facts(reading).items()} == {
        "dataset.languages": "README.md:4:1", "dataset.size_categories": "README.md:5:1", "dataset.tasks": "README.md:6:1",
        "dataset.annotated_by": "README.md:7:1", "dataset.licence.name": "README.md:3:1",
    }  # fmt: skip
    assert said(reading, "dataset.languages") == {"no", "en"}
    assert values(reading, "dataset.licence.name") == ["CC-BY-4.0"]
    assert edges(reading, "derived_from") == [("dataset:rivers", "dataset:gauges", {})]
    assert topics(reading) == {"summary", "splits", "licence", "languages", "number_of_data_points", "tasks"}
    assert codes(reading) == [("placeholder", "README.md:16:1")]


def test_no_fact_of_a_model_comes_from_a_card_on_data(tmp_path: Path) -> None:
    """Not even from a licence beside it: it may be that of the scripts."""
    mit = "MIT License\n\nCopyright (c) 2020 Someone\n\nPermission is hereby granted, free of charge"
    reading = read(tmp_path / "rivers", README_md=CARD, LICENSE_txt=mit)
    assert not [one for one in reading.statements if isinstance(one, FactStatement) and one.fact.startswith("model.")]
    assert not [one for one in reading.statements if isinstance(one, NodeStatement) and one.node.startswith("model:")]


@pytest.mark.parametrize("licence", ["unknown", "other", "[unknown]", "[More Information Needed]"])
def test_a_licence_that_names_none_is_none(tmp_path: Path, licence: str) -> None:
    reading = read(tmp_path, README_md=f"---\nlicense: {licence}\ntask_ids: [nli]\n---\n# A\n")
    assert "dataset.licence.name" not in facts(reading)


def test_several_licences_are_not_one(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md="---\nlicense: [mit, cc-by-4.0]\ntask_ids: [nli]\n---\n# A\n")
    assert "dataset.licence.name" not in facts(reading)
    assert {end for _, end, _ in edges(reading, "licensed_under")} == {"licence:MIT", "licence:CC-BY-4.0"}
    assert codes(reading) == [("licence", "README.md:2:1")]


@pytest.mark.parametrize(
    ("text", "importer"),
    [
        ("# Levels: a Dataset for Training Language Models\n\nText.", "data_card"),
        ("# Levels\n\nLevels is a large, open data set that holds gauge readings.", "data_card"),
        ("### Contributions\n\nThanks to a friend for adding this dataset.", "data_card"),
        ("# A model for the levels dataset\n\nText on the model.", "model_card"),
        ("# Levels\n\nLevels is a model. It was trained on a dataset of readings.", "model_card"),
        ("# Levels dataset toolkit\n\nCode to read the dataset.", "data_card"),
        ("# Toolkit for the levels dataset\n\nA model reads it.", "model_card"),
        ("---\npipeline_tag: text-generation\n---\n# Levels dataset\n\nThis is a dataset.", "model_card"),
    ],
)
def test_plain_words_decide_without_front_matter(tmp_path: Path, text: str, importer: str) -> None:
    assert importers(read(tmp_path, README_md=text)) == {"README.md": importer}


def test_a_model_with_its_data_below(tmp_path: Path) -> None:
    write(tmp_path / "flood", "data/README.md", CARD)
    reading = read(tmp_path / "flood", README_md="---\nlicense: mit\nbase_model: a/b\n---\n# Flood")
    assert reading.subjects == ("model:flood", "dataset:data")
    assert values(reading, "model.licence.name") == ["MIT"]


# Read in the cards: licence, languages, topics that have text. The rest of these cards is template.
CORPUS = {
    "hatexplain": (
        "CC-BY-4.0", {"en"}, {"annotation", "purpose", "personal_information", "social_impact", "limitations", "curators"},
    ),
    "imdb": (None, {"en"}, {"summary", "splits", "structure"}),
    "red_caps": ("CC-BY-4.0", {"en"}, {"personal_information", "biases", "social_impact", "limitations", "purpose"}),
    "squad": ("CC-BY-4.0", {"en"}, {"summary", "splits", "structure"}),
    "cifar10": (None, {"en"}, {"splits", "structure"}),
    "xsum": (None, {"en"}, {"splits", "structure"}),
}  # fmt: skip
ABSENT = {
    "hatexplain": {"biases"}, "imdb": {"personal_information", "purpose", "biases"}, "xsum": {"purpose", "biases"},
    "squad": {"personal_information", "purpose", "annotation", "biases", "limitations", "curators"},
}  # fmt: skip


@pytest.mark.parametrize("name", CORPUS)
def test_real_cards(corpus: Path, name: str) -> None:
    reading = read_documents(corpus / "tables" / "hf-dataset-cards" / name, CATALOGUE)
    licence, languages, covered = CORPUS[name]
    assert values(reading, "dataset.licence.name") == ([licence] if licence else [])
    assert said(reading, "dataset.languages") == languages
    assert covered <= topics(reading)
    assert not topics(reading) & ABSENT.get(name, set())


def test_all_real_cards_are_read(corpus: Path) -> None:
    folders = [one for one in sorted((corpus / "tables" / "hf-dataset-cards").iterdir()) if one.is_dir()]
    for folder in folders:
        reading = read_documents(folder, CATALOGUE)
        assert set(importers(reading).values()) == {"data_card"}, folder.name
        assert reading.subjects == (f"dataset:{folder.name}",)
    assert len(folders) == 61


@pytest.mark.parametrize("name", ["the-pile-dataset", "dolma-dataset", "redpajama-dataset"])
def test_real_repositories_of_data_are_no_models(corpus: Path, name: str) -> None:
    reading = read_documents(corpus / "models" / name, CATALOGUE)
    assert reading.subjects == (f"dataset:{name}",)
    assert not [one for one in facts(reading) if one.startswith("model.")]


def test_the_text_may_say_which_of_several_licences_is_the_datas_own(tmp_path: Path) -> None:
    front = CARD.replace("license: cc-by-4.0", "license: [cc-by-4.0, gfdl]")
    told = "\n## Licensing Information\n\nThe dataset uses the `cc-by-4.0` license. Its source is under `gfdl`.\n"
    assert values(read(tmp_path, README_md=front + told), "dataset.licence.name") == ["CC-BY-4.0"]
    both = read(tmp_path, README_md=front)
    assert {end for _, end, _ in edges(both, "licensed_under")} == {"licence:CC-BY-4.0", "licence:GFDL"}


def test_details_of_other_licences_are_a_title(tmp_path: Path) -> None:
    front = CARD.replace("license: cc-by-4.0", "license: [mit, other]\nlicense_details: Open Part of the River Corpus")
    ends = {end for _, end, _ in edges(read(tmp_path, README_md=front), "licensed_under")}
    assert ends == {"licence:MIT", "licence:Open Part of the River Corpus"}


def test_a_source_on_no_list_loses_the_mark_of_the_hub(tmp_path: Path) -> None:
    front = CARD.replace("extended|gauges", "extended|other-gauges, extended|other")
    assert [end for _, end, _ in edges(read(tmp_path, README_md=front), "derived_from")] == ["dataset:gauges"]


@pytest.mark.parametrize("name", ["data_card.md", "datasheet.md", "docs/data-card.md"])
def test_a_card_on_data_by_its_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, "# River Levels\n\n## Motivation\n\nWe wanted to know how the levels of rivers go up and down.\n")
    reading = read(tmp_path, model_card_md="# M\n\nA model of rivers.\n")
    assert {one.name: one.importer for one in reading.files}[name] == "data_card"
    assert reading.subjects[0].startswith("model:")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Workers of a crowdsourcing site wrote the notes.", ["crowdsourced", "expert-generated"]),
        ("No crowd workers were asked.", ["expert-generated"]),
        ("The keepers of the gauges.", ["expert-generated"]),
    ],
)
def test_who_labelled_it_in_the_text(tmp_path: Path, text: str, found: list[str]) -> None:
    reading = read(tmp_path, README_md=f"{CARD}\n#### Who are the annotators?\n\n{text}\n")
    terms = [one for one in values(reading, "dataset.annotated_by") if isinstance(one, Terms)]
    assert sorted(name for one in terms for name in one.known) == found
