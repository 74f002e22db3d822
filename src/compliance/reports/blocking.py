"""Which findings decide the exit code. Only binding law blocks, and showing is never blocking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..engine.finding import Finding
from ..vocabulary import Force, Reason, Verdict


@dataclass(frozen=True, slots=True)
class Blocking:
    """The ids of the blocking findings, the exit code, and one sentence that says it."""

    ids: frozenset[str]
    code: int
    sentence: str


def blocking_findings(findings: Sequence[Finding], fail_on: str) -> Blocking:
    """Proven gaps give 1 and beat unknowns, which give 3 where `fail_on` asks for them; else 0."""
    binding = [f for f in findings if f.force is Force.BINDING]
    gaps = [f for f in binding if f.verdict is Verdict.NOT_SATISFIED]
    open_ = [f for f in binding if f.verdict is Verdict.UNDETERMINED]
    shown = [f for f in open_ if f.reason is Reason.NOT_SHOWN]
    unknown = {"not_shown": shown, "undetermined": open_}.get(fail_on, [])
    if fail_on == "none":
        gaps = []
    code = 1 if gaps else (3 if unknown else 0)
    words = f"{len(gaps)} blocking gaps, {len(unknown)} blocking unknowns, {len(open_)} undetermined in all"
    return Blocking(frozenset(f.id for f in (*gaps, *unknown)), code, words)
