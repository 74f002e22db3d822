"""A card that nobody compared with the text for more than 180 days."""

from __future__ import annotations

from collections.abc import Iterator

from ...reading import Problem
from ...vocabulary import parse_day
from .context import Context

DAYS = 180


def check(context: Context) -> Iterator[Problem]:
    """`review.checked` against the day of the check."""
    for _, card in context.cards():
        try:
            age = (context.day - parse_day(card.review.checked)).days
        except ValueError:
            continue  # PK207
        if age > DAYS:
            what = f"last checked {age} days ago, on {card.review.checked}"
            hint = "read the text in force, correct the card if need be, then set the day"
            yield context.problem_at("PK401", card.source.file, ("review", "checked"), what, hint)
