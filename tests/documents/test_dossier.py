"""Folders as they come: empty, hostile, with several models."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from compliance.documents import read_documents
from compliance.vocabulary import EdgeStatement, NodeStatement

from .dossiers import CATALOGUE, codes, edges, facts, read, topics, values, write

CARD = "---\nlicense: mit\n---\n# M\n"


def test_an_empty_folder_is_one_model(tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    folder.mkdir()
    reading = read_documents(folder, CATALOGUE)
    assert [one.node for one in reading.statements if isinstance(one, NodeStatement)] == ["model:my-model"]
    assert len(reading.statements) == 1
    assert (reading.subjects, reading.problems, reading.files) == (("model:my-model",), (), ())


@pytest.mark.parametrize("name", ["nothing-here", "file"])
def test_no_folder_is_one_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    reading = read_documents(tmp_path / name, CATALOGUE)
    assert [one.code for one in reading.problems] == ["path"]
    assert reading.statements == ()


def test_every_file_is_listed_with_its_digest(tmp_path: Path) -> None:
    write(tmp_path, "weights/model.bin", b"\0\1\2")
    write(tmp_path, ".git/HEAD", "x")
    reading = read(tmp_path, README_md=CARD, config_json='{"model_type": "x", "architectures": ["A"]}')
    assert [(one.name, one.importer) for one in reading.files] == [
        ("README.md", "model_card"), ("config.json", "config_json"), ("weights/model.bin", ""),
    ]  # fmt: skip
    assert reading.files[0].digest == hashlib.sha256(CARD.encode()).hexdigest()
    assert reading.files[2].digest == hashlib.sha256(b"\0\1\2").hexdigest()
    assert codes(reading) == []


def test_large_weights_are_listed_and_left_alone(tmp_path: Path) -> None:
    with (tmp_path / "model.safetensors").open("wb") as stream:
        stream.truncate(20_000_000)
    reading = read(tmp_path, README_md=CARD)
    assert [(one.name, one.digest == "") for one in reading.files] == [("README.md", False), ("model.safetensors", True)]
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("README.md", b"\0\1\2" * 50, "encoding"),
        ("README.md", "naïve".encode("latin-1"), "encoding"),
        ("README.md", b"x" * 1_000_001, "size"),
        ("README.md", b"---\n" + b"a: &a [x]\n" + b"b: [*a, *a]\n" + b"---\n", "yaml"),
        ("README.md", b"---\n" + b"[" * 5000 + b"\n---\n", "depth"),
        ("config.json", b'{"model_type": ' + b"[" * 5000, "depth"),
        ("config.json", b'{"model_type": ', "json"),
        ("config.json", b'["model_type": 1]', "json"),
        ("compliance.yaml", b"model: {name: x, name: y}", "PK102"),
        ("LICENSE", b"\xff\xfe\x00", "encoding"),
        ("compliance.yaml", b"x" * 11_000_000, "size"),
    ],
)
def test_a_broken_file_is_one_problem_and_the_others_are_read(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    write(tmp_path, "model_card.md", "---\nlanguage: en\n---\n# M\n")
    write(tmp_path, name, content)
    started = time.monotonic()
    reading = read(tmp_path)
    assert time.monotonic() - started < 5
    assert [one for one, _ in codes(reading)] == [code]
    assert reading.problems[0].source.file == name
    assert "model.languages" in facts(reading)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, "README.md", CARD)
    folder = tmp_path / "dossier"
    folder.mkdir()
    os.symlink(outside / "README.md", folder / "README.md")
    os.symlink(outside, folder / "more")
    os.symlink("nowhere", folder / "LICENSE")
    reading = read_documents(folder, CATALOGUE)
    assert facts(reading) == {}
    assert sorted(codes(reading)) == [("path", "LICENSE"), ("path", "README.md"), ("path", "more")]
    assert [one.name for one in reading.files] == ["LICENSE", "README.md", "more"]


@pytest.mark.parametrize(
    "line",
    ["[" * 900_000, "# " + " " * 900_000 + "x", "<!--" * 200_000, "**" * 400_000, "| " * 400_000, "[a](" * 200_000,
     "- " * 400_000, "a\n" * 400_000, "## Limitations\n" * 30_000, "**License:** " * 70_000, "```\n" * 200_000],
    ids=["brackets", "spaces", "comments", "bold", "cells", "links", "items", "lines", "headings", "labels", "fences"],
)  # fmt: skip
def test_hostile_markdown_costs_no_more_than_its_length(tmp_path: Path, line: str) -> None:
    started = time.monotonic()
    read(tmp_path, README_md=f"# M\n## Limitations\n{line}\n"[:999_000])
    assert time.monotonic() - started < 10


def test_the_same_folder_gives_the_same_reading(tmp_path: Path) -> None:
    write(tmp_path, "compliance.yaml", "organisation: {name: o, roles: [provider]}\nmodel: {is_new: true}\n")
    assert repr(read(tmp_path, README_md=CARD)) == repr(read(tmp_path, README_md=CARD))


def test_a_readme_beside_a_card_is_no_card(tmp_path: Path) -> None:
    write(tmp_path, "model_card.md", "# M\n## Limitations\nIt is small.\n")
    reading = read(tmp_path, README_md="# M\n## Contact\na@b.example\n")
    assert [(one.name, one.importer) for one in reading.files] == [("README.md", "readme"), ("model_card.md", "model_card")]
    assert topics(reading, "model_card.md") == {"limitations"}
    assert [end for _, end, _ in edges(reading, "documented_by")] == ["document:model_card.md"]


def test_both_are_cards_if_the_readme_has_front_matter(tmp_path: Path) -> None:
    write(tmp_path, "model_card.md", "# M\n")
    reading = read(tmp_path, README_md=CARD)
    assert [end for _, end, _ in edges(reading, "documented_by")] == ["document:README.md", "document:model_card.md"]


def test_a_single_repository_below_is_the_model_of_the_dossier(tmp_path: Path) -> None:
    write(tmp_path, "hub/repo/README.md", CARD)
    write(tmp_path, "hub/repo/config.json", '{\n\t"architectures":["ExampleForCausalLM"],"max_position_embeddings":2048}')
    reading = read(tmp_path)
    assert reading.subjects == (f"model:{tmp_path.name}",)
    assert facts(reading) == {
        "model.licence.name": [("MIT", "hub/repo/README.md:2:1")],
        "model.architecture_name": [("ExampleForCausalLM", "hub/repo/config.json:2:2")],
        "model.position_limit": [(2048, "hub/repo/config.json:2:41")],
    }


def test_repositories_below_are_models_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, "a/README.md", CARD)
    write(tmp_path, "b/README.md", "---\nlicense: apache-2.0\n---\n")
    reading = read(tmp_path)
    assert reading.subjects == ("model:a", "model:b")
    assert [(start, end) for start, end, _ in edges(reading, "licensed_under")] == [
        ("model:a", "licence:MIT"),
        ("model:b", "licence:Apache-2.0"),
    ]


def test_cards_of_sizes_make_a_family(tmp_path: Path, root: Path) -> None:
    write(tmp_path, "LICENSE-MODEL", (root / "LICENSE").read_bytes())
    write(tmp_path, "model_cards/m-7b.md", "# 7B\n## Limitations\nIt is small.\n")
    write(tmp_path, "model_cards/m-70b.md", "# 70B\n")
    reading = read(tmp_path, README_md="# The family\n")
    assert reading.subjects == ("model:m-70b", "model:m-7b")
    family = f"model:{tmp_path.name}"
    assert edges(reading, "part_of") == [("model:m-70b", family, {}), ("model:m-7b", family, {})]
    assert edges(reading, "documented_by") == [
        (family, "document:README.md", {}), ("model:m-70b", "document:model_cards/m-70b.md", {}),
        ("model:m-7b", "document:model_cards/m-7b.md", {}),
    ]  # fmt: skip
    assert values(reading, "model.licence.name") == ["Apache-2.0", "Apache-2.0"]


def test_a_manifest_on_one_model_takes_all_cards(tmp_path: Path) -> None:
    write(tmp_path, "model_cards/m-7b.md", "# 7B\n")
    write(tmp_path, "compliance.yaml", "model: {name: m}\n")
    reading = read(tmp_path, README_md="# The family\n")
    assert reading.subjects == ("model:m",)
    assert edges(reading, "part_of") == []
    assert {start for start, _, _ in edges(reading, "documented_by")} == {"model:m"}


def test_a_configuration_without_a_card_states_nothing(tmp_path: Path) -> None:
    write(tmp_path, "tests/fixture/config.json", '{"architectures": ["A"]}')
    assert facts(read(tmp_path, README_md="# M\n")) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"architectures": ["A", "B"], "model_type": "x"}', {}),
        ('{"architectures": [], "n_positions": 0}', {}),
        ('{"architectures": null, "n_ctx": true}', {}),
        (
            '{"architectures": ["A"], "n_positions": 1024, "n_ctx": 512}',
            {"model.architecture_name": ["A"], "model.position_limit": [1024]},
        ),
        ('{"_class_name": "UNet", "sample_size": 64}', {}),
    ],
)
def test_configurations(tmp_path: Path, text: str, expected: dict[str, list[object]]) -> None:
    reading = read(tmp_path, config_json=text)
    assert {fact: values(reading, fact) for fact in facts(reading)} == expected
    assert codes(reading) == []


def test_statements_speak_of_nodes(tmp_path: Path) -> None:
    write(tmp_path, "compliance.yaml", "incident: {of: x}\nmodel: {name: x}\n")
    for one in read(tmp_path, README_md=CARD).statements:
        names = (
            (one.start, one.end)
            if isinstance(one, EdgeStatement)
            else (one.node,)
            if isinstance(one, NodeStatement)
            else (one.subject,)
        )
        assert all(":" in name for name in names)
