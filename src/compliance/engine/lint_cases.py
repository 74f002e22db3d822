"""Lint as a whole: the rules of the packs, and those that need the engine to run the cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ..catalogue import Catalogue
from ..packs import Card, Group, Line, Loaded, Look, Obligation, Pack, lint
from ..packs.lint import Context, Rule
from ..packs.lint.blocks import blocks
from ..reading import Problem
from ..vocabulary import Truth, word
from .cases import Cases
from .limits import CALENDARS
from .view import View

# --- PK207, the calendar ----------------------------------------------------------------------------------------------


def check_calendars(context: Context) -> Iterator[Problem]:
    """A calendar that the engine does not have would count plain days and say nothing."""
    for _, card in context.cards():
        if isinstance(card, Obligation) and card.deadline and card.deadline.calendar not in (None, *CALENDARS):
            what = f"no calendar `{card.deadline.calendar}`"
            yield context.problem_at("PK207", card.source.file, ("deadline", "calendar"), what, f"one of {', '.join(CALENDARS)}")


# --- PK304, conditions that the cases never turn ----------------------------------------------------------------------


@dataclass(slots=True)
class Seen:
    """One line or look of a card, the kinds of document it is read on, and the truths it had in the cases."""

    condition: Line | Look
    kinds: tuple[str, ...]
    truths: set[Truth] = field(default_factory=set)


def check_turns(context: Context) -> Iterator[Problem]:
    """Each line against the truths it has over the cases of its card, in the order in which the card asks them."""
    cases = Cases(context.all, context.catalogue)
    for pack, card in context.cards():
        for seen in look(cases, pack, card):
            missing = [truth for truth in wanted(context.catalogue, seen) if truth not in seen.truths]
            if missing:
                what = f"`{_name(seen.condition)}` is {' or '.join(word(t) for t in missing)} in no case"
                yield context.problem("PK304", seen.condition.source, what, "write a case in which it is")


def look(cases: Cases, pack: Pack, card: Card) -> list[Seen]:
    """Every line of a card with the truths it had; a case on which another version of the card is the law shows nothing."""
    rows = [
        Seen(leaf, block.kinds)
        for block in blocks(card)
        if block.part not in ("settled_by", "penalty")
        for condition in block.conditions
        for leaf in _leaves(condition)
    ]
    for case in card.tests.cases if card.tests and rows else ():
        try:
            view = cases.view_of(card, card.tests.given, case) if card.tests else None
            if view is not None and view.program.cards.get(card.id) is card:
                for seen in rows:
                    seen.truths.update(_truths(view, pack, seen))
        except (ValueError, TypeError):
            continue  # a value that cannot be read: PK201, PK202 or PK207 says which
    return rows if card.tests else []


def _leaves(condition: Line | Look | Group) -> Iterator[Line | Look]:
    if isinstance(condition, Group):
        for inner in condition.lines:
            yield from _leaves(inner)
    else:
        yield condition


def _truths(view: View, pack: Pack, seen: Seen) -> Iterator[Truth]:
    program, situation = view.program, view.situation
    if not seen.kinds:
        yield program.condition(pack, seen.condition)(view)
        return
    for subject in (situation.addressee, situation.subject, situation.parent):
        for document in subject.documents if subject is not None else ():
            if document.kind in seen.kinds:
                yield program.condition(pack, seen.condition, document.kind)(document)


def wanted(catalogue: Catalogue, seen: Seen) -> tuple[Truth, ...]:
    """The truths a line has to show. The unknown needs no case: `packs test` makes the twin of every case, fact by fact."""
    del catalogue, seen
    return (True, False)


def _name(condition: Line | Look) -> str:
    return condition.fact if isinstance(condition, Line) else f"{condition.kind}: {condition.card}"


def _with_calendars(rule: Rule) -> Rule:
    return replace(rule, check=lambda context: (*rule.check(context), *check_calendars(context)))


TURNS = Rule("PK304", "unturned condition", "A condition that no case shows true, or false.", check_turns)
RULES = tuple(
    sorted((TURNS, *(_with_calendars(rule) if rule.code == "PK207" else rule for rule in lint.RULES)), key=lambda rule: rule.code)
)
"""Every rule, in the order of the codes."""


def lint_packs(
    loaded: Loaded, catalogue: Catalogue, *, day: date, references: Iterable[Path] = (), others: Iterable[Pack] = ()
) -> tuple[Problem, ...]:
    """`packs.lint.lint_packs` with every rule there is."""
    return lint.lint_packs(loaded, catalogue, day=day, references=references, others=others, rules=RULES)
