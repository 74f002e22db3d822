"""A reference that leads nowhere: a `$timeline` or `$parameters` entry, a card, an amendment, a role."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from ...reading import Problem, Source, nearest
from ..card import Card, Definition, Duty, Exemption, Reach
from ..conditions import Line, Look
from ..instrument import Pack
from .blocks import leaves
from .context import Context

ROLES = "addressee.roles"
Place = tuple[Any, ...] | Source
Said = tuple[str, str]


def check(context: Context) -> Iterator[Problem]:
    """The references of the instrument's own files, then those of each card."""
    for pack in context.packs:
        for name, path, said in _instrument(context, pack):
            yield _problem(context, context.file_of(pack, name), path, said)
    for pack, card in context.cards():
        for place, raw in references(context, card):
            if found := _reference(pack, raw):
                yield _problem(context, card.source.file, place, found)
        for place, said in (*_cards(context, pack, card), *_amendments(pack, card), *_roles(context, pack, card)):
            yield _problem(context, card.source.file, place, said)


def _problem(context: Context, file: str, place: Place, said: Said) -> Problem:
    if isinstance(place, Source):
        return context.problem("PK204", place, *said)
    return context.problem_at("PK204", file, place, *said)


# --- $references ------------------------------------------------------------------------------------------------------


def references(context: Context, card: Card) -> Iterator[tuple[Place, str]]:
    """Everything on a card that begins with `$`, with its place."""
    for _, condition, _ in context.asked(card):
        if isinstance(condition, Line):
            for test in condition.tests:
                for operand in test.operand if isinstance(test.operand, tuple) else (test.operand,):
                    if isinstance(operand, str) and operand.startswith("$"):
                        yield condition.source, operand
    applies = card.applies
    named: list[tuple[Place, str | None]] = [(("applies", "until"), applies.until)]
    if isinstance(applies.from_, tuple):
        named.extend((("applies", "from", i, "date"), row.date) for i, row in enumerate(applies.from_))
    else:
        named.append((("applies", "from"), applies.from_))
    named.extend((("applies", "transition", i, "comply_by"), row.comply_by) for i, row in enumerate(applies.transition))
    if isinstance(card, Duty):
        for i, row in enumerate(card.penalty):
            named.append((("penalty", i, "amount"), row.amount))
            named.append((("penalty", i, "cure", "until"), row.cure.until if row.cure else None))
    yield from ((place, raw) for place, raw in named if raw and raw.startswith("$"))


def _reference(pack: Pack, raw: str) -> Said | None:
    head, _, name = raw.partition(".")
    if raw == "$at":
        return None
    if head not in ("$timeline", "$parameters"):
        return f"unknown reference `{raw}`", "write $timeline.name, $parameters.name or $at"
    known = pack.timeline if head == "$timeline" else pack.parameters
    if name in known:
        return None
    near = nearest(name, known)
    file = f"{head.removeprefix('$')}.yaml"
    return f"`{raw}` leads nowhere", f"did you mean `{head}.{near}`?" if near else f"{file} has no entry `{name}`"


# --- cards ------------------------------------------------------------------------------------------------------------


class Named(NamedTuple):
    """A card named on another: where, of which kind it has to be, and what its subjects have to do with those of the other.

    What is asked `within` a card can only be about subjects of that card; what is `reached_by` an exemption has to be about
    the subjects of the exemption.
    """

    name: str
    place: Place
    wanted: type[Card] = Card
    pattern: bool = False
    within: Card | None = None
    reached_by: Card | None = None


def _cards(context: Context, pack: Pack, card: Card) -> Iterator[tuple[Place, Said]]:
    for named in _named(context, card):
        if said := _stranger(context, pack, named):
            yield named.place, said


def _named(context: Context, card: Card) -> Iterator[Named]:
    for _, condition, _ in context.asked(card):
        if isinstance(condition, Look):
            binds = condition.kind == "binds"
            yield Named(condition.card, condition.source, Duty if binds else Exemption, pattern=binds, within=card)
    if isinstance(card, Duty):
        yield from (Named(name, ("not_exempted_by", i), Exemption, within=card) for i, name in enumerate(card.not_exempted_by))
        yield from (Named(row.card, ("yields_to", i, "card"), Exemption, within=card) for i, row in enumerate(card.yields_to))
    if isinstance(card, Exemption):
        if isinstance(card.reaches, Reach):
            others = card.reaches.other_than
            yield from (Named(name, ("reaches", "other_than", i), pattern=True) for i, name in enumerate(others))
        else:
            yield from (Named(name, ("reaches", i), pattern=True, reached_by=card) for i, name in enumerate(card.reaches))
    if card.tests:
        yield from (Named(name, ("tests", "given", "cards", name)) for name in card.tests.given.cards)
        for i, case in enumerate(card.tests.cases):
            yield from (Named(name, ("tests", "cases", i, "cards", name)) for name in case.cards)


def _stranger(context: Context, pack: Pack, named: Named) -> Said | None:
    """What is wrong with the name of a card; None where it leads to one that fits."""
    home, _, pinpoint = named.name.rpartition("/")
    if named.reached_by and home:
        hint = "an exemption reaches its own instrument; the other card says `yields_to`"
        return f"`{named.name}` is not of this instrument", hint
    if "*" in named.name and not named.pattern:
        return f"`{named.name}` is a pattern", "a pattern may stand in binds, reaches and enforcement only"
    known = context.pinpoints(home or pack.id)
    if known is None:
        near = nearest(home, [other.id for other in context.all])
        return f"no instrument `{home}`", f"did you mean `{near}`?" if near else "write jurisdiction/instrument/card"
    if not any(fnmatchcase(other, pinpoint) for other in known):
        near = nearest(pinpoint, known)
        return f"no card `{named.name}`", f"did you mean `{near}`?" if near else f"see the provisions of {home or pack.id}"
    return _misfit(named, context.by_id(f"{home or pack.id}/{pinpoint}"))


def _misfit(named: Named, found: tuple[Card, ...]) -> Said | None:
    if found and not any(isinstance(card, named.wanted) for card in found):
        kind = "a duty" if named.wanted is Duty else f"an {named.wanted.__name__.lower()}"
        return f"`{named.name}` is a card of kind {found[0].kind}", f"{kind} was expected"
    for card in found:
        narrow, wide = (card, named.within) if named.within else (named.reached_by or card, card)
        if not set(narrow.subjects) <= set(wide.subjects):
            own = (named.within or named.reached_by or card).subject
            return f"`{named.name}` is about {card.subject}", f"this card is about {own}"
    return None


# --- amendments and roles ---------------------------------------------------------------------------------------------


def _amendments(pack: Pack, card: Card) -> Iterator[tuple[Place, Said]]:
    rows: list[tuple[Place, str | None]] = [(("since",), card.since), (("until",), card.until)]
    rows.extend((("except", i, "since"), row.since) for i, row in enumerate(card.except_))
    rows.extend((("applies", "transition", i, "since"), row.since) for i, row in enumerate(card.applies.transition))
    for place, name in rows:
        if name and (said := _amendment(pack, name)):
            yield place, said


def _amendment(pack: Pack, name: str) -> Said | None:
    known = [row.id for row in pack.amendments]
    if name in known:
        return None
    near = nearest(name, known)
    return f"unknown amendment `{name}`", f"did you mean `{near}`?" if near else "amendments are listed in amendments.yaml"


def _roles(context: Context, pack: Pack, card: Card) -> Iterator[tuple[Place, Said]]:
    named: list[tuple[Place, str]] = []
    if isinstance(card, Duty):
        named.extend((("addressee", i), role) for i, role in enumerate(card.addressee) if role != "unassigned")
    if isinstance(card, Exemption) and isinstance(card.reaches, Reach):
        named.extend((("reaches", "addressee", i), role) for i, role in enumerate(card.reaches.addressee))
    if isinstance(card, Definition) and card.defines.startswith("role "):
        named.append((("defines",), card.defines.removeprefix("role ")))
    for _, condition, _ in context.asked(card):
        if isinstance(condition, Line) and condition.fact == ROLES:
            for test in condition.tests:
                operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
                named.extend((condition.source, str(role)) for role in operands)
    for one in context.told(card):
        if one.name == ROLES and isinstance(one.value, list):
            named.extend(((*one.path, i), str(role)) for i, role in enumerate(one.value))
    for place, role in named:
        if role not in pack.instrument.roles:
            near = nearest(role, pack.instrument.roles)
            yield place, (f"unknown role `{role}`", f"did you mean `{near}`?" if near else "roles are listed in instrument.yaml")


# --- the instrument's own files ---------------------------------------------------------------------------------------


def _instrument(context: Context, pack: Pack) -> Iterator[tuple[str, Place, Said]]:
    own = pack.instrument
    for conditions in own.scope.values():
        for condition in leaves(conditions):
            if isinstance(condition, Line):
                for test in condition.tests:
                    if str(test.operand).startswith("$") and (said := _reference(pack, str(test.operand))):
                        yield "instrument.yaml", condition.source, said
    dates: list[tuple[tuple[Any, ...], str | None]] = []
    for i, row in enumerate(own.force):
        dates.extend((("force", i, key), raw) for key, raw in (("from", row.from_), ("until", row.until)))
    for i, rule in enumerate(own.enforcement):
        dates.extend((("enforcement", i, key), raw) for key, raw in (("from", rule.from_), ("before", rule.before)))
        dates.append((("enforcement", i, "until"), rule.until if isinstance(rule.until, str) else None))
        for j, name in enumerate(rule.cards):
            place = ("enforcement", i, "cards", j)
            if said := _stranger(context, pack, Named(name, place, pattern=True)):
                yield "instrument.yaml", place, said
    for path, raw in dates:
        if raw and raw.startswith("$") and (said := _reference(pack, raw)):
            yield "instrument.yaml", path, said
    if own.replaces and context.pinpoints(own.replaces) is None:
        yield "instrument.yaml", ("replaces",), (f"no instrument `{own.replaces}`", "write jurisdiction/instrument")
    sinces = [("timeline.yaml", name, i, entry.since) for name, rows in pack.timeline.items() for i, entry in enumerate(rows)]
    sinces.extend(("parameters.yaml", name, i, row.since) for name, rows in pack.parameters.items() for i, row in enumerate(rows))
    for file, name, i, since in sinces:
        if said := _amendment(pack, since):
            yield file, (name, i, "since"), said
    for i, covered in enumerate(pack.coverage):
        if covered.card and (said := _stranger(context, pack, Named(covered.card, (i, "card")))):
            yield "coverage.yaml", (i, "card"), said
