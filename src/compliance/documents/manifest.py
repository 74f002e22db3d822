"""compliance.yaml: what no document says. Who the organisation is, in which roles, where and since when, what was judged.

The format is described in docs/dossier.md. Every mistake is a located problem; the rest still counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..catalogue import Catalogue
from ..catalogue.licences import Licences
from ..reading import InputError, Map, Mark, Problem, Source, load_yaml
from ..vocabulary import EdgeStatement, FactStatement, NodeStatement, Statement, node
from .declared import OpenText, open_nothing
from .detect import MANIFEST
from .layout import Layout
from .manifest_documents import read_document_list
from .manifest_values import Desk, read_day, read_facts, read_names, read_told
from .recognition import Recognition
from .types import Accepted, Card, Inventory

ENTITIES: Mapping[str, str] = {
    "organisation": "organisations", "model": "models", "system": "systems", "dataset": "datasets", "incident": "incidents",
    "output": "outputs", "decision": "decisions", "disclosure": "disclosures",
}  # fmt: skip
KEYS = ("format", "inventory", *ENTITIES, *ENTITIES.values(), "accepted", "waivers")
PARTS = ("incident", "output", "decision", "disclosure")
RESERVED: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name", "roles", "towards", "documents"),
    "model": ("name", "documents", "base_model", "base_model_relation"),
    "system": ("name", "documents", "models"),
    "dataset": ("name", "documents"),
    **dict.fromkeys(PARTS, ("name", "documents", "of")),
}
INSTRUMENT = re.compile(r"[a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:[-.][a-z0-9]+)*\Z")
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the manifest says; `subjects` are the nodes that it declares, organisations not among them.

    `read` are the files whose text was read because it is declared as a document.
    """

    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    subjects: tuple[str, ...] = ()
    inventory: Inventory | None = None
    accepted: tuple[Accepted, ...] = ()
    waivers: tuple[Any, ...] = ()
    without_system: bool = False
    read: frozenset[str] = frozenset()


def open_manifest(text: str) -> tuple[Map | None, tuple[Problem, ...]]:
    """The mapping of the manifest, or None with one problem."""
    try:
        data = load_yaml(text, MANIFEST)
    except InputError as error:
        return None, (error.problem,)
    if data is None:
        return Map(Mark(1, 1)), ()
    if not isinstance(data, Map):
        return None, (Problem(Source(MANIFEST, 1, 1), "value", "a mapping was expected", "begin with `format: 1`"),)
    return data, ()


def model_name(data: Map | None, folder: str) -> tuple[str, tuple[str, ...]]:
    """Name of the dossier's model (default: the folder's), and of all models of which the manifest speaks."""
    entries = [entry for entry, _ in _entries(data, "model")] if data else []
    names = tuple(str(entry.get("name") or "").strip() for entry in entries)
    return (names[0] if names and names[0] else folder), names


def read_manifest(
    data: Map, layout: Layout, catalogue: Catalogue, licences: Licences, recognition: Recognition,
    usable: frozenset[str], found: Mapping[str, Card], open_text: OpenText = open_nothing,
) -> Manifest:  # fmt: skip
    """Statements of the manifest. `usable` are the files that documents may name, `found` are those read."""
    desk = Desk(MANIFEST, catalogue, licences, usable, found, open_text)
    for key in data:
        if key not in KEYS:
            desk.unknown_key(data, key, KEYS)
    if data.get("format", 1) != 1:
        desk.report(desk.place(data, "format"), "format", f"format {data['format']} is not known", "write `format: 1`")
    _check_shapes(desk, data)
    named = list(_name_entities(desk, data, layout))
    subjects = tuple(dict.fromkeys(name for kind, name, _ in named if kind != "organisation"))
    for one in layout.models:
        desk.named.setdefault(one.partition(":")[2], []).append(one)
    for kind, name, entry in named:
        _read_entity(desk, kind, name, entry, recognition)
    inventory, accepted = _inventory(desk, data), _accepted(desk, data)
    waivers = data.get("waivers") or ()
    if not isinstance(waivers, (list, tuple)):
        desk.report(desk.place(data, "waivers"), "value", "`waivers` takes a list")
        waivers = ()
    return Manifest(
        tuple(desk.statements), tuple(desk.problems), subjects, inventory, accepted, tuple(waivers),
        "none" in (data.get("system"), data.get("systems")), frozenset(file for file, _ in desk.covered),
    )  # fmt: skip


def _entries(data: Map, kind: str) -> Iterator[tuple[Map, str]]:
    """Mappings below `model` and `models`, with the key they stand below."""
    for key in (kind, ENTITIES[kind]):
        value = data.get(key)
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, Map):
                yield entry, key


def _check_shapes(desk: Desk, data: Map) -> None:
    for kind, plural in ENTITIES.items():
        for key in (kind, plural):
            value = data.get(key)
            rows = value if isinstance(value, list) else [value]
            if value not in (None, "none") and not all(isinstance(row, Map) for row in rows):
                desk.report(desk.place(data, key), "value", f"`{key}` takes a mapping or a list of mappings", "write {name: ...}")


def _name_entities(desk: Desk, data: Map, layout: Layout) -> Iterator[tuple[str, str, Map]]:
    """(kind, node, entry) of everything declared. Names left out: the folder's for a model or system, else a number."""
    for kind in ENTITIES:
        for number, (entry, _) in enumerate(_entries(data, kind), 1):
            raw = entry.get("name")
            if raw is not None and (not isinstance(raw, (str, int)) or not str(raw).strip()):
                desk.report(desk.place(entry, "name"), "value", "a name is text")
                raw = None
            own = layout.main.partition(":")[2]
            default = {"model": own, "system": own, "organisation": UNNAMED}.get(kind, "")
            if raw is None and (kind == "organisation" or (default and number > 1)):
                desk.report(desk.place(entry), "value", f"this {kind} has no name", "write `name: ...`")
            name = node(kind, str(raw).strip() if raw is not None else default if default and number == 1 else f"{kind}-{number}")
            short = name.partition(":")[2]
            if name in desk.named.get(short, []):
                message = f"there are two {ENTITIES[kind]} named `{short}`"
                desk.report(desk.place(entry), "value", message, "give each its own name")
            elif kind != "organisation":
                desk.named.setdefault(short, []).append(name)
            desk.statements.append(NodeStatement(name, desk.place(entry)))
            yield kind, name, entry


def _read_entity(desk: Desk, kind: str, name: str, entry: Map, recognition: Recognition) -> None:
    prefix = "addressee" if kind == "organisation" else kind
    read_facts(desk, entry, prefix, name, RESERVED[kind])
    if "documents" in entry:
        read_document_list(desk, entry, name, recognition)
    if "roles" in entry:
        _read_roles(desk, entry, name)
    if "towards" in entry:
        _read_towards(desk, entry, name)
    for key, forwards in (("of", True), ("models", False)):
        if key in entry and key in RESERVED[kind]:
            for other, place in read_names(desk, entry, key):
                end = _resolve(desk, other, place)
                if end:
                    part, whole = (name, end) if forwards else (end, name)
                    desk.statements.append(EdgeStatement(part, "part_of", whole, place))
    if kind in ("incident", "output") and "of" not in entry:
        desk.report(desk.place(entry), "value", f"{name.partition(':')[2]}: of which model or system?", "write `of: NAME`")
    if "base_model" in entry:
        relation = recognition.words["relations"].get(str(entry.get("base_model_relation") or "").casefold())
        for other, place in read_names(desk, entry, "base_model"):
            attributes = {"relation": relation} if relation else {}
            desk.statements.append(EdgeStatement(name, "derived_from", node("model", other), place, attributes))


def _read_roles(desk: Desk, entry: Map, name: str, pair: str = "") -> None:
    """A list of roles, or a mapping of instruments to lists; the instrument is then the note of the statement."""
    raw = entry["roles"]
    rows = [(raw, desk.place(entry, "roles"), "")]
    if isinstance(raw, Map) and "value" not in raw:
        rows = [(value, desk.place(raw, key), key) for key, value in raw.items()]
    for value, place, instrument in rows:
        if instrument and not INSTRUMENT.match(instrument):
            hint = "write the folder of its pack, such as eu/ai-act"
            desk.report(place, "value", f"`{instrument}` is not the id of a law", hint)
            continue
        told = read_told(desk, value, "set", place)
        if told is not None:
            statement = FactStatement(name, "addressee.roles", told.value, place, told.on, pair, note=instrument)
            desk.statements.append(statement if instrument else replace(statement, basis="judged" if told.judged else "stated"))


def _read_towards(desk: Desk, entry: Map, name: str) -> None:
    """Facts on the organisation and one named subject."""
    towards = entry["towards"]
    if not isinstance(towards, Map):
        desk.report(desk.place(entry, "towards"), "value", "`towards` takes a mapping", "write {NAME: {fact: value}}")
        return
    for other, facts in towards.items():
        place = desk.place(towards, other)
        pair = _resolve(desk, other, place)
        if not pair:
            continue
        if not isinstance(facts, Map):
            desk.report(place, "value", f"`{other}` takes a mapping of facts", "write {fact: value}")
            continue
        read_facts(desk, facts, "addressee", name, ("roles",), pair)
        if "roles" in facts:
            _read_roles(desk, facts, name, pair)


def _resolve(desk: Desk, name: str, place: Source) -> str:
    """The node that a name stands for: a plain name, or `model:NAME` where several kinds share it."""
    kind, _, rest = name.partition(":")
    found = [one for one in desk.named.get(rest, []) if one == name] if rest and kind in ENTITIES else desk.named.get(name, [])
    found = list(dict.fromkeys(found))
    if len(found) == 1:
        return found[0]
    if found:
        desk.report(place, "value", f"`{name}` is the name of {' and '.join(found)}", f"write `{found[0]}`")
        return ""
    near = desk.nearest(name, desk.named)
    hint = f"did you mean `{near}`?" if near else "declare it, with its name"
    desk.report(place, "PK201", f"nothing here is named `{name}`", hint)
    return ""


def _inventory(desk: Desk, data: Map) -> Inventory | None:
    raw = data.get("inventory")
    if raw is None:
        return None
    place = desk.place(data, "inventory")
    if not isinstance(raw, Map):
        desk.report(place, "value", "`inventory` takes a mapping", "write {complete: true, by: ..., on: ...}")
        return None
    for key in raw:
        if key not in ("complete", "by", "on"):
            desk.unknown_key(raw, key, ("complete", "by", "on"))
    complete, by, on = raw.get("complete"), raw.get("by"), read_day(desk, raw, "on")
    if not isinstance(complete, bool):
        desk.report(place, "value", "`complete` is true or false", "write {complete: true, by: ..., on: ...}")
        return None
    if complete and (not isinstance(by, str) or not by.strip() or on is None):
        hint = "write {complete: true, by: ..., on: 2026-11-01}; until then the list is open"
        desk.report(place, "value", "who says that the list of documents is complete, and when?", hint)
        return None
    return Inventory(complete, str(by or ""), on, place)


def _accepted(desk: Desk, data: Map) -> tuple[Accepted, ...]:
    raw = data.get("accepted")
    rows = raw if isinstance(raw, list) else [] if raw in (None, "none") else [raw]
    found = []
    keys = ("provision", "term", "by", "on", "note")
    for row in rows:
        if not isinstance(row, Map):
            hint = f"each with {', '.join(keys)}"
            desk.report(desk.place(data, "accepted"), "value", "`accepted` takes a list of mappings", hint)
            continue
        for key in row:
            if key not in keys:
                desk.unknown_key(row, key, keys)
        on = read_day(desk, row, "on")
        texts = [row.get(key) for key in keys[:3]]
        missing = [key for key, text in zip(keys[:3], texts, strict=True) if not isinstance(text, str) or not text.strip()]
        missing += ["on"] if on is None else []
        if missing or on is None:
            message = f"an acceptance lacks {', '.join(missing)}"
            desk.report(desk.place(row), "value", message, "it does not count until it is there")
            continue
        provision, term, by = (str(text).strip() for text in texts)
        found.append(Accepted(provision, term, by, on, str(row.get("note") or ""), desk.place(row)))
    return tuple(found)
