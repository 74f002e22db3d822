"""Operators on values in three-valued logic. What cannot be told is None; against `none` every operator is false."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from ..vocabulary import NONE, UNKNOWN, Money, Range, Terms, Truth, Value, day_of

Check = Callable[[Value], Truth]


def check_equal(wanted: Value) -> Check:
    """Equality; two dates by their calendar date, a range only if it is one point or misses the value."""
    if isinstance(wanted, bool):
        return lambda value: None if value is UNKNOWN else value is wanted

    def check(value: Value) -> Truth:
        if value is UNKNOWN:
            return None
        if value is NONE or wanted is NONE:
            return value is wanted
        if isinstance(value, Range) and isinstance(wanted, (int, Fraction)):
            return None if value.low <= wanted <= value.high else False
        if isinstance(value, date) and isinstance(wanted, date):
            return day_of(value) == day_of(wanted)
        if isinstance(value, Money) and isinstance(wanted, Money) and value.currency != wanted.currency:
            return None
        return value == wanted

    return check


def check_compare(operator: str, wanted: Value) -> Check:
    """`more_than`, `at_least`, `less_than`, `at_most` on numbers, ranges, and money of one currency."""

    def check(value: Value) -> Truth:
        if value is UNKNOWN:
            return None
        if value is NONE:
            return False
        if isinstance(value, Money) and isinstance(wanted, Money):
            return compare(operator, value.amount, value.amount, wanted.amount) if value.currency == wanted.currency else None
        if not isinstance(wanted, (int, Fraction)):
            return None
        if isinstance(value, Range):
            return compare(operator, value.low, value.high, wanted)
        return compare(operator, value, value, wanted) if isinstance(value, (int, Fraction)) else None

    return check


def compare(operator: str, low: int | Fraction, high: int | Fraction, wanted: int | Fraction) -> Truth:
    """One operator on an interval; a point is an interval with equal ends. Exact, never in floating point."""
    if operator == "more_than":
        return True if low > wanted else (False if high <= wanted else None)
    if operator == "at_least":
        return True if low >= wanted else (False if high < wanted else None)
    if operator == "less_than":
        return True if high < wanted else (False if low >= wanted else None)
    return True if high <= wanted else (False if low > wanted else None)


def check_calendar(operator: str, wanted: Value) -> Check:
    """`before`, `on_or_before`, `on_or_after` by the calendar date that the moment itself states."""
    limit = day_of(wanted) if isinstance(wanted, date) else None

    def check(value: Value) -> Truth:
        if value is UNKNOWN:
            return None
        if value is NONE or limit is None or not isinstance(value, date):
            return False
        day = day_of(value)
        if operator == "before":
            return day < limit
        return day <= limit if operator == "on_or_before" else day >= limit

    return check


def check_one_of(wanted: frozenset[Value]) -> Check:
    """The term is among those named."""
    return lambda value: None if value is UNKNOWN else value is not NONE and value in wanted


def check_includes(wanted: frozenset[str]) -> Check:
    """The set has each of them; what is missing from a set that is not complete is unknown."""

    def check(value: Value) -> Truth:
        if not isinstance(value, Terms):
            return False if value is NONE else None
        if wanted <= value.known:
            return True
        return False if value.complete else None

    return check


def never(value: Value) -> Truth:
    """A comparison with a reference that had no entry on the day the law is read: false."""
    del value
    return False
