"""What we say of documents and providers that others have graded is no worse than today; see tests/accuracy/README.md."""

from __future__ import annotations

from pathlib import Path

import aireg
import crfm

from compliance.packs.law import Law
from compliance.vocabulary import Verdict


def test_no_verdict_contradicts_the_experts_without_a_reason(corpus: Path) -> None:
    answers = [answer for one in aireg.read_all(corpus) for answer in one.answers]
    assert len(answers) >= 350
    assert sum(one.agrees is True for one in answers) >= 1
    assert [one.case for one in answers if one.agrees is False and not aireg.explain(corpus, one)] == []
    assert not any(one.verdict is Verdict.NOT_SATISFIED for one in answers)


def test_every_graded_document_is_of_a_high_risk_system(corpus: Path) -> None:
    reads = aireg.read_all(corpus)
    assert len(reads) == 75
    assert [one.graded.name for one in reads if not one.high_risk] == []
    assert {one.graded.article for one in reads if one.answers} == set(aireg.KINDS)


def test_topics_are_found_where_the_experts_are_content(corpus: Path) -> None:
    reads = aireg.read_all(corpus)
    assert aireg.found_in(reads, aireg.COMPLIANT) >= 20
    assert aireg.found_in(reads, aireg.NOT_COMPLIANT) <= 3


def test_no_reason_without_a_contradiction(corpus: Path) -> None:
    differ = {answer.case for one in aireg.read_all(corpus) for answer in one.answers if answer.agrees is False}
    written = {case for entry in aireg.read_explained().values() for case in entry["cases"]}
    assert written - differ == set()


def test_each_requirement_of_2023_has_its_place_in_the_act(corpus: Path, law: Law) -> None:
    cards = {card.id for pack in law.loaded.packs for card in pack.cards}
    entries = crfm.read_explained()["requirements"]
    assert {one.requirement for one in crfm.read_grades(corpus)} == set(entries)
    assert {f"eu/ai-act/{card}" for one in entries.values() for card in one.get("cards", ())} - cards == set()
    assert all(one["law"] or one["kind"] == "none" for one in entries.values())
    assert all(one["topics"] for one in entries.values() if one["kind"] in crfm.COMPARABLE)


def test_annotators_agree_as_often_as_is_written(corpus: Path) -> None:
    counts = crfm.ceiling(corpus)
    assert (counts["same"], counts["one apart"], counts["more apart"]) == (56, 13, 3)
    assert counts["same on whether there is anything"] == 68


def test_documents_of_graded_models_agree_and_each_disagreement_is_explained(corpus: Path) -> None:
    answers = list(crfm.compare_documents(corpus))
    assert len(answers) == 32
    assert sum(one.outcome == "agree" for one in answers) >= 8
    differ = [one for one in answers if one.outcome == "differ"]
    assert len(differ) <= 7
    assert [one.case for one in differ if not crfm.explain(corpus, one)] == []
    written = {case for entry in crfm.read_explained()["explained"].values() for case in entry["cases"]}
    assert written == {one.case for one in differ}


def test_no_denial_of_an_annotator_is_taken_for_a_description(corpus: Path) -> None:
    answers = list(crfm.compare_words(corpus))
    assert len(answers) == 84
    assert sum(not any(one.points) for one in answers) >= 31
    assert [one.case for one in answers if one.outcome == "differ"] == []
    assert sum(one.outcome == "agree" for one in answers) >= 10
