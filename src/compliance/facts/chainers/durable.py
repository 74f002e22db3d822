"""The chainer that hands the work to durable_rules, behind a guard.

What is measured to go wrong there is kept away from it. It gets symbols only: every word becomes a token made from its
digest, so neither numbers, nulls, patterns nor the text of a stranger reach its parser. Every fact has a `kind`, every
ruleset a rule that always fires and one that takes what no other wants, so that no fact is refused and no session is
deleted in which nothing fired. Facts carry ids made from their content, and go in with the evidence first and the subjects
last. Rulesets are compiled once per process, for each is leaked; sessions are fresh for each run and deleted whatever
happens. The engine is driven step by step here, without its host: no threads, no timers, no swallowed exceptions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from itertools import count
from typing import Any, NamedTuple

from ...reading import InputError, Problem, Source, digest
from ...vocabulary import kind_of
from . import Atom, Clause, Firing, Pattern, Trace, arrange

MAX_PREMISES = 16
MAX_TESTS_OF_ONE_FACT = 64
MAX_CHILDREN = 512
MAX_STEPS = 5_000_000
SUBJECTS_LAST = ("system", "model")
_sessions = count(1)


class _Compiled(NamedTuple):
    """A ruleset inside the engine: its handle, the clause behind each of its rules, and what any premise looks for."""

    handle: int
    clauses: dict[str, Clause]
    wanted: frozenset[tuple[str, str]]


class Durable:
    """Forward chaining by durable_rules. Raises `InputError` where its module cannot be imported, saying why."""

    def __init__(self) -> None:
        try:
            self._engine: Any = import_module("durable_rules_engine")
        except ImportError as error:
            hint = "install compliance[durable] on Python 3.11 or 3.12, or leave --chainer out"
            message = f"durable_rules cannot be imported: {error}"
            raise InputError(Problem(Source("--chainer"), "usage", message, hint)) from None

    def run(self, rules: Sequence[Clause], atoms: Iterable[Atom]) -> Trace:
        """Everything that follows; see `Chainer`. Raises `ValueError` for rules beyond what the engine bears."""
        given = sorted(set(atoms))
        if not rules:
            return Trace()
        compiled = _compile(self._engine, tuple(rules))
        session = f"s{next(_sessions)}"
        firings: set[Firing] = set()
        try:
            self._chain(compiled, session, given, firings)
        finally:
            self._engine.delete_state(compiled.handle, session)
        return arrange(given, firings)

    def _chain(self, compiled: _Compiled, session: str, given: list[Atom], firings: set[Firing]) -> None:
        """Assert everything, then take one firing after the other and assert what is new in it."""
        engine, handle = self._engine, compiled.handle
        words: dict[str, Atom] = {}

        def tell(atom: Atom) -> None:
            fact = _fact(atom)
            if fact["id"] in words or (kind_of(atom.subject), atom.property) not in compiled.wanted:
                return
            words[fact["id"]] = atom
            engine.assert_fact(handle, json.dumps({**fact, "sid": session}))

        for atom in sorted(given, key=_turn):
            tell(atom)
        _, state = engine.assert_fact(handle, json.dumps({"id": "go", "kind": "go", "sid": session}))
        found = engine.start_action_for_state(handle, state)
        message = found[1] if found else None
        for _ in range(MAX_STEPS):
            if not message:
                return
            for name, matched in json.loads(message).items():
                if clause := compiled.clauses.get(name):
                    premises = tuple(words[matched[f"p{i}"]["id"]] for i in range(len(clause.premises)))
                    firing = _firing(clause, premises)
                    firings.add(firing)
                    tell(firing.conclusion)
            message = engine.complete_and_start_action(handle, state)
        raise RuntimeError(f"durable_rules did not come to an end in {MAX_STEPS} steps")


@cache
def _compile(engine: Any, clauses: tuple[Clause, ...]) -> _Compiled:
    """The ruleset of these clauses, made once in the life of the process."""
    _check_ceilings(clauses)
    named = {f"r{number}": clause for number, clause in enumerate(clauses)}
    definition: dict[str, Any] = {"go": {"all": [{"p0": {"kind": "go"}}]}}
    for name, clause in named.items():
        definition[name] = {"all": _tests(clause.premises)}
    for kind in sorted({premise.kind for clause in clauses for premise in clause.premises}):
        definition[f"other-{kind}"] = {"all": [{"p0": {"kind": _token(kind)}}]}
    text = json.dumps(definition)
    handle = engine.create_ruleset(f"derivations-{digest(text.encode())[:16]}", text)
    wanted = frozenset((premise.kind, premise.property) for clause in clauses for premise in clause.premises)
    return _Compiled(handle, named, wanted)


def _check_ceilings(clauses: tuple[Clause, ...]) -> None:
    """Raises `ValueError` for what the engine would get wrong without saying so."""
    tests: dict[tuple[str, str], int] = {}
    for clause in clauses:
        if len(clause.premises) > MAX_PREMISES:
            raise ValueError(f"`{clause.rule}` has {len(clause.premises)} premises, durable_rules joins {MAX_PREMISES}")
        for premise in clause.premises:
            key = (premise.kind, premise.property)
            tests[key] = tests.get(key, 0) + 1
    for (kind, property), number in tests.items():
        if number >= MAX_TESTS_OF_ONE_FACT:
            raise ValueError(f"{number} premises look for `{property}` of a {kind}, durable_rules tests {MAX_TESTS_OF_ONE_FACT}")
    if sum(tests.values()) >= MAX_CHILDREN:
        raise ValueError(f"{sum(tests.values())} premises in all, durable_rules bears {MAX_CHILDREN}")


def _tests(premises: tuple[Pattern, ...]) -> list[dict[str, Any]]:
    """Premises in the engine's own JSON: constants as tests, variables met before as joins."""
    first: dict[str, dict[str, str]] = {}
    tests = []
    for number, premise in enumerate(premises):
        mine: list[dict[str, Any]] = [{"kind": _token(premise.kind)}, {"p": _token(premise.property)}]
        for field, variable in (("s", premise.subject), ("v", premise.value)):
            if field == "v" and not variable.startswith("$"):
                mine.append({"v": _token(variable)})
            elif variable in first:
                mine.append({field: first[variable]})
        first.setdefault(premise.subject, {f"p{number}": "s"})
        first.setdefault(premise.value, {f"p{number}": "v"})
        tests.append({f"p{number}": {"$and": mine}})
    return tests


def _fact(atom: Atom) -> dict[str, str]:
    return {
        "id": _token("\0".join(atom)),
        "kind": _token(kind_of(atom.subject)),
        "s": _token(atom.subject),
        "p": _token(atom.property),
        "v": _token(atom.value),
    }


def _token(word: str) -> str:
    return f"t{digest(word.encode('utf-8', 'surrogatepass'))[:24]}"


def _turn(atom: Atom) -> tuple[int, Atom]:
    kind = kind_of(atom.subject)
    return (1 + SUBJECTS_LAST.index(kind) if kind in SUBJECTS_LAST else 0, atom)


def _firing(clause: Clause, premises: tuple[Atom, ...]) -> Firing:
    bound: dict[str, str] = {}
    for premise, atom in zip(clause.premises, premises, strict=True):
        bound[premise.subject] = atom.subject
        if premise.value.startswith("$"):
            bound[premise.value] = atom.value
    return Firing(clause.rule, premises, clause.conclusion.fill(bound))
