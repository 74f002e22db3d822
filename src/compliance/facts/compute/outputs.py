"""Whether every kind of synthetic output has what the law asks of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ...vocabulary import NONE, UNKNOWN, Terms, Value


def every_output_is_marked(get: Callable[[str], Value], at: date) -> Value:
    """Whether each kind of synthetic output is among the marked ones."""
    del at
    return _every(get("system.synthetic_outputs"), get("system.marked_outputs"))


def every_output_is_detectable(get: Callable[[str], Value], at: date) -> Value:
    """Whether each kind of synthetic output is among the detectable ones."""
    del at
    return _every(get("system.synthetic_outputs"), get("system.detectable_outputs"))


def _every(made: Value, covered: Value) -> Value:
    """True or false where the sets decide it; NONE for a system that is known to make no synthetic output."""
    if isinstance(made, Terms) and made.complete and not made.known:
        return NONE
    if not isinstance(made, Terms) or not isinstance(covered, Terms):
        return UNKNOWN
    if covered.complete and not made.known <= covered.known:
        return False
    return True if made.complete and made.known <= covered.known else UNKNOWN
