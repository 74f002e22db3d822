"""Which licence a file holds, and of what it is the licence."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.catalogue.licences import load_licences
from compliance.documents.licence_text import match_text

from .dossiers import codes, edges, facts, read, values, write

LICENCES = load_licences()[0]
NAME, CODE = "model.licence.name", "model.code_licence.name"


@pytest.fixture
def apache(root: Path) -> str:
    """The project's own licence: Apache-2.0, verbatim."""
    return (root / "LICENSE").read_text("utf-8")


def test_a_verbatim_text(tmp_path: Path, apache: str) -> None:
    write(tmp_path, "LICENSE-MODEL", apache)
    reading = read(tmp_path)
    assert values(reading, NAME) == ["Apache-2.0"]
    assert edges(reading, "licensed_under") == [(f"model:{tmp_path.name}", "licence:Apache-2.0", {"covers": "model"})]
    assert [(one.name, one.importer) for one in reading.files] == [("LICENSE-MODEL", "licence_file")]
    assert codes(reading) == []


def test_line_breaks_and_marks_make_no_difference(apache: str) -> None:
    match = match_text(" ".join(apache.upper().split()), LICENCES)
    assert match is not None
    assert (match.name, match.changed) == ("Apache-2.0", False)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Grant of Copyright License", "Grant of Copyright License to small firms", 1).replace(
            "perpetual", "yearly"
        ),
        lambda text: text + "\n" + "This model shall not be used by firms with many users. " * 9,
        lambda text: "Only for those with fewer than one hundred million users each month. " * 25 + text,
        lambda text: text[: len(text) // 2],
    ],
    ids=["inside", "after", "before", "cut"],
)
def test_a_changed_text_is_not_the_licence(apache: str, change: object) -> None:
    match = match_text(change(apache), LICENCES)  # type: ignore[operator]
    assert match is not None
    assert match.name == "modified-apache-2.0"


def test_added_text_after_the_end_is_said(tmp_path: Path, apache: str) -> None:
    write(tmp_path, "MODEL_LICENSE", apache + "\n" + "This model shall not be used by firms with many users. " * 9)
    reading = read(tmp_path)
    assert values(reading, NAME) == ["modified-apache-2.0"]
    assert [code for code, _ in codes(reading)] == ["licence"]


def test_an_unknown_text_states_nothing(tmp_path: Path) -> None:
    reading = read(tmp_path, LICENSE="You may do as you are told.\n")
    assert facts(reading) == {}
    assert codes(reading) == [("licence", "LICENSE:1:1")]


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("LICENSE", ""), ("LICENCE.md", ""), ("COPYING", ""), ("LICENSE-APACHE", ""), ("LICENSE-MODEL", NAME),
        ("MODEL_LICENSE.txt", NAME), ("MODEL_LICENSE_AGREEMENT.txt", NAME), ("WEIGHT_DIFF_LICENSE", NAME), ("LICENSE-CODE", CODE),
        ("CODE_LICENSE", CODE), ("DATA_LICENSE", ""), ("LICENSE_DAVIS", ""), ("NOTICE", ""), ("third_party/LICENSE", ""),
    ],
)  # fmt: skip
def test_what_the_name_says(tmp_path: Path, apache: str, name: str, fact: str) -> None:
    write(tmp_path, name, apache)
    reading = read(tmp_path, README_md="# M\n")
    assert {one: values(reading, one) for one in facts(reading)} == ({fact: ["Apache-2.0"]} if fact else {})
    covered = {told["covers"] for _, _, told in edges(reading, "licensed_under")}
    assert covered == ({"data"} if name == "DATA_LICENSE" else {"model"} if fact == NAME else {"code"} if fact else set())


@pytest.mark.parametrize("name", ["license.py", "license.svg", "LICENSE.html"])
def test_other_files_with_the_word_are_not_licences(tmp_path: Path, apache: str, name: str) -> None:
    write(tmp_path, name, apache)
    assert facts(read(tmp_path)) == {}


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("The code and the model weights are released under the [Apache 2.0 License](LICENSE).", f"{NAME} {CODE}"),
        ("All models are distributed under Apache 2.0.", NAME),
        ("The code is licensed under version 2.0 of the Apache License.", CODE),
        ("The weights are licensed\nunder the Apache License 2.0.", NAME),
        ("This code repository is licensed under [Apache 2.0](LICENSE).", CODE),
        ("The code is released under the Apache-2.0 License (see `LICENSE` for details).", CODE),
        ("This library is licensed under the Apache 2.0 License. See [LICENCE](./LICENCE).", CODE),
        ("This repository contains the implementation of the example package.", CODE),
        ("[![Code License](https://b.example/Code%20License-Apache_2.0-green)](https://h.example/r/blob/main/LICENSE)", CODE),
        (
            "This repository is under [Apache 2.0](LICENSE). The weights are under the [Model License](MODEL_LICENSE).",
            "",
        ),
        ("Code: [Apache 2.0](LICENSE).\n\n- The model comes under the Example Open Model License.", CODE),
        ("Apache 2.0, see [LICENSE](LICENSE).\n\n- Models come under the Example Open Model License.", ""),
        ("It is built on X and should be used under X's [model license](https://h.example/x/blob/main/LICENSE).", ""),
        ("Use of the model follows [Apache 2.0](LICENSE) and the [Example Community License](https://x.example).", ""),
        ("", ""),
    ],
)
def test_what_a_card_says(tmp_path: Path, apache: str, sentence: str, fact: str) -> None:
    write(tmp_path, "LICENSE", apache)
    reading = read(tmp_path, README_md=f"# M\n\n{sentence}\n")
    assert {one: set(values(reading, one)) for one in facts(reading)} == {one: {"Apache-2.0"} for one in fact.split()}
    assert [code for code, _ in codes(reading)] == ([] if fact else ["scope"])


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("# M\n\nRun `train.py` with your data.\n", CODE),
        ("# M\n\n```\npip install -e .\n```\n", CODE),
        ("# M\n\nThe weights are licensed under Apache 2.0. Run `train.py`.\n", f"{NAME} {CODE}"),
        ("# M\n\nAll models come under [Apache 2.0](LICENSE). See `train.py`.\n", NAME),
        ("# M\n\nSee [the script](https://h.example/other/train.py).\n", ""),
        ("---\nlanguage: en\n---\n# M\n\nRun `train.py`.\n", ""),
    ],
    ids=["script", "install", "weights named", "model linked", "elsewhere", "card of a hub"],
)
def test_a_licence_of_software_in_a_repository_of_code(tmp_path: Path, apache: str, text: str, fact: str) -> None:
    write(tmp_path, "LICENSE", apache)
    reading = read(tmp_path, README_md=text)
    found = {one: set(values(reading, one)) for one in (NAME, CODE) if values(reading, one)}
    assert found == {one: {"Apache-2.0"} for one in fact.split()}


def test_a_file_that_leaves_it_open_says_so(tmp_path: Path, apache: str) -> None:
    write(tmp_path, "LICENSE", apache)
    (remark,) = read(tmp_path, README_md="# M\n").problems
    assert (remark.code, remark.source.file) == ("scope", "LICENSE")
    assert "neither this file nor a card says whether it is for the code or the weights" in remark.message


def test_a_card_that_names_the_same_licence_settles_it(tmp_path: Path, apache: str) -> None:
    write(tmp_path, "LICENSE", apache)
    reading = read(tmp_path, README_md="---\nlicense: apache-2.0\n---\n# M\n")
    assert values(reading, NAME) == ["Apache-2.0", "Apache-2.0"]
    assert codes(reading) == []


def test_a_general_licence_beside_a_card_that_names_another(tmp_path: Path, apache: str) -> None:
    write(tmp_path, "LICENSE", apache)
    reading = read(tmp_path, README_md="---\nlicense: bigscience-bloom-rail-1.0\n---\n")
    assert values(reading, NAME) == ["bigscience-bloom-rail-1.0"]
    assert [code for code, _ in codes(reading)] == ["scope"]


def test_a_model_licence_beside_a_card_that_names_another_is_a_disagreement(tmp_path: Path) -> None:
    text = "LLAMA 2 COMMUNITY LICENSE AGREEMENT\nLlama Materials means what we say.\n"
    reading = read(tmp_path, README_md="---\nlicense: mit\n---\n", LICENSE=text)
    assert values(reading, NAME) == ["llama-2-community", "MIT"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("META LLAMA 3 COMMUNITY LICENSE AGREEMENT ... Llama Materials", "llama-3-community"),
        ("LLAMA 3.1 COMMUNITY LICENSE AGREEMENT ... Llama Materials", "llama-3.1-community"),
        ("LLAMA 4 COMMUNITY LICENSE AGREEMENT ... “Llama Materials”", "llama-4-community"),
        ("Gemma Terms of Use ... Gemma Prohibited Use Policy", "gemma"),
        ("DEEPSEEK LICENSE AGREEMENT\n\nVersion 1.0, 23 October 2023", "deepseek"),
        ("Tongyi Qianwen LICENSE AGREEMENT", "tongyi-qianwen"),
        ("Tongyi Qianwen RESEARCH LICENSE AGREEMENT", "tongyi-qianwen-research"),
        ("Qwen RESEARCH LICENSE AGREEMENT", "qwen-research"),
        ("Databricks Open Model License ... DBRX Derivatives", "databricks-open-model"),
        ("<h2> OPT-175B LICENSE AGREEMENT </h2>", "opt-175b"),
        ("# Mistral AI Research License", "mistral-research"),
        ("CreativeML Open RAIL-M\ndated August 22, 2022", "creativeml-openrail-m"),
        ("CreativeML Open RAIL++-M License dated July 26, 2023", "openrail++"),
        ("BigCode Open RAIL-M v1 License Agreement", "bigcode-openrail-m"),
        ("Attribution-NonCommercial-ShareAlike 4.0 International Public License", "CC-BY-NC-SA-4.0"),
        ("GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007", "AGPL-3.0-only"),
    ],
)
def test_titles(text: str, name: str) -> None:
    match = match_text(text, LICENCES)
    assert match is not None
    assert match.name == name
