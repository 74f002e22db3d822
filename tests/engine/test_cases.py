"""Every inline case of every card, in the real engine: what `compliance packs test` runs."""

from __future__ import annotations

import pytest

from compliance.engine.cases import Cases
from compliance.packs import Card
from compliance.packs.law import load_law

LAW = load_law()
CARDS = [card for pack in LAW.loaded.packs for card in pack.cards]
CASES = Cases(LAW.loaded.packs, LAW.catalogue)


def name(card: Card) -> str:
    return card.id + (f"@{card.since}" if card.since else "")


def test_everything_loads() -> None:
    assert not LAW.problems, "\n".join(str(p) for p in LAW.problems)


@pytest.mark.parametrize("card", CARDS, ids=name)
def test_cases_of(card: Card) -> None:
    results = list(CASES.run_card(card))
    assert results, f"{card.id} has no case"
    assert not [f"{r.case}: {r.problem}" for r in results if not r.passed]


@pytest.mark.parametrize("card", CARDS, ids=name)
def test_twins_of(card: Card) -> None:
    assert not [f"{r.case}: {r.problem}" for r in CASES.run_twins(card) if not r.passed]
