"""Learning a fact never changes a decided verdict, except from satisfied to not applicable (docs/grammar.md, Verdicts).

For every case of every duty, some of its facts are made unknown and then learnt one by one in some order. Official acts
are left alone: that none was made is known from silence.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.engine.case_situation import build_case, hide
from compliance.engine.cases import Cases
from compliance.engine.duties import compile_duty
from compliance.packs import Duty
from compliance.packs.law import load_law
from compliance.vocabulary import UNKNOWN, Situation, Verdict

LAW = load_law()
CASES = Cases(LAW.loaded.packs, LAW.catalogue)
DUTIES = [card for pack in LAW.loaded.packs for card in pack.cards if isinstance(card, Duty) and card.tests]


def is_act(name: str) -> bool:
    entry = LAW.catalogue.fact(name)
    return entry is not None and entry.kind == "act"


def facts_of(situation: Situation) -> list[str]:
    subjects = [situation.addressee, situation.subject, *([situation.parent] if situation.parent else [])]
    names = [n for s in subjects for n, f in s.facts.items() if f.value is not UNKNOWN] + list(situation.pair)
    return sorted(n for n in names if not is_act(n))


@pytest.mark.parametrize("card", DUTIES, ids=lambda c: c.id)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_learning_never_flips(card: Duty, data: st.DataObject) -> None:
    assert card.tests is not None
    case = data.draw(st.sampled_from(card.tests.cases))
    program = CASES.view_of(card, card.tests.given, case).program
    if program.cards.get(card.id) is not card:
        return
    stubs = CASES.view_of(card, card.tests.given, case).stubs
    situation = build_case(card, card.tests.given, case, LAW.catalogue)
    names = facts_of(situation)
    hidden = data.draw(st.permutations(names)) if names else []
    count = data.draw(st.integers(0, len(hidden)))
    unknown = list(hidden[:count])
    duty = compile_duty(program, card, card.addressee[0])
    before = duty.judge(program.view(hide(situation, frozenset(unknown)), stubs)).verdict
    while unknown:
        learnt = unknown.pop()
        after = duty.judge(program.view(hide(situation, frozenset(unknown)), stubs)).verdict
        if before is not Verdict.UNDETERMINED and after is not before:
            allowed = before is Verdict.SATISFIED and after is Verdict.NOT_APPLICABLE
            assert allowed, f"{case.name}: learning {learnt} turned {before} into {after}"
        before = after
