"""Days and numbers as people write them in fields made for them; what can be read in two ways is not read."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from ..vocabulary import parse_number
from ..vocabulary.value import Number

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SCALES = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "b": 10**9, "billion": 10**9, "t": 10**12,
          "trillion": 10**12}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})\Z")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_SPOKEN = re.compile(
    r"(?:([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})|(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4}))\Z"
)
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?) ?(k|m|b|t|thousand|million|billion|trillion)?(?: parameters)?\Z", re.I)
_OPERATIONS = re.compile(r"(.{1,40}?) ?(?:FLOP|FLOPs|floating[- ]point operations)?\Z")


def read_day(text: str) -> date | None:
    """A calendar day; `01/02/2020` could be two days and is none."""
    plain = " ".join(text.split())
    year, month, day = 0, 0, 0
    if match := _ISO.match(plain):
        year, month, day = (int(part) for part in match.groups())
    elif match := _SLASHED.match(plain):
        first, second, year = (int(part) for part in match.groups())
        if first <= 12 and second <= 12 and first != second:
            return None
        month, day = (second, first) if first > 12 else (first, second)
    elif match := _SPOKEN.match(plain):
        word, after, one, before, other, two = match.groups()
        name = (word or other).casefold()
        month = MONTHS.index(name[:3]) + 1 if name[:3] in MONTHS else 0
        year, day = int(one or two), int(after or before)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_count(text: str) -> int | None:
    """A whole number, written `7,241,732,096`, `7.2B` or `7 billion`; more than that, such as a range, is none."""
    match = _COUNT.match(" ".join(text.split()))
    if not match:
        return None
    number = Fraction(match[1].replace(",", "")) * SCALES[(match[2] or "").casefold()]
    return int(number) if number.denominator == 1 and number > 0 else None


def read_operations(text: str) -> Number | None:
    """Operations spent in all, written `3*10^24`, `3e24` or either with FLOP; a rate such as FLOP/s or FLOPS is none."""
    match = _OPERATIONS.match(" ".join(text.replace("\u00d7", "x").split()))
    if not match:
        return None
    written = re.sub(r"\s*x\s*(?=10\^)", "*", match[1].replace("\u2070", ""))
    try:
        number = parse_number(written, loose=True)
    except ValueError:
        return None
    return number if number >= 10**9 else None
