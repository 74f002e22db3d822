"""The calendar of Regulation (EEC, Euratom) No 1182/71: Art. 3(1) the first day, (4) weekends, (5) two working days."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.engine.limits import find_limits
from compliance.packs.card import Deadline


def last_day(start: date, within: str, calendar: str | None) -> date | None:
    deadline = Deadline(within=within, after=("incident.discovered_at",), done="submitted_at", calendar=calendar)
    (limit,) = find_limits(deadline, lambda _: start)
    assert limit.sure == limit.last
    return limit.last


@pytest.mark.parametrize(
    ("aware", "within", "last"),
    [  # 2028-02-07 is a Monday
        (date(2028, 2, 7), "2 days", date(2028, 2, 9)),
        (date(2028, 2, 9), "2 days", date(2028, 2, 11)),
        (date(2028, 2, 10), "2 days", date(2028, 2, 14)),  # Saturday moves to Monday: Friday and Monday are two working days
        (date(2028, 2, 11), "2 days", date(2028, 2, 15)),  # to Monday alone it would hold one
        (date(2028, 2, 12), "2 days", date(2028, 2, 15)),  # Sunday and Monday
        (date(2028, 2, 13), "2 days", date(2028, 2, 15)),
        (date(2028, 2, 11), "3 days", date(2028, 2, 15)),  # Saturday, Sunday and Monday hold one
        (date(2028, 2, 10), "3 days", date(2028, 2, 14)),
        (date(2028, 2, 11), "1 day", date(2028, 2, 14)),  # below two days only the weekend counts
        (date(2028, 2, 10), "1 day", date(2028, 2, 11)),
        (date(2028, 2, 11), "10 days", date(2028, 2, 21)),
        (date(2028, 2, 4), "15 days", date(2028, 2, 21)),
        (date(2028, 2, 11), "1 week", date(2028, 2, 18)),
    ],
)
def test_periods_of_union_law(aware: date, within: str, last: date) -> None:
    assert last_day(aware, within, "eu-1182-71") == last


@pytest.mark.parametrize("calendar", [None, "us-ny-nyc", "cn"])
def test_other_calendars_know_no_two_working_days(calendar: str | None) -> None:
    assert last_day(date(2028, 2, 11), "2 days", calendar) == date(2028, 2, 13)
