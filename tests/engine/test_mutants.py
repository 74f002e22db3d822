"""Mutants: what they change, that cases notice them, and that a missing case lets one survive."""

from __future__ import annotations

import json
from dataclasses import replace

from typer.testing import CliRunner

from compliance.catalogue import data_folder, load_catalogue
from compliance.cli.app import app
from compliance.engine.mutants import mutants_of
from compliance.engine.mutation import mutate_packs
from compliance.packs import Card, Pack, load_packs
from compliance.packs.instrument import SurvivorRow

JURISDICTIONS = data_folder("jurisdictions")
PACKS = load_packs(JURISDICTIONS).packs
CATALOGUE = load_catalogue()[0]


def pack_of(name: str) -> Pack:
    return next(p for p in PACKS if p.id == name)


def card_of(name: str, pinpoint: str) -> Card:
    return next(c for c in pack_of(name).cards if c.pinpoint == pinpoint)


def test_each_mutant_is_another_card() -> None:
    for pack in PACKS:
        for card in pack.cards:
            for mutant in mutants_of(card, pack):
                assert mutant.card != card, mutant.name


def test_names_say_where_and_what() -> None:
    names = [m.name for m in mutants_of(card_of("us-ca/sb-53", "22757-13-c-1"), pack_of("us-ca/sb-53"))]
    assert "deadline.within: 16 days in place of 15 days" in names
    assert "deadline.within: 14 days in place of 15 days" in names
    assert "deadline.within: 15 business_days in place of 15 days" in names
    assert len(names) == len(set(names))


def test_a_missing_case_lets_its_mutant_survive() -> None:
    """Without a case that is late nobody would notice another period; a reason explains it and does not raise the share."""
    pack, card = pack_of("us-ca/sb-53"), card_of("us-ca/sb-53", "22757-13-c-1")
    others = [p for p in PACKS if p is not pack]
    only = frozenset({card.pinpoint})
    (whole,) = mutate_packs([pack], others, CATALOGUE, only=only)
    assert whole.share == 1
    assert card.tests is not None
    kept = tuple(case for case in card.tests.cases if case.expect != "not_satisfied")
    poor = card.model_copy(update={"tests": card.tests.model_copy(update={"cases": kept})})
    bare = replace(pack, cards=tuple(poor if one is card else one for one in pack.cards))
    (score,) = mutate_packs([bare], others, CATALOGUE, only=only)
    missed = [t.mutant for t in score.unexplained]
    assert "deadline.within: 16 days in place of 15 days" in missed
    assert score.share < 1
    row = SurvivorRow.model_validate({"card": card.pinpoint, "mutants": [*missed, "gone"], "because": "only a late report tells"})
    (told,) = mutate_packs([replace(bare, survivors=(row,))], others, CATALOGUE, only=only)
    assert (told.unexplained, told.share) == ((), score.share)
    assert told.stale == ((card.id, "gone"),)


def test_two_processes_find_what_one_finds() -> None:
    chosen = [pack_of("us-ny-nyc/ll-144")]
    others = [p for p in PACKS if p not in chosen]
    assert mutate_packs(chosen, others, CATALOGUE, jobs=2) == mutate_packs(chosen, others, CATALOGUE, jobs=1)


def test_command() -> None:
    result = CliRunner().invoke(app, ["packs", "mutate", "us-ny-nyc/ll-144", "--jobs", "1", "--format", "json"])
    (score,) = json.loads(result.stdout)
    assert score["noticed"] == score["mutants"] - len(score["survivors"]) > 30
    unexplained = [one for one in score["survivors"] if one["because"] is None]
    assert result.exit_code == (1 if unexplained or score["noticed"] < 0.9 * score["mutants"] else 0)
