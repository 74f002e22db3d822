"""Which question comes first: what tells most on what binds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.engine.gain import find_gains
from compliance.flow import Run, assess_dossier
from compliance.interview import next_questions
from compliance.packs.law import load_law

LAW = load_law()
DAY = date(2028, 9, 1)
GATES = {
    "addressee.roles": "[provider]",
    "system.annex_iii_areas": "[]",
    "system.annex_i_section": "none",
}


def run_of(folder: Path, text: str = "") -> Run:
    (folder / "README.md").write_text("# Tiny\n")
    if text:
        (folder / "compliance.yaml").write_text(text)
    return assess_dossier(folder, LAW, DAY, names=("eu/ai-act",))


def test_facts_that_decide_nothing_more_gain_nothing(tmp_path: Path) -> None:
    run = run_of(tmp_path, "format: 1\nsystem: {annex_iii_areas: [], annex_i_section: none}\n")
    gains = find_gains(run.assessment.judged)
    assert not [name for name in gains if name.startswith("system.education_uses")]
    assert gains["addressee.roles"] == max(gains.values())


def test_a_gate_comes_before_what_lies_behind_it(tmp_path: Path) -> None:
    run = run_of(tmp_path, "format: 1\norganisation: {name: Acme, roles: [provider]}\n")
    gains = find_gains(run.assessment.judged)
    behind = [name for name in gains if name.startswith("system.") and name.endswith("_uses")]
    assert behind
    assert all(gains["system.annex_iii_areas"] > gains[name] for name in behind)


def test_a_newcomer_learns_the_class_of_a_system_in_few_questions(tmp_path: Path) -> None:
    """Questions are answered as they come; those that this person cannot answer are passed and count too."""
    facts: dict[str, str] = {}
    asked: list[str] = []
    while len(asked) < 12:
        told = "".join(f"  {name.partition('.')[2]}: {value}\n" for name, value in facts.items() if name.startswith("system."))
        roles = f"organisation: {{name: Acme, roles: {facts['addressee.roles']}}}\n" if "addressee.roles" in facts else ""
        run = run_of(tmp_path, f"format: 1\n{roles}" + (f"system:\n  name: tiny\n{told}" if told else ""))
        views = [one.view for one in run.assessment.judged if one.view.situation.subject.kind == "system"]
        if views[0].value("system.is_high_risk.eu") is False:
            break
        question = next(q for q in next_questions(run, LAW.catalogue)[0] if q.name not in asked)
        asked.append(question.name)
        if question.name in GATES:
            facts[question.name] = GATES[question.name]
    else:
        pytest.fail(f"still open after {asked}")
    assert set(GATES) <= set(asked)
