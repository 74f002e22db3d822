"""A verdict that the card can give and that no case expects."""

from __future__ import annotations

from collections.abc import Iterator

from ...reading import Problem
from ..card import Card, Duty, Obligation, Prohibition
from ..conditions import Line
from .context import Context


def check(context: Context) -> Iterator[Problem]:
    """Each card against the verdicts its cases expect; a card without cases is one problem."""
    for _, card in context.cards():
        if card.tests is None or not card.tests.cases:
            hint = "write `tests` with a case for each verdict"
            yield context.problem_at("PK302", card.source.file, (card.kind,), "a card without cases", hint)
            continue
        expected = {_word(case.expect) for case in card.tests.cases}
        missing = [verdict for verdict in possible(context, card) if verdict not in expected]
        if missing:
            what = f"no case expects {' or '.join(missing)}"
            yield context.problem_at("PK302", card.source.file, ("tests", "cases"), what, "write one for each")


def possible(context: Context, card: Card) -> Iterator[str]:
    """The verdicts that a card can give in a case, in the order of the grammar."""
    stuck = {row.lowers for row in card.open if not row.when and not row.settled_by}
    if not isinstance(card, Duty):
        if "conclusion" not in stuck:
            yield "true"
        if _can_be_left(card):
            yield "false"
        if _can_be_unknown(context, card):
            yield "unknown"
        return
    if _can_be_left(card) or card.scope or card.addressee != ("unassigned",):
        yield "not_applicable"
    if "conclusion" not in stuck or isinstance(card, Prohibition):
        yield "satisfied"
    if _can_be_unknown(context, card) or (isinstance(card, Obligation) and any(d.path for d in card.evidence)):
        yield "undetermined"
    if "applies" not in stuck and ("conclusion" not in stuck or isinstance(card, Obligation)):
        yield "not_satisfied"


def _can_be_left(card: Card) -> bool:
    return bool(card.when or card.except_ or card.applies.from_ or card.applies.until or card.applies.transition)


def _can_be_unknown(context: Context, card: Card) -> bool:
    """An official act that nobody states was not made: a card that asks for nothing else is always known."""
    if any(row.lowers != "nothing" for row in card.open):
        return True
    for _, condition, _ in context.asked(card):
        entry = context.catalogue.fact(condition.fact) if isinstance(condition, Line) else None
        if entry is None or entry.kind != "act":
            return True
    return False


def _word(expect: bool | str) -> str:
    return str(expect).lower() if isinstance(expect, bool) else expect
