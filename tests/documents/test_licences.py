"""Knowledge of licences: names, permissions, expressions."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.catalogue.licences import PERMISSIONS, canonical_licence, find_licence, licence_names, load_licences, permission

LICENCES, PROBLEMS = load_licences()

HUB = (
    "apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 bigcode-openrail-m "
    "afl-3.0 artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc cc0-1.0 cc-by-2.0 "
    "cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 "
    "cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0 "
    "cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 eupl-1.2 agpl-3.0 gfdl "
    "gpl gpl-2.0 gpl-3.0 lgpl lgpl-2.1 lgpl-3.0 isc h-research intel-research lppl-1.3c ms-pl apple-ascl apple-amlr "
    "mpl-2.0 odc-by odbl openmdw-1.0 openmdw-1.1 openrail++ osl-3.0 postgresql ofl-1.1 ncsa unlicense zlib pddl "
    "lgpl-lr deepfloyd-if-license fair-noncommercial-research-license llama2 llama3 llama3.1 llama3.2 llama3.3 llama4 "
    "grok2-community gemma unknown other "
)


def test_the_files_are_sound() -> None:
    assert PROBLEMS == ()
    for licence in LICENCES.values():
        assert licence.clauses.keys() == {"users", "revenue", "region", "uses"}, licence.id
        assert all(licence.permits[what].why for what in PERMISSIONS), licence.id
        assert licence.is_free_and_open.why, licence.id


@pytest.mark.parametrize("name", HUB.split())
def test_every_licence_of_the_hub_is_known(name: str) -> None:
    assert find_licence(name, LICENCES) is not None


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("MIT License", "MIT"),
        ("the Apache License, Version 2.0", "Apache-2.0"),
        ("BSD-3-Clause License", "BSD-3-Clause"),
        ("GPLv3", "GPL-3.0-only"),
        ("CC BY-NC-SA 4.0", "CC-BY-NC-SA-4.0"),
        ("Llama 3.1 Community License Agreement", "llama-3.1-community"),
        ("LLAMA 2 COMMUNITY LICENSE AGREEMENT", "llama-2-community"),
        ("Modified MIT License", "modified-mit"),
        ("Tongyi Qianwen RESEARCH LICENSE AGREEMENT", "tongyi-qianwen-research"),
        ("apache-2.0 AND (mit OR cc0-1.0)", "Apache-2.0 AND (MIT OR CC0-1.0)"),
        ("our own terms", "our own terms"),
    ],
)
def test_names(name: str, known: str) -> None:
    assert canonical_licence(name, LICENCES) == known


@pytest.mark.parametrize(
    ("name", "what", "expected"),
    [
        ("MIT", "use", True),
        ("CC-BY-NC-4.0", "commercial_use", False),
        ("CC-BY-ND-4.0", "modification", False),
        ("CC-BY-4.0", "is_free_and_open", True),
        ("llama-3.2-community", "use", False),
        ("gemma", "distribution", True),
        ("bigscience-bloom-rail-1.0", "use", False),
        ("bigscience-bloom-rail-1.0", "is_free_and_open", False),
        ("modified-mit", "use", None),
        ("other", "distribution", None),
        ("never heard of", "use", None),
        ("GPL-2.0 WITH Classpath-exception-2.0", "use", True),
        ("MIT OR CC-BY-NC-4.0", "use", True),
        ("MIT AND CC-BY-NC-4.0", "use", False),
        ("MIT AND never-heard-of", "use", None),
        ("CC-BY-NC-4.0 AND never-heard-of", "use", False),
    ],
)
def test_permissions(name: str, what: str, expected: bool | None) -> None:
    answer = permission(name, what, LICENCES)
    assert answer.value is expected
    assert answer.why


def test_a_region_is_left_out() -> None:
    assert "European Union" in LICENCES["llama-3.2-community"].clauses["region"]
    assert LICENCES["llama-3.1-community"].clauses["region"] == "none"


def test_single_licences_of_an_expression() -> None:
    assert licence_names("MIT OR Apache-2.0") == ("MIT", "Apache-2.0")
    assert licence_names("MIT AND") == ("MIT AND",)
    for title in ("Model Terms and Conditions", "Open Model License AND Acceptable Use Terms"):
        assert licence_names(title) == (title,)


def test_mistakes_are_located(tmp_path: Path) -> None:
    folder = tmp_path / "licences"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "family: x\nmade_for: software\nlicences:\n"
        "  A:\n    permits: {acess: [true, why]}\n    text: {phrases: [one two three four five six seven eight nine]}\n"
        "  B: {aliases: [a]}\n  C: 3\n"
    )
    (folder / "b.yaml").write_text("- nothing\n")
    licences, problems = load_licences(tmp_path)
    assert set(licences) == {"A", "B"}
    said = {f"{p.code} {p.source.file}:{p.source.line}" for p in problems}
    wrong = "catalogue rules/licences"
    assert said >= {
        "PK101 rules/licences/a.yaml:5",
        f"{wrong}/a.yaml:4",
        f"{wrong}/a.yaml:7",
        f"{wrong}/a.yaml:8",
        f"{wrong}/b.yaml:1",
    }
    assert licences["A"].permits["use"].value is None
