"""Exact arithmetic on numbers and ranges."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ...vocabulary import UNKNOWN, Number, Range, Value


def bounds(value: Value) -> tuple[Number, Number] | None:
    """Lowest and highest a number can be; None for what is not a number."""
    if isinstance(value, Range):
        return value.low, value.high
    return (value, value) if isinstance(value, (int, Fraction)) and not isinstance(value, bool) else None


def join(low: Number, high: Number) -> Value:
    """The number or range between two bounds."""
    low, high = (int(one) if isinstance(one, Fraction) and one.denominator == 1 else one for one in (low, high))
    return low if low == high else Range(low, high)


def add(values: Iterable[Value]) -> Value:
    """The sum; UNKNOWN as soon as one of them is not a number."""
    low: Number = 0
    high: Number = 0
    for value in values:
        if (pair := bounds(value)) is None:
            return UNKNOWN
        low, high = low + pair[0], high + pair[1]
    return join(low, high)


def multiply(values: Iterable[Value]) -> Value:
    """The product of numbers that are zero or more; UNKNOWN as soon as one of them is not."""
    low: Number = 1
    high: Number = 1
    for value in values:
        pair = bounds(value)
        if pair is None or pair[0] < 0:
            return UNKNOWN
        low, high = low * pair[0], high * pair[1]
    return join(low, high)


def largest(values: Iterable[Value]) -> Value:
    """The largest; UNKNOWN as soon as one of them is not a number, and for none at all."""
    pairs = [bounds(value) for value in values]
    known = [pair for pair in pairs if pair is not None]
    if not known or len(known) < len(pairs):
        return UNKNOWN
    return join(max(low for low, _ in known), max(high for _, high in known))


def divide(value: Value, by: Value) -> Value:
    """The quotient; UNKNOWN where something is not a number or the divisor can be zero or less."""
    over, under = bounds(value), bounds(by)
    if over is None or under is None or under[0] <= 0 or over[0] < 0:
        return UNKNOWN
    return join(Fraction(over[0]) / under[1], Fraction(over[1]) / under[0])


def round_outward(low: Number, high: Number) -> Value:
    """Both bounds as integers of two significant figures, the low one rounded down and the high one up."""
    return join(_two_figures(low, up=False), _two_figures(high, up=True))


def _two_figures(number: Number, *, up: bool) -> int:
    whole = -(-number // 1) if up else number // 1
    step = 10 ** max(len(str(abs(whole))) - 2, 0)
    return int(-(-whole // step) * step if up else whole // step * step)
