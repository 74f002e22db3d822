"""A reference that leads nowhere: a `$timeline` or `$parameters` entry, a card, an amendment, a role."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

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


def _cards(context: Context, pack: Pack, card: Card) -> Iterator[tuple[Place, Said]]:
    for _, condition, _ in context.asked(card):
        if isinstance(condition, Look):
            wanted = Exemption if condition.kind == "exempted_by" else Duty
            binds = condition.kind == "binds"
            yield from _card(context, pack, condition.card, condition.source, wanted, pattern=binds, within=card)
    if isinstance(card, Duty):
        for i, name in enumerate(card.not_exempted_by):
            yield from _card(context, pack, name, ("not_exempted_by", i), Exemption, within=card)
        for i, row in enumerate(card.yields_to):
            yield from _card(context, pack, row.card, ("yields_to", i, "card"), Exemption, within=card)
    if isinstance(card, Exemption):
        if isinstance(card.reaches, Reach):
            for i, name in enumerate(card.reaches.other_than):
                yield from _card(context, pack, name, ("reaches", "other_than", i), Card, pattern=True)
        else:
            for i, name in enumerate(card.reaches):
                yield from _card(context, pack, name, ("reaches", i), Card, pattern=True, reached_by=card)
    if card.tests:
        for name in card.tests.given.cards:
            yield from _card(context, pack, name, ("tests", "given", "cards", name), Card)
        for i, case in enumerate(card.tests.cases):
            for name in case.cards:
                yield from _card(context, pack, name, ("tests", "cases", i, "cards", name), Card)


def _card(
    context: Context,
    pack: Pack,
    name: str,
    place: Place,
    wanted: type[Card],
    *,
    pattern: bool = False,
    within: Card | None = None,
    reached_by: Card | None = None,
) -> Iterator[tuple[Place, Said]]:
    """A reference to a card of a kind. What is asked `within` a card can only be about subjects of that card; what is
    `reached_by` an exemption has to be about the subjects of the exemption.
    """
    home, _, pinpoint = name.rpartition("/")
    if reached_by and home:
        hint = "an exemption reaches its own instrument; the other card says `yields_to`"
        yield place, (f"`{name}` is not of this instrument", hint)
        return
    if "*" in name and not pattern:
        yield place, (f"`{name}` is a pattern", "a pattern may stand in binds, reaches and enforcement only")
        return
    known = context.pinpoints(home or pack.id)
    if known is None:
        near = nearest(home, [other.id for other in context.all])
        yield place, (f"no instrument `{home}`", f"did you mean `{near}`?" if near else "write jurisdiction/instrument/card")
        return
    if not any(fnmatchcase(other, pinpoint) for other in known):
        near = nearest(pinpoint, known)
        yield place, (f"no card `{name}`", f"did you mean `{near}`?" if near else f"see the provisions of {home or pack.id}")
        return
    found = context.by_id(f"{home or pack.id}/{pinpoint}")
    if found and not any(isinstance(card, wanted) for card in found):
        kind = "a duty" if wanted is Duty else f"an {wanted.__name__.lower()}"
        yield place, (f"`{name}` is a card of kind {found[0].kind}", f"{kind} was expected")
        return
    for other in found:
        narrow, wide = (other, within) if within else (reached_by or other, other)
        if not set(narrow.subjects) <= set(wide.subjects):
            yield place, (f"`{name}` is about {other.subject}", f"this card is about {(within or reached_by or other).subject}")
            return


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
            for place, said in _card(context, pack, name, ("enforcement", i, "cards", j), Card, pattern=True):
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
        if covered.card:
            for place, said in _card(context, pack, covered.card, (i, "card"), Card):
                yield "coverage.yaml", place, said
