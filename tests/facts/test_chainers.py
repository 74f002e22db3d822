"""Both chainers: the same facts and the same trace, on every case, on graphs, and on random atoms."""

from __future__ import annotations

import importlib.util
import threading
from dataclasses import replace

import pytest
from chainer_here import WHY, needs_durable
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.catalogue import load_catalogue
from compliance.facts import check_cases, load_derivations
from compliance.facts.chainers import Atom, Clause, Firing, Pattern, Trace, arrange, choose_chainer
from compliance.reading import InputError

CATALOGUE, _ = load_catalogue()
RULES, _ = load_derivations(CATALOGUE)
CLAUSES = [clause for rule in RULES for clause in rule.clauses]
BUILTIN = choose_chainer("builtin")

DURABLE = BUILTIN if WHY else choose_chainer("durable")
CASES = [pytest.param(rule, case, id=f"{rule.id}: {case.name}") for rule in RULES for case in rule.cases]

MODELS = ("model:a", "model:b", "model:c")
DOCUMENTS = ("document:x", "document:y")
LICENCES = ("licence:k", "licence:l")
TOPICS = ("integration_means", "modality_and_format", "capabilities", "limitations", "architecture_and_parameters", "$answer")
UNIVERSE = [
    *(Atom(m, edge, n) for m in MODELS for n in MODELS for edge in ("built_on", "derived_from")),
    *(Atom(m, "licensed_under", one) for m in MODELS for one in LICENCES),
    *(Atom(m, "documented_by", one) for m in MODELS for one in DOCUMENTS),
    *(Atom(m, "model.licence.allows.use", value) for m in MODELS for value in ("true", "false")),
    *(Atom(m, f"model.{name}", "true") for m in MODELS for name in ("is_in_public_repository", "has_weight_files")),
    *(Atom(one, "licence.permits.use", value) for one in LICENCES for value in ("true", "false")),
    *(Atom(one, "licence.is_free_and_open", value) for one in LICENCES for value in ("true", "false")),
    *(Atom(one, "document.public", value) for one in DOCUMENTS for value in ("true", "false")),
    *(Atom(one, "document.topics", topic) for one in DOCUMENTS for topic in TOPICS),
    Atom('model:é\u2028"\\{', "licensed_under", "licence:k"),
    Atom("model:9223372036854775808", "built_on", "model:a"),
]


def clause(rule: str, conclusion: Pattern, *premises: Pattern) -> Clause:
    return Clause(rule, premises, conclusion)


CLOSURE = clause(
    "closure",
    Pattern("model", "$a", "built_on", "$c"),
    Pattern("model", "$a", "built_on", "$b"),
    Pattern("model", "$b", "built_on", "$c"),
)
SHARED = clause(
    "two models share a document",
    Pattern("model", "$a", "shares_with", "$b"),
    Pattern("model", "$a", "documented_by", "$d"),
    Pattern("model", "$b", "documented_by", "$d"),
)
COUPLED = clause(
    "one value for two licences",
    Pattern("model", "$a", "agreed", "$v"),
    Pattern("model", "$a", "licensed_under", "$k"),
    Pattern("licence", "$k", "licence.permits.use", "$v"),
    Pattern("licence", "$k", "licence.is_free_and_open", "$v"),
)


@pytest.mark.parametrize(("rule", "case"), CASES)
@pytest.mark.parametrize("chainer", ["builtin", pytest.param("durable", marks=needs_durable)])
def test_case(rule: object, case: object, chainer: str) -> None:
    found = next(one for one in RULES if one is rule)
    assert check_cases((replace(found, cases=tuple(one for one in found.cases if one is case)),), choose_chainer(chainer)) == ()


@needs_durable
@pytest.mark.parametrize(("rule", "case"), CASES)
def test_all_rules_together_give_one_trace(rule: object, case: object) -> None:
    given_atoms = next(c.given for one in RULES for c in one.cases if c is case)
    assert rule in RULES
    assert DURABLE.run(CLAUSES, given_atoms) == BUILTIN.run(CLAUSES, given_atoms)


@needs_durable
@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(UNIVERSE), max_size=40))
def test_random_atoms_give_one_trace(atoms: list[Atom]) -> None:
    clauses = [*CLAUSES, CLOSURE, SHARED, COUPLED]
    assert DURABLE.run(clauses, atoms) == BUILTIN.run(clauses, atoms)


@settings(deadline=None)
@given(st.lists(st.sampled_from(UNIVERSE), max_size=20).flatmap(lambda one: st.tuples(st.just(one), st.permutations(one))))
def test_the_order_of_atoms_and_rules_changes_nothing(both: tuple[list[Atom], list[Atom]]) -> None:
    assert BUILTIN.run(CLAUSES, both[0]) == BUILTIN.run(CLAUSES[::-1], both[1])


@given(st.lists(st.sampled_from(UNIVERSE), max_size=20), st.lists(st.sampled_from(UNIVERSE), max_size=5))
def test_learning_more_takes_no_conclusion_back(atoms: list[Atom], more: list[Atom]) -> None:
    before, after = BUILTIN.run(CLAUSES, atoms), BUILTIN.run(CLAUSES, [*atoms, *more])
    assert set(before.derived) <= {*after.derived, *more}
    assert set(before.firings) <= set(after.firings)


@given(st.lists(st.sampled_from(UNIVERSE), max_size=30))
def test_premises_come_before_what_rests_on_them(atoms: list[Atom]) -> None:
    trace = BUILTIN.run(CLAUSES, atoms)
    known = set(atoms)
    for firing in trace.firings:
        assert known.issuperset(firing.premises)
        known.add(firing.conclusion)
    assert set(trace.derived) == known - set(atoms)


@pytest.mark.parametrize("chainer", ["builtin", pytest.param("durable", marks=needs_durable)])
def test_transitive_closure_of_a_chain_a_diamond_and_a_circle(chainer: str) -> None:
    def run(*pairs: str) -> set[str]:
        atoms = [Atom(f"model:{one[0]}", "built_on", f"model:{one[1]}") for one in pairs]
        trace = choose_chainer(chainer).run([CLOSURE], atoms)
        return {atom.subject[-1] + atom.value[-1] for atom in trace.derived}

    assert run("ab", "bc", "cd") == {"ac", "bd", "ad"}
    assert run("ab", "ac", "bd", "cd") == {"ad"}
    assert run("ab", "bc", "ca") == {"ac", "ba", "cb", "aa", "bb", "cc"}


@pytest.mark.parametrize("chainer", ["builtin", pytest.param("durable", marks=needs_durable)])
def test_two_premises_are_never_met_by_one_atom(chainer: str) -> None:
    trace = choose_chainer(chainer).run([SHARED], [Atom("model:a", "documented_by", "document:x")])
    assert trace == Trace()


@pytest.mark.parametrize("chainer", ["builtin", pytest.param("durable", marks=needs_durable)])
def test_nothing_given_and_nothing_that_fires(chainer: str) -> None:
    runner = choose_chainer(chainer)
    assert runner.run(CLAUSES, []) == Trace()
    assert runner.run([], UNIVERSE) == Trace()
    assert runner.run(CLAUSES, [Atom("model:a", "nobody_asks", "true"), Atom("", "", "")]) == Trace()


@needs_durable
def test_durable_starts_no_thread_and_leaves_no_session_behind() -> None:
    before = threading.active_count()
    for _ in range(1100):  # more than the sessions that can live at once
        DURABLE.run([CLOSURE], [Atom("model:a", "built_on", "model:b")])
    assert threading.active_count() == before


@needs_durable
def test_durable_bears_as_many_tests_of_one_fact_as_it_is_allowed_and_no_more() -> None:
    def rules(number: int) -> list[Clause]:
        is_public = Pattern("document", "$d", "document.public", "true")
        return [
            clause(f"r{n:02}", Pattern("document", "$d", f"topic{n:02}", "true"), is_public) for n in range(number)
        ]  # fmt: skip

    atoms = [Atom("document:x", "document.public", "true")]
    assert DURABLE.run(rules(63), atoms) == BUILTIN.run(rules(63), atoms)
    assert len(DURABLE.run(rules(63), atoms).derived) == 63
    with pytest.raises(ValueError, match="64"):
        DURABLE.run(rules(64), atoms)


@needs_durable
def test_durable_refuses_more_premises_than_it_joins() -> None:
    premises = tuple(Pattern("document", "$d", "document.topics", f"t{n}") for n in range(17))
    with pytest.raises(ValueError, match="17 premises"):
        DURABLE.run([Clause("long", premises, Pattern("document", "$d", "all", "true"))], [])


@needs_durable
def test_a_failure_inside_a_run_is_raised_and_the_session_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Firing:
        raise ZeroDivisionError

    monkeypatch.setattr("compliance.facts.chainers.durable._firing", fail)
    with pytest.raises(ZeroDivisionError):
        DURABLE.run([CLOSURE], [Atom("model:a", "built_on", "model:b"), Atom("model:b", "built_on", "model:c")])
    monkeypatch.undo()
    atoms = [Atom("model:a", "built_on", "model:b"), Atom("model:b", "built_on", "model:c")]
    assert DURABLE.run([CLOSURE], atoms) == BUILTIN.run([CLOSURE], atoms)


def test_a_chainer_that_is_not_there_is_a_usage_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="there is no chainer `clips`"):
        choose_chainer("clips")

    def refuse(name: str) -> object:
        raise ImportError(f"No module named {name!r}")

    monkeypatch.setattr("compliance.facts.chainers.durable.import_module", refuse)
    with pytest.raises(InputError, match="durable_rules cannot be imported: No module named 'durable_rules_engine'"):
        choose_chainer("durable")


def test_whether_durable_is_tested_here() -> None:
    if importlib.util.find_spec("durable_rules_engine") is not None:
        assert WHY == ""


def test_a_trace_is_sorted_within_rounds() -> None:
    a, b, c = (Atom("model:a", "p", value) for value in "abc")
    late, early, other = Firing("r", (b,), c), Firing("z", (a,), b), Firing("s", (a,), c)
    assert arrange([a], [late, early, other]) == Trace((b, c), (other, early, late))
    assert arrange([], [early]) == Trace()
