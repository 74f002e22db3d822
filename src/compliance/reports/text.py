"""The gap analysis for a terminal: counts, proven gaps, gaps to show, questions, what comes next."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..engine.finding import Finding
from ..reading import printable
from ..vocabulary import Reason, Verdict, name_of, show
from .outline import Outline, Question

if TYPE_CHECKING:
    from ..flow import Run

GLYPHS = {
    Verdict.SATISFIED: "✓", Verdict.NOT_SATISFIED: "✗", Verdict.UNDETERMINED: "?", Verdict.NOT_APPLICABLE: "–",
}  # fmt: skip
COLOURS = {"gap": "31", "show": "33", "unknown": "36", "next": "35", "good": "32", "dim": "2", "bold": "1"}
Style = Callable[[str, str], str]


def organisation_of(name: str) -> str:
    """The organisation as a reader wants it."""
    return "an organisation not named" if name == "unnamed" else printable(name)


def count_of(number: int, noun: str) -> str:
    """`1 finding`, `2 findings`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def owner_of(finding: Finding) -> str:
    """Who owes it in which role; where the role is not known, if it has that role."""
    role = finding.role.replace("_", " ")
    who = organisation_of(finding.organisation)
    if finding.role == "unassigned":
        return who
    return f"{who} as {role}" if finding.has_role is not None else f"{who}, if it is {role}"


def subject_of(node: str) -> str:
    """`model deepseek-r1` of `model:deepseek-r1`."""
    return printable(node.replace(":", " "))


def plain(text: str, colour: str) -> str:
    """No colour."""
    del colour
    return text


def coloured(text: str, colour: str) -> str:
    """ANSI colour."""
    return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m"


def write_text(run: Run, view: Outline, *, width: int = 100, colour: bool = False, everything: bool = False) -> str:
    """The whole report. `everything` also lists what is satisfied, exempt or out of scope one by one."""
    style: Style = coloured if colour else plain
    lines = [*_head(run, style), "", *_table(view, style)]
    lines += _section("PROVEN GAPS", view.gaps, "gap", style, width, "no fitting evidence, and the list of documents is closed")
    lines += _section("GAPS TO SHOW", view.to_show, "show", style, width, "nothing shown yet; the list of documents is open")
    lines += _questions(view.questions, len(view.unknown), style, width)
    lines += _coming(view.coming, style, width)
    lines += _brief("EXEMPT", view.exempt, style, width)
    lines += _brief("SATISFIED", view.satisfied, style, width)
    lines += _brief("NOT BINDING NOW (stayed, soft, voluntary): counted apart, never a gap", view.not_binding, style, width)
    if everything:
        lines += _brief("UNDETERMINED, ONE BY ONE", view.unknown, style, width)
        others = [f for f in run.assessment.findings if f.reason in (Reason.OUT_OF_SCOPE, Reason.NO_LONGER_APPLICABLE)]
        lines += _brief("OUT OF SCOPE", others, style, width)
    lines += _remarks(run, style, width)
    lines += _foot(run, view, style, width)
    return "\n".join(lines) + "\n"


def _head(run: Run, style: Style) -> Iterator[str]:
    yield style(f"Gap analysis of {printable(run.name)} on {run.at}", "bold")
    if run.known != date.max:
        yield f"law as published by {run.known}"
    read = sum(bool(f.importer) for f in run.files)
    closed = "closed" if run.closed else "open"
    yield (
        f"{len(run.files)} files ({read} read) → {run.statement_count} statements → {run.fact_count} facts "
        f"({run.derived_count} derived) → {len(run.assessment.judged)} findings; list of documents: {closed}"
    )
    who = ", ".join(dict.fromkeys(organisation_of(name_of(s.addressee.name)) for s in run.situations))
    what = ", ".join(dict.fromkeys(subject_of(s.subject.name) for s in run.situations))
    yield f"organisation: {who}; subjects: {what}"


def _table(view: Outline, style: Style) -> Iterator[str]:
    wide = max((len(row.instrument) for row in view.rows), default=10)
    yield style(f"{'':{wide}}  satisfied  gap  to show  unknown  not applicable", "dim")
    for row in view.rows:
        unknown = row.counts[Verdict.UNDETERMINED] - row.to_show
        broken = row.counts[Verdict.NOT_SATISFIED] - row.gaps
        force = "" if row.force == "binding" else f"  {row.force}" + (f", {broken} not satisfied" if broken else "")
        yield (
            f"{row.instrument:{wide}}  {row.counts[Verdict.SATISFIED]:>9}  {row.gaps:>3}  {row.to_show:>7}  {unknown:>7}  "
            f"{row.counts[Verdict.NOT_APPLICABLE]:>14}{force}"
        )


def _section(title: str, findings: tuple[Finding, ...], colour: str, style: Style, width: int, means: str) -> Iterator[str]:
    yield ""
    yield style(f"{title} ({len(findings)})", "bold") + (style(f"  {means}", "dim") if findings else "")
    for finding in findings:
        yield from _finding(finding, colour, style, width)


def _finding(finding: Finding, colour: str, style: Style, width: int) -> Iterator[str]:
    mark = GLYPHS[finding.verdict]
    reasons = ", ".join(reason.value.replace("_", " ") for reason in finding.reasons)
    yield style(f"{mark} {finding.title}", colour) + f"  {finding.cite}" + style(f"  {finding.provision}", "dim")
    due = f", by {show(finding.due)}" if finding.due else f", since {finding.since}" if finding.since else ""
    owes = owner_of(finding)
    yield from _wrap(f"owed by {owes}, on {subject_of(finding.subject)}{due}" + (f" ({reasons})" if reasons else ""), width)
    for demand in finding.demands:
        if demand.truth is not True:
            missing = f": {', '.join(demand.missing)}" if demand.missing else ""
            yield from _wrap(f"{GLYPHS[finding.verdict]} {demand.demand}{missing}", width)
    yield from _wrap(f"rests on {', '.join(printable(str(s)) for s in finding.sources[:4])}", width)
    if finding.remedy:
        yield from _wrap(f"close it: {finding.remedy}", width)
    if finding.penalty:
        yield from _wrap(f"penalty: {finding.penalty}" + "".join(f"; {e}" for e in finding.enforcement), width)


def _wrap(text: str, width: int, indent: str = "    ") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False) or [indent]


def _questions(questions: tuple[Question, ...], unknown: int, style: Style, width: int, limit: int = 12) -> Iterator[str]:
    yield ""
    yield style(f"UNKNOWN ({unknown})", "bold") + (style("  first what tells most on what binds", "dim") if unknown else "")
    for question in questions[:limit]:
        findings = question.findings
        where = ", ".join(dict.fromkeys(f.provision for f in findings[:4])) + (" ..." if len(findings) > 4 else "")
        waiting = f"  {count_of(len(findings), 'finding')} {'waits' if len(findings) == 1 else 'wait'} for it"
        yield style(f"? {question.name}", "unknown") + style(waiting, "dim")
        yield from _wrap(question.ask, width)
        yield from _wrap(f"for {where}", width)
    if len(questions) > limit:
        yield f"    and {len(questions) - limit} more questions (--format json lists them all)"


def _coming(findings: tuple[Finding, ...], style: Style, width: int) -> Iterator[str]:
    yield ""
    yield style(f"WHAT COMES NEXT ({len(findings)})", "bold") + (style("  not owed yet", "dim") if findings else "")
    for finding in findings:
        assert finding.outlook is not None
        then = finding.outlook.verdict.value.replace("_", " ")
        if finding.outlook.reason:
            then += f" ({finding.outlook.reason.value.replace('_', ' ')})"
        reason = (finding.reason or "").replace("_", " ")
        yield (
            style(f"{finding.outlook.on}", "next") + f" {finding.title}  {finding.cite}" + style(f"  {finding.provision}", "dim")
        )
        last = f"; last compliant day {finding.due}" if finding.reason is Reason.IN_TRANSITION and finding.due else ""
        owes = f"{owner_of(finding)}, on {subject_of(finding.subject)}"
        yield from _wrap(f"{owes}: now {reason}{last}; from that day, as things stand: {then}", width)


def _brief(title: str, findings: Iterable[Finding], style: Style, width: int) -> Iterator[str]:
    rows = list(findings)
    if not rows:
        return
    yield ""
    yield style(f"{title} ({len(rows)})", "bold")
    for finding in rows:
        words = [r.value.replace("_", " ") for r in finding.reasons]
        if finding.reason is Reason.EXEMPT:
            words[0] += f" by {' and '.join(exempting(finding))}"
        why = f"  ({', '.join(words)})" if words else ""
        yield from _wrap(
            f"{GLYPHS[finding.verdict]} {finding.cite} {finding.title} – {owner_of(finding)}, "
            f"on {subject_of(finding.subject)}{why}", width, indent="  ",
        )  # fmt: skip


def exempting(finding: Finding) -> list[str]:
    """Citations of the exemptions that are true."""
    return [child.text.partition(": ")[0] for child in finding.proof.exempt.children if child.truth is True]


def _remarks(run: Run, style: Style, width: int) -> Iterator[str]:
    if not run.remarks:
        return
    yield ""
    yield style(f"REMARKS ON THE DOCUMENTS ({len(run.remarks)})", "bold")
    for remark in run.remarks:
        hint = f" – {remark.hint}" if remark.hint else ""
        yield from _wrap(printable(f"{remark.source}: {remark.message}{hint}"), width, indent="  ")


def _foot(run: Run, view: Outline, style: Style, width: int) -> Iterator[str]:
    yield ""
    counts = ", ".join(f"{count} {reason.value.replace('_', ' ')}" for reason, count in view.outside.items())
    yield from _wrap(f"Not applicable: {counts or 'none'}.", width, indent="")
    if view.not_evaluated:
        absent = "; ".join(f"{count} provisions on {subject}" for subject, count in view.not_evaluated.items())
        yield from _wrap(f"Not evaluated, because the dossier states no such subject: {absent}.", width, indent="")
    unwritten = [f"{pack.id} {pack.unwritten}" for pack in run.assessment.engine.shown_packs() if pack.unwritten]
    if unwritten:
        yield from _wrap(f"Law without a card yet, in pinpoints (packs list): {', '.join(unwritten)}.", width, indent="")
    unread = [f.name for f in run.files if not f.importer]
    if unread:
        shown = ", ".join(printable(name) for name in unread[:12]) + (f" and {len(unread) - 12} more" if len(unread) > 12 else "")
        yield from _wrap(f"Files not understood: {shown}.", width, indent="")
    if run.problems:
        yield style(f"{len(run.problems)} problems in the input, see stderr.", "gap")
    yield from _wrap(
        "A machine-checked statement of evidence on a date, from what the documents say. Undetermined is not a pass.",
        width, indent="",
    )  # fmt: skip
