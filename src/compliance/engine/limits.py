"""The clock of an event: up to when something had to be done, and whether that can be told.

A limit has two ends, because an event may be unknown or known only to the day: up to `sure` a document is in time, after
`last` it is late, between them nobody can tell. None stands for no such end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..packs.card import Deadline
from ..vocabulary import NONE, UNKNOWN, Moment, Period, Truth, Value, add_period, before, day_of, parse_period, span

WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are not working days, and what happens when the last day is one.

    `rolls`: True moves it to the next working day, False leaves it, None leaves it open (the text is not at hand). A period
    of two days or more goes on until it holds `working_days` of them. Public holidays are not listed anywhere here; a period
    with one of them has to be checked by hand.
    """

    rolls: bool | None
    cite: str
    working_days: int = 0


CALENDARS: Mapping[str, Calendar] = {
    "eu-1182-71": Calendar(True, "Regulation (EEC, Euratom) 1182/71, Art. 3(4) and (5)", working_days=2),
    "us-ca": Calendar(None, "Gov. Code 6800, 6803"),
    "us-ny": Calendar(None, "Gen. Constr. Law 25-a"),
    "us-il": Calendar(None, "5 ILCS 70/1.11"),
    "us-ny-nyc": Calendar(False, ""),
    "cn": Calendar(False, ""),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """`mode`: `days` (the whole last day counts), `strict` (before that moment), `hours` (to the instant, in UTC)."""

    sure: Moment | None
    last: Moment | None
    mode: str

    def met(self, done: Moment) -> Truth:
        """Whether a document dated `done` was in time."""
        if self.mode == "hours":
            first, final = span(done)
            if isinstance(self.sure, datetime) and final <= self.sure:
                return True
            return False if isinstance(self.last, datetime) and first > self.last else None
        if self.mode == "strict":
            if self.sure is not None and before(done, self.sure) is True:
                return True
            return False if self.last is not None and before(done, self.last) is False else None
        if self.sure is not None and day_of(done) <= day_of(self.sure):
            return True
        return False if self.last is not None and day_of(done) > day_of(self.last) else None

    def over(self, at: Moment) -> Truth:
        """Whether the time has run out on the day of the check."""
        if self.mode == "hours":
            first, final = span(at)
            if isinstance(self.last, datetime) and first > self.last:
                return True
            return False if isinstance(self.sure, datetime) and final <= self.sure else None
        if self.mode == "strict":
            if self.last is not None and before(self.last, at) is True:
                return True
            return False if self.sure is not None and before(at, self.sure) is True else None
        if self.last is not None and day_of(at) > day_of(self.last):
            return True
        return False if self.sure is not None and day_of(at) <= day_of(self.sure) else None

    @property
    def end(self) -> Moment | None:
        """The last moment that is in time, for people; before a bare date it is the day before."""
        if self.last is None or self.last == date.max:
            return None
        if self.mode == "strict" and not isinstance(self.last, datetime):
            return self.last - timedelta(days=1)
        return day_of(self.last) if self.mode == "days" else self.last

    def no_earlier_than(self, day: date) -> Limit:
        """This limit, put off to the end of `day` where it would be over before."""
        late = self.last is not None and day_of(self.last) > day
        early = self.sure is None or day_of(self.sure) <= day
        if not early:
            return self
        if late:
            return self if self.sure is not None else Limit(day, self.last, "days")
        return Limit(day, None if self.last is None else day, "days")


NOT_STARTED = Limit(date.max, None, "days")
"""No event has happened or will: everything is in time, nothing is over."""


def find_limits(deadline: Deadline, value: Callable[[str], Value]) -> tuple[Limit, ...]:
    """The limit, or with `start: contested` one for every start; they count only where all agree."""
    names = deadline.after or deadline.before or deadline.on_or_before
    values = [value(name) for name in names]
    known = [v for v in values if isinstance(v, date)]
    missing = any(v is UNKNOWN for v in values)
    if not known and not missing and all(v is NONE for v in values):
        return (NOT_STARTED,)
    if deadline.start == "contested":
        limits = [_limit(deadline, v, v) for v in known]
        return (*limits, Limit(None, None, limits[0].mode if limits else "days")) if missing else tuple(limits)
    key: Callable[[Moment], datetime] = lambda m: span(m)[0]  # noqa: E731  (a one-line order, used twice below)
    if deadline.start == "latest":
        edge = max(known, key=key) if known else None
        return (_limit(deadline, edge, None if missing else edge),)
    edge = min(known, key=key) if known else None
    return (_limit(deadline, None if missing else edge, edge),)


def _limit(deadline: Deadline, sure: Moment | None, last: Moment | None) -> Limit:
    if deadline.within:
        period = parse_period(deadline.within)
        if period.unit == "hours" or period.unit == "hour":
            hours = timedelta(hours=period.count)
            return Limit(_exact(sure, 0) + hours if sure else None, _exact(last, 1) + hours if last else None, "hours")
        calendar = CALENDARS.get(deadline.calendar or "")
        return Limit(_end(sure, period, calendar, first=True), _end(last, period, calendar, first=False), "days")
    if deadline.at_least:
        period = parse_period(deadline.at_least)
        back = Period(-period.count, period.unit)
        return Limit(add_period(day_of(sure), back) if sure else None, add_period(day_of(last), back) if last else None, "days")
    return Limit(sure, last, "strict" if deadline.before else "days")


def _exact(moment: Moment, side: int) -> datetime:
    """An instant as it is stated, with its own offset; of a bare date the earliest (0) or latest (1) instant."""
    return moment if isinstance(moment, datetime) else span(moment)[side]


def _end(start: Moment | None, period: Period, calendar: Calendar | None, *, first: bool) -> date | None:
    if start is None:
        return None
    begin = day_of(start)
    day = add_period(begin, period)
    floor = add_period(begin, Period(calendar.working_days, "business_day")) if calendar and (day - begin).days >= 2 else day
    if calendar and (calendar.rolls or (calendar.rolls is None and not first)):
        while day.weekday() in WEEKEND:
            day += timedelta(days=1)
    return max(day, floor)


def agree(truths: list[Truth]) -> Truth:
    """What all starts give, or None."""
    return truths[0] if truths and all(t is truths[0] for t in truths) else None
