"""Our openness and training compute agree with what others found at least as well as they do today.

The figures are those of tests/accuracy/README.md; every disagreement has a reason that holds, and every reason a disagreement.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import compute
import openness
import pytest
from openness import Comparison

COMPARISONS: dict[str, tuple[Callable[[Path], Comparison], int, int]] = {
    "tool": (openness.compare_tool, 1222, 43),
    "dossiers": (openness.compare_dossiers, 43, 16),
    "chat": (openness.compare_chat, 282, 45),
    "chat_dossiers": (openness.compare_chat_dossiers, 7, 4),
}
"""By name: how to compare, the least pairs that agree, the most that differ."""

SHARES = {
    ("2025-02", "counts"): (245, 0.33, 0.21),
    ("2025-02", "hardware, utilisation stated"): (30, 1.0, 0.56),
    ("2025-02", "hardware, utilisation assumed"): (72, 0.81, 0.19),
    ("2026", "counts"): (355, 0.41, 0.28),
    ("2026", "hardware, utilisation stated"): (24, 0.91, 0.62),
    ("2026", "hardware, utilisation assumed"): (99, 0.71, 0.24),
}
"""By table and method: the least rows that are computed, the least shares within a factor of 2 and of 1.1."""

LANGUAGE_SHARES = {("2025-02", "counts"): (110, 0.53, 0.31), ("2026", "counts"): (188, 0.60, 0.45)}
INSIDE = {"2025-02": (181, 347), "2026": (264, 478)}


def test_the_test_files_of_the_model_openness_tool_come_out_exactly(corpus: Path) -> None:
    files = openness.grade_test_files(corpus)
    assert len(files) == 27
    assert {one.name: one.ours for one in files} == {one.name: one.expected for one in files}
    assert {one.expected[0] for one in files} == {0, 1, 2, 3}


def test_classes_of_its_models_are_those_of_the_tool(corpus: Path) -> None:
    found = openness.compare_classes(corpus)
    assert len(found) == 210
    assert {name: (ours, theirs) for name, (ours, _, theirs) in found.items() if ours != theirs} == {}


@pytest.mark.parametrize("name", COMPARISONS)
def test_openness_agrees_and_each_disagreement_is_explained(corpus: Path, name: str) -> None:
    compare, agreeing, differing = COMPARISONS[name]
    comparison = compare(corpus)
    assert comparison.total("agree") >= agreeing
    assert comparison.total("differ") <= differing
    _, left = openness.explain(comparison)
    assert [str(one) for one in left] == []


@pytest.mark.parametrize("name", ["tool", "chat"])
def test_no_reason_without_a_disagreement(corpus: Path, name: str) -> None:
    found = {(one.model, one.case) for one in COMPARISONS[name][0](corpus).differences}
    entries = openness.read_yaml(openness.EXPLAINED)[name]
    written = {(model, case) for entry in entries.values() for model, cases in entry["cases"].items() for case in cases}
    assert written - found == set()


def test_a_reason_that_does_not_hold_explains_nothing(corpus: Path) -> None:
    spelling = next(one for one in openness.compare_tool(corpus).differences if one.given["open"])
    closed = openness.Difference("tool", spelling.model, spelling.case, "", "", {**spelling.given, "open": False})
    assert openness.explain(Comparison(differences=[spelling]))[1] == []
    assert openness.explain(Comparison(differences=[closed]))[1] == [closed]


def test_training_compute_agrees_at_least_as_well(corpus: Path) -> None:
    for wanted, found in ((SHARES, compute.tally(corpus)), (LANGUAGE_SHARES, compute.tally(corpus, language=True))):
        for key, (rows, within_2, within_a_tenth) in wanted.items():
            assert len(found[key].answers) >= rows, key
            assert found[key].share(2) >= within_2, key
            assert found[key].share(1.1) >= within_a_tenth, key


@pytest.mark.parametrize("table", INSIDE)
def test_figures_lie_inside_our_estimates_at_least_as_often(corpus: Path, table: str) -> None:
    inside, known = zip(*(one.within() for (name, _), one in compute.tally(corpus).items() if name == table), strict=True)
    assert sum(inside) >= INSIDE[table][0]
    assert sum(known) == INSIDE[table][1]


def test_each_row_further_off_is_explained(corpus: Path) -> None:
    left = [
        f"{one.row.table} {one.row.name}: {one.method}, {one.ratio:.2g}"
        for one in compute.answers(corpus)
        if not compute.is_near(one.ratio, 2) and compute.explain(one) is None
    ]
    assert left == []


def test_no_reason_for_a_row_that_is_near(corpus: Path) -> None:
    far = {
        (one.method.partition(",")[0], one.row.name, compute.explain(one))
        for one in compute.answers(corpus)
        if not compute.is_near(one.ratio, 2)
    }
    entries = compute.read_explained()
    written = {(method, name, kind) for method in entries for kind, entry in entries[method].items() for name in entry["cases"]}
    assert written - far == set()


def test_words_that_are_not_in_the_row_explain_nothing(corpus: Path) -> None:
    far = next(one for one in compute.answers(corpus) if one.row.name == "Grok-1" and one.method == "counts")
    assert compute.explain(far) == "experts"
    assert not compute._holds({"words": ["words that no row has"]}, far)
    assert not compute._holds({"words": ["25% of the weights active"], "parameters": "3e9"}, far)
