"""Hostile and broken input: one located error each, the exit code of docs/cli.md, and the rest is still read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from compliance.cli.app import app

DAY = "2026-11-23"
CARD = "---\nlicense: mit\n---\n# A model\n\n## Limitations\n\nIt is often wrong about dates and names.\n"


def assess(folder: Path, *options: str) -> Result:
    result = CliRunner().invoke(app, ["assess", str(folder), "--at", DAY, *options])
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result


def errors(result: Result) -> list[str]:
    return [line for line in result.stderr.splitlines() if line and not line.startswith(" ") and " | " not in line]


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "some-model"
    folder.mkdir()
    (folder / "README.md").write_text(CARD, "utf-8")
    return folder


def test_sound_dossier_has_no_error(dossier: Path) -> None:
    result = assess(dossier)
    assert (result.exit_code, errors(result)) == (0, [])


def test_duplicate_key(dossier: Path) -> None:
    (dossier / "compliance.yaml").write_text(
        "format: 1\nmodel:\n  is_general_purpose: true\n  is_general_purpose: false\n", "utf-8"
    )
    result = assess(dossier)
    assert result.exit_code == 2
    (error,) = errors(result)
    assert error.startswith("compliance.yaml:4:3: PK102 duplicate key `is_general_purpose`")
    assert "README.md" in assess(dossier, "--format", "json").stdout


def test_no_is_norway_and_not_false(dossier: Path) -> None:
    (dossier / "compliance.yaml").write_text("format: 1\nmodel:\n  is_general_purpose: NO\n", "utf-8")
    result = assess(dossier)
    assert result.exit_code == 2
    (error,) = errors(result)
    assert error.startswith("compliance.yaml:3:")
    assert "`NO` is not true or false" in error


def test_misspelt_fact_in_the_manifest(dossier: Path) -> None:
    (dossier / "compliance.yaml").write_text("format: 1\nmodel:\n  is_general_purposed: true\n", "utf-8")
    result = assess(dossier)
    assert result.exit_code == 2
    (error,) = errors(result)
    assert error.startswith("compliance.yaml:3:3: PK201 unknown fact")
    assert "model.is_general_purpose" in result.stderr


def test_huge_card(dossier: Path) -> None:
    with (dossier / "MODEL_CARD.md").open("wb") as stream:
        stream.write(b"# A card\n")
        stream.truncate(50_000_000)
    result = assess(dossier)
    assert result.exit_code == 2
    (error,) = errors(result)
    assert error.startswith("MODEL_CARD.md")
    assert "50000000 bytes" in error


def test_binary_named_readme(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    (tmp_path / "LICENSE").write_text("something else entirely\n", "utf-8")
    result = assess(tmp_path)
    assert result.exit_code == 2
    (error,) = errors(result)
    assert error.startswith("README.md:1:1: encoding")


def test_link_out_of_the_dossier(dossier: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\nlicense: apache-2.0\n---\n# Secret\n", "utf-8")
    os.symlink(secret, dossier / "CARD.md")
    result = assess(dossier)
    assert result.exit_code == 2
    (error,) = errors(result)
    assert error.startswith("CARD.md: path the link leaves the folder")
    assert "apache" not in result.stdout.lower()


def test_yaml_bomb(dossier: Path) -> None:
    bomb = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"
    (dossier / "compliance.yaml").write_text(bomb, "utf-8")
    result = assess(dossier)
    assert result.exit_code == 2
    assert errors(result)[0].startswith("compliance.yaml:1:4: yaml anchors and aliases are not read")


def test_deep_nesting(dossier: Path) -> None:
    (dossier / "compliance.yaml").write_text("model: " + "[" * 5000 + "]" * 5000 + "\n", "utf-8")
    result = assess(dossier)
    assert result.exit_code == 2
    assert "nested more than" in errors(result)[0] or "exceeded" in errors(result)[0]


def test_control_characters_do_not_reach_the_terminal(dossier: Path) -> None:
    (dossier / "compliance.yaml").write_text('format: 1\norganisation: {name: "evil\\e[31mred"}\n', "utf-8")
    result = assess(dossier)
    assert "\x1b" not in result.stdout + result.stderr


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    result = assess(tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_card_with_a_misspelt_fact(tmp_path: Path, root: Path) -> None:
    source = root / "jurisdictions" / "us-ca" / "ab-2013"
    folder = tmp_path / "us-ca" / "ab-2013"
    for path in source.rglob("*.yaml"):
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text("utf-8"), "utf-8")
    card = folder / "provisions" / "3111-b-1.yaml"
    card.write_text(card.read_text("utf-8").replace("system.sole_purpose", "system.sole_purposes"), "utf-8")
    result = CliRunner().invoke(app, ["packs", "lint", str(tmp_path)])
    assert result.exit_code == 4
    assert "PK201 unknown fact `system.sole_purposes`" in result.stdout
    assert "did you mean `system.sole_purpose`?" in result.stdout


def test_empty_folder_is_no_pass(tmp_path: Path) -> None:
    result = assess(tmp_path, "--fail-on", "undetermined")
    assert result.exit_code == 3
    assert "PROVEN GAPS (0)" in result.stdout
    assert "model.is_general_purpose" in assess(tmp_path, "--format", "json").stdout


def test_folders_named_like_files(tmp_path: Path) -> None:
    for name in ("README.md", "LICENSE", "compliance.yaml", "docs"):
        (tmp_path / name).mkdir()
    result = assess(tmp_path)
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in errors(result)] == ["LICENSE", "README.md", "compliance.yaml"]
