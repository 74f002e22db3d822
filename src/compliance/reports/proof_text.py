"""The proof of one finding as a tree in sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..engine.finding import Finding
from ..engine.proof import Proof, unknown_leaves
from ..reading import printable
from ..vocabulary import Reason, Situation, Verdict, name_of, show, word
from .text import GLYPHS, Style, coloured, organisation_of, owner_of, plain, subject_of

TRUTHS = {True: ("✓", "good"), False: ("✗", "gap"), None: ("?", "unknown")}


def write_proof(finding: Finding, *, width: int = 100, colour: bool = False) -> str:
    """Verdict, the three stations with every condition, and what would settle it."""
    style: Style = coloured if colour else plain
    verdict = finding.verdict.value.replace("_", " ")
    reasons = ", ".join(r.value.replace("_", " ") for r in finding.reasons)
    lines = [
        style(f"{GLYPHS[finding.verdict]} {finding.cite}: {finding.title}", "bold") + style(f"  {finding.provision}", "dim"),
        *textwrap.wrap(finding.gist, width, initial_indent="  ", subsequent_indent="  "),
        f"  {verdict}{f' ({reasons})' if reasons else ''}: {owner_of(finding)}, "
        f"on {subject_of(finding.subject)}; "
        f"force {finding.force}; certainty {finding.certainty}",
        "",
    ]
    told: set[int] = set()
    for station in finding.proof.stations:
        lines.extend(_tree(station, "", style, width, told, last=station is finding.proof.stations[-1]))
    lines.append("")
    lines.extend(_closing(finding, width))
    return "\n".join(lines) + "\n"


def write_conclusion(situation: Situation, proof: Proof, *, width: int = 100, colour: bool = False) -> str:
    """The proof of a definition or exemption for one organisation and subject."""
    style: Style = coloured if colour else plain
    who = organisation_of(name_of(situation.addressee.name))
    lines = [style(f"For {who} and {subject_of(situation.subject.name)}: {word(proof.truth)}", "bold")]
    lines.extend(_tree(proof, "", style, width, set(), last=True))
    names = list(dict.fromkeys(leaf.name for leaf in unknown_leaves(proof)))
    if names:
        lines += ["What may settle it:", *(f"  - {printable(name)}" for name in names)]
    return "\n".join(lines) + "\n"


def _tree(proof: Proof, indent: str, style: Style, width: int, told: set[int], *, last: bool) -> Iterator[str]:
    glyph, colour = TRUTHS[proof.truth] if proof.weighs else ("·", "dim")
    branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
    where = [printable(str(s)) for s in proof.sources if not s.file.startswith("jurisdictions/")]
    again = bool(proof.children) and id(proof) in told
    text = printable(proof.text) + (f"  ← {', '.join(where[:4])}" if where else "") + ("  (shown above)" if again else "")
    room = max(width - len(indent) - 5, 30)
    wrapped = textwrap.wrap(text, room, break_on_hyphens=False, break_long_words=False) or [""]
    yield f"{indent}{branch}{style(glyph, colour)} {wrapped[0]}"
    for more in wrapped[1:]:
        yield f"{indent}{below}  {more}"
    if again:
        return
    for child in proof.children:
        yield from _tree(child, indent + below, style, width, told, last=child is proof.children[-1])
    told.add(id(proof))


def _closing(finding: Finding, width: int) -> Iterator[str]:
    if finding.settled_by:
        yield "What would settle it, smallest set first:"
        for settling in finding.settled_by:
            words = printable(" and ".join(settling.names))
            if settling.outcomes:
                alone = f"{settling.names[0]} " if len(settling.names) == 1 else ""
                gives = (f"{given.removeprefix(alone)} → {verdict.replace('_', ' ')}" for given, verdict in settling.outcomes)
                words += f": {'; '.join(gives)}"
            yield from textwrap.wrap(words, width, initial_indent="  - ", subsequent_indent="    ")
    if finding.outlook:
        then = finding.outlook.verdict.value.replace("_", " ")
        reason = f" ({finding.outlook.reason.value.replace('_', ' ')})" if finding.outlook.reason else ""
        last = f"Last compliant day {finding.due}. " if finding.reason is Reason.IN_TRANSITION and finding.due else ""
        yield f"{last}From {finding.outlook.on}, as things stand: {then}{reason}."
    if finding.verdict not in (Verdict.NOT_SATISFIED, Verdict.UNDETERMINED) and finding.outlook is None:
        return
    if finding.due and finding.reason is not Reason.IN_TRANSITION:
        yield f"In time up to {show(finding.due)}."
    if finding.remedy:
        yield from textwrap.wrap(f"What closes it: {finding.remedy}", width)
    if finding.penalty:
        yield from textwrap.wrap(f"Penalty: {finding.penalty}{''.join(f'; {e}' for e in finding.enforcement)}", width)
