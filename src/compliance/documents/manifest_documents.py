"""Documents that the manifest names: files of the dossier, or pages elsewhere, with what is known of them."""

from __future__ import annotations

import posixpath
from typing import Any

from ..reading import InputError, Map, Source
from ..vocabulary import EdgeStatement, NodeStatement, Terms, Value, node
from .declared import find_declared_topics
from .manifest_values import Desk, read_told
from .recognition import Recognition
from .topics import Coverage

KEYS = ("kind", "file", "url", "edge")
EDGES = ("documented_by", "evaluated_on")


def read_document_list(desk: Desk, entry: Map, owner: str, recognition: Recognition) -> None:
    """The list `documents` of a model, system, organisation, ...: nodes with attributes, and edges to them."""
    listed = entry["documents"]
    if listed in (None, "none"):
        return
    if not isinstance(listed, list):
        desk.report(desk.place(entry, "documents"), "value", "`documents` takes a list", "write [{kind: ..., file: ...}]")
        return
    counts: dict[str, int] = {}
    for item in listed:
        if isinstance(item, Map):
            _read_document(desk, item, owner, recognition, counts)
        else:
            desk.report(desk.place(entry, "documents"), "value", "a document is a mapping", "write {kind: ..., file: ...}")


def _read_document(desk: Desk, item: Map, owner: str, recognition: Recognition, counts: dict[str, int]) -> None:
    kind = item.get("kind")
    if not isinstance(kind, str) or kind not in desk.catalogue.documents:
        place = desk.place(item, "kind") if "kind" in item else desk.place(item)
        near = desk.nearest(str(kind), desk.catalogue.documents)
        hint = f"did you mean `{near}`?" if near else "kinds are listed in rules/documents/kinds.yaml"
        desk.report(place, "PK202", f"unknown kind of document `{kind}`", hint)
        return
    name = _name(desk, item, kind, owner, counts)
    if name is None:
        return
    edge = str(item.get("edge") or recognition.words["edges"].get(kind, EDGES[0]))
    if edge not in EDGES:
        desk.report(desk.place(item, "edge"), "value", f"`{edge}` does not lead to a document", f"one of {', '.join(EDGES)}")
        return
    place = desk.place(item)
    attributes: dict[str, Any] = {"kind": kind}
    for key in item:
        if key not in KEYS:
            _read_attribute(desk, item, key, kind, name, attributes, recognition)
    covered = _covered(desk, item, kind)
    if covered is not None and "topics" not in attributes:
        attributes["topics"] = Terms(covered, complete=False)
    desk.statements.append(NodeStatement(name, place, attributes))
    desk.statements.append(EdgeStatement(owner, edge, name, place))


def _name(desk: Desk, item: Map, kind: str, owner: str, counts: dict[str, int]) -> str | None:
    """Node of a document: its file, its address, or owner and kind where neither is given; None for a file that is not there."""
    file = _file(item)
    if file:
        if file not in desk.usable:
            place = desk.place(item, "file")
            message = f"`{item['file']}` is not a file of this folder; the document does not count"
            desk.report(place, "path", message, "put the file into the folder, or give a `url`")
            return None
        first = desk.found[file].kind if file in desk.found else desk.kinds.setdefault(file, kind)
        if first != kind:
            return node("document", f"{file}#{kind}")
        return node("document", file)
    if isinstance(item.get("url"), str) and item["url"].strip():
        return node("document", item["url"].strip())
    counts[kind] = counts.get(kind, 0) + 1
    number = f"-{counts[kind]}" if counts[kind] > 1 else ""
    return node("document", f"{owner.partition(':')[2]}/{kind}{number}")


def _file(item: Map) -> str:
    raw = item.get("file")
    return posixpath.normpath(raw) if isinstance(raw, str) and raw.strip() else ""


def _read_attribute(
    desk: Desk, item: Map, key: str, kind: str, name: str, attributes: dict[str, Any], recognition: Recognition
) -> None:
    raw, place = item[key], desk.place(item, key)
    typed = desk.catalogue.attribute(kind, key)
    if typed is None:
        known = (*desk.catalogue.documents[kind].attributes, "public", "date", "template", "topics", *KEYS)
        near = desk.nearest(key, known)
        hint = f"did you mean `{near}`?" if near else f"{kind} has {', '.join(known)}"
        desk.report(place, "PK202", f"`{kind}` has no attribute `{key}`", hint)
        return
    told = read_told(desk, raw, typed, place)
    if told is None:
        return
    value: Value = told.value
    if key == "topics" and isinstance(value, Terms):
        stated = _topics(desk, kind, value, place, recognition)
        read = _covered(desk, item, kind)
        value = Terms(stated | (read or frozenset()), complete=stated == value.known)
    if told.on:
        desk.statements.append(NodeStatement(name, place, {key: value}, told.on))
    else:
        attributes[key] = value


def _covered(desk: Desk, item: Map, kind: str) -> frozenset[str] | None:
    """Topics found in the file of a document, by its importer and by the words of its kind; None where nothing reads it."""
    file = _file(item)
    if not file:
        return None
    read = desk.found[file].topics if file in desk.found else None
    if (file, kind) not in desk.covered:
        try:
            coverage = find_declared_topics(file, kind, desk.open_text)
        except InputError as error:
            desk.problems.append(error.problem)
            coverage = Coverage(frozenset(), ())
        if coverage is None:
            return read
        desk.covered[file, kind] = coverage.topics
        desk.problems.extend(coverage.remarks)
    return desk.covered[file, kind] | (read or frozenset())


def _topics(desk: Desk, kind: str, value: Terms, place: Source, recognition: Recognition) -> frozenset[str]:
    """Stated topics that the kind has; the others are problems, and the list no longer counts as complete."""
    listed = desk.catalogue.documents[kind].topics
    known = {*listed, *(topic.name for topic in recognition.topics)} if listed else set(value.known)
    for topic in sorted(value.known - known):
        near = desk.nearest(topic, known)
        hint = f"did you mean `{near}`?" if near else f"one of {', '.join(listed)}"
        desk.report(place, "PK202", f"`{kind}` has no topic `{topic}`", hint)
    return value.known & known
