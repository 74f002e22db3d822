"""Strong Kleene logic: true, false, and None for what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

Truth = bool | None


def all_true(values: Iterable[Truth]) -> Truth:
    """False if one is false; true only if all are."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def any_true(values: Iterable[Truth]) -> Truth:
    """True if one is true; false only if all are."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def negate(value: Truth) -> Truth:
    """Not; the unknown stays unknown."""
    return None if value is None else not value


def word(value: Truth) -> str:
    """`true`, `false` or `unknown`."""
    return {True: "true", False: "false", None: "unknown"}[value]


Question = Callable[[Any], Truth]
"""A condition that is asked of something: a view, a document, a value."""


def always(truth: Truth) -> Question:
    """A question with the same answer everywhere."""
    return lambda _: truth


def each_of(parts: Sequence[Question]) -> Question:
    """All of the questions as one, asked in order until one is false."""
    if len(parts) == 1:
        return parts[0]
    return (lambda x: all_true(part(x) for part in parts)) if parts else always(True)


def one_of(parts: Sequence[Question]) -> Question:
    """At least one of the questions as one, asked in order until one is true."""
    if len(parts) == 1:
        return parts[0]
    return (lambda x: any_true(part(x) for part in parts)) if parts else always(False)
