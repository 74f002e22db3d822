"""A scaffold loads, lint finds no error in it, its first case fails, and nothing is ever overwritten."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from compliance.catalogue import load_catalogue
from compliance.engine.cases import Cases
from compliance.engine.lint_cases import lint_packs
from compliance.packs import load_packs
from compliance.packs.lint import Severity, severity_of
from compliance.packs.scaffold import cite_of, scaffold_card
from compliance.packs.schema import SCHEMAS
from compliance.reading import load_yaml

DAY = date(2026, 11, 24)
PINPOINTS = ("art-55-1-a", "22757-15-a-2", "annex-iii-4-a", "art-2-3-s2", "15-c-72h", "5-frontier-model", "decree-3-1", "a-6-2-4")


@pytest.fixture
def jurisdictions(root: Path, tmp_path: Path) -> Path:
    """The AI Act without the card that is to be written, and room for others."""
    act = tmp_path / "eu" / "ai-act"
    shutil.copytree(root / "jurisdictions" / "eu" / "ai-act", act)
    shutil.copy(root / "jurisdictions" / "themes.yaml", tmp_path)
    (act / "provisions" / "art-55-1-a.yaml").unlink(missing_ok=True)
    return tmp_path


def check(path: Path, root: Path) -> None:
    """It loads, has no error, and its first case fails."""
    loaded = load_packs(root)
    assert [str(p) for p in loaded.problems] == []
    shown = f"jurisdictions/{path.relative_to(root).as_posix()}"
    catalogue = load_catalogue()[0]
    found = [p for p in lint_packs(loaded, catalogue, day=DAY) if severity_of(p.code) is Severity.ERROR]
    pack = next(pack for pack in loaded.packs if path.is_relative_to(pack.folder))
    assert [str(p) for p in found if p.source.file.startswith(f"jurisdictions/{pack.id}/")] == []
    card = next(card for card in pack.cards if card.source.file == shown)
    results = list(Cases(loaded.packs, catalogue).run_card(card))
    assert results
    assert not results[0].passed
    assert results[0].problem.startswith("expected satisfied, got ")
    assert Draft202012Validator(SCHEMAS["card"]()).is_valid(load_yaml(path.read_text("utf-8"), path.name))


def test_card_of_an_instrument_that_is_there(jurisdictions: Path) -> None:
    path = scaffold_card(jurisdictions, "eu/ai-act", "art-55-1-a", DAY)
    assert path == jurisdictions / "eu/ai-act/provisions/art-55-1-a.yaml"
    assert "cite: Art. 55(1)(a)\n" in path.read_text("utf-8")
    check(path, jurisdictions)


@pytest.mark.parametrize("pinpoint", PINPOINTS)
def test_card_of_a_new_instrument(pinpoint: str, tmp_path: Path) -> None:
    path = scaffold_card(tmp_path, "xx/new-act", pinpoint, DAY)
    names = sorted(file.name for file in (tmp_path / "xx/new-act").glob("*.yaml"))
    assert names == ["amendments.yaml", "coverage.yaml", "instrument.yaml", "parameters.yaml", "timeline.yaml"]
    check(path, tmp_path)


def test_second_card_leaves_the_instrument_alone(tmp_path: Path) -> None:
    scaffold_card(tmp_path, "xx/new-act", "s-1", DAY)
    instrument = tmp_path / "xx/new-act/instrument.yaml"
    instrument.write_text(instrument.read_text("utf-8").replace("[provider]", "[operator, provider]"), "utf-8")
    path = scaffold_card(tmp_path, "xx/new-act", "s-2", DAY)
    assert "addressee: operator\n" in path.read_text("utf-8")
    check(path, tmp_path)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = scaffold_card(tmp_path, "xx/new-act", "s-1", DAY)
    path.write_text("obligation: mine\n", "utf-8")
    with pytest.raises(FileExistsError, match=r"s-1\.yaml exists already"):
        scaffold_card(tmp_path, "xx/new-act", "s-1", DAY)
    assert path.read_text("utf-8") == "obligation: mine\n"


@pytest.mark.parametrize(
    ("instrument", "pinpoint"),
    [
        ("eu", "art-1"),
        ("eu/ai-act", "Art. 55(1)(a)"),
        ("../eu/ai-act", "art-1"),
        ("eu/..", "art-1"),
        ("eu/ai-act", "../x"),
        ("eu/a", ""),
    ],
)
def test_names_that_no_file_can_have(instrument: str, pinpoint: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="write"):
        scaffold_card(tmp_path, instrument, pinpoint, DAY)
    assert list(tmp_path.iterdir()) == []


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="not a folder of jurisdictions"):
        scaffold_card(tmp_path / "nowhere", "eu/ai-act", "art-1", DAY)


def test_instrument_that_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "xx" / "broken"
    folder.mkdir(parents=True)
    (folder / "instrument.yaml").write_text("instrument: [\n", "utf-8")
    with pytest.raises(ValueError, match="cannot be read"):
        scaffold_card(tmp_path, "xx/broken", "s-1", DAY)
    assert not (folder / "provisions" / "s-1.yaml").exists()


@pytest.mark.parametrize(
    ("pinpoint", "cite"),
    [
        ("art-55-1-a", "Art. 55(1)(a)"),
        ("annex-iii-4-a", "Annex III 4(a)"),
        ("22757-12-b-1", "22757(12)(b)(1)"),
        ("art-2-3-s2", "Art. 2(3), second sentence"),
        ("art-54-3-sentence-1", "Art. 54(3), first sentence"),
        ("5-frontier-model", "5, frontier model"),
        ("decree-24-1", "Decree 24(1)"),
        ("15-c-72h", "15(c), 72 hours"),
    ],
)
def test_citation_to_begin_with(pinpoint: str, cite: str) -> None:
    assert cite_of(pinpoint) == cite
