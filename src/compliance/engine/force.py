"""How an instrument binds on a day: beside the verdict, never part of it."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase

from ..packs import Card, Pack
from ..packs.instrument import EnforcementRow
from ..vocabulary import Force


def force_of(pack: Pack, card: Card, day: date, known: date) -> Force:
    """Binding, soft, voluntary, proposed; `stayed` under an uncontested stay of everything; `lapsed` after the last day.

    Before its first day an instrument has the force it is going to have.
    """
    rows = [(date_in(pack, row.from_, known), date_in(pack, row.until, known), row.is_) for row in pack.instrument.force]
    current = [Force(kind) for first, last, kind in rows if (first is None or first <= day) and (last is None or day <= last)]
    if not current:
        begun = [first for first, _, _ in rows if first is not None and first <= day]
        return Force.LAPSED if begun else Force(rows[0][2])
    stayed = any(
        row.kind == "stay" and row.scope == "all" and row.certainty != "contested" and is_running(pack, row, card, day, known)
        for row in pack.instrument.enforcement
    )
    return Force.STAYED if stayed else current[0]


def is_running(pack: Pack, row: EnforcementRow, card: Card, day: date, known: date) -> bool:
    """Whether an enforcement row concerns this card on this day (an end that is not fixed counts as not yet come)."""
    if row.cards and not any(fnmatchcase(card.pinpoint, pattern) for pattern in row.cards):
        return False
    first, before = date_in(pack, row.from_, known), date_in(pack, row.before, known)
    if row.from_ and first is None:  # it begins with something that nobody had published yet
        return False
    last = date_in(pack, row.until, known) if isinstance(row.until, str) else None
    return (first is None or first <= day) and (last is None or day <= last) and (before is None or day < before)


def date_in(pack: Pack, raw: str | None, known: date) -> date | None:
    """A date or `$timeline` reference of instrument.yaml; None for none, unknown, or not yet published."""
    if raw is None or raw == "unknown":
        return None
    if raw.startswith("$timeline."):
        return pack.resolve_date(raw.removeprefix("$timeline."), known)
    return date.fromisoformat(raw)
