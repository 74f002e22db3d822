"""The situation that a case of a card describes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..catalogue import Catalogue
from ..packs import Card, Duty
from ..packs.card import Case, Given
from ..vocabulary import UNKNOWN, Document, Fact, Situation, Subject, Value, parse_value


def build_case(card: Card, given: Given, case: Case, catalogue: Catalogue) -> Situation:
    """The facts and documents of a case as a situation. Raises `ValueError` for a fact or value that does not exist."""
    raw: dict[str, Any] = {}
    for subject, block in (given.model_extra or {}).items():
        if not isinstance(block, Mapping):
            raise ValueError(f"`{subject}` in given is a mapping of facts")
        raw.update(flatten(block, subject, catalogue))
    for name, value in case.but.items():
        for stale in [key for key in raw if key.startswith(f"{name}.")]:
            del raw[stale]
        raw.update(
            flatten(value, name, catalogue) if isinstance(value, Mapping) and not _is_value(name, catalogue) else {name: value}
        )
    if isinstance(card, Duty):
        raw.setdefault("addressee.roles", [r for r in card.addressee if r != "unassigned"])
    facts: dict[str, Fact] = {}
    documents: dict[str, tuple[Document, ...]] = {}
    for name, value in raw.items():
        subject, _, rest = name.partition(".")
        if rest == "documents":
            if not isinstance(value, list):
                raise ValueError(f"`{name}` is a list of documents")
            documents[subject] = tuple(_document(item, i, subject, catalogue) for i, item in enumerate(value))
        else:
            facts[name] = Fact(name, type_fact(name, value, catalogue))
    kinds = card.subjects
    closed = (case.inventory or given.inventory or "open") == "complete"
    of = {k: {n: f for n, f in facts.items() if n.startswith(f"{k}.")} for k in (*kinds, "addressee")}
    rest_ = {n: f for n, f in facts.items() if n.partition(".")[0] not in of}
    return Situation(
        addressee=Subject("the organisation", "addressee", of["addressee"], documents.get("addressee", ())),
        subject=Subject(kinds[0], kinds[0], of[kinds[0]], documents.get(kinds[0], ())),
        parent=Subject(kinds[1], kinds[1], of[kinds[1]], documents.get(kinds[1], ())) if len(kinds) > 1 else None,
        pair=rest_, closed=closed,
    )  # fmt: skip


def flatten(block: Mapping[str, Any], prefix: str, catalogue: Catalogue) -> dict[str, Any]:
    """Nested facts as dotted ones, stopping where a value begins."""
    flat: dict[str, Any] = {}
    for key, value in block.items():
        name = f"{prefix}.{key}"
        if isinstance(value, Mapping) and not _is_value(name, catalogue) and set(value) != {"from", "to"}:
            flat.update(flatten(value, name, catalogue))
        else:
            flat[name] = value
    return flat


def _is_value(name: str, catalogue: Catalogue) -> bool:
    return catalogue.fact(name) is not None or name.endswith(".documents")


def type_fact(name: str, raw: Any, catalogue: Catalogue) -> Value:
    """A raw value typed by the catalogue. Raises `ValueError` naming the fact."""
    entry = catalogue.fact(name)
    if entry is None:
        raise ValueError(f"unknown fact `{name}`")
    try:
        return parse_value(raw, entry.type)
    except ValueError as error:
        raise ValueError(f"`{name}`: {error}") from None


def _document(raw: Any, index: int, subject: str, catalogue: Catalogue) -> Document:
    if not isinstance(raw, Mapping) or "kind" not in raw:
        raise ValueError(f"a document of {subject} needs a kind")
    kind = str(raw["kind"])
    if kind not in catalogue.documents:
        raise ValueError(f"unknown document kind `{kind}`")
    attributes: dict[str, Value] = {}
    for name, value in raw.items():
        if name in ("kind", "edge"):
            continue
        found = catalogue.attribute(kind, name)
        if found is None:
            raise ValueError(f"unknown attribute `{kind}.{name}`")
        attributes[name] = parse_value(value, found)
    edge = str(raw.get("edge") or ("evaluated_on" if kind == "bias_audit" else "documented_by"))
    return Document(f"{kind} {index + 1}", kind, attributes, (), edge)


def hide(situation: Situation, names: frozenset[str]) -> Situation:
    """The situation with these facts unknown."""

    def blank(facts: Mapping[str, Fact]) -> dict[str, Fact]:
        return {name: Fact(name, UNKNOWN) if name in names else fact for name, fact in facts.items()}

    def of(subject: Subject) -> Subject:
        return replace(subject, facts=blank(subject.facts))

    parent = of(situation.parent) if situation.parent else None
    return replace(
        situation, addressee=of(situation.addressee), subject=of(situation.subject), parent=parent, pair=blank(situation.pair)
    )  # fmt: skip
