"""Edges of the table of verdicts, each with a small pack of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.catalogue import load_catalogue
from compliance.engine.cases import Cases
from compliance.packs import load_packs

INSTRUMENT = """\
instrument: An act
format: 1
kind: statute
force: [{from: 2025-01-01, is: binding, cite: s. 9}]
roles: [provider]
scope: {}
horizon: 2026-11-01
"""
AMENDMENTS = """\
- {id: act, title: An act, published: 2025-01-01, cite: s. 9}
- {id: change, title: A change, published: 2026-01-01, in_force: 2027-01-01, cite: s. 9}
"""
TIMELINE = "effective: [{date: 2025-06-01, since: act, cite: s. 9}]\n"
PARAMETERS = """\
line:
  - {value: 10^25, since: act, cite: s. 1}
  - {value: 10^26, since: act, cite: s. 1, from: 2027-01-01}
"""
HEAD = """\
obligation: A duty
cite: s. 1
gist: Something is owed.
addressee: provider
subject: model
themes: {}
review: {status: draft, checked: 2026-11-01, certainty: high}
"""
PAPER = "evidence: [{demand: a paper, path: model -documented_by-> system_card}]\n"


def run(folder: Path, *cards: str) -> list[str]:
    """The cases of the cards that differ."""
    pack = folder / "xx" / "act"
    (pack / "provisions").mkdir(parents=True)
    files = {"instrument": INSTRUMENT, "amendments": AMENDMENTS, "timeline": TIMELINE, "parameters": PARAMETERS}
    for name, text in files.items():
        (pack / f"{name}.yaml").write_text(text, "utf-8")
    for number, card in enumerate(cards, 1):
        (pack / "provisions" / f"s-{number}.yaml").write_text(card, "utf-8")
    loaded = load_packs(folder)
    assert loaded.problems == ()
    cases = Cases(loaded.packs, load_catalogue()[0])
    results = [r for c in loaded.packs[0].cards for r in (*cases.run_card(c), *cases.run_twins(c))]
    assert results
    return [f"{r.case}: {r.problem}" for r in results if not r.passed]


def duty(*lines: str) -> str:
    return HEAD + "\n".join(lines) + "\n"


def cases(given: str, *rows: str) -> str:
    body = "\n".join(f"    - {row}" for row in rows)
    return f"tests:\n  given: {given}\n  cases:\n{body}\n"


DOCUMENT = (
    "{at: 2026-06-01, inventory: complete, model: {is_new: true, documents: [{kind: system_card, published_on: 2026-07-01}]}}"
)


def test_a_document_of_the_future_is_not_there_yet(tmp_path: Path) -> None:
    card = duty(
        "when: [{model.is_new: true}]",
        PAPER.rstrip(),
        "deadline: {on_or_before: [model.deployed_at], done: published_on}",
        cases(
            DOCUMENT,
            "{name: deployed long ago, but: {model.deployed_at: 2026-05-01}, expect: not_satisfied, because: late}",
            "{name: still to be deployed, but: {model.deployed_at: 2026-08-01}, expect: not_applicable, because: not_yet_due}",
            "{name: seen later, at: 2026-07-01, but: {model.deployed_at: 2026-08-01}, expect: satisfied}",
        ),
    )
    assert run(tmp_path, card) == []


def test_a_parameter_takes_its_second_step(tmp_path: Path) -> None:
    card = duty(
        "when: [{model.compute.cumulative_training: {at_least: $parameters.line}}]",
        "evidence: [{demand: a fact, holds: [{model.is_new: true}]}]",
        cases(
            "{at: 2026-12-31, model: {is_new: true, compute.cumulative_training: 10^25}}",
            "{name: the last day of the first line, expect: satisfied}",
            "{name: the first day of the second, at: 2027-01-01, expect: not_applicable, because: out_of_scope}",
        ),
    )
    assert run(tmp_path, card) == []


def test_two_transitions_of_which_one_is_unknown(tmp_path: Path) -> None:
    card = duty(
        "when: []",
        PAPER.rstrip(),
        "deadline: {on_or_before: [model.deployed_at], done: published_on}",
        "applies:",
        "  from: $timeline.effective",
        "  transition:",
        "    - {when: [{model.is_new: false}], comply_by: 2025-09-01}",
        "    - {when: [{model.is_derived: true}], comply_by: 2025-12-01}",
        cases(
            "{at: 2026-06-01, inventory: complete, model: {is_new: false, deployed_at: 2025-01-01, "
            "documents: [{kind: system_card, published_on: 2025-10-01}]}}",
            "{name: the first alone, but: {model.is_derived: false}, expect: not_satisfied, because: late}",
            "{name: both, but: {model.is_derived: true}, expect: satisfied}",
            "{name: the second unknown, but: {model.is_derived: unknown}, expect: undetermined, because: model.is_derived}",
        ),
    )
    assert run(tmp_path, card) == []


@pytest.mark.parametrize(
    ("event", "verdict"),
    [
        ("2028-01-10", "not_applicable"), ("2026-01-10", "not_satisfied"),
        ("none", "not_applicable"), ("unknown", "undetermined"),
    ],
)  # fmt: skip
def test_a_transition_never_shortens_a_clock(tmp_path: Path, event: str, verdict: str) -> None:
    card = duty(
        "when: []",
        PAPER.rstrip(),
        "deadline: {within: 2 weeks, after: [model.art_51_1_a_met_on], done: published_on}",
        "applies:",
        "  from: $timeline.effective",
        "  transition: [{when: [{model.is_new: false}], comply_by: 2027-12-31}]",
        cases(
            "{at: 2028-01-20, inventory: complete, model: {is_new: false, documents: []}}",
            f"{{name: event, but: {{model.art_51_1_a_met_on: {event}}}, expect: {verdict}}}",
        ),
    )
    assert run(tmp_path, card) == []


def test_a_definition_that_comes_with_an_amendment(tmp_path: Path) -> None:
    definition = """\
definition: A frontier model
cite: s. 2
since: change
gist: What is new is frontier.
defines: model.is_frontier.xx
subject: model
when: [{model.is_new: true}]
review: {status: draft, checked: 2026-11-01, certainty: high}
tests:
  given: {at: 2027-02-01, model: {is_new: true}}
  cases: [{name: new, expect: true}]
"""
    card = duty(
        "when: [{model.is_frontier.xx: true}]",
        "evidence: [{demand: a fact, holds: [{model.is_derived: true}]}]",
        cases(
            "{at: 2026-12-31, model: {is_new: true, is_derived: true}}",
            "{name: the day before, expect: not_applicable, because: not_yet_applicable}",
            "{name: the first day, at: 2027-01-01, expect: satisfied}",
            "{name: before anybody knew, as_known_on: 2025-12-31, expect: not_applicable, because: out_of_scope}",
        ),
    )
    assert run(tmp_path, card, definition) == []


def test_no_roles_is_known(tmp_path: Path) -> None:
    card = duty(
        "when: []",
        "evidence: [{demand: a fact, holds: [{model.is_new: true}]}]",
        cases(
            "{at: 2026-06-01, model: {is_new: false}}",
            "{name: none, but: {addressee.roles: none}, expect: not_applicable, because: out_of_scope}",
            "{name: unknown, but: {addressee.roles: unknown}, expect: undetermined, because: addressee.roles}",
        ),
    )
    assert run(tmp_path, card) == []


def test_the_act_before_it_was_published(tmp_path: Path) -> None:
    card = duty(
        "when: []",
        "evidence: [{demand: a fact, holds: [{model.is_new: true}]}]",
        cases("{at: 2026-06-01, as_known_on: 2024-12-31, model: {is_new: false}}", "{name: nobody knew, expect: not_applicable}"),
    )
    assert run(tmp_path, card) == []
