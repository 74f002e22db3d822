"""`graph` and `--with` as their user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from compliance.cli.app import app

AT = ["--at", "2026-11-23"]


def call(*arguments: str) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def house(tmp_path: Path) -> Path:
    manifests = {
        "base": "model: {name: base, is_derived: false, compute: {own_training: 10^25}}\n",
        "tune": "model: {name: tune, base_model: labs/base, compute: {own_training: 4*10^24}}\nsystem: none\n",
    }
    for name, text in manifests.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "compliance.yaml").write_text(text, "utf-8")
    return tmp_path


def test_every_form_is_written(house: Path) -> None:
    begins = {"text": "Documentation graph of tune", "json": "{", "dot": "digraph", "svg": "<svg"}
    for form, begin in begins.items():
        result = call("graph", str(house / "tune"), *AT, "--with", str(house), "--format", form)
        assert result.exit_code == 0, result.stderr
        assert result.stdout.startswith(begin)
        assert "labs/base" in result.stdout
    assert "share of that of the models built on: 0.4" in call("graph", str(house / "tune"), *AT, "--with", str(house)).stdout


def test_wrong_folders_exit_2(house: Path) -> None:
    assert call("graph", str(house / "nowhere"), *AT).exit_code == 2
    result = call("graph", str(house / "tune"), *AT, "--with", str(house / "nowhere"))
    assert (result.exit_code, "is not a folder" in result.stderr) == (2, True)


def test_a_circle_is_shown_and_exits_2(house: Path) -> None:
    (house / "base" / "compliance.yaml").write_text("model: {name: base, base_model: tune}\n", "utf-8")
    for command in (["graph"], ["assess"]):
        result = call(*command, str(house / "tune"), *AT, "--with", str(house / "base"))
        assert result.exit_code == 2
        assert "model:labs/base -> model:tune -> model:labs/base" in result.stderr


def test_with_reaches_assess_explain_and_ask(house: Path) -> None:
    joined = ["--with", str(house / "base")]
    facts = json.loads(call("assess", str(house / "tune"), *AT, *joined, "--format", "json", "--no-proofs").stdout)["facts"]
    assert facts["model:tune"]["model.compute.modification_share"]["value"] == "0.4"
    assert list(facts) == ["model:tune", "organisation:unnamed"]
    told = [call("explain", str(house / "tune"), "art-52-1", *AT, *more).stdout for more in (joined, [])]
    assert ["base/compliance.yaml:1:" in one for one in told] == [True, False]
    asked = call("ask", str(house / "tune"), *AT, *joined, "--limit", "300").stdout
    assert "model.compute.upstream_training" not in asked
    assert "model.compute.upstream_training" in call("ask", str(house / "tune"), *AT, "--limit", "300").stdout


def test_contradictions_stand_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n# M\n", "utf-8")
    (tmp_path / "compliance.yaml").write_text("model: {licence: {name: apache-2.0}}\n", "utf-8")
    text = call("assess", str(tmp_path), *AT).stdout
    assert "REMARKS ON THE DOCUMENTS" in text
    assert "model.licence.name: Apache-2.0 (compliance.yaml:1:19) against MIT (README.md:2:1)" in " ".join(text.split())
    remarks = json.loads(call("assess", str(tmp_path), *AT, "--format", "json", "--no-proofs").stdout)["remarks"]
    assert [r["file"] for r in remarks if r["code"] == "contradiction" and "licence.name" in r["message"]] == ["README.md"]
