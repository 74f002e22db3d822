"""A deadline whose event may lie before the law began, and no condition that says from when on it counts."""

from __future__ import annotations

from collections.abc import Iterator

from ...reading import Problem
from ..card import Obligation
from ..conditions import CALENDAR, Line
from .context import Context


def check(context: Context) -> Iterator[Problem]:
    """Each event that starts or ends a clock needs some condition of the card that compares it with a date."""
    for _, card in context.cards():
        if not isinstance(card, Obligation) or card.deadline is None or card.applies.from_ is None:
            continue
        bounded = {
            condition.fact
            for _, condition, _ in context.asked(card)
            if isinstance(condition, Line) and any(test.operator in CALENDAR for test in condition.tests)
        }
        for key in ("after", "before", "on_or_before"):
            for index, name in enumerate(getattr(card.deadline, key)):
                if name not in bounded:
                    first = card.applies.from_ if isinstance(card.applies.from_, str) else "$timeline.name"
                    hint = f"add to `when`: {{{name}: {{on_or_after: {first}}}}}"
                    what = f"`{name}` may lie before the law began"
                    yield context.problem_at("PK305", card.source.file, ("deadline", key, index), what, hint)
