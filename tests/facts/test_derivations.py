"""Derivation rules: the installed ones are sound, and every mistake in one is located."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compliance.catalogue import load_catalogue
from compliance.facts import Derivation, check_cases, load_derivations
from compliance.facts.chainers import choose_chainer
from compliance.reading import Problem

CATALOGUE, _ = load_catalogue()
RULES, PROBLEMS = load_derivations(CATALOGUE)

GOOD = """\
derivation: A derived model
when:
  - model -derived_from-> base
then:
  - model.is_derived: true
cases:
  - name: derived
    given: {model:m: {derived_from: model:b}}
    expect: {model:m: {model.is_derived: true}}
  - {name: nothing, given: {model:m: {trained_on: dataset:d}}}
"""


def load(folder: Path, text: str) -> tuple[tuple[Derivation, ...], tuple[Problem, ...]]:
    (folder / "derivations").mkdir(exist_ok=True)
    (folder / "derivations" / "rule.yaml").write_text(text, encoding="utf-8")
    return load_derivations(CATALOGUE, folder)


def test_the_installed_rules_are_read_without_a_problem() -> None:
    assert PROBLEMS == ()
    assert len(RULES) >= 10
    assert len({rule.title for rule in RULES}) == len(RULES)


def test_their_cases_hold() -> None:
    assert check_cases(RULES, choose_chainer("builtin")) == ()


def test_a_case_that_fails_shows_what_was_derived(tmp_path: Path) -> None:
    wrong = GOOD.replace("expect: {model:m: {model.is_derived: true}}", "expect: {model:b: {model.is_derived: true}}")
    rules, problems = load(tmp_path, wrong)
    assert problems == ()
    (problem,) = check_cases(rules, choose_chainer("builtin"))
    assert problem.hint == "derived model:m model.is_derived true"
    assert (problem.source.file, problem.source.line) == ("rules/derivations/rule.yaml", 7)


def test_alternatives_become_clauses_of_one_rule(tmp_path: Path) -> None:
    text = GOOD.replace(
        "  - model -derived_from-> base\n",
        "  - model -documented_by-> document\n  - document.topics: [languages, tasks]\n  - document.public: $known\n",
    ).replace("derived_from: model:b", "documented_by: document:d}, document:d: {document.topics: tasks, document.public: false")
    (rule,), problems = load(tmp_path, text)
    assert problems == ()
    assert [clause.premises[1].value for clause in rule.clauses] == ["languages", "tasks"]
    assert check_cases((rule,), choose_chainer("builtin")) == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ("derivation:", "derivations:", 1, "unknown key `derivations`", "did you mean `derivation`?"),
        ("  - name: derived\n", "  - nam: derived\n", 7, "unknown key `nam`", "did you mean `name`?"),
        ("-derived_from->", "-derives_from->", 3, "unknown relation `derives_from`", "did you mean `derived_from`?"),
        ("-derived_from->", "-->", 3, "`model --> base` is neither an arrow nor a fact", "write model -licensed_under-> licence"),
        ("-> base", "-> bases", 3, "unknown variable `bases`", "did you mean `base`?"),
        ("-> base", "-> model", 3, "a node is related to itself here", "name two variables"),
        ("model.is_derived: true\ncases", "model.is_derive: true\ncases", 5, "`model.is_derive` cannot be concluded", ""),
        ("model.is_derived: true\ncases", "model.is_derived: perhaps\ncases", 5, "`model.is_derived` is never `perhaps`", ""),
        ("model.is_derived: true\ncases", "system.is_generative: true\ncases", 5, "`system` does not occur in `when`", ""),
        ("model.is_derived: true\ncases", "model.is_derived: $answer\ncases", 5, "`answer` does not occur in `when`", ""),
        ("model.is_derived: true\ncases", "model.is_derived: $base\ncases", 5, "`$base` names a node", ""),
        ("model.is_derived: true\ncases", "model.is_derived:\ncases", 5, "`model.is_derived` has no value here", ""),
        ("model.is_derived: true\ncases", "model: true\ncases", 5, "`model` is not a fact", ""),
        (
            "model.is_derived: true\ncases",
            "model.compute.own_training: 5\ncases",
            5,
            "cannot be concluded",
            "observed or computed",
        ),
        ("model.is_derived: true\ncases", "model.is_frontier.us-ca: true\ncases", 5, "cannot be concluded", ""),
        ("model.is_derived: true\ncases", "model.is_substantially_modified: true\ncases", 5, "cannot be concluded", ""),
        ("base\n", "base\n  - model.compute.own_training: 5\n", 4, "cannot be asked for", ""),
        ("base\n", "base\n  - model.is_new_: true\n", 4, "`model.is_new_` cannot be asked for", "did you mean `model.is_new`?"),
        ("base\n", "base\n  - system.is_generative: true\n", 4, "this line has nothing to do with those before it", "arrow"),
        (
            "base\n",
            "base\n  - model -documented_by-> document\n  - document.topics: tax\n",
            5,
            "`document.topics` is never `tax`",
            "",
        ),
        ("base\n", "base\n  - model -licensed_under-> licence\n  - licence.permits.us: true\n", 5, "", "`licence.permits.use`"),
        ("base\n", "base\n  - {model.is_new: true, model.is_derived: true}\n", 4, "one fact with one value was expected", ""),
        ("derived_from: model:b", "derived_form: model:b", 8, "`derived_form` cannot be asked for", ""),
        ("{model:m: {derived_from: model:b}}", "{modle:m: {derived_from: model:b}}", 8, "`modle:m` is not a node", ""),
        ("{model:m: {derived_from: model:b}}", "[]", 8, "`given` is a mapping from nodes", ""),
        ("    expect: {model:m: {model.is_derived: true}}\n", "", 6, "the cases show one side only", "derives nothing"),
        ("  - {name: nothing, given: {model:m: {trained_on: dataset:d}}}\n", "", 6, "the cases show one side only", ""),
        ("when:\n  - model -derived_from-> base\n", "", 1, "`when:` is missing", ""),
        ("when:\n  - model -derived_from-> base\n", "when: model\n", 2, "`when` is a list", ""),
        (
            "  - model.is_derived: true\ncases",
            "  - model.is_derived: true\n  - model.is_derived: true\nthen: []\ncases",
            7,
            "duplicate",
            "",
        ),
    ],
)
def test_a_mistake_is_located(tmp_path: Path, old: str, new: str, line: int, message: str, hint: str) -> None:
    assert old in GOOD
    rules, problems = load(tmp_path, GOOD.replace(old, new, 1))
    assert rules == ()
    (problem,) = problems
    assert message in problem.message
    assert hint in problem.hint
    assert (problem.source.file, problem.source.line) == ("rules/derivations/rule.yaml", line)


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "derivation: [\n", "a: &x 1\nb: *x\n", "\0"])
def test_a_file_that_is_no_rule_is_one_problem(tmp_path: Path, text: str) -> None:
    rules, problems = load(tmp_path, text)
    assert rules == ()
    assert len(problems) == 1


def test_the_rule_of_the_guide_is_a_rule(root: Path, tmp_path: Path) -> None:
    guide = (root / "docs" / "derivations.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    rules, problems = load(tmp_path, block)
    assert problems == ()
    assert check_cases(rules, choose_chainer("builtin")) == ()
