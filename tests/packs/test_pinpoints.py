"""The places of a text: spelling, digests, what is unaccounted for, and what changed."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compliance.catalogue import data_folder
from compliance.cli.app import app
from compliance.packs import load_pack
from compliance.packs.coverage import measure_coverage
from compliance.packs.instrument import CoverageRow
from compliance.packs.law import load_law
from compliance.packs.pinpoints import key_of, text_digest

LAW = Path(os.environ.get("COMPLIANCE_LAW", Path(__file__).resolve().parents[3] / "shared" / "law"))
ACT = load_law().loaded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Art. 9(5), second subpara., (a)", "9(5) subpara 2 (a)"),
        ("Art. 9(5), second subpara., (a)", "Art. 9(5), subpara 2, point (a)"),
        ("Annex III, point 1(a)", "III 1(a)".replace("III", "Annex III")),
        ("Annex VIII, Section A, point 2", "annex VIII A 2"),
        ("Art. 113, first para.", "Article 113"),
    ],
)
def test_spellings_of_one_place(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Art. 6(1a)", "Art. 6(1)(a)"), ("Art. 3(14)", "Art. 3(1)(4)"), ("Art. 6(3)", "Art. 6(3), second subpara.")],
)
def test_places_that_differ(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def small_pack(tmp_path: Path) -> Path:
    """A copy of the touchpoints of the GDPR with three places and a text of two."""
    folder = tmp_path / "xx" / "act"
    shutil.copytree(data_folder("jurisdictions") / "eu" / "gdpr", folder)
    (folder / "coverage.yaml").write_text(
        "- {cite: Art. 22(1), card: art-22-1}\n- {cite: Art. 22(2), left_out: not_yet_written}\n"
        "- {cite: Art. 99, left_out: no_duty}\n"
    )
    first = text_digest("Nobody is subject to it.")
    (folder / "pinpoints.yaml").write_text(
        f'text: text.jsonl\noperative:\n  Art. 22(1): "{first}"\n  Art. 22(2): "no_text"\n  Art. 22(3): "no_text"\ndeleted: []\n'
    )
    rows = [{"cite": "22(1)", "text": "Nobody  is\nsubject to it."}, {"cite": "Art. 22(3)", "text": "New words."}]
    (tmp_path / "text.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def test_unaccounted_and_changed(tmp_path: Path) -> None:
    folder = small_pack(tmp_path)
    result = CliRunner().invoke(app, ["packs", "coverage", str(folder), "--text", str(tmp_path), "--format", "json"])
    assert result.exit_code == 1
    (one,) = json.loads(result.stdout)
    assert one["encoded"] == {"Art. 22(1)": ["art-22-1"]}
    assert one["unaccounted"] == ["Art. 22(2)", "Art. 22(3)"]
    assert one["unknown"] == ["Art. 99"]
    assert one["changed"] == [{"cite": "Art. 22(3)", "cards": [], "gone": False}]


def test_words_that_change_name_their_card(tmp_path: Path) -> None:
    folder = small_pack(tmp_path)
    (tmp_path / "text.jsonl").write_text('{"cite": "Art. 22(1)", "text": "Somebody is subject to it."}\n')
    result = CliRunner().invoke(app, ["packs", "coverage", str(folder), "--text", str(tmp_path)])
    assert "changed: Art. 22(1): read again art-22-1" in result.stdout


def test_accepting_a_text(tmp_path: Path) -> None:
    folder = small_pack(tmp_path)
    before = (folder / "pinpoints.yaml").read_text()
    CliRunner().invoke(app, ["packs", "coverage", str(folder), "--text", str(tmp_path), "--accept"])
    after = (folder / "pinpoints.yaml").read_text()
    assert after == before.replace('Art. 22(3): "no_text"', f'Art. 22(3): "{text_digest("New words.")}"')
    again = CliRunner().invoke(app, ["packs", "coverage", str(folder), "--text", str(tmp_path)])
    assert "changed" not in again.stdout


@pytest.mark.parametrize("text", ["no json", '{"cite": "Art. 1"}', "[]", '{"cite": 1, "text"'])
def test_broken_rows_are_located(tmp_path: Path, text: str) -> None:
    folder = small_pack(tmp_path)
    (tmp_path / "text.jsonl").write_text(f'{{"cite": "Art. 1", "text": "x"}}\n{text}\n')
    result = CliRunner().invoke(app, ["packs", "coverage", str(folder), "--text", str(tmp_path)])
    assert result.exit_code == 2
    assert "text.jsonl:2:1: " in result.stderr


def test_a_reason_that_is_none() -> None:
    pack = ACT.pack("eu/gdpr")
    assert pack is not None
    fresh, _ = load_pack(Path(pack.folder))
    assert fresh is not None
    row = CoverageRow(cite="Art. 99", left_out="not_yet_written")
    measured = measure_coverage(replace(fresh, coverage=(*fresh.coverage, row)))
    assert measured.unaccounted == ("Art. 99",)
    assert not measured.indexed


@pytest.mark.skipif(not (LAW / "eu").is_dir(), reason=f"no legal texts at {LAW}")
def test_the_words_of_the_ai_act_are_those_that_were_read() -> None:
    result = CliRunner().invoke(app, ["packs", "coverage", "eu/ai-act", "--text", str(LAW / "eu" / "ai-act"), "--format", "json"])
    assert json.loads(result.stdout)[0]["changed"] == []
