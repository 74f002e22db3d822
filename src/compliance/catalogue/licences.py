"""What is known about licences: under which names they go, what they permit, how their texts are recognised.

A licence text is never held here, only short phrases and digests. What we do not know is `None`, not false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..reading import Map, Problem, Seq, Source, nearest
from ..vocabulary.truth import Truth, all_true, any_true
from .files import read_rules
from .load import data_folder

PERMISSIONS = ("access", "use", "modification", "distribution", "commercial_use")
CLAUSES = ("users", "revenue", "region", "uses")
SUBJECTS = ("software", "model", "content", "data")
FILE_KEYS = ("family", "licences", "made_for", "permits", "is_free_and_open", "clauses")
KEYS = ("name", "aliases", "models", "text", "made_for", "permits", "is_free_and_open", "clauses")
TEXT_KEYS = ("phrases", "without", "begins", "ends", "words", "fingerprints", "around")
_MODELS = re.compile(r"[\w.-]+/[\w.-]+\*?\Z")
_FILLER = frozenset({"the", "license", "licence", "licensed", "version", "agreement"})


@dataclass(frozen=True, slots=True)
class Answer:
    """True, false or unknown (None), with the reason in one line."""

    value: Truth
    why: str


@dataclass(frozen=True, slots=True)
class LicenceText:
    """How a licence text is recognised; everything in lower-case words of the text.

    All `phrases` occur, none of `without`. The body runs from `begins` to `ends`; it is the unchanged licence if its
    digest is one of `fingerprints`, or, where a holder's name stands inside, if it has between `words` many words.
    `around` is how many words usually stand outside the body (title, appendix).
    """

    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    begins: str = ""
    ends: str = ""
    words: tuple[int, int] = (0, 0)
    fingerprints: tuple[str, ...] = ()
    around: int = 40


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence: its id (SPDX where there is one), what it permits, and the clauses that limit it.

    `made_for` is what it was written for: software, model, content or data. `clauses` maps users, revenue, region and
    uses to `none`, `unknown`, or the limit in a few words. `models` are hub names (`owner/name`, at its end perhaps `*`) of
    models known to be under it, each with its place.
    """

    id: str
    name: str
    family: str
    made_for: str
    aliases: tuple[str, ...] = ()
    permits: Mapping[str, Answer] = field(default_factory=dict)
    is_free_and_open: Answer = Answer(None, "")
    clauses: Mapping[str, str] = field(default_factory=dict)
    text: LicenceText | None = None
    models: tuple[tuple[str, Source], ...] = ()
    source: Source = field(default_factory=lambda: Source(""))


Licences = Mapping[str, Licence]


@cache
def load_licences(root: Path | None = None) -> tuple[Licences, tuple[Problem, ...]]:
    """Licences by id from `rules/licences` below `root` (default: the installed rules), and what was wrong there."""
    root = root or data_folder("rules")
    found: dict[str, Licence] = {}
    named: dict[str, str] = {}
    problems: list[Problem] = []
    for name, data in read_rules(root, "licences", problems):
        if not isinstance(data, Map) or not isinstance(data.get("licences"), Map):
            problems.append(Problem(Source(name, 1, 1), "catalogue", "no licences here", "begin with `family:` and `licences:`"))
            continue
        _check_keys(data, FILE_KEYS, name, problems)
        for key, entry in data["licences"].items():
            place = Source(name, *data["licences"].keys_at[key])
            if not isinstance(entry, Map):
                problems.append(Problem(place, "catalogue", f"`{key}` has no entry", "write {name: ..., aliases: [...]}"))
                continue
            licence = _licence(key, entry, data, place, problems)
            aliases = sorted({licence_key(a) for a in (key, licence.name, *licence.aliases)})
            problems.extend(
                Problem(place, "catalogue", f"`{alias}` also names {named[alias]}", "keep it in one place")
                for alias in aliases
                if named.setdefault(alias, key) != key
            )
            found[key] = licence
    return MappingProxyType(found), tuple(problems)


def licence_key(name: str) -> str:
    """A licence name reduced to what tells licences apart: `Apache License, Version 2.0` and `apache-2.0` are one."""
    words = re.findall(r"[^\W_]+(?:\.\d+)*\+*", name.casefold())
    return " ".join(re.sub(r"^v(?=\d)", "", w) for w in words if w not in _FILLER)


@cache
def _by_key(root: Path | None = None) -> Mapping[str, str]:
    licences, _ = load_licences(root)
    return {licence_key(a): one.id for one in licences.values() for a in (*one.aliases, one.name, one.id)}


def find_licence(name: str, licences: Licences) -> Licence | None:
    """The licence that goes under this name (id, alias of a hub, full name), or None."""
    if name in licences:
        return licences[name]
    key = licence_key(name)
    if licences is load_licences()[0]:
        return licences.get(_by_key().get(key, ""))
    return next((one for one in licences.values() if key in map(licence_key, (one.id, one.name, *one.aliases))), None)


def canonical_licence(name: str, licences: Licences) -> str:
    """The id of a licence, or an expression with ids (`MIT OR Apache-2.0`); a name not known here stays as written."""
    known = find_licence(name, licences)
    if known:
        return known.id
    tree = _expression(name)
    if tree is None:
        return name.strip()
    for symbol in map(_bare, tree.get_symbols()):
        part = find_licence(symbol.key, licences)
        symbol.key = part.id if part else symbol.key
    return str(tree.render("{symbol.key}"))


def licence_of_model(name: str, licences: Licences) -> tuple[Licence, str, Source] | None:
    """The licence that models of a hub name are known to be under, for which names, and where that is written.

    None where nothing is known, and where several licences claim the name.
    """
    found = {
        one.id: (one, pattern, source)
        for one in licences.values()
        for pattern, source in one.models
        if fnmatchcase(name.casefold(), pattern.casefold())
    }
    return next(iter(found.values())) if len(found) == 1 and name.count("/") == 1 else None


def permission(name: str, what: str, licences: Licences) -> Answer:
    """Whether a licence, or an expression of several, permits `what` (one of PERMISSIONS) or is `is_free_and_open`."""

    def ask(one: str) -> Answer:
        known = find_licence(one, licences)
        if known is None:
            return Answer(None, f"nothing is known here about the licence `{one}`")
        return known.is_free_and_open if what == "is_free_and_open" else known.permits[what]

    return ask_licences(name, ask, licences)


def ask_licences(name: str, ask: Callable[[str], Answer], licences: Licences) -> Answer:
    """The answer for a licence, or for an expression from the answers for its licences.

    Of licences joined by OR one may be chosen; those joined by AND bind together.
    """
    tree = None if find_licence(name, licences) else _expression(name)
    return ask(name) if tree is None else _ask_tree(tree, ask)


def licence_names(name: str) -> tuple[str, ...]:
    """The single licences that a name or expression names, in order."""
    tree = _expression(name)
    return tuple(dict.fromkeys(_bare(s).key for s in tree.get_symbols())) if tree is not None else (name.strip(),)


def _expression(name: str) -> Any:
    """Syntax tree of an SPDX expression with AND, OR or WITH; None where it is not one.

    A title that only holds such a word is none: an operand of several words is a known licence, and one of them is known.
    """
    if not re.search(r"\s(AND|OR|WITH)\s", name, re.IGNORECASE) or len(name) > 500:
        return None
    from license_expression import ExpressionError, Licensing  # type: ignore[import-untyped]  # it has no stubs

    try:
        tree = Licensing().parse(name)
    except (ExpressionError, ValueError):
        return None
    parts = [_bare(symbol).key for symbol in tree.get_symbols()]
    known = [part for part in parts if part.startswith("LicenseRef-") or find_licence(part, load_licences()[0])]
    return tree if known and all(part in known or " " not in part for part in parts) else None


def _bare(symbol: Any) -> Any:
    """The licence of a symbol; an exception (`WITH`) only adds to what it permits."""
    return getattr(symbol, "license_symbol", symbol)


def _ask_tree(tree: Any, ask: Callable[[str], Answer]) -> Answer:
    if not getattr(tree, "args", ()):
        return ask(_bare(tree).key)
    parts = [_ask_tree(part, ask) for part in tree.args]
    joined = all_true if type(tree).__name__ == "AND" else any_true
    value = joined(part.value for part in parts)
    telling = [part.why for part in parts if part.value is value]
    return Answer(value, "; ".join(dict.fromkeys(telling)))


def _licence(key: str, entry: Map, data: Map, place: Source, problems: list[Problem]) -> Licence:
    _check_keys(entry, KEYS, place.file, problems)
    made_for = str(entry.get("made_for") or data.get("made_for") or "")
    if made_for not in SUBJECTS:
        problems.append(Problem(place, "catalogue", f"`{key}`: made for `{made_for}`", f"one of {', '.join(SUBJECTS)}"))
    permits = _merged(data, entry, "permits", PERMISSIONS, place, problems)
    clauses = {k: str(v) for k, v in _merged(data, entry, "clauses", CLAUSES, place, problems).items()}
    free = entry.get("is_free_and_open", data.get("is_free_and_open"))
    return Licence(
        id=key, name=str(entry.get("name") or key), family=str(data.get("family") or ""), made_for=made_for,
        aliases=tuple(str(a) for a in entry.get("aliases") or ()),
        permits={k: _answer(permits.get(k), f"{key}.{k}", place, problems) for k in PERMISSIONS},
        is_free_and_open=_answer(free, f"{key}.is_free_and_open", place, problems),
        clauses={k: clauses.get(k, "unknown") for k in CLAUSES}, text=_text(entry.get("text"), place, problems),
        models=tuple(_models(entry, place, problems)), source=place,
    )  # fmt: skip


def _merged(data: Map, entry: Map, key: str, known: tuple[str, ...], place: Source, problems: list[Problem]) -> dict[str, Any]:
    """What the family says, overridden by what the licence says."""
    both: dict[str, Any] = {}
    for part in (data.get(key), entry.get(key)):
        if isinstance(part, Map):
            _check_keys(part, known, place.file, problems)
            both.update(part)
    return both


def _answer(raw: Any, what: str, place: Source, problems: list[Problem]) -> Answer:
    if isinstance(raw, list) and len(raw) == 2 and raw[0] in (True, False, "unknown") and isinstance(raw[1], str):
        return Answer(None if raw[0] == "unknown" else raw[0], raw[1])
    problems.append(
        Problem(place, "catalogue", f"`{what}` is not answered", "write [true, reason], [false, ...], [unknown, ...]")
    )
    return Answer(None, "")


def _models(entry: Map, place: Source, problems: list[Problem]) -> Iterator[tuple[str, Source]]:
    """Names of models with their places; a name without an owner would take in the models of everyone."""
    raw = entry.get("models")
    if raw is None:
        return
    if not isinstance(raw, Seq):
        problems.append(Problem(place, "catalogue", "`models` is a list", "write [owner/name, owner/family-*]"))
        return
    for pattern, mark in zip(raw, raw.items_at, strict=True):
        source = Source(place.file, *mark)
        if isinstance(pattern, str) and _MODELS.match(pattern):
            yield pattern, source
        else:
            problems.append(Problem(source, "catalogue", f"`{pattern}` names no models", "write owner/name or owner/family-*"))


def _text(raw: Any, place: Source, problems: list[Problem]) -> LicenceText | None:
    if not isinstance(raw, Map):
        return None
    _check_keys(raw, TEXT_KEYS, place.file, problems)
    lists = {k: tuple(str(v) for v in raw.get(k) or ()) for k in ("phrases", "without", "fingerprints")}
    low, high = raw.get("words") or (0, 0)
    text = LicenceText(
        **lists, begins=str(raw.get("begins") or ""), ends=str(raw.get("ends") or ""), words=(int(low), int(high)),
        around=int(raw.get("around", 40)),
    )  # fmt: skip
    problems.extend(
        Problem(place, "catalogue", f"`{phrase}` has more than eight words", "no licence texts here")
        for phrase in (*text.phrases, *text.without, text.begins, text.ends)
        if len(phrase.split()) > 8
    )
    return text


def _check_keys(entry: Map, known: tuple[str, ...], file: str, problems: list[Problem]) -> None:
    for key in entry:
        if key not in known:
            hint = f"did you mean `{nearest(key, known)}`?" if nearest(key, known) else f"one of {', '.join(known)}"
            problems.append(Problem(Source(file, *entry.keys_at[key]), "PK101", f"unknown key `{key}`", hint))
