"""DeepSeek-R1 through the whole flow: what the texts demand of it, and what a single change changes, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from compliance.engine.finding import Finding
from compliance.flow import Run, assess_dossier
from compliance.packs.law import Law
from compliance.vocabulary import Force, Reason, Verdict

DAY = date(2026, 11, 23)
AFTER = date(2027, 8, 3)
Edit = Callable[[Path], None]


def assess(folder: Path, law: Law, at: date = DAY) -> dict[str, Finding]:
    return by_provision(assess_dossier(folder, law, at))


def by_provision(run: Run) -> dict[str, Finding]:
    return {f.provision.removeprefix("eu/ai-act/"): f for f in run.assessment.findings}


def rewrite(path: Path, pattern: str, replacement: str) -> None:
    text = path.read_text("utf-8")
    changed, count = re.subn(pattern, replacement, text, flags=re.MULTILINE)
    assert count, f"{pattern} is not in {path.name}"
    path.write_text(changed, "utf-8")


def set_compute(value: str) -> Edit:
    """Every figure of training compute becomes one value."""

    def edit(folder: Path) -> None:
        rewrite(folder / "compliance.yaml", r"\{from: 329\*10\^22, to: 35\*10\^23\}", value)

    return edit


@pytest.fixture
def dossier(tmp_path: Path, root: Path) -> Path:
    folder = tmp_path / "deepseek-r1"
    shutil.copytree(root / "samples" / "deepseek-r1", folder)
    return folder


@pytest.fixture(scope="module")
def base(root: Path, law: Law) -> dict[str, Finding]:
    return assess(root / "samples" / "deepseek-r1", law)


def test_documentation_duties_are_exempt(base: dict[str, Finding]) -> None:
    for provision in ("art-53-1-a", "art-53-1-b"):
        finding = base[provision]
        assert (finding.verdict, finding.reason) == (Verdict.NOT_APPLICABLE, Reason.EXEMPT)
        assert any(p.truth and p.text.startswith("Art. 53(2)") for p in finding.proof.exempt.children)


def test_copyright_and_summary_are_in_transition(base: dict[str, Finding]) -> None:
    for provision in ("art-53-1-c", "art-53-1-d"):
        finding = base[provision]
        assert (finding.verdict, finding.reason) == (Verdict.NOT_APPLICABLE, Reason.IN_TRANSITION)
        assert finding.due == date(2027, 8, 2)
        assert finding.outlook is not None
        assert (finding.outlook.on, finding.outlook.verdict) == (AFTER, Verdict.NOT_SATISFIED)


def test_last_day_and_the_day_after(root: Path, law: Law) -> None:
    folder = root / "samples" / "deepseek-r1"
    assert assess(folder, law, date(2027, 8, 2))["art-53-1-d"].verdict is Verdict.NOT_APPLICABLE
    assert assess(folder, law, AFTER)["art-53-1-d"].verdict is Verdict.NOT_SATISFIED


def test_no_designation_is_said_in_the_proof(root: Path, law: Law) -> None:
    from compliance.reports.proof_text import write_proof

    run = assess_dossier(root / "samples" / "deepseek-r1", law, DAY)
    (finding,) = run.describe("eu/ai-act/art-53-1-a")
    text = write_proof(finding, width=200)
    assert "model.is_designated_systemic.eu is false" in text
    assert "no such official act is stated, so none was made" in text
    assert "judged by sample author on 2026-10-01" in text


def test_california(base: dict[str, Finding]) -> None:
    for provision, finding in base.items():
        if provision.startswith("us-ca/sb-53/"):
            assert (finding.verdict, finding.reason) == (Verdict.NOT_APPLICABLE, Reason.OUT_OF_SCOPE), provision
    assert base["us-ca/ab-2013/3111-a-model"].verdict is Verdict.NOT_SATISFIED


def test_open_inventory_proves_nothing_missing(dossier: Path, law: Law, base: dict[str, Finding]) -> None:
    rewrite(dossier / "compliance.yaml", r"^inventory:.*\n", "")
    changed = assess(dossier, law)
    gap = changed["us-ca/ab-2013/3111-a-model"]
    assert (gap.verdict, gap.reason) == (Verdict.UNDETERMINED, Reason.NOT_SHOWN)
    assert differing(base, changed) == {"us-ca/ab-2013/3111-a-model"}
    assert assess(dossier, law, AFTER)["art-53-1-d"].reason is Reason.NOT_SHOWN


def differing(one: dict[str, Finding], other: dict[str, Finding]) -> set[str]:
    """Binding provisions that come out otherwise; codes and guidelines that follow the Act are left aside."""
    assert one.keys() == other.keys()
    binding = [name for name in one if one[name].force is Force.BINDING]
    return {name for name in binding if (one[name].verdict, one[name].reasons) != (other[name].verdict, other[name].reasons)}


EXEMPTED = {"art-53-1-a", "art-53-1-b", "art-54-1", "art-54-2", "art-54-3-sentence-3", "art-54-4"}


def without_licence_file(folder: Path) -> None:
    (folder / "LICENSE").unlink()


def without_any_licence(folder: Path) -> None:
    without_licence_file(folder)
    rewrite(folder / "README.md", r"^license: .*\n", "")


def with_restricted_licence(folder: Path) -> None:
    without_licence_file(folder)
    rewrite(folder / "README.md", r"^license: .*$", "license: cc-by-nc-4.0")


def without_evaluation(folder: Path) -> None:
    rewrite(folder / "compliance.yaml", r"^  evaluation_found_high_impact:\n(?:    .*\n)+", "")


def test_licence_file_removed_changes_nothing_while_the_card_names_it(dossier: Path, law: Law, base: dict[str, Finding]) -> None:
    without_licence_file(dossier)
    assert differing(base, assess(dossier, law)) == set()


@pytest.mark.parametrize(
    ("edit", "verdict", "because"),
    [
        (without_any_licence, Verdict.UNDETERMINED, "model.is_released_under_free_licence"),
        (with_restricted_licence, Verdict.NOT_SATISFIED, ""),
        (set_compute("unknown"), Verdict.UNDETERMINED, "model.compute.own_training"),
        (set_compute("{from: 8*10^24, to: 13*10^24}"), Verdict.UNDETERMINED, "model.compute.cumulative_with_synthetic"),
        (set_compute("10^25+1"), Verdict.NOT_SATISFIED, ""),
        (without_evaluation, Verdict.UNDETERMINED, "model.evaluation_found_high_impact"),
    ],
    ids=["no licence", "restricted licence", "compute unknown", "range across the line", "one more", "evaluation unknown"],
)
def test_what_takes_the_exemption_away(dossier: Path, law: Law, edit: Edit, verdict: Verdict, because: str) -> None:
    edit(dossier)
    finding = assess(dossier, law, AFTER)["art-53-1-a"]
    assert finding.verdict is verdict
    assert because in (*finding.because, "")


def test_exactly_the_threshold_is_not_more(dossier: Path, law: Law, base: dict[str, Finding]) -> None:
    set_compute("10^25")(dossier)
    assert differing(base, assess(dossier, law)) == set()
    assert assess(dossier, law, AFTER)["art-53-1-a"].reason is Reason.EXEMPT


@pytest.mark.parametrize("edit", [without_any_licence, with_restricted_licence], ids=["no licence", "restricted licence"])
def test_a_licence_changes_the_exempted_duties_alone(dossier: Path, law: Law, base: dict[str, Finding], edit: Edit) -> None:
    edit(dossier)
    assert differing(base, assess(dossier, law)) == EXEMPTED


def test_one_operation_more_brings_systemic_risk(dossier: Path, law: Law, base: dict[str, Finding]) -> None:
    set_compute("10^25+1")(dossier)
    changed = differing(base, assess(dossier, law))
    assert changed >= EXEMPTED
    assert {name for name in changed if not name.startswith(("art-52-", "art-53-", "art-54-", "art-55-"))} == set()
    assert {"art-52-1", "art-55-1-a", "art-55-1-b", "art-55-1-d"} <= changed


def test_as_known_on_differs_where_the_law_does(tmp_path: Path, law: Law) -> None:
    """Regulation (EU) 2026/1744 was published on 2026-07-24: it moved Annex III and added Art. 5(1)(ba)."""
    day = date(2026, 9, 1)
    before = by_provision(assess_dossier(tmp_path, law, day, known=date(2026, 7, 1), names=["eu/ai-act"]))
    after = by_provision(assess_dossier(tmp_path, law, day, known=date(2026, 8, 1), names=["eu/ai-act"]))
    assert "art-5-1-ba" not in before
    assert after["art-5-1-ba"].outlook is not None
    assert after["art-5-1-ba"].outlook.on == date(2026, 12, 2)
    assert before["art-6-4"].reason is Reason.UNKNOWN_FACT
    assert after["art-6-4"].reason is Reason.NOT_YET_APPLICABLE
    assert after["art-6-4"].outlook is not None
    assert after["art-6-4"].outlook.on == date(2027, 12, 2)
    assert before["art-53-1-d"].verdict is after["art-53-1-d"].verdict


def test_same_bytes_twice(root: Path, law: Law) -> None:
    from compliance.reports.outline import outline
    from compliance.reports.record import write_json

    def report() -> str:
        run = assess_dossier(root / "samples" / "deepseek-r1", law, DAY)
        return write_json(run, outline(run.assessment, law.catalogue))

    assert report() == report()


SUMMARY = "    - {kind: training_content_summary, url: 'https://example.org/summary', public: true, template: own}\n"
TERMS = ("sufficiently detailed", "according to the form of the AI Office")


def accept(folder: Path, on: str) -> None:
    rows = "".join(f"\n  - {{provision: eu/ai-act/art-53-1-d, term: {t}, by: counsel, on: {on}}}" for t in TERMS)
    rewrite(folder / "compliance.yaml", r"^accepted: \[\]", f"accepted:{rows}")


def test_a_judgement_on_record_settles_a_doubt(dossier: Path, law: Law) -> None:
    rewrite(dossier / "compliance.yaml", r"^  documents:.*\n", f"  documents:\n{SUMMARY}")
    finding = assess(dossier, law, AFTER)["art-53-1-d"]
    assert (finding.verdict, finding.reason) == (Verdict.UNDETERMINED, Reason.JUDGEMENT)
    assert set(finding.because) == set(TERMS)
    accept(dossier, "2027-08-01")
    assert assess(dossier, law, AFTER)["art-53-1-d"].verdict is Verdict.SATISFIED


def test_a_judgement_of_the_future_settles_nothing(dossier: Path, law: Law) -> None:
    rewrite(dossier / "compliance.yaml", r"^  documents:.*\n", f"  documents:\n{SUMMARY}")
    accept(dossier, "2027-09-01")
    assert assess(dossier, law, AFTER)["art-53-1-d"].verdict is Verdict.UNDETERMINED


def test_an_inventory_of_the_future_closes_nothing(dossier: Path, law: Law) -> None:
    rewrite(dossier / "compliance.yaml", r"on: 2026-11-01\}", "on: 2026-12-01}")
    assert assess(dossier, law)["us-ca/ab-2013/3111-a-model"].reason is Reason.NOT_SHOWN
    assert assess(dossier, law, AFTER)["us-ca/ab-2013/3111-a-model"].verdict is Verdict.NOT_SATISFIED
