"""The gap analysis as JSON: the same findings, the same order, the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..engine.explain_duty import DemandResult
from ..engine.finding import Finding
from ..engine.proof import Proof
from ..engine.settle import Settling
from ..flow import Run
from ..reading import Problem
from ..vocabulary import Situation, Truth, Verdict, name_of, show, to_json, word
from .outline import Outline

FORMAT = 1
MET: Mapping[Truth, str] = {True: "satisfied", False: "not_satisfied", None: "undetermined"}


def write_json(run: Run, view: Outline, *, proofs: bool = True, blocking: frozenset[str] = frozenset()) -> str:
    """The whole report. `blocking` holds the ids of the findings that decide the exit code."""
    return json.dumps(record(run, view, proofs=proofs, blocking=blocking), indent=1, ensure_ascii=False) + "\n"


def record(run: Run, view: Outline, *, proofs: bool, blocking: frozenset[str]) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "format": FORMAT,
        "dossier": run.name,
        "at": run.at.isoformat(),
        "as_known_on": None if run.known.year == 9999 else run.known.isoformat(),
        "inventory": "complete" if run.closed else "open",
        "packs": {
            p.id: {"digest": p.digest, "horizon": p.instrument.horizon.isoformat(), "pinpoints_not_written": p.unwritten}
            for p in run.assessment.engine.shown_packs()
        },
        "files": [{"name": f.name, "sha256": f.digest, "read_as": f.importer or None} for f in run.files],
        "problems": [problem_record(p) for p in run.problems],
        "remarks": [problem_record(p) for p in run.remarks],
        "counts": {row.instrument: {v.value: row.counts[v] for v in Verdict} for row in view.rows},
        "not_evaluated": dict(view.not_evaluated),
        "facts": facts_record(run),
        "questions": [{"name": q.name, "ask": q.ask, "findings": len(q.findings)} for q in view.questions],
        "findings": [finding_record(f, proofs=proofs, blocking=f.id in blocking) for f in run.assessment.findings],
    }


def problem_record(problem: Problem) -> dict[str, Any]:
    """A located problem."""
    source = problem.source
    return {
        "file": source.file, "line": source.line, "column": source.column, "code": problem.code,
        "message": problem.message, "hint": problem.hint,
    }  # fmt: skip


def facts_record(run: Run) -> dict[str, dict[str, Any]]:
    """Every fact that was taken as known, by subject, with where it comes from."""
    table: dict[str, dict[str, Any]] = {}
    for situation in run.situations:
        for subject in (situation.addressee, situation.subject, situation.parent):
            if subject is not None:
                rows = table.setdefault(subject.name, {})
                for name, fact in subject.facts.items():
                    rows[name] = {
                        "value": show(fact.value), "how": fact.how, "note": fact.note, "sources": [str(s) for s in fact.sources],
                    }  # fmt: skip
    return {name: dict(sorted(rows.items())) for name, rows in sorted(table.items())}


def finding_record(finding: Finding, *, proofs: bool, blocking: bool) -> dict[str, Any]:
    """One finding, with the keys of `docs/findings.md`."""
    data: dict[str, Any] = {
        "id": finding.id, "provision": finding.provision, "title": finding.title, "cite": finding.cite, "url": finding.url,
        "jurisdiction": finding.jurisdiction, "force": finding.force.value,
        "addressee": {"role": finding.role, "organisation": finding.organisation}, "subject": finding.subject,
        "verdict": finding.verdict.value, "reason": finding.reason.value if finding.reason else None,
        "reasons": [r.value for r in finding.reasons], "because": list(finding.because),
        "settled_by": [settling_record(s) for s in finding.settled_by],
        "outlook": None if finding.outlook is None else {
            "on": finding.outlook.on.isoformat(), "verdict": finding.outlook.verdict.value,
            "reason": finding.outlook.reason.value if finding.outlook.reason else None,
        },
        "evidence": [demand_record(d) for d in finding.demands], "remedy": finding.remedy,
        "due": to_json(finding.due) if finding.due else None,
        "since": finding.since.isoformat() if finding.since else None, "penalty": finding.penalty,
        "enforcement": list(finding.enforcement), "themes": {k: dict(v) for k, v in finding.themes.items()},
        "severity": finding.severity or None, "certainty": finding.certainty, "contested": finding.contested,
        "blocking": blocking, "waiver": None,
        "sources": [{"file": s.file, "line": s.line, "column": s.column} for s in finding.sources],
    }  # fmt: skip
    if proofs:
        data["proof"] = [proof_record(station) for station in finding.proof.stations]
    return data


def conclusion_record(situation: Situation, proof: Proof) -> dict[str, Any]:
    """The proof of a definition or exemption in one situation."""
    return {"organisation": name_of(situation.addressee.name), "subject": situation.subject.name, **proof_record(proof)}


def settling_record(settling: Settling) -> dict[str, Any]:
    """Names that together settle it, and how it comes out with which values."""
    return {"names": list(settling.names), "outcomes": {words: verdict.value for words, verdict in settling.outcomes}}


def demand_record(demand: DemandResult) -> dict[str, Any]:
    """One demand: met or not, by which documents, and what is missing."""
    return {
        "demand": demand.demand, "verdict": MET[demand.truth], "nodes": [d.name for d in demand.documents],
        "missing": list(demand.missing),
    }  # fmt: skip


def proof_record(proof: Proof) -> dict[str, Any]:
    """A sentence with its truth, its sources and what it rests on."""
    data: dict[str, Any] = {"sentence": proof.text, "truth": word(proof.truth) if proof.weighs else None}
    if proof.sources:
        data["sources"] = [str(s) for s in proof.sources]
    if proof.children:
        data["because"] = [proof_record(child) for child in proof.children]
    return data
