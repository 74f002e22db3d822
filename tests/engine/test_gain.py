"""Which question comes first: what tells most on what binds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from compliance.engine.gain import find_gains
from compliance.flow import Run, assess_dossier
from compliance.interview import next_questions
from compliance.packs.law import load_law
from compliance.vocabulary import Verdict

LAW = load_law()
DAY = date(2028, 9, 1)
SMALL = {
    "addressee.roles": "[provider]",
    "system.prohibited_practice_fields": "[]",
    "system.annex_iii_areas": "[]",
    "system.annex_i_section": "none",
    "system.product_needs_third_party_assessment": "false",
}
RECRUITER = {
    "addressee.roles": "[deployer]",
    "system.prohibited_practice_fields": "[]",
    "system.annex_iii_areas": "[recruitment]",
    "system.purpose.recruitment_or_selection": "true",
    "system.performs_profiling": "{value: true, judged: {by: Jo, on: 2026-10-01}}",
}


def run_of(folder: Path, text: str = "") -> Run:
    (folder / "README.md").write_text("# Tiny\n")
    if text:
        (folder / "compliance.yaml").write_text(text)
    return assess_dossier(folder, LAW, DAY, names=("eu/ai-act",))


def test_facts_that_decide_nothing_more_gain_nothing(tmp_path: Path) -> None:
    run = run_of(tmp_path, "format: 1\nsystem: {annex_iii_areas: [], annex_i_section: none, prohibited_practice_fields: []}\n")
    gains = find_gains(run.assessment.judged)
    assert not [name for name in gains if name.startswith("system.education_uses")]
    assert gains["addressee.roles"] == max(gains.values())


def test_a_gate_comes_before_what_lies_behind_it(tmp_path: Path) -> None:
    run = run_of(tmp_path, "format: 1\norganisation: {name: Acme, roles: [provider]}\n")
    gains = find_gains(run.assessment.judged)
    behind = [name for name in gains if name.startswith("system.") and name.endswith("_uses")]
    assert behind
    assert all(gains["system.annex_iii_areas"] > gains[name] for name in behind)


def is_of_no_class(run: Run) -> bool:
    views = [one.view for one in run.assessment.judged if one.view.situation.subject.kind == "system"]
    fields = [one for one in run.assessment.judged if one.duty.card.pinpoint.startswith("art-5-1-")]
    excluded = all(one.judgement.verdict is Verdict.NOT_APPLICABLE for one in fields)
    return views[0].value("system.is_high_risk.eu") is False and excluded


def is_high_risk(run: Run) -> bool:
    views = [one.view for one in run.assessment.judged if one.view.situation.subject.kind == "system"]
    return views[0].value("system.is_high_risk.eu") is True


@pytest.mark.parametrize(
    ("person", "is_settled"), [(SMALL, is_of_no_class), (RECRUITER, is_high_risk)], ids=["small", "recruiter"]
)
def test_a_newcomer_learns_the_class_in_twelve_questions(
    tmp_path: Path, person: dict[str, str], is_settled: Callable[[Run], bool]
) -> None:
    """Questions are answered as they come; those that this person cannot answer are passed and count too."""
    told: dict[str, dict[str, str]] = {"organisation": {"name": "Acme"}, "system": {"name": "tiny"}}
    asked: list[str] = []
    while len(asked) < 12:
        sections = (f"{key}:\n" + "".join(f"  {name}: {value}\n" for name, value in facts.items()) for key, facts in told.items())
        run = run_of(tmp_path, "format: 1\n" + "".join(sections))
        question = next(q for q in next_questions(run, LAW.catalogue)[0] if q.name not in asked)
        asked.append(question.name)
        if question.name in person:
            kind, _, name = question.name.partition(".")
            told["organisation" if kind == "addressee" else kind][name] = person[question.name]
    assert is_settled(run_of(tmp_path, (tmp_path / "compliance.yaml").read_text())), asked
