"""Two versions of one provision that are the law on the same day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...reading import Problem
from ..card import Card
from ..instrument import Pack
from .context import Context


def check(context: Context) -> Iterator[Problem]:
    """On the day of each amendment, at most one file of a card holds."""
    for pack in context.packs:
        days = sorted({row.in_force or row.published for row in pack.amendments})
        for name in dict.fromkeys(card.id for card in pack.cards):
            versions = [card for card in pack.cards if card.id == name]
            if len(versions) > 1 and (day := _clash(pack, versions, days)):
                last = versions[-1]
                what = f"on {day} two texts of `{last.pinpoint}` hold at once"
                hint = f"write `until: {last.since or 'the amendment'}` on the older text"
                yield context.problem_at("PK209", last.source.file, (last.kind,), what, hint)


def _clash(pack: Pack, versions: list[Card], days: list[date]) -> date | None:
    return next((day for day in days if sum(pack.is_active(card, day, date.max) for card in versions) > 1), None)
