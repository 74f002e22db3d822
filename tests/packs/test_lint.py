"""Every rule of lint on a bad and a good pack of its own, and all of them on the packs that come with the package."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from compliance.catalogue import load_catalogue
from compliance.engine import evidence, program
from compliance.engine.cases import Cases
from compliance.engine.lint_cases import RULES, lint_packs
from compliance.packs import Exemption, Obligation, load_packs
from compliance.packs.card import Duty
from compliance.packs.law import Law
from compliance.packs.lint import Severity, severity_of
from compliance.packs.lint import lint_packs as lint_without_engine
from compliance.packs.lint.pk103_file_name import fits
from compliance.packs.lint.pk205_stale_date_comment import known_by
from compliance.packs.lint.pk206_cycle import rings
from compliance.packs.lint.pk303_date_without_case import turns
from compliance.packs.path import parse_path
from compliance.packs.reach import reaches
from compliance.reading import Problem

FIXTURES = Path(__file__).parent / "fixtures"
DAY = date(2026, 6, 1)
CODES = sorted(folder.name for folder in FIXTURES.iterdir())


def lint(folder: Path) -> tuple[Problem, ...]:
    """What the loader and lint say of a pack; its `reference` folder holds the legal texts."""
    loaded = load_packs(folder)
    texts = folder / "reference"
    found = lint_packs(loaded, load_catalogue()[0], day=DAY, references=[texts] if texts.is_dir() else [])
    return (*loaded.problems, *found)


@pytest.mark.parametrize("code", CODES)
def test_good_pack(code: str) -> None:
    assert [str(problem) for problem in lint(FIXTURES / code / "good")] == []


@pytest.mark.parametrize("code", CODES)
def test_cases_of_good_pack(code: str) -> None:
    loaded = load_packs(FIXTURES / code / "good")
    cases = Cases(loaded.packs, load_catalogue()[0])
    results = [result for pack in loaded.packs for card in pack.cards for result in cases.run_card(card)]
    assert results
    assert [f"{r.card}, {r.case}: {r.problem}" for r in results if not r.passed] == []


@pytest.mark.parametrize("code", CODES)
def test_bad_pack(code: str) -> None:
    """Exactly that code, on exactly the lines that the file `expected` names, each shown with its mark and what to do."""
    found = lint(FIXTURES / code / "bad")
    places = [f"{p.source.file.removeprefix('jurisdictions/eu/demo/')}:{p.source.line}" for p in found]
    assert sorted(places) == sorted((FIXTURES / code / "bad" / "expected").read_text().split())
    assert {problem.code for problem in found} == {code.upper()}
    for problem in found:
        assert problem.source.column > 0
        assert problem.hint, problem
        line = (FIXTURES / code / "bad" / problem.source.file.removeprefix("jurisdictions/")).read_text().splitlines()
        assert line[problem.source.line - 1].startswith(problem.excerpt)
        assert problem.source.column <= len(problem.excerpt)


def test_message_of_an_unknown_fact() -> None:
    """The form of docs/lint: place, code, message, source line, mark, nearest name."""
    shown = [str(p) for p in lint(FIXTURES / "pk201" / "bad") if "purposed" in p.message]
    assert shown == [
        "jurisdictions/eu/demo/provisions/s-1.yaml:9:6: PK201 unknown fact `model.is_general_purposed`\n"
        "    9 |   - {model.is_general_purposed: true}\n"
        "      |      ^ did you mean `model.is_general_purpose`? Facts are listed in rules/facts/model.yaml."
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("pk101", "did you mean `path`?"),
        ("pk101", "did you mean `at_least`?"),
        ("pk101", "did you mean `instrument`?"),
        ("pk101", "did you mean `themes`?"),
        ("pk102", "it stands already on line 2"),
        ("pk201", "it needs a jurisdiction: `model.has_systemic_risk.eu`"),
        ("pk202", "did you mean `documented_by`?"),
        ("pk202", "did you mean `model_card`?"),
        ("pk203", "did you mean `public-notice`?"),
        ("pk204", "did you mean `$timeline.start`?"),
        ("pk205", "write # 2026-08-01 at the end of the line"),
        ("pk207", "it takes more_than, at_least, less_than, at_most"),
        ("pk207", "write model -documented_by-> model_card"),
    ],
)
def test_hints(code: str, words: str) -> None:
    hints = [problem.hint for problem in lint(FIXTURES / code / "bad")]
    assert any(words in hint for hint in hints), hints


def test_every_rule_has_fixtures_and_a_page(root: Path) -> None:
    codes = {rule.code.lower() for rule in RULES}
    assert codes == set(CODES)
    assert codes == {page.stem for page in (root / "docs" / "lint").glob("pk*.md")}
    assert all((root / rule.page).is_file() for rule in RULES)


def test_severities() -> None:
    errors = {rule.code for rule in RULES if rule.severity is Severity.ERROR}
    assert all(code in errors for code in ("PK101", "PK201", "PK209", "PK301"))
    assert not errors & {"PK302", "PK303", "PK304", "PK305", "PK401", "PK402"}
    assert severity_of("yaml") is Severity.ERROR
    assert severity_of("notice") is Severity.NOTICE


def test_packs_that_come_with_the_package(law: Law) -> None:
    errors = [p for p in lint_packs(law.loaded, law.catalogue, day=DAY) if severity_of(p.code) is Severity.ERROR]
    assert [str(problem) for problem in errors] == []


def test_it_repeats_itself(law: Law) -> None:
    first = lint_packs(law.loaded, law.catalogue, day=DAY)
    assert first == lint_packs(law.loaded, law.catalogue, day=DAY)
    assert list(first) == sorted(first, key=lambda p: (p.source, p.code, p.message))


def test_one_instrument_alone(law: Law) -> None:
    """References into an instrument that is not looked at are found beside it: GB 45438 yields to the Labelling Measures."""
    folder = next(pack.folder for pack in law.loaded.packs if pack.id == "cn/gb-45438")
    loaded = load_packs(Path(folder))
    assert [pack.id for pack in loaded.packs] == ["cn/gb-45438"]
    assert [p for p in lint_without_engine(loaded, law.catalogue, day=DAY) if p.code == "PK204"] == []


def test_errors_come_before_warnings() -> None:
    """A file with an error is shown without its warnings: its fact is unknown in every case because it is misspelt."""
    found = [p for p in lint(FIXTURES / "pk201" / "bad") if p.source.file.endswith("s-1.yaml")]
    assert [p.code for p in found] == ["PK201"]


def test_day_decides_what_is_stale() -> None:
    loaded = load_packs(FIXTURES / "pk401" / "good")
    codes = {
        day: {p.code for p in lint_packs(loaded, load_catalogue()[0], day=date.fromisoformat(day))}
        for day in ("2026-06-01", "2026-06-02")
    }
    assert codes == {"2026-06-01": set(), "2026-06-02": {"PK401"}}


def test_themes_are_not_checked_where_there_are_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMPLIANCE_JURISDICTIONS", str(tmp_path))
    loaded = load_packs(FIXTURES / "pk203" / "bad")
    found = lint_packs(loaded, load_catalogue()[0], day=DAY)
    assert [(p.code, p.source.file) for p in found] == [("notice", "themes.yaml")]


def test_lint_needs_neither_graph_nor_screen() -> None:
    code = (
        "import sys; from datetime import date; from compliance.engine.lint_cases import lint_packs;"
        "from compliance.packs import load_packs; from compliance.catalogue import load_catalogue;"
        "lint_packs(load_packs(), load_catalogue()[0], day=date(2026, 6, 1));"
        "sys.exit(bool({'networkx', 'textual'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("pinpoint", "cite"),
    [
        ("art-53-1-d", "Art. 53(1)(d)"),
        ("art-5-1-ba", "Art. 5(1)(ba)"),
        ("art-25-2-s2", "Art. 25(2), second and third subpara."),
        ("art-111-2-sentence-2", "Art. 111(2), second sentence"),
        ("art-111-2-art-50", "Art. 111(2)"),
        ("art-55-1-c-report", "Art. 55(1)(c)"),
        ("art-6", "Art. 6"),
        ("annex-iii-5-b", "Annex III, point 5(b)"),
        ("22757-12-e-1-a", "B&P 22757.12(e)(1)(A)"),
        ("1107-1-e-1-update", "Lab. Code 1107.1(e)(1)"),
        ("6-1-1704-1", "C.R.S. 6-1-1704(1)-(2)"),
        ("15-c-72h", "430 ILCS 185/15(c), first and second sentence"),
        ("5-critical-safety-incident-1", "430 ILCS 185/5, critical safety incident (1)"),
        ("20-871-b-1", "Admin. Code 20-871(b)(1); 6 RCNY 5-304"),
        ("5-image", "GB 45438-2025 clause 5 (image); Labelling Measures Art. 4"),
        ("act-36-1", "Act Art. 36(1)-(2); Decree Art. 29"),
        ("decree-24-1", "Decree Art. 24(1)"),
        ("a-6-2-4", "Annex A, A.6.2.4"),
        ("art-99-4", "Art. 99(4), (6)"),
        ("art-4a", "Art. 4a"),
        ("preamble", "Recital 4"),
    ],
)
def test_names_that_fit(pinpoint: str, cite: str) -> None:
    assert fits(pinpoint, cite)


@pytest.mark.parametrize(
    ("pinpoint", "cite"),
    [
        ("art-53-1-c", "Art. 53(1)(d)"),
        ("art-53-1", "Art. 53(1)(d)"),
        ("art-53-1-d", "Art. 53(1)"),
        ("art-54-1", "Art. 53(1)"),
        ("art-54-3-sentence-1", "Art. 54(3), second sentence"),
        ("annex-iii-5-b", "Annex III, point 5(c)"),
        ("22757-12-b-1", "B&P 22757.12(b)(2)"),
        ("decree-24-1", "Act Art. 24(1)"),
        ("15-c-72h", "430 ILCS 185/15(d)"),
    ],
)
def test_names_that_do_not_fit(pinpoint: str, cite: str) -> None:
    assert not fits(pinpoint, cite)


def test_rings() -> None:
    assert rings({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["d"], "e": ["a"], "f": []}) == [["a", "b", "c"], ["d"]]


def test_turns_of_a_clock() -> None:
    """A first day turns on the day, a last day on the day after it."""
    pack = load_packs(FIXTURES / "pk303" / "good").packs[0]
    assert [day for _, day in turns(pack, pack.cards[0])] == [date(2025, 1, 1), date(2027, 8, 2)]


def test_what_was_known_to_a_text_that_ended() -> None:
    pack = load_packs(FIXTURES / "pk205" / "good").packs[0]
    ended = next(card for card in pack.cards if card.until)
    assert known_by(pack, ended) == date(2026, 1, 31)  # the eve of the publication of `change`
    assert pack.resolve_date("moved", known_by(pack, ended)) == date(2026, 8, 1)


def test_engine_and_lint_read_paths_and_reach_alike(law: Law) -> None:
    cards = [card for pack in law.loaded.packs for card in pack.cards]
    paths = {d.path for card in cards if isinstance(card, Obligation) for d in card.evidence if d.path}
    assert paths
    for raw in paths:
        one, other = parse_path(raw), evidence.parse_path(raw)
        assert (one.start, one.edge, one.kinds) == (other.start, other.edge, other.kinds)
    for exemption in (card for card in cards if isinstance(card, Exemption)):
        for card in cards:
            for role in card.addressee if isinstance(card, Duty) else ("",):
                assert reaches(exemption, card, role) == program.reaches(exemption, card, role)
