"""A date of the card's own clock that has no case on each side of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ...reading import Problem
from ...vocabulary import day_of, parse_day, parse_moment
from ..card import Card
from ..instrument import Pack
from .context import Context
from .pk205_stale_date_comment import known_by

DAY = timedelta(days=1)


def check(context: Context) -> Iterator[Problem]:
    """A first day wants the day before and the day, a last day wants the day and the day after."""
    for pack, card in context.cards():
        if card.tests is None:
            continue
        tested = set(_days(card))
        for place, turn in turns(pack, card):
            wanted = [day for day in (turn - DAY, turn) if day not in tested and pack.is_active(card, day, date.max)]
            if wanted:
                what = f"no case on {' or '.join(day.isoformat() for day in wanted)}"
                hint = "the law changes between the two days: write a case on each side"
                yield context.problem_at("PK303", card.source.file, place, what, hint)


def turns(pack: Pack, card: Card) -> Iterator[tuple[tuple[Any, ...], date]]:
    """Each place of the clock with the first day on which it makes a difference."""
    applies = card.applies
    firsts: list[tuple[tuple[Any, ...], str | None]] = []
    if isinstance(applies.from_, tuple):
        firsts.extend((("applies", "from", i, "date"), row.date) for i, row in enumerate(applies.from_))
    else:
        firsts.append((("applies", "from"), applies.from_))
    lasts: list[tuple[tuple[Any, ...], str | None]] = [(("applies", "until"), applies.until)]
    lasts.extend((("applies", "transition", i, "comply_by"), row.comply_by) for i, row in enumerate(applies.transition))
    for rows, step in ((firsts, timedelta()), (lasts, DAY)):
        for place, raw in rows:
            day = _resolve(pack, card, raw)
            if day is not None:
                yield place, day + step


def _resolve(pack: Pack, card: Card, raw: str | None) -> date | None:
    try:
        if raw and raw.startswith("$timeline."):
            return pack.resolve_date(raw.removeprefix("$timeline."), known_by(pack, card))
        return parse_day(raw) if raw and not raw.startswith("$") else None
    except ValueError:
        return None  # PK207


def _days(card: Card) -> Iterator[date]:
    assert card.tests is not None
    for case in card.tests.cases:
        try:
            yield day_of(parse_moment(case.at or card.tests.given.at))
        except ValueError:
            continue  # PK207
