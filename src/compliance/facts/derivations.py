"""Derivation rules: one per file of `rules/derivations`, closed and declarative, with its cases beside it.

The form is described in docs/derivations.md. What a rule may conclude is what is true without a statute: facts that are
observed or computed, never judged, never an official act, never what a law defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..catalogue import Catalogue, data_folder
from ..reading import InputError, Map, Problem, Seq, Source, decode, list_files, load_yaml, nearest, read_bytes
from ..vocabulary import EDGES, NODE_KINDS
from .atoms import BUILT_ON, LICENCE_PROPERTIES, TOPICS
from .chainers import Atom, Chainer, Clause, Pattern

KEYS = ("derivation", "gist", "when", "then", "cases")
CASE_KEYS = ("name", "given", "expect")
KINDS_OF: Mapping[str, str] = MappingProxyType(
    {**{kind: kind for kind in NODE_KINDS if kind != "organisation"}, "base": "model", "addressee": "organisation"}
)
"""The variables of a rule and the kind of node that each stands for; `base` is the model that another one is built on."""

_ARROW = re.compile(r"(\w+) -(\w+)-> (\w+)\Z")


@dataclass(frozen=True, slots=True)
class Case:
    """Atoms given, and all that the rule must derive from them: no more, no less."""

    name: str
    given: tuple[Atom, ...]
    expect: tuple[Atom, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Derivation:
    """One rule: its id is its file name, its clauses are what the chainers run."""

    id: str
    title: str
    clauses: tuple[Clause, ...]
    cases: tuple[Case, ...]
    source: Source


class _Refused(Exception):
    """Carries a problem out of the reading of one rule."""

    def __init__(self, mark: Any, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.message, self.hint = mark, message, hint


def load_derivations(catalogue: Catalogue, root: Path | None = None) -> tuple[tuple[Derivation, ...], tuple[Problem, ...]]:
    """The rules below `root`/derivations (default: the installed rules) by file name, and what was wrong with the others."""
    root = root or data_folder("rules")
    rules: list[Derivation] = []
    problems: list[Problem] = []
    for path in list_files(root / "derivations"):
        if path.suffix != ".yaml":
            continue
        name = f"rules/{path.relative_to(root).as_posix()}"
        try:
            text = decode(read_bytes(path, root), name)
            rules.append(_read(path.stem, load_yaml(text, name), name, catalogue))
        except InputError as error:
            problems.append(error.problem)
        except _Refused as error:
            lines = text.splitlines()
            excerpt = lines[error.mark.line - 1] if error.mark and error.mark.line <= len(lines) else ""
            problems.append(Problem(Source(name, *(error.mark or (1, 1))), "derivation", error.message, error.hint, excerpt))
    return tuple(rules), tuple(problems)


_INSTALLED: list[tuple[Catalogue, tuple[tuple[Derivation, ...], tuple[Problem, ...]]]] = []
"""What `installed_derivations` gave last, with the catalogue for which it did."""


def installed_derivations(catalogue: Catalogue) -> tuple[tuple[Derivation, ...], tuple[Problem, ...]]:
    """The installed rules, read once for a catalogue."""
    if not _INSTALLED or _INSTALLED[0][0] is not catalogue:
        _INSTALLED[:] = [(catalogue, load_derivations(catalogue))]
    return _INSTALLED[0][1]


def check_cases(rules: tuple[Derivation, ...], chainer: Chainer) -> tuple[Problem, ...]:
    """The cases that a rule fails when it runs alone, each with what it derived."""
    problems = []
    for rule in rules:
        for case in rule.cases:
            derived = chainer.run(rule.clauses, case.given).derived
            if derived != case.expect:
                shown = ", ".join(" ".join(atom) for atom in derived) or "nothing"
                problems.append(Problem(case.source, "case", f"`{rule.title}`, case {case.name}", f"derived {shown}"))
    return tuple(problems)


def _read(stem: str, data: Any, file: str, catalogue: Catalogue) -> Derivation:
    whole = _mapping(data, None, KEYS)
    for key in ("derivation", "when", "then", "cases"):
        if not whole.get(key):
            raise _Refused(whole.mark, f"`{key}:` is missing", "a rule has derivation, when, then and cases")
    title = str(whole["derivation"])
    premises = [_premise(item, at, catalogue) for item, at in _items(whole, "when")]
    conclusions = [_conclusion(item, at, catalogue) for item, at in _items(whole, "then")]
    clauses: list[Clause] = []
    for chosen in product(*premises):
        _check_variables(chosen, conclusions, whole)
        clauses.extend(Clause(title, chosen, conclusion) for conclusion in conclusions)
    cases = tuple(_case(item, at, file, catalogue) for item, at in _items(whole, "cases"))
    if not any(case.expect for case in cases) or all(case.expect for case in cases):
        hint = "a rule has a case that derives and one that derives nothing"
        raise _Refused(whole.keys_at["cases"], "the cases show one side only", hint)
    return Derivation(stem, title, tuple(clauses), cases, Source(file, *whole.keys_at["derivation"]))


def _mapping(data: Any, mark: Any, known: tuple[str, ...]) -> Map:
    if not isinstance(data, Map):
        raise _Refused(mark, "a mapping was expected", f"its keys are {', '.join(known)}")
    for key in data:
        if key not in known:
            raise _Refused(data.keys_at[key], f"unknown key `{key}`", _hint(key, known))
    return data


def _hint(word: str, known: Sequence[str]) -> str:
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else f"one of {', '.join(known)}"


def _items(whole: Map, key: str) -> list[tuple[Any, Any]]:
    block = whole[key]
    if not isinstance(block, Seq):
        raise _Refused(whole.keys_at[key], f"`{key}` is a list", "begin its lines with a dash")
    return list(zip(block, block.items_at, strict=True))


def _premise(item: Any, at: Any, catalogue: Catalogue) -> list[Pattern]:
    """An arrow, or a fact with one value or several of which any will do."""
    if isinstance(item, str):
        match = _ARROW.match(item)
        if not match:
            raise _Refused(at, f"`{item}` is neither an arrow nor a fact", "write model -licensed_under-> licence")
        start, edge, end = match.groups()
        for word in (start, end):
            _kind(word, at)
        if edge not in EDGES and edge != BUILT_ON:
            raise _Refused(at, f"unknown relation `{edge}`", _hint(edge, (*EDGES, BUILT_ON)))
        return [Pattern(KINDS_OF[start], f"${start}", edge, f"${end}")]
    word, name, raw = _fact_line(item, at)
    allowed = _values(name, catalogue, at)
    values = raw if isinstance(raw, Seq) else [raw]
    return [Pattern(KINDS_OF[word], f"${word}", name, _symbol(value, allowed, name, at)) for value in values]


def _conclusion(item: Any, at: Any, catalogue: Catalogue) -> Pattern:
    word, name, raw = _fact_line(item, at)
    entry = catalogue.fact(name)
    if entry is None or entry.type not in ("boolean", "term", "set") or entry.kind not in ("observed", "computed"):
        hint = "a rule concludes facts of rules/facts that are true, false, a term or in a set, and observed or computed"
        raise _Refused(at, f"`{name}` cannot be concluded", hint)
    return Pattern(KINDS_OF[word], f"${word}", name, _symbol(raw, _values(name, catalogue, at), name, at))


def _fact_line(item: Any, at: Any) -> tuple[str, str, Any]:
    """Variable, full property name and raw value of `base.licence.allows.use: false`."""
    if not isinstance(item, Map) or len(item) != 1:
        raise _Refused(at, "one fact with one value was expected", "write model.is_derived: true")
    (written, raw), *_ = item.items()
    word, dot, rest = written.partition(".")
    kind = _kind(word, at)
    if not dot or not rest:
        raise _Refused(at, f"`{written}` is not a fact", "write variable.name, such as model.is_derived")
    return word, f"{'addressee' if kind == 'organisation' else kind}.{rest}", raw


def _kind(word: str, at: Any) -> str:
    if word not in KINDS_OF:
        raise _Refused(at, f"unknown variable `{word}`", _hint(word, tuple(KINDS_OF)))
    return KINDS_OF[word]


def _values(name: str, catalogue: Catalogue, at: Any) -> frozenset[str]:
    """The values that a property can have; empty for free terms."""
    truth = frozenset({"true", "false"})
    if name in LICENCE_PROPERTIES:
        return truth
    if name == "document.kind":
        return frozenset(catalogue.documents)
    if name == TOPICS:
        return frozenset(topic for one in catalogue.documents.values() for topic in one.topics)
    kind, _, attribute = name.partition(".")
    if kind == "document":
        types = {catalogue.attribute(one, attribute) for one in catalogue.documents} - {None}
        found = types.pop() if len(types) == 1 else None
        closed: tuple[str, ...] = ()
    else:
        entry = catalogue.fact(name)
        found, closed = (entry.type, entry.values) if entry else (None, ())
    if found not in ("boolean", "term", "set"):
        near = nearest(name, (*catalogue.facts, *LICENCE_PROPERTIES, "document.kind", TOPICS))
        hint = f"did you mean `{near}`?" if near else "true, false, terms and sets can be asked for; numbers are compared before"
        raise _Refused(at, f"`{name}` cannot be asked for", hint)
    return truth if found == "boolean" else frozenset(closed)


def _symbol(raw: Any, allowed: frozenset[str], name: str, at: Any) -> str:
    """The constant or `$variable` that stands as a value."""
    if isinstance(raw, (Map, Seq)) or raw is None:
        raise _Refused(at, f"`{name}` has no value here", "write true, false, a term or $variable")
    text = ("true" if raw else "false") if isinstance(raw, bool) else str(raw)
    if allowed and not text.startswith("$") and text not in allowed:
        raise _Refused(at, f"`{name}` is never `{text}`", _hint(text, sorted(allowed)))
    if text.startswith("$") and text[1:] in KINDS_OF:
        raise _Refused(at, f"`{text}` names a node", "choose another word for the value")
    return text


def _check_variables(premises: tuple[Pattern, ...], conclusions: list[Pattern], whole: Map) -> None:
    """Each premise but the first shares a variable with an earlier one; conclusions use bound variables only."""
    bound: set[str] = set()
    for number, premise in enumerate(premises):
        mine = {premise.subject, premise.value} if premise.value.startswith("$") else {premise.subject}
        if premise.subject == premise.value:
            raise _Refused(whole["when"].items_at[number], "a node is related to itself here", "name two variables")
        if bound and not mine & bound:
            at = whole["when"].items_at[number]
            raise _Refused(at, "this line has nothing to do with those before it", "join it by an arrow")
        bound |= mine
    for number, one in enumerate(conclusions):
        for variable in (one.subject, one.value):
            if variable.startswith("$") and variable not in bound:
                at = whole["then"].items_at[number]
                raise _Refused(at, f"`{variable[1:]}` does not occur in `when`", "use a variable of `when`")


def _case(item: Any, at: Any, file: str, catalogue: Catalogue) -> Case:
    case = _mapping(item, at, CASE_KEYS)
    for key in ("name", "given"):
        if key not in case:
            raise _Refused(at, f"`{key}:` is missing", "a case has name, given and expect")
    given = tuple(sorted(_atoms(case, "given", catalogue)))
    expect = tuple(sorted(_atoms(case, "expect", catalogue))) if "expect" in case else ()
    return Case(str(case["name"]), given, expect, Source(file, *at))


def _atoms(case: Map, key: str, catalogue: Catalogue) -> Iterator[Atom]:
    """Atoms of `{model:m: {licensed_under: licence:l, model.is_derived: true}}`; a list gives several."""
    block = case[key]
    if not isinstance(block, Map):
        raise _Refused(case.keys_at[key], f"`{key}` is a mapping from nodes", "write {model:m: {model.is_derived: true}}")
    for node, properties in block.items():
        at = block.keys_at[node]
        if node.partition(":")[0] not in NODE_KINDS or not isinstance(properties, Map):
            raise _Refused(at, f"`{node}` is not a node with properties", "write model:m: {model.is_derived: true}")
        for name, raw in properties.items():
            is_edge = name in EDGES or name == BUILT_ON
            allowed = frozenset[str]() if is_edge else _values(name, catalogue, properties.keys_at[name])
            for value in raw if isinstance(raw, Seq) else [raw]:
                yield Atom(node, name, _symbol(value, allowed, name, properties.keys_at[name]))
