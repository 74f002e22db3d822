"""The packs compiled for one day of checking and one state of the law.

Conditions become closures over a view; cards are compiled the first time they are asked for. References to timelines and
parameters are constants here, because the day (`at`) and what was known (`known`) are fixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from ..catalogue import Catalogue
from ..packs import Card, Condition, Definition, Duty, Exemption, Group, Line, Look, Pack
from ..packs.card import Exception_, Open
from ..packs.conditions import CALENDAR, COMPARISONS, Test
from ..packs.reach import reaches
from ..vocabulary import (
    UNKNOWN,
    Document,
    Moment,
    Question,
    Situation,
    Truth,
    Value,
    all_true,
    always,
    any_true,
    day_of,
    each_of,
    negate,
    one_of,
    parse_value,
)  # fmt: skip
from . import checks
from .view import ROLES, View

Ask = Question


class Program:
    """Compiled packs. `at` is the day of the check, `known` the last day whose publications count."""

    def __init__(self, packs: Sequence[Pack], catalogue: Catalogue, at: Moment, known: date) -> None:
        self.packs: Mapping[str, Pack] = {pack.id: pack for pack in packs}
        self.catalogue = catalogue
        self.at = at
        self.day = day_of(at)
        self.known = known
        self.cards: dict[str, Card] = {}
        self.definitions: dict[str, list[Definition]] = {}
        self.roles: dict[tuple[str, str], list[Definition]] = {}
        self.incomplete: set[str] = set()
        self.exemptions: dict[str, list[Exemption]] = {}
        self._truths: dict[str, Ask] = {}
        self._cache: dict[Any, Any] = {}
        self._reaching: dict[tuple[str, str], list[Exemption]] = {}
        for pack in packs:
            self.incomplete.update(pack.instrument.incomplete)
            for card in pack.cards:
                if isinstance(card, Definition):
                    self._define(pack, card)
                if pack.is_active(card, self.day, known):
                    self.cards[card.id] = card
        for card in self.cards.values():
            if isinstance(card, Exemption):
                self.exemptions.setdefault(card.pack, []).append(card)

    def _define(self, pack: Pack, card: Definition) -> None:
        coming = (
            card.since is not None and pack.is_known(card.since, self.known) and not pack.is_active(card, self.day, self.known)
        )
        active = [card] if coming or pack.is_active(card, self.day, self.known) else []
        if card.defines.startswith("role "):
            self.roles.setdefault((pack.id, card.defines.removeprefix("role ")), []).extend(active)
        else:
            self.definitions.setdefault(card.defines, []).extend(active)

    def duties(self) -> list[Duty]:
        """Obligations and prohibitions in force, in the order of their ids."""
        return [card for _, card in sorted(self.cards.items()) if isinstance(card, Duty)]

    def view(self, situation: Situation, stubs: Mapping[str, Truth] | None = None) -> View:
        """A situation to be read under this program."""
        return View(self, situation, stubs or {})

    @cached_property
    def doubtful(self) -> Mapping[str, tuple[str, ...]]:
        """Definitions and exemptions by the terms that are in doubt in them."""
        found: dict[str, list[str]] = {}
        for card in self.cards.values():
            if isinstance(card, (Definition, Exemption)):
                for term in dict.fromkeys(doubt.term for doubt in card.open):
                    found.setdefault(term, []).append(card.id)
        return {term: tuple(cards) for term, cards in found.items()}

    # --- references ---------------------------------------------------------------------------------------------

    def date_of(self, pack: Pack, raw: str) -> date | None:
        """A literal date, `$at`, or `$timeline.name`; None where nothing had been published by `known`."""
        if raw == "$at":
            return self.day
        if raw.startswith("$timeline."):
            return pack.resolve_date(raw.removeprefix("$timeline."), self.known)
        return date.fromisoformat(raw)

    def operand(self, pack: Pack, raw: Any, kind: str) -> Value | None:
        """An operand typed by its fact; None for a reference without a known entry."""
        if isinstance(raw, str) and raw.startswith("$"):
            if raw == "$at":
                return self.at
            if raw.startswith("$timeline."):
                return pack.resolve_date(raw.removeprefix("$timeline."), self.known)
            entry = pack.resolve_parameter(raw.removeprefix("$parameters."), self.day, self.known)
            return parse_value(entry.value, kind) if entry else None
        return parse_value(raw, kind)

    # --- conditions ---------------------------------------------------------------------------------------------

    def check(self, pack: Pack, tests: tuple[Test, ...], kind: str) -> checks.Check:
        """The operators of one line as one function of the value."""
        return each_of([self._check(pack, test, kind) for test in tests])

    def _check(self, pack: Pack, test: Test, kind: str) -> checks.Check:
        operand = test.operand
        if test.operator == "one_of":
            values = operand if isinstance(operand, tuple) else (operand,)
            return checks.check_one_of(frozenset(parse_value(v, kind) for v in values))
        if test.operator == "includes":
            values = operand if isinstance(operand, tuple) else (operand,)
            return checks.check_includes(frozenset(str(v) for v in values))
        wanted = self.operand(pack, operand, kind)
        if wanted is None:
            return checks.never
        if test.operator in COMPARISONS:
            return checks.check_compare(test.operator, wanted)
        return checks.check_calendar(test.operator, wanted) if test.operator in CALENDAR else checks.check_equal(wanted)

    def conditions(self, pack: Pack, conditions: tuple[Condition, ...], kind: str = "") -> Ask:
        """All of the lines. With `kind` they are read on a document of that kind, else on the view."""
        return each_of([self.condition(pack, c, kind) for c in conditions])

    def condition(self, pack: Pack, condition: Condition, kind: str = "") -> Ask:
        """One line, group or look as a closure."""
        key = (id(condition), kind)
        found: Ask | None = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._compile(pack, condition, kind)
        return found

    def _compile(self, pack: Pack, condition: Condition, kind: str) -> Ask:
        if isinstance(condition, Group):
            parts = [self.condition(pack, line, kind) for line in condition.lines]
            if condition.kind == "all_of":
                return each_of(parts)
            either = one_of(parts)
            return either if condition.kind == "any_of" else lambda x: negate(either(x))
        if isinstance(condition, Look):
            return self._look(pack, condition)
        return self._attribute(pack, condition, kind) if kind else self._line(pack, condition)

    def _line(self, pack: Pack, line: Line) -> Ask:
        if line.fact == ROLES:
            wanted = [str(v) for t in line.tests for v in (t.operand if isinstance(t.operand, tuple) else (t.operand,))]
            return lambda view: all_true(view.role(pack.id, role) for role in wanted)
        entry = self.catalogue.fact(line.fact)
        if entry is None:
            return always(None)
        check, name = self.check(pack, line.tests, entry.type), line.fact

        def ask(view: View) -> Truth:
            memo = view.memo
            return check(memo[name] if name in memo else view.value(name))

        return ask

    def _attribute(self, pack: Pack, line: Line, kind: str) -> Ask:
        stem = line.fact.removeprefix(f"{kind}.")
        check = self.check(pack, line.tests, self.catalogue.attribute(kind, stem) or "term")
        return lambda document: check(attribute(document, stem))

    def _look(self, pack: Pack, look: Look) -> Ask:
        from .duties import binds

        targets = self.matching(pack, look.card)
        if look.kind == "exempted_by":
            return lambda view: any_true(self.truth(view, card) for card in targets)
        return lambda view: any_true(binds(self, view, card) for card in targets if isinstance(card, Duty))

    def matching(self, pack: Pack, pattern: str) -> list[Card]:
        """Cards in force that a reference or pattern names: a pinpoint of the same instrument, or a full id."""
        full = pattern if pattern.count("/") == 2 else f"{pack.id}/{pattern}"
        return [card for name, card in self.cards.items() if fnmatchcase(name, full)]

    # --- conclusions of definitions and exemptions ------------------------------------------------------------------

    def truth(self, view: View, card: Card) -> Truth:
        """Whether a definition or exemption is true here (clock, `when`, no `except`, not blocked, no open doubt)."""
        if card.id in view.stubs:
            return view.stubs[card.id]
        key = card.id
        if key not in view.truths:
            view.truths[key] = None  # a card that needs itself is not known
            ask = self._truths.get(key)
            if ask is None:
                ask = self._truths[key] = self._conclude(card)
            view.truths[key] = ask(view)
        return view.truths[key]

    def _conclude(self, card: Card) -> Ask:
        pack = self.packs[card.pack]
        began, ended = self.clock(card)
        when, out = self.conditions(pack, card.when), self.exceptions(pack, card.except_)
        blocks = self.reaching(card)
        doubts = [d for d in card.open if d.lowers == "conclusion"]

        here = pack.is_active(card, self.day, self.known)

        def ask(view: View) -> Truth:
            if ended or not (here or view.timeless):
                return False
            result = all_true((True if view.timeless else began(view), when(view)))
            if result is False:
                return False
            result = all_true((result, negate(out(view)), *(negate(self.truth(view, b)) for b in blocks)))
            if result is True and any(self.unsettled(card, d, view) is not False for d in doubts):
                return None
            return result

        return ask

    def clock(self, card: Card) -> tuple[Ask, bool]:
        """Whether the card has begun (by route this depends on facts), and whether its last day is over."""
        pack, applies = self.packs[card.pack], card.applies
        last = self.date_of(pack, applies.until) if applies.until else None
        ended = last is not None and self.day > last
        if applies.from_ is None:
            return always(True), ended
        if isinstance(applies.from_, str):
            begun = self._begun(pack, applies.from_)
            return always(begun), ended
        routes = [self.conditions(pack, row.when) for row in applies.from_ if self._begun(pack, row.date)]
        return one_of(routes), ended

    def _begun(self, pack: Pack, raw: str) -> bool:
        first = self.date_of(pack, raw)
        return first is not None and self.day >= first

    def exceptions(self, pack: Pack, rows: tuple[Exception_, ...]) -> Ask:
        """Any `except` row true; a row of an amendment counts from that amendment."""
        live = [r for r in rows if not r.since or pack.is_in_force(r.since, self.day, self.known)]
        return one_of([self.conditions(pack, row.when) for row in live])

    def reaching(self, card: Card, role: str = "") -> list[Exemption]:
        """The exemptions in force that reach a card (a duty as owed in one role)."""
        key = (card.id, role)
        if key not in self._reaching:
            self._reaching[key] = [e for e in self.exemptions.get(card.pack, ()) if e.id != card.id and reaches(e, card, role)]
        return self._reaching[key]

    def unsettled(self, card: Card, doubt: Open, view: View, documents: Sequence[Document] = ()) -> Truth:
        """False where the doubt does not arise or is settled; else True or None."""
        pack = self.packs[card.pack]
        arises = self.conditions(pack, doubt.when)(view)
        if arises is False or (card.id, doubt.term) in view.truths:
            return False
        if doubt.settled_by and all_true(self._settles(pack, line, view, documents) for line in doubt.settled_by) is True:
            return False
        return arises

    def _settles(self, pack: Pack, line: Condition, view: View, documents: Sequence[Document]) -> Truth:
        kind = line.fact.partition(".")[0] if isinstance(line, Line) else ""
        if kind and kind in self.catalogue.documents:
            ask = self.condition(pack, line, kind)
            return any_true(ask(document) for document in documents if document.kind == kind)
        return self.condition(pack, line)(view)

    def defined(self, view: View, fact: str) -> Truth:
        """A fact defined by cards: true if one is, false only if all are and the list of cards is complete."""
        cards = self.definitions.get(fact)
        if cards is None:
            return None
        result = any_true(self.truth(view, card) for card in cards)
        return None if result is False and fact in self.incomplete else result

    def role(self, view: View, pack: str, role: str) -> Truth:
        """A role by the definitions of its law; unknown where that law has none."""
        cards = self.roles.get((pack, role))
        readable = [c for c in cards or () if all(view.start(kind) is not None for kind in c.subjects)]
        return any_true(self.truth(view, card) for card in readable) if readable else None


def attribute(document: Document, name: str) -> Value:
    """A document's attribute, UNKNOWN where it is not stated."""
    return document.attributes.get(name, UNKNOWN)
