"""What a fact can be worth, exactly: no floats, no default that means false.

Numbers are integers or fractions, estimates are ranges, money carries its currency, a day is a `date` and an hour a
`datetime` with its offset. `UNKNOWN` is the value of what nobody stated, `NONE` of what is known not to exist (no such
date, no such purpose).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any

Number = int | Fraction


class Mark(Enum):
    """The two values that are not values."""

    UNKNOWN = "unknown"
    NONE = "none"

    def __str__(self) -> str:
        return self.value


UNKNOWN = Mark.UNKNOWN
NONE = Mark.NONE


@dataclass(frozen=True, slots=True)
class Range:
    """A number known only to lie between two bounds, both included. A comparison decides only if all of it does."""

    low: Number
    high: Number

    def __str__(self) -> str:
        return f"{show_number(self.low)} to {show_number(self.high)}"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217). Amounts in different currencies are not comparable."""

    amount: Number
    currency: str

    def __str__(self) -> str:
        return f"{show_number(self.amount)} {self.currency}"


@dataclass(frozen=True, slots=True)
class Terms:
    """A set of terms. `complete` says that what is not in it is known to be absent; else absence is unknown."""

    known: frozenset[str]
    complete: bool = True

    def __str__(self) -> str:
        shown = ", ".join(sorted(self.known)) or "nothing"
        return shown if self.complete else f"{shown} (perhaps more)"


Record = tuple[tuple[str, Any], ...]
Value = bool | int | Fraction | Range | Money | date | datetime | str | Terms | tuple[Record, ...] | Mark

_NUMBER = re.compile(r"(?:(\d+(?:\.\d+)?)\*)?(\d+)\^(\d+)([+-]\d+)?\Z")
_SHARE = re.compile(r"(\d+)/(\d+)\Z")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?\Z")
_LOOSE = re.compile(r"-?\d+(?:[._]\d+)*(?:[eE][+-]?\d+)?\Z")
_MONEY = re.compile(r"(.+) ([A-Z]{3})\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})\Z")


def parse_number(raw: object, *, loose: bool = False) -> Number:
    """Exact number from `500000`, `3*10^26`, `10^26-1`, `5%`, `54/1080`; with `loose` also `3.4e24`.

    Raises `ValueError` that says the right form.
    """
    if isinstance(raw, bool):
        raise ValueError("a number was expected, not true or false")
    if isinstance(raw, (int, Fraction)):
        return raw
    text = str(raw).strip().replace(" ", "")
    if len(text) > 100:
        raise ValueError(f"`{text[:20]}...` is too long for a number")
    if match := _NUMBER.match(text):
        factor, base, exponent, plus = match.groups()
        if int(exponent) > 60:
            raise ValueError(f"`{raw}`: exponents end at 60")
        if len(base) > 3:
            raise ValueError(f"`{raw}`: write a power of ten, such as 3*10^26")
        return _plain(Fraction(factor or 1) * Fraction(base) ** int(exponent) + int(plus or 0))
    if text.endswith("%") and _DECIMAL.match(text[:-1]):
        return _plain(Fraction(text[:-1]) / 100)
    if (match := _SHARE.match(text)) and int(match[2]):
        return Fraction(int(match[1]), int(match[2]))
    if _DECIMAL.match(text):
        return _plain(Fraction(text))
    if loose and _LOOSE.match(text) and abs(int(text.lower().partition("e")[2] or 0)) <= 60:
        return _plain(Fraction(text.replace("_", "")))
    raise ValueError(f"`{raw}` is not a number; write 500000, 3*10^26, 5% or 54/1080")


def _plain(number: Fraction) -> Number:
    return int(number) if number.denominator == 1 else number


def show_number(number: Number) -> str:
    """A number as a reader wants it: exact when short, in powers of ten when long."""
    if isinstance(number, Fraction):
        return f"{float(number):g}" if number.denominator <= 1000 else f"{number.numerator}/{number.denominator}"
    text = str(abs(number))
    if len(text) <= 9:
        return f"{number:,}".replace(",", " ")
    stripped = text.rstrip("0")
    if len(stripped) <= 6:
        digits = len(text) - 1
        lead = stripped[0] + (f".{stripped[1:]}" if len(stripped) > 1 else "")
        sign = "-" if number < 0 else ""
        return f"{sign}10^{digits}" if lead == "1" else f"{sign}{lead}*10^{digits}"
    return (
        f"{number:,}".replace(",", " ")
        if len(text) <= 15
        else f"{'-' if number < 0 else ''}{text[0]}.{text[1:5]}*10^{len(text) - 1} (exactly {number})"
    )


def parse_day(raw: object) -> date:
    """A calendar date `2026-08-02`. Raises `ValueError`."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if not _DAY.match(str(raw)):
        raise ValueError(f"`{raw}` is not a date; write 2026-08-02")
    return date.fromisoformat(str(raw))


def parse_moment(raw: object) -> date | datetime:
    """A date (the whole day) or an instant `2027-03-01T10:00-05:00`; the offset is required. Raises `ValueError`."""
    if isinstance(raw, date):
        return raw
    if _INSTANT.match(str(raw)):
        return datetime.fromisoformat(str(raw))
    if not _DAY.match(str(raw)):
        raise ValueError(f"`{raw}` is neither a date nor an instant; write 2026-08-02 or 2027-03-01T10:00-05:00")
    return date.fromisoformat(str(raw))


def parse_money(raw: object) -> Money:
    """`500000000 USD`. Raises `ValueError`."""
    if isinstance(raw, Money):
        return raw
    match = _MONEY.match(str(raw).strip())
    if not match:
        raise ValueError(f"`{raw}` is not money; write 500000000 USD")
    return Money(parse_number(match[1]), match[2])


def parse_value(raw: object, kind: str, *, loose: bool = False) -> Value:
    """A raw YAML value as the type of the catalogue: boolean, number, money, date, instant, term, set, series.

    `unknown` and `none` are values of every type. Raises `ValueError` with the right form.
    """
    if raw is None:
        raise ValueError("nothing stands here; write a value, unknown, or none if there is none")
    if isinstance(raw, (Mark, Range, Terms)):
        return raw
    if isinstance(raw, str) and raw in ("unknown", "none"):
        return Mark(raw)
    if kind == "boolean":
        if isinstance(raw, bool):
            return raw
        raise ValueError(f"`{raw}` is not true or false")
    if kind == "number":
        if isinstance(raw, dict):
            if set(raw) != {"from", "to"}:
                raise ValueError("an estimate is written {from: 8*10^25, to: 2*10^26}")
            low, high = parse_number(raw["from"], loose=loose), parse_number(raw["to"], loose=loose)
            if low > high:
                raise ValueError(f"the estimate runs backwards: {raw['from']} to {raw['to']}")
            return low if low == high else Range(low, high)
        return parse_number(raw, loose=loose)
    if kind == "money":
        return parse_money(raw)
    if kind in ("date", "instant"):
        return parse_moment(raw)
    if kind == "set":
        if isinstance(raw, (list, tuple, set, frozenset)):
            return Terms(frozenset(str(item) for item in raw))
        raise ValueError(f"`{raw}` is not a list; write [{raw}]")
    if kind == "series":
        if isinstance(raw, (list, tuple)) and all(isinstance(item, dict) for item in raw):
            return tuple(tuple(sorted((str(k), v) for k, v in item.items())) for item in raw)
        raise ValueError("a series is a list of mappings")
    if kind == "term":
        if isinstance(raw, (dict, list)):
            raise ValueError("one term was expected")
        return ("true" if raw else "false") if isinstance(raw, bool) else str(raw)
    raise ValueError(f"unknown type `{kind}`")


def show(value: Value) -> str:
    """A value in one line for people."""
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, (int, Fraction)):
        return show_number(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, tuple):
        return "; ".join(", ".join(f"{k} {v}" for k, v in row) for row in value)
    return str(value)


def to_json(value: Value) -> Any:
    """A value in JSON: numbers above 2^53 and fractions as text, so that nothing is rounded on the way."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if isinstance(value, Range):
        return {"from": to_json(value.low), "to": to_json(value.high)}
    if isinstance(value, Terms):
        return sorted(value.known) if value.complete else {"at_least": sorted(value.known)}
    if isinstance(value, tuple):
        return [{k: to_json(v) if isinstance(v, (int, Fraction, Money)) else v for k, v in row} for row in value]
    if isinstance(value, (Fraction, Money)):
        return str(value)
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
