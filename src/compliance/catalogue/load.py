"""Read `rules/` into a catalogue; every mistake is a located problem and the rest is still read."""

from __future__ import annotations

import os
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ..reading import InputError, Map, Problem, Source, nearest
from .files import read_rules
from .types import KINDS, TYPES, Catalogue, DocumentType, FactType

FACT_KEYS = ("type", "kind", "suffix", "pair", "values", "of", "means", "ask")


def data_folder(name: str) -> Path:
    """The folder `rules` or `jurisdictions`: environment variable, then inside the package, then beside pyproject.toml.

    Raises `InputError` where none is found.
    """
    variable = f"COMPLIANCE_{name.upper()}"
    if named := os.environ.get(variable):
        if Path(named).is_dir():
            return Path(named)
        raise InputError(Problem(Source(named), "path", f"{variable} names a folder that is not there", "unset it or correct it"))
    packaged = Path(str(resources.files("compliance"))) / "_data" / name
    if packaged.is_dir():
        return packaged
    for parent in Path(__file__).resolve().parents:
        if (parent / "pyproject.toml").is_file() and (parent / name).is_dir():
            return parent / name
    raise InputError(Problem(Source(name), "path", f"the folder `{name}` is not installed", f"set {variable}"))


@cache
def load_catalogue(root: Path | None = None) -> tuple[Catalogue, tuple[Problem, ...]]:
    """Facts and document kinds, and what was wrong with their files."""
    root = root or data_folder("rules")
    facts: dict[str, FactType] = {}
    documents: dict[str, DocumentType] = {}
    problems: list[Problem] = []
    for part in ("facts", "documents"):
        for name, data in read_rules(root, part, problems):
            if not isinstance(data, Map):
                problems.append(
                    Problem(Source(name, 1, 1), "catalogue", "a mapping was expected", "begin with `facts:` or `documents:`")
                )
                continue
            for key, value, place in _entries(data, "facts", name):
                fact = _fact(key, value, place, problems)
                if fact:
                    facts[key] = fact
            for key, value, place in _entries(data, "documents", name):
                documents[key] = _document(key, value, place, problems)
    return Catalogue(facts, documents), tuple(problems)


def _entries(data: Map, key: str, name: str) -> list[tuple[str, Any, Source]]:
    block = data.get(key)
    if not isinstance(block, Map):
        return []
    return [(k, v, Source(name, *block.keys_at[k])) for k, v in block.items()]


def _fact(name: str, entry: Any, place: Source, problems: list[Problem]) -> FactType | None:
    if not isinstance(entry, Map):
        problems.append(Problem(place, "catalogue", f"`{name}` has no entry", "write {type: ..., kind: ..., means: ...}"))
        return None
    for key in entry:
        if key not in FACT_KEYS:
            spot = Source(place.file, *entry.keys_at[key])
            problems.append(Problem(spot, "PK101", f"unknown key `{key}`", f"did you mean `{nearest(key, FACT_KEYS)}`?"))
    for key, allowed in (("type", TYPES), ("kind", KINDS)):
        if entry.get(key) not in allowed:
            problems.append(Problem(place, "catalogue", f"`{name}`: {key} `{entry.get(key)}`", f"one of {', '.join(allowed)}"))
            return None
    return FactType(
        name=name, type=entry["type"], kind=entry["kind"], suffix=str(entry.get("suffix") or ""), pair=bool(entry.get("pair")),
        values=tuple(str(v) for v in entry.get("values") or ()), of=tuple(str(v) for v in entry.get("of") or ()),
        means=str(entry.get("means") or ""), ask=str(entry.get("ask") or ""), source=place,
    )  # fmt: skip


def _document(name: str, entry: Any, place: Source, problems: list[Problem]) -> DocumentType:
    entry = entry if isinstance(entry, Map) else {}
    long_form = "attributes" in entry or "topics" in entry or "means" in entry
    attributes = (entry.get("attributes") or {}) if long_form else entry
    for key, kind in attributes.items():
        if kind not in TYPES:
            problems.append(Problem(place, "catalogue", f"`{name}.{key}`: type `{kind}`", f"one of {', '.join(TYPES)}"))
    topics = tuple(str(t) for t in (entry.get("topics") or ())) if long_form else ()
    means = str(entry.get("means") or "") if long_form else ""
    return DocumentType(name, {str(k): str(v) for k, v in attributes.items()}, topics, means, place)
