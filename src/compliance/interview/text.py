"""The questions and what answers changed, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from ..flow import Run
from ..reading import printable
from ..reports.outline import Question
from ..vocabulary import Verdict
from .answers import form_of
from .questions import Asked


def write_questions(facts: Sequence[Asked], others: Sequence[Question], limit: int, width: int = 100) -> str:
    """The best questions on facts with how to answer them, then the documents that findings wait for."""
    lines = [f"{len(facts)} questions on facts; first what tells most on what binds"]
    for asked in facts[:limit]:
        lines += ["", *write_question(asked, width)]
        lines.append(f"    --answer {name_in_full(asked)}=...")
    if len(facts) > limit:
        lines += ["", f"and {len(facts) - limit} more (--limit)"]
    if others:
        named = ", ".join(one.name for one in others[:limit]) + (
            f" and {len(others) - limit} more" if len(others) > limit else ""
        )
        told = f"Documents and judgements that findings wait for, to be named under `documents` or `accepted`: {named}."
        lines += ["", *textwrap.wrap(printable(told), width)]
    return "\n".join(lines) + "\n"


def write_question(asked: Asked, width: int = 100) -> list[str]:
    """One question: what, about whom, what waits for it, how it is answered."""
    waiting = "1 finding waits" if asked.findings == 1 else f"{asked.findings} findings wait"
    lines = [f"? {asked.name}  ({waiting} for it)"]
    told = (
        f"{asked.ask} [{asked.about}]",
        asked.entry.means,
        f"answer: {form_of(asked.entry)}",
        f"for {', '.join(asked.instruments)}",
    )
    for text in told:
        lines += textwrap.wrap(printable(text), width, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)
    return lines


def name_in_full(asked: Asked) -> str:
    """`FACT@NODE`, as `--answer` takes it."""
    node = asked.towards[0] if len(asked.towards) == 1 else asked.subject
    return asked.name if node == "organisation:unnamed" else f"{asked.name}@{printable(node)}"


def write_counts(before: Run, after: Run) -> str:
    """Every verdict before and after, and the findings that changed."""
    rows = [_counts(run) for run in (before, after)]
    shown = ", ".join(f"{verdict.value.replace('_', ' ')} {rows[0][verdict]} → {rows[1][verdict]}" for verdict in Verdict)
    return "\n".join([shown, *_changes(before, after)]) + "\n"


def _counts(run: Run) -> dict[Verdict, int]:
    table = run.assessment.counts().values()
    return {verdict: sum(row[verdict] for row in table) for verdict in Verdict}


def _changes(before: Run, after: Run) -> Iterator[str]:
    old = _verdicts(before)
    for key, verdict in _verdicts(after).items():
        if key in old and old[key] is not verdict:
            provision, subject = key[0], key[1]
            yield f"  {provision} on {printable(subject)}: {old[key].value} → {verdict.value}".replace("_", " ")


def _verdicts(run: Run) -> dict[tuple[str, ...], Verdict]:
    found: dict[tuple[str, ...], Verdict] = {}
    for one in run.assessment.judged:
        situation = one.view.situation
        parent = situation.parent.name if situation.parent else ""
        found[one.duty.card.id, situation.subject.name, parent, one.duty.role] = one.judgement.verdict
    return found
