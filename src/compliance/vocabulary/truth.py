"""Strong Kleene logic: true, false, and None for what is not known."""

from __future__ import annotations

from collections.abc import Iterable

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
