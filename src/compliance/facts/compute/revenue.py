"""Revenue of an organisation over the period that a law looks at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ...vocabulary import UNKNOWN, Money, Value, parse_day, parse_money


def group_revenue_preceding_calendar_year(get: Callable[[str], Value], at: date) -> Value:
    """Revenue with affiliates in the calendar year before the day judged, in the currency in which it was stated.

    Rows of `addressee.annual_revenue` have `period` (a year, or left out where `from` and `to` are its first and last
    day), `with_affiliates` and `amount`. Rows that disagree, or an amount that cannot be read, give UNKNOWN.
    """
    rows = get("addressee.annual_revenue")
    if not isinstance(rows, tuple):
        return UNKNOWN
    amounts: set[Money | None] = set()
    for record in rows:
        row = dict(record)
        if row.get("with_affiliates") is True and _is_year(row, at.year - 1):
            amounts.add(_amount(row.get("amount")))
    return amounts.pop() or UNKNOWN if len(amounts) == 1 else UNKNOWN


def _is_year(row: dict[str, Any], year: int) -> bool:
    """Whether the row is on that calendar year, its first to its last day."""
    if "period" in row:
        return str(row["period"]).strip() == str(year)
    try:
        return parse_day(row.get("from")) == date(year, 1, 1) and parse_day(row.get("to")) == date(year, 12, 31)
    except ValueError:
        return False


def _amount(raw: Any) -> Money | None:
    try:
        return parse_money(raw)
    except ValueError:
        return None
