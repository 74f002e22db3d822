"""Numbers as cards write them, exact and with how far they are rounded.

`6.7B`, `1.5 billion`, `2,117,241,409,943`, `3.1e24`, `3.8 x 10^25`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ...vocabulary import Number

UNITS = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9,
    "t": 10**12, "trillion": 10**12,
}  # fmt: skip
FIGURE = (
    r"(?<![\w.,^/])(?<![A-Za-z0-9]-)(?:\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,6})?|\d{1,18}(?:\.\d{1,9})?)"
    r"(?:(?:\s?-?(?:thousand|million|billion|trillion)|\s?(?:[KMBT]|Bn|Mn)|[kmbt])(?![\w^]))?"
)
"""Shape of a figure with its unit of count, for use inside other patterns; read it with `read_figure`."""

POWER = (
    r"(?<![\w.,^])\d{1,4}(?:\.\d{1,9})?\s?"
    r"(?:[eE]\s?\+?\d{1,2}|(?:x|×|\*|times)?\s?10\s?(?:\^|\*\*)\s?[{(]?\s?\d{1,2}\s?[})]?)(?![\w.])"
)
"""Shape of a power of ten: `3.1e24`, `3.8 x 10^25`; read it with `read_power`."""

_FIGURE = re.compile(r"([\d,]+(?:\.\d+)?)\s?-?([A-Za-z]*)\Z")
_POWER = re.compile(r"(\d+(?:\.\d+)?)\s?(?:[eE]\s?\+?|(?:x|×|\*|times)?\s?10\s?(?:\^|\*\*)\s?[{(]?\s?)(\d+)\s?[})]?\Z")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the size of the step in its last written digit: 6.7B is 6700000000 in steps of 100000000."""

    value: Number
    step: Number

    def times(self, factor: Number) -> Figure:
        """The number in another unit."""
        return Figure(plain(Fraction(self.value) * factor), plain(Fraction(self.step) * factor))


def read_figure(text: str) -> Figure | None:
    """A number with its unit of count, or None for what is no such number."""
    match = _FIGURE.match(text.strip())
    factor = UNITS.get(match[2].casefold(), 0) if match and match[2] else 1
    if match is None or not factor:
        return None
    digits = match[1].replace(",", "")
    return _scaled(digits, factor)


def read_power(text: str) -> Figure | None:
    """A power of ten, or None."""
    match = _POWER.match(text.strip())
    return _scaled(match[1], 10 ** int(match[2])) if match and int(match[2]) <= 40 else None


def plain(number: Number) -> Number:
    """An integer where it is one."""
    return int(number) if isinstance(number, Fraction) and number.denominator == 1 else number


def _scaled(digits: str, factor: int) -> Figure:
    decimals = len(digits.partition(".")[2])
    step = Fraction(factor, 10**decimals)
    if not decimals and factor == 1:
        step = Fraction(10 ** (len(digits) - len(digits.rstrip("0")))) if digits.strip("0") else Fraction(1)
    return Figure(plain(Fraction(digits) * factor), plain(step))
