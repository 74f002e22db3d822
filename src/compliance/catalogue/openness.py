"""What is known about openness: the components of a release, the classes that ask for them, the public lists of licences.

Loaded from `rules/openness`. The components and classes are those of the Model Openness Framework.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..reading import Map, Problem, Source, nearest
from ..vocabulary.truth import Truth
from .files import read_rules
from .licences import Answer, Licences, ask_licences, find_licence, licence_names
from .load import data_folder

COMPONENT_KINDS = ("code", "data", "documentation")
COMPONENT_KEYS = ("name", "kind", "class", "optional", "means", "fact", "documents", "topics", "data_documents", "licence")
FILE_KEYS = ("framework", "classes", "kind_licences", "instead", "components", "lists", "suited")


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a release: its kind (code, data, documentation), the first class (3 to 1) that asks for it, and what
    shows it in a dossier: a fact, documents by kind or topic, documents of data sets. `licence` names a fact.
    """

    id: str
    name: str
    kind: str
    first_class: int
    optional: bool = False
    means: str = ""
    fact: str = ""
    documents: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    data_documents: tuple[str, ...] = ()
    licence: str = ""
    source: Source = field(default_factory=lambda: Source(""))


@dataclass(frozen=True, slots=True)
class OpenList:
    """A public list of licences: what it says of them in a few words, where it stands, and their SPDX ids in lower case."""

    id: str
    why: str
    source: str
    licences: frozenset[str]

    def has(self, *names: str) -> bool:
        """Whether one of the names stands on it, in any case; lists keep ids that SPDX has given up since."""
        return any(name.strip().casefold() in self.licences for name in names)


@dataclass(frozen=True, slots=True)
class Suited:
    """Which licences were written for a kind of component: patterns of ids, or whole lists without some patterns."""

    licences: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Framework:
    """Components by id, names of the classes 1 to 3, what takes the place of what, and the lists of licences.

    `kind_licences` names, by kind of component, the fact with the licence of all components of that kind.
    """

    components: Mapping[str, Component] = field(default_factory=dict)
    classes: Mapping[int, str] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    kind_licences: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, OpenList] = field(default_factory=dict)
    suited: Mapping[str, Suited] = field(default_factory=dict)

    def asked(self, level: int) -> tuple[Component, ...]:
        """What a class asks for, with what the classes below it ask for."""
        return tuple(one for one in self.components.values() if one.first_class >= level and not one.optional)


@cache
def load_framework(root: Path | None = None) -> tuple[Framework, tuple[Problem, ...]]:
    """The framework from `rules/openness` below `root` (default: the installed rules), and what was wrong there."""
    problems: list[Problem] = []
    found: dict[str, dict[Any, Any]] = {key: {} for key in FILE_KEYS}
    for name, data in read_rules(root or data_folder("rules"), "openness", problems):
        if not isinstance(data, Map):
            problems.append(Problem(Source(name, 1, 1), "catalogue", "a mapping was expected", "begin with `components:`"))
            continue
        _check_keys(data, FILE_KEYS, name, problems)
        for part in FILE_KEYS:
            entries = data.get(part)
            if isinstance(entries, Map):
                found[part].update((key, _entry(part, key, entries, name, problems)) for key in entries)
    framework = Framework(
        components=MappingProxyType({key: one for key, one in found["components"].items() if one is not None}),
        classes=MappingProxyType({int(key): str(one) for key, one in found["classes"].items()}),
        instead=MappingProxyType(found["instead"]), kind_licences=MappingProxyType(found["kind_licences"]),
        lists=MappingProxyType(found["lists"]), suited=MappingProxyType(found["suited"]),
    )  # fmt: skip
    return framework, tuple(problems)


def openness(name: str, framework: Framework, licences: Licences) -> Answer:
    """Whether a licence, or an expression of several, is open: on one of the public lists.

    Of what stands on none, `rules/licences` says whether it is free and open; what only SPDX knows is not open, and what nobody
    knows is neither. In an expression with OR one open part is enough, with AND all must be.
    """
    return ask_licences(name, lambda one: _on_a_list(one, framework, licences), licences)


def suits(name: str, kind: str, framework: Framework, licences: Licences) -> Truth:
    """Whether a licence was written for this kind of component; unknown where nothing is known about it."""
    known = [_id(one, licences) for one in licence_names(name)]
    if not known or None in known:
        return None
    return all(_suits(one, framework.suited.get(kind, Suited()), framework) for one in known if one)


def _suits(licence: str, rule: Suited, framework: Framework) -> bool:
    on_list = any(framework.lists[one].has(licence) for one in rule.lists)
    left_out = any(fnmatchcase(licence, pattern) for pattern in rule.without)
    return (on_list and not left_out) or any(fnmatchcase(licence, pattern) for pattern in rule.licences)


def _on_a_list(name: str, framework: Framework, licences: Licences) -> Answer:
    licence = _id(name, licences)
    if why := [one.why for one in framework.lists.values() if one.has(name, licence or "")]:
        return Answer(True, " and ".join(why))
    if licence is None:
        return Answer(None, f"nothing is known here about the licence `{name}`")
    known = licences.get(licence)
    return known.is_free_and_open if known else Answer(False, "on none of the lists")


def _id(name: str, licences: Licences) -> str | None:
    """SPDX id, or id in `rules/licences`, of what goes under a name; None if nothing is known about it."""
    known = find_licence(name, licences)
    return known.id if known else _spdx_ids().get(name.strip().casefold())


@cache
def _spdx_ids() -> Mapping[str, str]:
    """Ids that SPDX knows, by themselves and by the ids that they once had, in lower case."""
    from license_expression import get_spdx_licensing  # type: ignore[import-untyped]  # it has no stubs

    symbols = get_spdx_licensing().known_symbols.items()
    return {name.casefold(): one for one, symbol in symbols for name in (*symbol.aliases, one)}


def _entry(part: str, key: Any, entries: Map, file: str, problems: list[Problem]) -> Any:
    place, raw = Source(file, *entries.keys_at[key]), entries[key]
    if part not in ("components", "lists", "suited"):
        return raw
    if not isinstance(raw, Map):
        problems.append(Problem(place, "catalogue", f"`{key}` has no entry", "write a mapping"))
        return None
    if part == "lists":
        return OpenList(str(key), str(raw.get("why") or ""), str(raw.get("source") or ""), _folded(raw))
    if part == "suited":
        return Suited(_texts(raw, "licences"), _texts(raw, "lists"), _texts(raw, "without"))
    _check_keys(raw, COMPONENT_KEYS, file, problems)
    kind, level = str(raw.get("kind") or ""), raw.get("class")
    if kind not in COMPONENT_KINDS or level not in (1, 2, 3):
        hint = f"kind: one of {', '.join(COMPONENT_KINDS)}; class: 1, 2 or 3"
        problems.append(Problem(place, "catalogue", f"`{key}` has no known kind or class", hint))
        return None
    return Component(
        id=str(key), name=str(raw.get("name") or key), kind=kind, first_class=level, optional=raw.get("optional") is True,
        means=str(raw.get("means") or ""), fact=str(raw.get("fact") or ""), documents=_texts(raw, "documents"),
        topics=_texts(raw, "topics"), data_documents=_texts(raw, "data_documents"), licence=str(raw.get("licence") or ""),
        source=place,
    )  # fmt: skip


def _folded(raw: Map) -> frozenset[str]:
    return frozenset(one.casefold() for one in _texts(raw, "licences"))


def _texts(raw: Map, key: str) -> tuple[str, ...]:
    return tuple(str(one) for one in raw.get(key) or ())


def _check_keys(entry: Map, known: tuple[str, ...], file: str, problems: list[Problem]) -> None:
    for key in entry:
        if key not in known:
            hint = f"did you mean `{nearest(key, known)}`?" if nearest(key, known) else f"one of {', '.join(known)}"
            problems.append(Problem(Source(file, *entry.keys_at[key]), "PK101", f"unknown key `{key}`", hint))
