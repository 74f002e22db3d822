"""What the head of a card states, in the many ways in which it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.vocabulary import Terms

from .dossiers import codes, edges, facts, read, topics, values


def some(*names: str) -> Terms:
    return Terms(frozenset(names), complete=False)


def test_places_are_those_of_the_keys(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md="---\ntags: [a]\nlicense: mit\npipeline_tag: text-to-image\n---\n# X\n")
    assert facts(reading)["model.licence.name"] == [("MIT", "README.md:3:1")]
    assert facts(reading)["model.tasks"] == [(some("text-to-image"), "README.md:4:1")]
    assert facts(reading)["model.modalities"] == [(some("text", "image"), "README.md:4:1")]
    assert facts(reading)["model.output_modalities"] == [(some("image"), "README.md:4:1")]
    assert edges(reading, "licensed_under") == [(f"model:{tmp_path.name}", "licence:MIT", {"covers": "model"})]
    assert edges(reading, "documented_by") == [(f"model:{tmp_path.name}", "document:README.md", {})]


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("language: [no, en]", {"no", "en"}),
        ("language: no", {"no"}),
        ("language:\n- eng\n- 'on'", {"eng", "on"}),
        ("language: 7", {"7"}),
    ],
)
def test_languages_are_text(tmp_path: Path, text: str, languages: set[str]) -> None:
    assert values(read(tmp_path, README_md=f"---\n{text}\n---\n"), "model.languages") == [some(*languages)]


@pytest.mark.parametrize("text", ["language:", "language: []", "language: [null]", "language: ''"])
def test_nothing_stated_is_no_fact(tmp_path: Path, text: str) -> None:
    assert values(read(tmp_path, README_md=f"---\n{text}\n---\n"), "model.languages") == []


@pytest.mark.parametrize(
    "head", ["\ufeff---\r\nlicense: mit\r\n---\r\n# X\r\n", "---  \nlicense: mit\n--- \n", "\n\n---\nlicense: mit\n---"]
)
def test_line_ends_and_marks(tmp_path: Path, head: str) -> None:
    assert values(read(tmp_path, README_md=head), "model.licence.name") == ["MIT"]


def test_line_numbers_behind_empty_lines(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md="\n\n---\nlicense: mit\n---\n")
    assert facts(reading)["model.licence.name"] == [("MIT", "README.md:4:1")]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("---\nlicense: a: b\n---\n## Limitations\nIt is wrong at times.\n", "yaml", "README.md:2:11"),
        ("---\n[]\n---\n## Limitations\nIt is wrong at times.\n", "yaml", "README.md:2:1"),
        ("---\n{{ card_data }}\n---\n## Limitations\nIt is wrong at times.\n", "yaml", "README.md:2:2"),
        ("---\nlicense: mit\nlicense: apache-2.0\n---\n## Limitations\nIt is wrong at times.\n", "PK102", "README.md:3:1"),
        ("---\na: &x [1]\nb: *x\n---\n## Limitations\nIt is wrong at times.\n", "yaml", "README.md:2:4"),
    ],
)
def test_broken_front_matter_is_one_problem_and_the_body_is_read(tmp_path: Path, text: str, code: str, place: str) -> None:
    reading = read(tmp_path, README_md=text)
    assert codes(reading) == [(code, place)]
    assert facts(reading) == {}
    assert topics(reading) == {"limitations"}


@pytest.mark.parametrize("text", ["# Model\n\nA model.\n", "---\n# Model\nno closing line\n", ""])
def test_no_front_matter(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, README_md=text)
    assert facts(reading) == {}
    assert codes(reading) == []
    assert topics(reading) == set()


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("base_model: a/b", [("a/b", {})]),
        ("base_model: [a/b, c/d]\nbase_model_relation: merge", [("a/b", {"relation": "merge"}), ("c/d", {"relation": "merge"})]),
        ("base_model: []", []),
        ("base_model: a/b\nbase_model_relation: quantized", [("a/b", {"relation": "quantize"})]),
        ("base_model: a/b\ntags: ['base_model:adapter:a/b', lora]", [("a/b", {"relation": "adapter"})]),
        ("base_model: '[More Information Needed]'", []),
        ("base_model: /data/checkpoints/7", []),
    ],
)
def test_base_models(tmp_path: Path, text: str, parents: list[tuple[str, dict[str, str]]]) -> None:
    reading = read(tmp_path, README_md=f"---\n{text}\n---\n")
    assert edges(reading, "derived_from") == [(f"model:{tmp_path.name}", f"model:{name}", told) for name, told in parents]


def test_a_relation_that_does_not_exist_is_said(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md="---\nbase_model: a/b\nbase_model_relation: cousin\n---\n")
    assert codes(reading) == [("value", "README.md:3:1")]
    assert edges(reading, "derived_from") == [(f"model:{tmp_path.name}", "model:a/b", {})]


def test_datasets_and_names(tmp_path: Path) -> None:
    text = "---\ndatasets:\n- a\n- b/c\nlibrary_name: peft\nmodel-index:\n- name: other-name\n  results: []\n---\n"
    reading = read(tmp_path, README_md=text)
    assert [end for _, end, _ in edges(reading, "trained_on")] == ["dataset:a", "dataset:b/c"]
    assert facts(reading)["model.library"] == [("peft", "README.md:5:1")]
    names = [s.attributes for s in reading.statements if "also_named" in getattr(s, "attributes", {})]
    assert names == [{"also_named": some("other-name")}]


@pytest.mark.parametrize("text", ["model-index: x", "datasets: [{a: b}]", "license: {a: b}"])
def test_a_value_of_the_wrong_form_is_located(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, README_md=f"---\n{text}\nlibrary_name: peft\n---\n")
    assert [code for code, _ in codes(reading)] == ["value"]
    assert values(reading, "model.library") == ["peft"]


@pytest.mark.parametrize(
    ("text", "names", "remarks"),
    [
        ("license: mit", ["MIT"], 0),
        ("license: [mit]", ["MIT"], 0),
        ("license: Apache License 2.0", ["Apache-2.0"], 0),
        ("license: llama3", ["llama-3-community"], 0),
        ("license: mit OR apache-2.0", ["MIT OR Apache-2.0"], 0),
        ("license: my-own-terms", ["my-own-terms"], 0),
        ("license: other\nlicense_name: mrl\nlicense_link: LICENSE", ["mistral-research"], 0),
        ("license_name: deepseek", ["deepseek"], 0),
        ("license: other", [], 1),
        ("license: unknown", [], 1),
        ("license: [mit, apache-2.0]", [], 1),
        ("license: '[More Information Needed]'", [], 1),
        ("license:", [], 0),
    ],
)
def test_licences(tmp_path: Path, text: str, names: list[str], remarks: int) -> None:
    reading = read(tmp_path, README_md=f"---\n{text}\n---\n")
    assert values(reading, "model.licence.name") == names
    assert len(reading.problems) == remarks


def test_the_link_of_a_licence_of_ones_own_is_kept(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md="---\nlicense: other\nlicense_name: own-1\nlicense_link: LICENSE\n---\n")
    assert facts(reading)["model.licence.name"] == [("own-1", "README.md:3:1")]
    assert edges(reading, "licensed_under") == [
        (f"model:{tmp_path.name}", "licence:own-1", {"covers": "model", "link": "LICENSE"})
    ]


def test_two_licences_are_both_named_and_none_is_stated(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md="---\nlicense: [mit, apache-2.0]\n---\n")
    assert [end for _, end, _ in edges(reading, "licensed_under")] == ["licence:MIT", "licence:Apache-2.0"]


def test_a_labelled_line_states_a_known_licence_only(tmp_path: Path) -> None:
    text = "---\nlicense: apache-2.0\n---\n- **License:** [CC BY-SA 4.0](https://x.example)\n- **License:** same as its parent\n"
    reading = read(tmp_path, README_md=text)
    assert facts(reading)["model.licence.name"] == [("Apache-2.0", "README.md:2:1"), ("CC-BY-SA-4.0", "README.md:4:5")]


def test_a_copied_card_states_nothing(tmp_path: Path) -> None:
    text = (
        "# Mine\n## Limitations\nIt is small.\n# Original model card: theirs\n- **License:** MIT\n## Intended use\nEverything.\n"
    )
    reading = read(tmp_path, README_md=text)
    assert facts(reading) == {}
    assert topics(reading) == {"limitations"}


def test_a_dataset_card_is_no_model_card(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md="---\nlicense: mit\ntask_categories: [text-generation]\n---\n# Data\n")
    assert not [name for name in facts(reading) if name.startswith("model.")]
    assert [(one.name, one.importer) for one in reading.files] == [("README.md", "data_card")]
