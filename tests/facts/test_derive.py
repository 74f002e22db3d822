"""From statements to what is known: licences, what is public, contradictions, and the same bytes for any order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from chainer_here import needs_durable
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.catalogue import load_catalogue
from compliance.catalogue.licences import PERMISSIONS, Answer, Licence, load_licences
from compliance.documents import read_documents
from compliance.facts import Known, derive_facts
from compliance.reading import Source
from compliance.vocabulary import NONE, UNKNOWN, EdgeStatement, Fact, FactStatement, NodeStatement, Statement, Terms, to_json

CATALOGUE, _ = load_catalogue()
AT = date(2026, 11, 23)
FREE = "model.is_released_under_free_licence"
ALLOWS = "model.licence.allows"


def licence(name: str, line: int, *, free: bool | None, **permits: bool) -> Licence:
    answers = {what: Answer(permits.get(what), "") for what in PERMISSIONS}
    source = Source("rules/licences/test.yaml", line)
    return Licence(name, name, "test", "software", (), answers, Answer(free, ""), source=source)


ALL = dict.fromkeys(PERMISSIONS, True)
LICENCES = {
    "MIT": licence("MIT", 1, free=True, **ALL),
    "limited": licence("limited", 2, free=False, **{**ALL, "use": False}),
    "vague": licence("vague", 3, free=None, access=True),
}


def known(*statements: Statement, chainer: str = "builtin") -> Known:
    return derive_facts(statements, CATALOGUE, LICENCES, AT, chainer)


def facts_of(model: str, *statements: Statement) -> dict[str, Fact]:
    return dict(known(*statements).facts.get(f"model:{model}", {}))


def edge(start: str, name: str, end: str, **attributes: str) -> EdgeStatement:
    return EdgeStatement(f"model:{start}", name, end, Source(f"{start}.md", 3), attributes)


def test_a_licence_says_what_it_permits() -> None:
    found = facts_of("m", edge("m", "licensed_under", "licence:MIT"))
    assert {name: fact.value for name, fact in found.items()} == {
        FREE: True,
        f"{ALLOWS}.access": True,
        f"{ALLOWS}.use": True,
        f"{ALLOWS}.modification": True,
        f"{ALLOWS}.distribution": True,
    }
    assert found[FREE].how == "derived"
    assert found[FREE].note == "A model is released as freely as its licence"
    assert found[FREE].sources == (Source("m.md", 3), Source("rules/licences/test.yaml", 1))
    assert found[FREE].because == ("licensed_under", "licence:MIT licence.is_free_and_open")


def test_a_licence_with_a_limit_is_neither_free_nor_for_every_use() -> None:
    found = facts_of("m", edge("m", "licensed_under", "licence:limited"))
    assert (found[FREE].value, found[f"{ALLOWS}.use"].value, found[f"{ALLOWS}.modification"].value) == (False, False, True)


@pytest.mark.parametrize("name", ["never heard of", "vague"])
def test_what_is_not_known_of_a_licence_is_not_derived(name: str) -> None:
    found = facts_of("m", edge("m", "licensed_under", f"licence:{name}"))
    assert set(found) <= {f"{ALLOWS}.access"}


def test_licences_joined_by_or_and_by_and() -> None:
    either = facts_of("m", edge("m", "licensed_under", "licence:MIT OR limited"))
    both = facts_of("m", edge("m", "licensed_under", "licence:MIT AND limited"))
    assert (either[FREE].value, both[FREE].value) == (True, False)
    assert len(either[FREE].sources) == 3


@pytest.mark.parametrize("covers", ["code", "data", "neither"])
def test_the_licence_of_the_code_is_not_that_of_the_model(covers: str) -> None:
    assert facts_of("m", edge("m", "licensed_under", "licence:MIT", covers=covers)) == {}
    assert FREE in facts_of("m", edge("m", "licensed_under", "licence:MIT", covers="model"))


def test_two_licences_that_differ_are_a_contradiction() -> None:
    found = facts_of("m", edge("m", "licensed_under", "licence:MIT"), edge("m", "licensed_under", "licence:limited"))
    assert (found[FREE].value, found[FREE].how) == (UNKNOWN, "contradiction")
    assert found[f"{ALLOWS}.access"].value is True


def test_a_stated_fact_that_the_licence_denies_is_a_contradiction_and_one_it_confirms_stands() -> None:
    stated = FactStatement("model:m", FREE, True, Source("compliance.yaml", 8))
    found = facts_of("m", edge("m", "licensed_under", "licence:limited"), stated)[FREE]
    assert (found.value, found.how) == (UNKNOWN, "contradiction")
    assert "false (A model is released as freely as its licence: m.md:3, rules/licences/test.yaml:2)" in found.note
    assert "true (stated: compliance.yaml:8)" in found.note
    assert Source("compliance.yaml", 8) in found.sources
    assert facts_of("m", edge("m", "licensed_under", "licence:MIT"), stated)[FREE] == Fact(FREE, True, (stated.source,))


def test_a_stated_none_is_a_side_of_its_own() -> None:
    stated = FactStatement("model:m", FREE, NONE, Source("compliance.yaml", 8))
    found = facts_of("m", edge("m", "licensed_under", "licence:MIT"), stated)[FREE]
    assert (found.value, found.how) == (UNKNOWN, "contradiction")
    assert found.note.startswith("none (stated: compliance.yaml:8) against true (A model is released")


def test_no_rule_settles_what_documents_dispute() -> None:
    sides = [FactStatement("model:m", FREE, value, Source("x.md", int(value))) for value in (True, False)]
    found = facts_of("m", edge("m", "licensed_under", "licence:MIT"), *sides)[FREE]
    assert (found.how, found.note) == ("contradiction", "false (x.md) against true (x.md:1)")


def test_a_free_fine_tune_of_a_limited_base_is_a_contradiction_that_goes_no_further() -> None:
    made = [
        edge("base", "licensed_under", "licence:limited"),
        edge("tune", "derived_from", "model:base", relation="finetune"),
        edge("tune", "licensed_under", "licence:MIT"),
        edge("again", "derived_from", "model:tune", relation="quantize"),
        edge("again", "licensed_under", "licence:MIT"),
    ]
    found = facts_of("tune", *made)
    for name in (FREE, f"{ALLOWS}.use"):
        assert (found[name].value, found[name].how) == (UNKNOWN, "contradiction")
        assert {"base.md", "tune.md"} <= {source.file for source in found[name].sources}
    assert found[f"{ALLOWS}.modification"].value is True
    assert facts_of("base", *made)[FREE].value is False
    assert facts_of("again", *made)[FREE].value is UNKNOWN
    distilled = [*made[:1], edge("tune", "derived_from", "model:base", relation="distil"), made[2]]
    assert facts_of("tune", *distilled)[FREE].value is True


def test_what_is_public() -> None:
    topics = Terms(frozenset({"architecture_and_parameters", "languages"}), complete=False)
    document = NodeStatement("document:card", Source("README.md", 1), {"kind": "model_card", "public": True, "topics": topics})
    found = facts_of("m", edge("m", "documented_by", "document:card"), document)
    assert {name: fact.value for name, fact in found.items()} == {"model.public.architecture": True}
    private = NodeStatement("document:card", Source("README.md", 1), {"public": False, "topics": topics})
    assert facts_of("m", edge("m", "documented_by", "document:card"), private) == {}


def test_weights_are_public_only_on_stated_grounds() -> None:
    def weights(**stated: bool) -> object:
        made = [FactStatement("model:m", f"model.{name}", value, Source("a.md", 1)) for name, value in stated.items()]
        return facts_of("m", *made).get("model.public.weights")

    assert weights(has_weight_files=True) is None
    assert weights(is_in_public_repository=True) is None
    assert weights(is_in_public_repository=False, has_weight_files=True) is None
    both = weights(is_in_public_repository=True, has_weight_files=True)
    assert isinstance(both, Fact)
    assert both.value is True


def test_what_is_said_after_the_day_judged_is_not_known_yet() -> None:
    late = EdgeStatement("model:m", "licensed_under", "licence:MIT", Source("m.md", 3), {}, date(2026, 11, 24))
    assert facts_of("m", late) == {}
    assert FREE in derive_facts([late], CATALOGUE, LICENCES, date(2026, 11, 24)).facts["model:m"]


def test_facts_of_the_day_are_left_to_the_day() -> None:
    rows = ((("amount", "700000000 USD"), ("period", 2025), ("with_affiliates", True)),)
    said = FactStatement("organisation:o", "addressee.annual_revenue", rows, Source("report.md", 4))
    assert set(known(said).facts["organisation:o"]) == {"addressee.annual_revenue"}


def shown(found: Known) -> str:
    """Everything known, as text."""
    facts = {
        subject: {
            name: [to_json(fact.value), fact.how, fact.note, list(map(str, fact.sources)), fact.because]
            for name, fact in f.items()
        }
        for subject, f in found.facts.items()
    }
    problems = list(map(str, found.problems))
    return json.dumps([facts, problems, found.trace, list(found.graph.edges(keys=True))])


MODELS = ("a", "b", "c")
UNIVERSE: list[Statement] = [
    *(edge(a, "derived_from", f"model:{b}", relation=how) for a in MODELS for b in MODELS for how in ("finetune", "distil")),
    *(edge(a, "derived_from", f"model:{b}") for a in MODELS for b in MODELS),
    *(edge(a, "licensed_under", f"licence:{one}") for a in MODELS for one in ("MIT", "limited", "MIT OR limited", "own")),
    *(edge(a, "documented_by", "document:card") for a in MODELS),
    *(FactStatement(f"model:{a}", FREE, value, Source(f"{a}.yaml", 5)) for a in MODELS for value in (True, False)),
    *(FactStatement(f"model:{a}", "model.compute.own_training", n, Source(f"{a}.md", n)) for a in MODELS for n in (1, 2)),
    *(FactStatement(f"model:{a}", "model.is_derived", False, Source(f"{a}.md", 7)) for a in MODELS),
    *(
        NodeStatement("document:card", Source("card.md", n), {"public": value, "topics": ["architecture_and_parameters"]})
        for n, value in enumerate((True, False))
    ),
    *(NodeStatement(name, Source("x.yaml", 1)) for name in ("incident:i", "system:s", "organisation:o", "oops")),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(UNIVERSE), max_size=12).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_statements_changes_no_byte(both: tuple[list[Statement], list[Statement]]) -> None:
    one, other = (known(*found) for found in both)
    assert shown(one) == shown(other)
    assert one.situations == other.situations


@needs_durable
@settings(deadline=None)
@given(st.lists(st.sampled_from(UNIVERSE), max_size=14))
def test_both_chainers_know_the_same(statements: list[Statement]) -> None:
    assert shown(known(*statements)) == shown(known(*statements, chainer="durable"))


def samples() -> list[Path]:
    folder = Path(__file__).resolve().parents[2] / "samples"
    return sorted(path for path in folder.iterdir() if path.is_dir())


@needs_durable
@pytest.mark.parametrize("folder", samples(), ids=lambda path: path.name)
def test_both_chainers_know_the_same_of_every_sample(folder: Path) -> None:
    reading, (licences, _) = read_documents(folder, CATALOGUE), load_licences()
    one, other = (derive_facts(reading.statements, CATALOGUE, licences, AT, name) for name in ("builtin", "durable"))
    assert shown(one) == shown(other)
    assert one.facts != {}


PROGRAM = """
import json, sys
from datetime import date
from pathlib import Path
from compliance.catalogue import load_catalogue
from compliance.catalogue.licences import load_licences
from compliance.documents import read_documents
from compliance.facts import derive_facts
from compliance.vocabulary import to_json

catalogue = load_catalogue()[0]
reading = read_documents(Path(sys.argv[1]), catalogue)
known = derive_facts(reading.statements, catalogue, load_licences()[0], date(2026, 11, 23))
facts = [
    (subject, name, to_json(fact.value), fact.how, fact.note, fact.sources, fact.because)
    for subject, named in known.facts.items()
    for name, fact in named.items()
]
print(json.dumps([facts, known.trace, [str(problem) for problem in known.problems]]))
"""


@pytest.mark.parametrize("folder", samples()[:1], ids=lambda path: path.name)
def test_two_processes_give_the_same_bytes(folder: Path) -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) > 1000


def test_real_documentation_is_read_twice_with_the_same_result(corpus: Path) -> None:
    licences, _ = load_licences()
    folders = sorted(path for path in (corpus / "models").iterdir() if path.is_dir())[::9]
    for folder in folders:
        reading = read_documents(folder, CATALOGUE)
        once = derive_facts(reading.statements, CATALOGUE, licences, AT)
        again = derive_facts(reversed(reading.statements), CATALOGUE, licences, AT)
        assert shown(once) == shown(again)
        assert once.situations != ()


DETECTABLE = "system.detectable_outputs"


def detector(name: str, *kinds: str, works: bool = True) -> tuple[Statement, ...]:
    says = {"kind": "watermark_detector", "is_in_operation": works, "detects": Terms(frozenset(kinds))}
    document = f"document:{name}"
    return NodeStatement(document, Source(name), says), EdgeStatement("system:s", "documented_by", document, Source(name))


def detectable(*statements: Statement, chainer: str = "builtin") -> Fact | None:
    return known(NodeStatement("system:s", Source("s")), *statements, chainer=chainer).facts["system:s"].get(DETECTABLE)


def stated_detectable(*kinds: str, complete: bool = True) -> FactStatement:
    return FactStatement("system:s", DETECTABLE, Terms(frozenset(kinds), complete), Source("s"))


@pytest.mark.parametrize("chainer", ["builtin", pytest.param("durable", marks=needs_durable)])
def test_a_set_gathers_what_is_concluded_and_may_hold_more(chainer: str) -> None:
    working = (*detector("a", "image"), *detector("b", "video", "image"))
    fact = detectable(*working, *detector("c", "text", works=False), chainer=chainer)
    assert fact and (fact.value, fact.how) == (Terms(frozenset({"image", "video"}), complete=False), "derived")
    assert {place.file for place in fact.sources} >= {"a", "b"}


def test_a_stated_set_stands_if_nothing_speaks_against_it() -> None:
    for complete in (True, False):
        fact = detectable(*detector("a", "image"), stated_detectable("image", "text", complete=complete))
        assert fact and fact.value == Terms(frozenset({"image", "text"}), complete) and fact.how != "derived"


def test_a_complete_set_without_what_is_concluded_is_a_contradiction() -> None:
    fact = detectable(*detector("a", "image"), stated_detectable("text"))
    assert fact and (fact.value, fact.how) == (UNKNOWN, "contradiction")
