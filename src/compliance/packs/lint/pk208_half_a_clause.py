"""A clause that lacks its other half: a period without a start, a demand without a way to meet it, a doubt without effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...reading import Problem
from ..card import Card, Deadline, Demand, Obligation
from .context import Context

Found = tuple[tuple[Any, ...], str, str]


def check(context: Context) -> Iterator[Problem]:
    """Deadlines, demands, and the doubts that belong to a contested start."""
    for _, card in context.cards():
        for place, message, hint in (*_doubts(card), *_clauses(card)):
            yield context.problem_at("PK208", card.source.file, place, message, hint)


def _clauses(card: Card) -> Iterator[Found]:
    if isinstance(card, Obligation):
        if card.deadline:
            yield from _deadline(card.deadline)
        if not card.evidence:
            yield ("evidence",), "an obligation without a demand", "say what shows that the duty is met"
        for index, demand in enumerate(card.evidence):
            yield from _demand(demand, ("evidence", index))


def _deadline(clock: Deadline) -> Iterator[Found]:
    keys = ("within", "at_least", "before", "on_or_before", "after")
    if tuple(key for key in keys if getattr(clock, key)) not in FORMS:
        hint = "write within with after, at_least with before, or before or on_or_before alone"
        yield ("deadline",), "a deadline that no clock can run by", hint


FORMS = (("within", "after"), ("at_least", "before"), ("before",), ("on_or_before",))


def _demand(demand: Demand, place: tuple[Any, ...]) -> Iterator[Found]:
    if (demand.path is None) == (not demand.holds):
        hint = "write `path`, or `holds` with at least one line"
        yield place, "a demand asks for a document or for facts, one of the two", hint
    for key, there in (("must", bool(demand.must)), ("current", demand.current is not None)):
        if demand.path is None and there:
            yield (*place, key), f"`{key}` without a path", f"`{key}` is asked of the document that the path leads to"


def _doubts(card: Card) -> Iterator[Found]:
    contested = isinstance(card, Obligation) and card.deadline is not None and card.deadline.start == "contested"
    lowering = [index for index, row in enumerate(card.open) if row.lowers == "deadline"]
    if contested and not lowering:
        yield ("deadline", "start"), "a contested start that no doubt explains", "add a row to `open` with `lowers: deadline`"
    if lowering and not contested:
        hint = "write `start: contested` in the deadline"
        yield ("open", lowering[0], "lowers"), "a doubt about a deadline that is not contested", hint
