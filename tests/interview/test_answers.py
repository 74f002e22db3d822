"""Answers as people type them, and the right form for those that do not fit."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.catalogue import load_catalogue
from compliance.interview import Judge, read_answer, read_judge

CATALOGUE, _ = load_catalogue()


@pytest.mark.parametrize(
    ("fact", "typed", "told"),
    [
        ("model.is_new", "yes", "true"),
        ("model.is_new", " No ", "false"),
        ("model.is_new", "none", "none"),
        ("model.is_new", "", ""),
        ("model.is_new", "unknown", ""),
        ("model.compute.own_training", "3.4 * 10^24", "3.4*10^24"),
        ("model.compute.own_training", "3.4e24", "3.4e24"),
        ("model.compute.own_training", "2*10^24 to 5*10^24", "{from: 2*10^24, to: 5*10^24}"),
        ("model.market_date.eu", "2026-02-16", "2026-02-16"),
        ("model.modalities", "text, image", "[text, image]"),
        ("model.modalities", "[]", "[]"),
        ("model.training_status", "finished", "finished"),
        ("model.built_for", "a: b # c", '"a: b # c"'),
        ("model.built_for", "true", '"true"'),
        ("addressee.annual_revenue", "[{period: 2025, amount: 5 USD}]", "[{period: 2025, amount: 5 USD}]"),
    ],
)
def test_what_is_typed(fact: str, typed: str, told: str) -> None:
    entry = CATALOGUE.fact(fact)
    assert entry is not None
    assert read_answer(entry, typed) == told


@pytest.mark.parametrize(
    ("fact", "typed", "words"),
    [
        ("model.is_new", "maybe", "write yes or no"),
        ("model.compute.own_training", "much", "3.4*10^24"),
        ("model.compute.own_training", "5 to 2", "runs backwards"),
        ("model.market_date.eu", "16.2.2026", "2026-08-02"),
        ("model.market_date.eu", "2026-02-30", "2026-08-02"),
        ("model.training_status", "finisched", "did you mean `finished`?"),
        ("model.modalities", "text, smell", "some of: text, image"),
        ("addressee.annual_revenue", "lots", "rows:"),
        ("addressee.annual_revenue", "[{", "rows:"),
        ("model.is_new", "y\x1b[2Js", "control characters"),
        ("model.is_substantially_modified", "yes", "who made it"),
    ],
)
def test_what_is_refused_and_how_it_is_written(fact: str, typed: str, words: str) -> None:
    entry = CATALOGUE.fact(fact)
    assert entry is not None
    with pytest.raises(ValueError, match=r".") as refused:
        read_answer(entry, typed)
    assert words in str(refused.value)


def test_a_judgement_says_who_stands_for_it() -> None:
    entry = CATALOGUE.fact("model.is_substantially_modified")
    assert entry is not None
    told = read_answer(entry, "no", Judge("Jo: legal", date(2026, 10, 1), "protocol 3"))
    assert told == '{value: false, judged: {by: "Jo: legal", on: 2026-10-01, standard: protocol 3}}'
    for by, on in ((" ", "2026-10-01"), ("Jo", "soon"), ("Jo", "")):
        with pytest.raises(ValueError, match=r"name|date"):
            read_judge(by, on)
