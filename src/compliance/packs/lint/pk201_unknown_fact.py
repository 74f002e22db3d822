"""A fact that the catalogue does not have; in three-valued logic a typing error would be undetermined for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...catalogue import Catalogue
from ...reading import Problem, nearest
from ..card import Card, Definition, Obligation
from ..conditions import Line
from ..instrument import Pack
from .blocks import leaves
from .context import Context
from .pk101_unknown_key import SETTINGS
from .told import Told


def check(context: Context) -> Iterator[Problem]:
    """Every name of a fact, wherever it stands."""
    for pack in context.packs:
        yield from _check_instrument(context, pack)
    for _, card in context.cards():
        file = card.source.file
        for _, condition, kinds in context.asked(card):
            if isinstance(condition, Line) and not kinds and (said := misfit(context, condition.fact, card.subjects)):
                yield context.problem("PK201", condition.source, *said)
        for name, path in named(card):
            if said := misfit(context, name, card.subjects):
                yield context.problem_at("PK201", file, path, *said)
        for one in context.told(card):
            if not _is_stray_key(context, one) and (said := misfit(context, one.name)):
                yield context.problem_at("PK201", file, one.path, *said)


def _is_stray_key(context: Context, one: Told) -> bool:
    """A key that is no fact at all, which PK101 tells: a setting under `but`, a stranger among the subjects of `given`."""
    if one.path[1] == "given":
        key = str(one.path[2])
        return "." not in key and (key not in context.subjects or one.name == key)
    return one.name in SETTINGS


def _check_instrument(context: Context, pack: Pack) -> Iterator[Problem]:
    for subject, conditions in pack.instrument.scope.items():
        for condition in leaves(conditions):
            if isinstance(condition, Line) and (said := misfit(context, condition.fact, (subject,))):
                yield context.problem("PK201", condition.source, *said)
    for index, name in enumerate(pack.instrument.incomplete):
        if said := misfit(context, name):
            yield context.problem_at("PK201", context.file_of(pack), ("incomplete", index), *said)


def named(card: Card) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Facts that a card names outside its conditions, with their place: what it defines, and the events of its clocks."""
    if isinstance(card, Definition) and not card.defines.startswith("role "):
        yield card.defines, ("defines",)
    if not isinstance(card, Obligation):
        return
    if card.deadline:
        for key in ("after", "before", "on_or_before"):
            yield from ((name, ("deadline", key, i)) for i, name in enumerate(getattr(card.deadline, key)))
        if "." in card.deadline.done:
            yield card.deadline.done, ("deadline", "done")
    for index, demand in enumerate(card.evidence):
        for i, name in enumerate(demand.current.ends_on if demand.current else ()):
            yield name, ("evidence", index, "current", "ends_on", i)


def misfit(context: Context, name: str, subjects: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """What is wrong with the name of a fact and what to do; None where it is right. With `subjects` it must be readable."""
    catalogue = context.catalogue
    entry = catalogue.fact(name)
    subject = name.partition(".")[0]
    if entry is None:
        return f"unknown fact `{name}`", _advice(name, catalogue, context)
    if entry.suffix and (suffix := name.rpartition(".")[2]) not in context.regions:
        near = nearest(suffix, context.regions)
        hint = f"did you mean `{near}`?" if near else "the suffix is a jurisdiction"
        return f"unknown fact `{name}`: no jurisdiction `{suffix}`", hint
    if subjects and subject not in (*subjects, "addressee"):
        readable = " and ".join(f"`{s}.`" for s in ("addressee", *subjects))
        return f"`{name}` cannot be read here", f"this card reads facts on {readable}"
    return None


def _advice(name: str, catalogue: Catalogue, context: Context) -> str:
    entry = catalogue.facts.get(name)
    if entry is not None:
        example = context.packs[0].jurisdiction
        return f"it needs a {'region' if entry.suffix == 'region' else 'jurisdiction'}: `{name}.{example}`"
    stem, _, suffix = name.rpartition(".")
    if stem in catalogue.facts:
        return f"`{stem}` takes no suffix"
    subject = name.partition(".")[0]
    same = [fact for fact in catalogue.facts if fact.startswith(f"{subject}.")]
    near = nearest(name, same or catalogue.facts)
    if stem_near := nearest(stem, [fact for fact in same if catalogue.facts[fact].suffix]) if stem.count(".") else "":
        near = f"{stem_near}.{suffix}"
    listed = (near or "subject").partition(".")[0] if not same else subject
    where = f"Facts are listed in rules/facts/{listed if near or same else '<subject>'}.yaml."
    return f"did you mean `{near}`? {where}" if near else where
