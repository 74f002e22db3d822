"""Days, hours and periods, compared the way law counts them.

A date alone is the whole day. Two moments are compared by the calendar date each one itself states, unless hours are
what the law counts; then a date without an hour is an interval, and a comparison inside it is unknown.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .truth import Truth

Moment = date | datetime
_PERIOD = re.compile(r"(\d+) (business_day|hour|day|week|month|year)s?\Z")


@dataclass(frozen=True, slots=True)
class Period:
    """`72 hours`, `15 days`, `10 business_days`, `2 weeks`, `3 months`, `1 year`."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit.replace('_', ' ')}{'' if self.count == 1 else 's'}"


def parse_period(raw: object) -> Period:
    """Raises `ValueError` that says the right form."""
    if isinstance(raw, Period):
        return raw
    match = _PERIOD.match(str(raw))
    if not match:
        raise ValueError(f"`{raw}` is not a period; write 72 hours, 15 days, 10 business_days, 2 weeks, 3 months or 1 year")
    if len(match[1]) > 4:
        raise ValueError(f"`{raw}` is too long for a period")
    return Period(int(match[1]), match[2])


def day_of(moment: Moment) -> date:
    """The calendar date that the moment itself states."""
    return moment.date() if isinstance(moment, datetime) else moment


def span(moment: Moment) -> tuple[datetime, datetime]:
    """Earliest and latest instant the moment can be, in UTC. A bare date may lie in any time zone on earth."""
    if isinstance(moment, datetime):
        if not 1 < moment.year < 9999:  # at the ends of the calendar the offset cannot be taken off
            return (moment.replace(tzinfo=UTC),) * 2
        exact = moment.astimezone(UTC)
        return exact, exact
    start = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    first = start - timedelta(hours=14) if moment.year > 1 else start
    return first, start + timedelta(hours=36) if moment.year < 9999 else start


def before(one: Moment, other: Moment) -> Truth:
    """Strictly earlier. On the same date it takes two hours of the day to tell; else unknown."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    left, right = day_of(one), day_of(other)
    return None if left == right else left < right


def add_period(start: date, period: Period, *, weekend: frozenset[int] = frozenset({5, 6})) -> date:
    """The day on which a period counted from `start` ends; the first day is not counted. Not for hours."""
    if period.unit == "business_day":
        step, day = (1 if period.count >= 0 else -1), start
        left = abs(period.count)
        while left:
            day += timedelta(days=step)
            left -= day.weekday() not in weekend
        return day
    if period.unit in ("day", "week"):
        return start + timedelta(days=period.count * (7 if period.unit == "week" else 1))
    months = period.count * (12 if period.unit == "year" else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
