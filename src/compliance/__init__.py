"""A compliance engine for open AI models. This is the public door; the flow it opens is

    documents ─► statements ─► documentation graph ─► facts ─► pack × facts × date ─► findings ─► reports

    from datetime import date
    from pathlib import Path
    from compliance import assess_dossier, load_law, outline, write_text

    law = load_law()                                                      # packs and catalogue, with their problems
    run = assess_dossier(Path("samples/deepseek-r1"), law, date(2026, 11, 23))
    for finding in run.assessment.findings: ...                           # verdict, reasons, proof, sources, remedy
    print(write_text(run, outline(run.assessment, law.catalogue)))

The stations one by one: `read_documents` (a folder becomes statements), `derive_facts` (statements become situations with
their facts), `load_packs` (YAML becomes packs), `Engine` (packs × situations × date become findings), `outline` and the
writers (findings become reports). `docs/architecture.md` names the package of each. Names are imported when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .documents import read_documents
    from .engine.assess import Assessment, Engine
    from .engine.finding import Finding
    from .facts import derive_facts
    from .flow import Run, assess_dossier
    from .packs import load_packs
    from .packs.law import Law, load_law
    from .reading import Problem, Source
    from .reports.outline import outline
    from .reports.proof_text import write_proof
    from .reports.record import write_json
    from .reports.text import write_text
    from .vocabulary import Reason, Verdict

HOMES = {
    "read_documents": "documents", "derive_facts": "facts", "load_packs": "packs", "load_law": "packs.law", "Law": "packs.law",
    "assess_dossier": "flow", "Run": "flow", "Engine": "engine.assess", "Assessment": "engine.assess",
    "Finding": "engine.finding", "outline": "reports.outline", "write_text": "reports.text", "write_json": "reports.record",
    "write_proof": "reports.proof_text", "Problem": "reading", "Source": "reading", "Verdict": "vocabulary",
    "Reason": "vocabulary",
}  # fmt: skip
"""Every public name and the module that is its home."""

__all__ = [
    "Assessment", "Engine", "Finding", "Law", "Problem", "Reason", "Run", "Source", "Verdict", "assess_dossier",
    "derive_facts", "load_law", "load_packs", "outline", "read_documents", "write_json", "write_proof", "write_text",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name from its home the first time it is asked for."""
    if name not in HOMES:
        raise AttributeError(f"module `compliance` has no public name `{name}`")
    return getattr(import_module(f".{HOMES[name]}", __name__), name)
