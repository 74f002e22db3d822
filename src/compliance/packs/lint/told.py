"""What the cases of a card set: facts by their full name, and documents, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...catalogue import Catalogue
from ..card import Card

PARTS = ("kind", "edge")
"""Keys of a document in a case that are no attributes."""


class Told(NamedTuple):
    """One fact as a case sets it, and the keys that lead to it."""

    name: str
    value: Any
    path: tuple[Any, ...]


class Paper(NamedTuple):
    """One document of a case."""

    kind: str
    attributes: Mapping[str, Any]
    edge: str
    path: tuple[Any, ...]


def told(card: Card, catalogue: Catalogue) -> Iterator[Told]:
    """Every fact set by `given` or by a case, documents left out."""
    return (one for one in _all(card, catalogue) if not one.name.endswith(".documents"))


def papers(card: Card, catalogue: Catalogue) -> Iterator[Paper]:
    """Every document of the cases. One that is no mapping has no kind; what is no list at all counts as one such document."""
    for name, value, path in _all(card, catalogue):
        if name.endswith(".documents"):
            for index, item in enumerate(value if isinstance(value, list) else [value]):
                raw = item if isinstance(item, Mapping) else {}
                rest = {key: v for key, v in raw.items() if key not in PARTS}
                yield Paper(str(raw.get("kind") or ""), rest, str(raw.get("edge") or ""), (*path, index))


def _all(card: Card, catalogue: Catalogue) -> Iterator[Told]:
    if card.tests is None:
        return
    for subject, block in (card.tests.given.model_extra or {}).items():
        yield from _flatten(subject, block, ("tests", "given", subject), catalogue)
    for index, case in enumerate(card.tests.cases):
        for name, value in case.but.items():
            yield from _flatten(name, value, ("tests", "cases", index, "but", name), catalogue)


def _flatten(name: str, value: Any, path: tuple[Any, ...], catalogue: Catalogue) -> Iterator[Told]:
    """Nested facts with their full names, down to where a value begins."""
    if isinstance(value, Mapping) and set(value) != {"from", "to"} and not _is_value(name, catalogue):
        for key, inner in value.items():
            yield from _flatten(f"{name}.{key}", inner, (*path, key), catalogue)
    else:
        yield Told(name, value, path)


def _is_value(name: str, catalogue: Catalogue) -> bool:
    return name.endswith(".documents") or catalogue.fact(name) is not None
