"""Licences that the text of a card names: of the model, of the code, of one size, and of neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.vocabulary import FactStatement

from .dossiers import edges, facts, read, values, write

NAME, CODE = "model.licence.name", "model.code_licence.name"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The weights are released under the Apache 2.0 license.", {NAME: "Apache-2.0"}),
        ("All our open-weight models are licensed under Apache 2.0.", {NAME: "Apache-2.0"}),
        ("The weights are licensed under version 2.0 of the Apache License.", {NAME: "Apache-2.0"}),
        ("This library is licensed under the MIT License.", {CODE: "MIT"}),
        ("Small code and model weights are released under the Apache License 2.0.", {NAME: "Apache-2.0", CODE: "Apache-2.0"}),
        ("Our code models are distributed under the MIT License.", {NAME: "MIT"}),
        (
            "The code is released under MIT. Use of the model is subject to [the Model License](https://h.example/l).",
            {NAME: "Model License", CODE: "MIT"},
        ),
        ("- **Permissive Apache 2.0 license:** Build what you like.", {NAME: "Apache-2.0"}),
        ("- Open: Apache 2.0 license provides access to weights and code.", {NAME: "Apache-2.0", CODE: "Apache-2.0"}),
        ("**Source Code**: License Apache Software License 2.0.", {CODE: "Apache-2.0"}),
        ("![Code License](https://img.shields.io/badge/Code_License-MIT-green)", {CODE: "MIT"}),
        ("![Model License](https://img.shields.io/badge/Model%20License-Apache_2.0-green)", {NAME: "Apache-2.0"}),
        (
            "The following license applies to all code, as well as the models.\n\nLicensed under the Apache License, Version 2.0",
            {NAME: "Apache-2.0", CODE: "Apache-2.0"},
        ),
        (
            "The code in this repo is Apache-2 licensed. The weights have a CC BY-SA 4.0 license.",
            {NAME: "CC-BY-SA-4.0", CODE: "Apache-2.0"},
        ),
        ("The dataset is released under the MIT License.", {}),
        ("The model builds on a base which is licensed under the MIT License.", {}),
        ("The weights of the autoencoder are released under MIT.", {}),
        ("The model was originally licensed under MIT.", {}),
        ("Big-2.5 models are licensed under MIT.", {}),
        ("It is released under the MIT License.", {}),
        ("The model is released under a permissive licence.", {}),
        ("![License](https://img.shields.io/badge/License-MIT-green)", {}),
        ("| Data | License |\n|---|---|\n| Small-data | MIT |", {}),
    ],
)
def test_wording(tmp_path: Path, text: str, found: dict[str, str]) -> None:
    reading = read(tmp_path, README_md=f"# Small\n\n{text}\n")
    assert {fact: value for fact in (NAME, CODE) for value in values(reading, fact)} == found
    covered = {told["covers"] for _, _, told in edges(reading, "licensed_under")}
    assert covered == {"model" if fact == NAME else "code" for fact in found}


def test_the_front_matter_names_the_models_licence(tmp_path: Path) -> None:
    card = (
        "---\nlicense: mit\n---\n# Small\n\nThe weights are released under Apache 2.0. The code is licensed under Apache 2.0.\n"
    )
    reading = read(tmp_path, README_md=card)
    assert (values(reading, NAME), values(reading, CODE)) == (["MIT"], ["Apache-2.0"])


def test_a_table_gives_each_model_its_own(tmp_path: Path) -> None:
    table = "| Name | License |\n|---|---|\n| Small-A | Apache-2.0 |\n| Small-B | Small Research License |\n| Small-C | MIT |\n"
    write(tmp_path, "model_cards/Small-A.md", "# Small-A\nText.\n")
    write(tmp_path, "model_cards/Small-B.md", "# Small-B\nText.\n")
    reading = read(tmp_path, README_md=f"# Small\n\n{table}")
    told = {(one.subject, one.value) for one in reading.statements if isinstance(one, FactStatement)}
    assert told == {("model:Small-A", "Apache-2.0"), ("model:Small-B", "Small Research License")}


def test_models_named_by_their_sizes_have_their_own(tmp_path: Path) -> None:
    text = "Small-7B and Small-14B are licensed under the [Small License](L). Small-1B is licensed under the MIT License.\n"
    reading = read(tmp_path / "Small-7B", README_md=f"# Small-7B\n\n{text}") if (tmp_path / "Small-7B").mkdir() is None else None
    assert reading
    told = {(one.subject, one.value) for one in reading.statements if isinstance(one, FactStatement)}
    assert told == {("model:Small-7B", "Small License"), ("model:Small-14B", "Small License"), ("model:Small-1B", "MIT")}


def test_a_file_of_weights_has_its_own(tmp_path: Path) -> None:
    text = "- `small-22b-v1.tar` has a custom licence, called [Small Research License](https://h.example/l)\n"
    reading = read(tmp_path, README_md=f"# Tools\n\n{text}")
    told = [(one.subject, one.value) for one in reading.statements if isinstance(one, FactStatement)]
    assert told == [("model:small-22b-v1", "Small Research License")]


def test_the_notice_in_the_documentation_of_a_bundle(tmp_path: Path) -> None:
    write(
        tmp_path,
        "configs/metadata.json",
        '{"monai_version": "1.4.0", "task": "Spleen segmentation", "data_source": "Spleens dataset"}',
    )
    notice = '# Spleen\n\n# License\n\nLicensed under the Apache License, Version 2.0 (the "License").\n'
    write(tmp_path, "docs/README.md", notice)
    reading = read(tmp_path)
    assert facts(reading)[NAME] == [("Apache-2.0", "docs/README.md:5:20")]
    assert values(reading, "model.library") == ["monai"]
    assert edges(reading, "trained_on") == [(f"model:{tmp_path.name}", "dataset:Spleens", {})]


def test_sections_on_relatives_are_cards_of_their_own(tmp_path: Path) -> None:
    link = "[SmallChat](https://huggingface.co/lab/SmallChat)"
    page = (
        f"# Tuning\n\n# SmallChat\n{link} is a chat model finetuned from [lab/Small](https://huggingface.co/lab/Small).\n\n"
        "- **License:** MIT\n\n# Other\n[Other](https://huggingface.co/lab/Other) is a model. It is licensed under MIT.\n"
    )
    folder = tmp_path / "small"
    write(folder, "tune/README.md", page)
    reading = read(folder, README_md="# Small\n\nText.\n")
    assert edges(reading, "derived_from") == [("model:SmallChat", "model:lab/Small", {"relation": "finetune"})]
    told = [(one.subject, one.fact, one.value) for one in reading.statements if isinstance(one, FactStatement)]
    assert told == [("model:SmallChat", NAME, "MIT")]
