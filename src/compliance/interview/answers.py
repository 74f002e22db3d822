"""An answer as a person types it becomes YAML of the type that the catalogue asks for, or is refused with the right form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..catalogue import FactType
from ..reading import InputError, load_yaml, nearest, printable
from ..vocabulary import Terms, Value, parse_day, parse_value
from .insertion import quote

FORMS = {
    "boolean": "yes or no", "number": "a number: 500000, 3.4*10^24, or an estimate: 2*10^24 to 5*10^24",
    "money": "an amount with its currency: 500000000 USD", "date": "a day: 2026-08-02, or none if there is none",
    "instant": "a day or an hour: 2026-08-02 or 2027-03-01T10:00-05:00", "term": "one term, or none",
    "set": "terms with commas between: text, image; or [] for none of them",
    "series": "rows: [{period: 2025, amount: 500000000 USD}]",
}  # fmt: skip
YES, NO = ("yes", "y", "true"), ("no", "n", "false")
SKIPPED = ("", "?", "unknown")
RANGE = re.compile(r"(.+?)\s+to\s+(.+)")


@dataclass(frozen=True, slots=True)
class Judge:
    """Who stands for a judgement, since when, and by which standard."""

    by: str
    on: date
    standard: str = ""


def form_of(entry: FactType) -> str:
    """How an answer is written."""
    if entry.values:
        listed = ", ".join(entry.values)
        return f"{'some' if entry.type == 'set' else 'one'} of: {listed}" + (
            "; [] for none" if entry.type == "set" else "; or none"
        )
    return FORMS.get(entry.type, entry.type)


def read_answer(entry: FactType, typed: str, judge: Judge | None = None) -> str:
    """The answer as YAML of one line; empty for one that says nothing.

    Raises `ValueError`, with the right form, for an answer of another type and for a judgement that nobody stands for.
    """
    text = " ".join(typed.split())
    if text in SKIPPED:
        return ""
    if printable(text) != text:
        raise ValueError("there are control characters in the answer")
    try:
        told = _told(entry, text)
        value = parse_value(load_yaml(told, "answer"), entry.type, loose=True)
    except (ValueError, OverflowError, InputError) as error:
        reason = error.problem.message if isinstance(error, InputError) else str(error)
        raise ValueError(f"{reason}; write {form_of(entry)}") from None
    _check_terms(entry, value)
    if entry.kind != "judged":
        return told
    if judge is None or not judge.by.strip():
        raise ValueError("this is a judgement: say who made it, on which day, and by which standard")
    standard = f", standard: {quote(judge.standard)}" if judge.standard else ""
    return f"{{value: {told}, judged: {{by: {quote(judge.by)}, on: {judge.on.isoformat()}{standard}}}}}"


def read_judge(by: str, on: str, standard: str = "") -> Judge:
    """Who stands for a judgement. Raises `ValueError` for a missing name and for what is no day."""
    if not by.strip():
        raise ValueError("a judgement needs the name of the one who made it")
    return Judge(printable(" ".join(by.split())), parse_day(on.strip()), printable(" ".join(standard.split())))


def _told(entry: FactType, text: str) -> str:
    if text == "none" or text.startswith(("[", "{")):
        return text
    if entry.type == "boolean":
        word = text.casefold()
        return "true" if word in YES else "false" if word in NO else quote(text)
    if entry.type == "number":
        match = RANGE.fullmatch(text)
        return f"{{from: {_number(match[1])}, to: {_number(match[2])}}}" if match else _number(text)
    if entry.type == "set":
        return f"[{', '.join(quote(term.strip()) for term in text.split(',') if term.strip())}]"
    return text if entry.type in ("date", "money") else quote(text)


def _number(text: str) -> str:
    return quote(text) if re.search(r"[^\w.*^+%/ -]", text) else text.replace(" ", "")


def _check_terms(entry: FactType, value: Value) -> None:
    given = value.known if isinstance(value, Terms) else {value} if isinstance(value, str) else set()
    for term in sorted(str(term) for term in given if entry.values and term not in entry.values):
        near = nearest(term, entry.values)
        meant = f"; did you mean `{near}`?" if near else ""
        raise ValueError(f"`{term}` is not among the values{meant} Write {form_of(entry)}")
