"""The quick start: the same law, made anew after every edit, and never taken from a stranger's file."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from compliance.packs import cache
from compliance.packs.law import Law, load_law


@pytest.fixture
def entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("COMPLIANCE_NO_CACHE", raising=False)
    return tmp_path / "cache" / "compliance"


def loaded(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every time the YAML is read from now on."""
    times: list[object] = []

    def watched(*arguments: object) -> Law:
        times.append(arguments)
        return load_law(*arguments)  # type: ignore[arg-type]  # handed through as it came

    monkeypatch.setattr(cache, "load_law", watched)
    return times


def test_the_second_start_reads_no_yaml(entries: Path, law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    times = loaded(monkeypatch)
    first, second = cache.load_law_quickly(), cache.load_law_quickly()
    assert len(times) == 1
    assert len(list(entries.glob("law-*.pickle"))) == 1
    assert first == second == cache.slim(law)


def test_an_edit_makes_it_new(entries: Path, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "packs" / "us-ca" / "draft"
    shutil.copytree(root / "jurisdictions" / "us-ca" / "ab-2013", folder)
    times = loaded(monkeypatch)
    cache.load_law_quickly([tmp_path / "packs"])
    card = folder / "provisions" / "3111-b-1.yaml"
    card.write_text(card.read_text("utf-8").replace("exemption: ", "exemption: Anew, ", 1), "utf-8")
    law = cache.load_law_quickly([tmp_path / "packs"])
    assert len(times) == len(list(entries.glob("law-*.pickle"))) == 2
    pack = law.loaded.pack("us-ca/draft")
    assert pack is not None
    assert any(one.title.startswith("Anew, ") for one in pack.cards)


@pytest.mark.parametrize("spoil", ["garbage", "open to others"])
def test_a_spoilt_entry_is_not_used(entries: Path, monkeypatch: pytest.MonkeyPatch, spoil: str) -> None:
    cache.load_law_quickly()
    (entry,) = entries.glob("law-*.pickle")
    if spoil == "garbage":
        entry.write_bytes(b"not a pickle")
    else:
        entry.write_bytes(pickle.dumps("planted"))
        entry.chmod(0o666)
    times = loaded(monkeypatch)
    assert cache.load_law_quickly().loaded.packs
    assert len(times) == 1


def test_it_can_be_turned_off(entries: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPLIANCE_NO_CACHE", "1")
    cache.load_law_quickly()
    assert not entries.exists()
