"""Coverage and cards fit: every row names a card that is there, every card stands in a row."""

from __future__ import annotations

import pytest

from compliance.packs import Pack
from compliance.packs.law import load_law

PACKS = load_law().loaded.packs


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.id)
def test_coverage_of(pack: Pack) -> None:
    pinpoints = {card.pinpoint for card in pack.cards}
    named = {row.card for row in pack.coverage if row.card}
    assert pack.coverage
    assert named - pinpoints == set()
    assert pinpoints - named == set()
    assert all((row.card is None) != (row.left_out is None) for row in pack.coverage)
