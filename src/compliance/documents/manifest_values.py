"""Values of the manifest: plain, or with who judged them, where they come from and when they were said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from ..catalogue import Catalogue, FactType
from ..catalogue.licences import Licences, canonical_licence
from ..reading import Map, Mark, Problem, Source, nearest
from ..vocabulary import UNKNOWN, EdgeStatement, FactStatement, Statement, Terms, Value, node, parse_day, parse_value
from .declared import OpenText
from .types import Card

WRAPPER = ("value", "source", "on", "judged", "note")
JUDGED = ("by", "on", "standard")
UNJUDGED = "write {value: ..., judged: {by: ..., on: 2026-10-01}}; until then it counts as unknown"
LICENCE_FACTS: Mapping[str, str] = {"model.licence.name": "model", "model.code_licence.name": "code"}


MOST_HINTS, MOST_LETTERS = 100, 100
"""Problems that may come with a guess at what was meant, and how much of a word is compared for it."""


@dataclass
class Desk:
    """What the manifest is read against, and what has been read so far.

    `usable` are files of the folder that a document may name; `found` are those that were read as documents.
    `named` maps the names of models, systems, ... to their nodes. `open_text` gives the text of a file; `covered` are topics
    found in texts that were declared, by file and kind, `kinds` the first kind as which a file was declared.
    """

    file: str
    catalogue: Catalogue
    licences: Licences
    usable: frozenset[str]
    found: Mapping[str, Card]
    open_text: OpenText
    covered: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def place(self, entry: Map, key: str | None = None) -> Source:
        """Where a key stands, or the mapping itself."""
        mark: Mark = entry.keys_at[key] if key is not None else entry.mark
        return Source(self.file, *mark)

    def report(self, source: Source, code: str, message: str, hint: str = "") -> None:
        """A problem; reading goes on."""
        self.problems.append(Problem(source, code, message, hint))

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """The known word closest to a misspelt one, for the first problems of a file; many are no slips of the pen."""
        return nearest(word[:MOST_LETTERS], known) if len(self.problems) < MOST_HINTS else ""

    def unknown_key(self, entry: Map, key: str, known: tuple[str, ...]) -> None:
        """A key that the format does not have."""
        near = self.nearest(key, known)
        hint = f"did you mean `{near}`?" if near else f"one of {', '.join(known)}"
        self.report(self.place(entry, key), "PK101", f"unknown key `{key}`", hint)


@dataclass(frozen=True, slots=True)
class Told:
    """A value with what is said about it. `judged` says who judged it and when."""

    value: Value
    on: date | None = None
    judged: str = ""
    note: str = ""


def read_facts(desk: Desk, entry: Map, prefix: str, subject: str, skip: tuple[str, ...], pair: str = "") -> None:
    """Facts written nested or dotted below a mapping; with `pair` only facts on an organisation and one subject."""
    waiting = [(f"{prefix}.{key}", key, entry) for key in reversed(entry) if key not in skip]
    while waiting:
        name, key, holder = waiting.pop()
        value, place = holder[key], desk.place(holder, key)
        known = desk.catalogue.fact(name)
        if known is not None:
            _read_fact(desk, known, name, value, place, subject, pair)
        elif isinstance(value, Map) and _leads_on(desk.catalogue, name):
            waiting += [(f"{name}.{inner}", inner, value) for inner in reversed(value)]
        else:
            _unknown_fact(desk, name, prefix, place, skip)


def read_told(desk: Desk, raw: Any, kind: str, place: Source) -> Told | None:
    """A plain or wrapped value of one type; None with a problem where it cannot be read."""
    on, judged, notes = None, "", []
    if isinstance(raw, Map) and ("value" in raw or set(raw) & {"judged", "source", "note"}):
        for key in raw:
            if key not in WRAPPER:
                desk.unknown_key(raw, key, WRAPPER)
        on = read_day(desk, raw, "on")
        judged = _read_judgement(desk, raw)
        notes = [f"source {raw['source']}" if raw.get("source") else "", str(raw.get("note") or "")]
        raw = raw.get("value")
    try:
        value = parse_value(raw, kind, loose=True)
    except (ValueError, OverflowError) as error:
        desk.report(place, "value", str(error), "or write unknown")
        return None
    return Told(value, on, judged, "; ".join(note for note in notes if note))


def read_day(desk: Desk, entry: Map, key: str) -> date | None:
    """A date below a key, or None; a problem where it is something else."""
    if key not in entry:
        return None
    try:
        return parse_day(entry[key])
    except ValueError as error:
        desk.report(desk.place(entry, key), "value", str(error))
        return None


def read_names(desk: Desk, entry: Map, key: str) -> list[tuple[str, Source]]:
    """One name or a list of names below a key, with the place of each."""
    raw = entry.get(key)
    items = list(zip(raw, raw.items_at, strict=True)) if isinstance(raw, list) else [(raw, entry.keys_at[key])]  # type: ignore[attr-defined]  # lists of the reader carry marks
    found = []
    for item, mark in items:
        if isinstance(item, str) and item.strip():
            found.append((item.strip(), Source(desk.file, *mark)))
        else:
            desk.report(Source(desk.file, *mark), "value", f"`{key}` takes a name or a list of names")
    return found


def _read_fact(desk: Desk, known: FactType, name: str, raw: Any, place: Source, subject: str, pair: str) -> None:
    if pair and not known.pair:
        message = f"`{name}` is a fact on the organisation alone, not on it and {pair}"
        desk.report(place, "PK202", message, "write it beside `towards`")
        return
    told = read_told(desk, raw, known.type, place)
    if told is None or not _is_listed(desk, known, told.value, place):
        return
    if known.kind == "judged" and not told.judged and told.value is not UNKNOWN:
        if not (isinstance(raw, Map) and "judged" in raw):
            desk.report(place, "judged", f"`{name}` is a judgement: who made it, and when?", UNJUDGED)
        return
    value = told.value
    if name in LICENCE_FACTS and isinstance(value, str):
        value = canonical_licence(value, desk.licences)
        covers = {"covers": LICENCE_FACTS[name]}
        desk.statements.append(EdgeStatement(subject, "licensed_under", node("licence", value), place, covers, told.on))
    note = "; ".join(part for part in (told.judged, told.note) if part)
    basis = "judged" if told.judged else "stated"
    desk.statements.append(FactStatement(subject, name, value, place, told.on, pair, basis, note))


def _read_judgement(desk: Desk, entry: Map) -> str:
    judged = entry.get("judged")
    if judged is None:
        return ""
    if not isinstance(judged, Map):
        desk.report(desk.place(entry, "judged"), "value", "`judged` takes {by: ..., on: ..., standard: ...}")
        return ""
    for key in judged:
        if key not in JUDGED:
            desk.unknown_key(judged, key, JUDGED)
    by, on = judged.get("by"), read_day(desk, judged, "on")
    if not isinstance(by, str) or not by.strip() or on is None:
        desk.report(desk.place(entry, "judged"), "judged", "who judged it, and when?", UNJUDGED)
        return ""
    standard = f", standard {judged['standard']}" if judged.get("standard") else ""
    return f"judged by {by} on {on.isoformat()}{standard}"


def _is_listed(desk: Desk, known: FactType, value: Value, place: Source) -> bool:
    given = value.known if isinstance(value, Terms) else {value} if isinstance(value, str) else set()
    wrong = sorted(str(term) for term in given if known.values and term not in known.values)
    for term in wrong:
        near = desk.nearest(term, known.values)
        hint = f"did you mean `{near}`?" if near else f"one of {', '.join(known.values)}"
        desk.report(place, "value", f"`{term}` is not a value of `{known.name}`", hint)
    return not wrong


def _leads_on(catalogue: Catalogue, name: str) -> bool:
    """Whether facts stand below this name, or a suffix follows it."""
    known = catalogue.facts.get(name)
    return known is not None or name in _beginnings(tuple(catalogue.facts))


@lru_cache(maxsize=4)
def _beginnings(facts: tuple[str, ...]) -> frozenset[str]:
    """What may stand before a dot in a name of a fact."""
    return frozenset(name[:at] for name in facts for at, letter in enumerate(name) if letter == ".")


def _unknown_fact(desk: Desk, name: str, prefix: str, place: Source, skip: tuple[str, ...]) -> None:
    known = desk.catalogue.facts.get(name)
    if known is not None:
        example = "eu" if known.suffix == "region" else "the id of the law"
        desk.report(place, "PK201", f"`{name}` is asked for each {known.suffix}", f"write {name.partition('.')[2]}.{example}")
        return
    short = (other.partition(".")[2] for other in desk.catalogue.facts if other.startswith(f"{prefix}."))
    near = desk.nearest(name.partition(".")[2], chain(short, skip))
    hint = f"did you mean `{near}`?" if near else "facts are listed in rules/facts"
    desk.report(place, "PK201", f"unknown fact `{name}`", hint)
