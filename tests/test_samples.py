"""Every sample against its expected.json: the report without proofs and pack digests.

Findings of binding law that are settled or wait for a document stand in full, the others in a line each; of the questions
only the first are there.

After a change of law or engine that is meant, `COMPLIANCE_UPDATE=1 pytest tests/test_samples.py` writes the files anew;
the difference then belongs into the review.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.flow import assess_dossier
from compliance.packs.law import Law
from compliance.reports.outline import outline
from compliance.reports.record import record

DAY = date(2026, 11, 23)
QUESTIONS = 25
SAMPLES = sorted(p for p in (Path(__file__).parent.parent / "samples").iterdir() if p.is_dir())


def report(folder: Path, law: Law, chainer: str = "builtin") -> dict[str, Any]:
    run = assess_dossier(folder, law, DAY, chainer=chainer)
    data = record(run, outline(run.assessment, law.catalogue), proofs=False, blocking=frozenset())
    data["files"] = [f for f in data["files"] if f["name"] != "expected.json"]
    del data["packs"]
    data["questions"] = data["questions"][:QUESTIONS]
    data["findings"] = [one if is_told_in_full(one) else brief(one) for one in data["findings"]]
    result: dict[str, Any] = json.loads(json.dumps(data))
    return result


def is_told_in_full(finding: dict[str, Any]) -> bool:
    told = finding["verdict"] in ("satisfied", "not_satisfied") or finding["reason"] == "not_shown"
    return bool(finding["force"] == "binding" and told)


def brief(finding: dict[str, Any]) -> str:
    role, outlook = finding["addressee"]["role"], finding["outlook"]
    later = f"; from {outlook['on']} {outlook['verdict']}" if outlook else ""
    return f"{finding['provision']}, {role}, {finding['subject']}: {finding['verdict']} ({finding['reason']}){later}"


def test_the_samples_are_there() -> None:
    assert {"deepseek-r1", "olmo-2-13b-instruct", "pythia-12b"} < {p.name for p in SAMPLES}


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda p: p.name)
def test_sample(folder: Path, law: Law) -> None:
    got = report(folder, law)
    path = folder / "expected.json"
    if os.environ.get("COMPLIANCE_UPDATE"):
        path.write_text(json.dumps(got, indent=1, ensure_ascii=False) + "\n", "utf-8")
    expected = json.loads(path.read_text("utf-8"))
    assert got["problems"] == []
    for key, value in expected.items():
        assert got[key] == value, key
    assert got.keys() == expected.keys()


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda p: p.name)
def test_both_chainers_agree(folder: Path, law: Law) -> None:
    pytest.importorskip("durable", reason="durable-rules is not installed (it needs Python 3.11 or 3.12 and a C compiler)")
    assert report(folder, law, "durable") == report(folder, law)
