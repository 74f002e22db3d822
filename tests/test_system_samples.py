"""The sample dossiers of systems: the verdicts that the text of the AI Act demands on the days that matter, and what turns them.

Expected values are read from the consolidated text of 2026-07-27, article by article; the article stands in each test.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from compliance.engine.finding import Finding
from compliance.flow import assess_dossier
from compliance.packs.law import Law
from compliance.vocabulary import Reason, Verdict

MET, GAP, OPEN, NOT = Verdict.SATISFIED, Verdict.NOT_SATISFIED, Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE
TODAY = date(2026, 11, 23)
Key = tuple[str, str]
Assess = Callable[..., dict[Key, Finding]]


@pytest.fixture
def assess(root: Path, law: Law, tmp_path: Path) -> Assess:
    """Findings of eu/ai-act by provision and role, of a sample whose manifest is changed by patterns and their replacements."""

    def run(sample: str, at: date, *edits: tuple[str, str]) -> dict[Key, Finding]:
        folder = tmp_path / f"{sample}-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(root / "samples" / sample, folder)
        manifest = folder / "compliance.yaml"
        text = manifest.read_text("utf-8")
        for pattern, replacement in edits:
            text, count = re.subn(pattern, replacement, text, flags=re.MULTILINE)
            assert count, f"{pattern} is not in the manifest of {sample}"
        manifest.write_text(text, "utf-8")
        done = assess_dossier(folder, law, at, names=("eu/ai-act",))
        assert done.problems == ()
        return {(f.provision.removeprefix("eu/ai-act/").partition("@")[0], f.role): f for f in done.assessment.findings}

    return run


def verdicts(findings: dict[Key, Finding], role: str, *provisions: str) -> list[Verdict]:
    return [findings[one, role].verdict for one in provisions]


def reasons(findings: dict[Key, Finding], role: str, *provisions: str) -> list[Reason | None]:
    return [findings[one, role].reason for one in provisions]


class TestCvScreening:
    EVE, FIRST, AFTER_START = date(2027, 12, 1), date(2027, 12, 2), date(2027, 12, 7)
    DEPLOYER = ("art-26-1", "art-26-2", "art-26-7", "art-26-11", "art-27-1")
    PROVIDER = ("art-9-1", "art-9-2", "art-43-2", "art-49-1", "art-72-3")

    def test_today_the_open_model_owes_two_of_four(self, assess: Assess) -> None:
        """Art. 53(2) frees from 53(1)(a) and (b) and from nothing else."""
        found = assess("cv-screening", TODAY)
        assert reasons(found, "provider", "art-53-1-a", "art-53-1-b") == [Reason.EXEMPT, Reason.EXEMPT]
        assert verdicts(found, "provider", "art-53-1-c", "art-53-1-d") == [OPEN, GAP]

    def test_without_the_free_licence_all_four_are_owed(self, assess: Assess) -> None:
        found = assess("cv-screening", TODAY, (r"public: \{weights: true", "public: {weights: false"))
        assert verdicts(found, "provider", "art-53-1-a", "art-53-1-b", "art-53-1-d") == [GAP, GAP, GAP]

    def test_high_risk_begins_on_its_day(self, assess: Assess) -> None:
        """Art. 113, third paragraph, (c)(i)."""
        eve, first = (assess("cv-screening", day) for day in (self.EVE, self.FIRST))
        for role, provisions in (("deployer", self.DEPLOYER), ("provider", self.PROVIDER)):
            assert set(reasons(eve, role, *provisions)) == {Reason.NOT_YET_APPLICABLE}
            assert Reason.NOT_YET_APPLICABLE not in reasons(first, role, *provisions)
        assert verdicts(first, "deployer", "art-26-1", "art-26-2", "art-26-11") == [MET, MET, MET]

    def test_duties_of_model_deployer_and_provider_hold_together(self, assess: Assess) -> None:
        """Art. 25(1)(c) makes the deployer provider as well; neither that nor Chapter V displaces the other. Art. 2(12) frees
        no high-risk system, though this one is free and open."""
        found = assess("cv-screening", self.AFTER_START)
        assert verdicts(found, "deployer", "art-26-2", "art-26-7", "art-27-1") == [MET, GAP, GAP]
        assert verdicts(found, "provider", "art-9-1", "art-43-2", "art-49-1", "art-72-3") == [MET, GAP, GAP, GAP]
        assert verdicts(found, "provider", "art-53-1-c", "art-53-1-d") == [OPEN, GAP]

    def test_without_a_new_purpose_it_only_deploys(self, assess: Assess) -> None:
        found = assess("cv-screening", self.AFTER_START, ("changes_intended_purpose: true", "changes_intended_purpose: false"))
        assert set(reasons(found, "provider", *self.PROVIDER)) == {Reason.OUT_OF_SCOPE}
        assert verdicts(found, "deployer", "art-26-2", "art-26-7") == [MET, GAP]

    def test_rights_are_assessed_only_by_public_bodies_and_services(self, assess: Assess) -> None:
        """Art. 27(1) names no private employer as such."""
        edit = (r"provides_public_services: \{value: true", "provides_public_services: {value: false")
        found = assess("cv-screening", self.AFTER_START, edit)
        assert reasons(found, "deployer", "art-27-1") == [Reason.OUT_OF_SCOPE]
        assert verdicts(found, "deployer", "art-26-7") == [GAP]

    def test_a_works_council_that_was_told_closes_the_gap(self, assess: Assess) -> None:
        edit = (r"recipients: \[affected_workers\]", "recipients: [affected_workers, workers_representatives]")
        assert verdicts(assess("cv-screening", self.AFTER_START, edit), "deployer", "art-26-7") == [MET]

    @pytest.mark.parametrize("fact", ["annex_iii_areas", "purpose.recruitment_or_selection", "performs_profiling"])
    def test_a_missing_fact_never_gives_a_lower_class(self, assess: Assess, fact: str) -> None:
        """While it is not known, duties that are not met are open: unknown profiling may block the way out of Art. 6(3)."""
        without = (rf"^  {re.escape(fact)}: .*\n", "")
        harmless = (r"poses_no_significant_risk: \{value: false", "poses_no_significant_risk: {value: true")
        found = assess("cv-screening", self.AFTER_START, without, harmless)
        told = verdicts(found, "deployer", *self.DEPLOYER) + verdicts(found, "provider", "art-43-2", "art-49-1", "art-72-3")
        assert set(told) <= {OPEN, MET}
        assert verdicts(found, "provider", "art-43-2", "art-49-1", "art-72-3") == [OPEN, OPEN, OPEN]

    def test_profiling_blocks_the_way_out(self, assess: Assess) -> None:
        """Art. 6(3), third subparagraph: a preparatory task without significant risk stays high-risk if it profiles."""
        harmless = (r"poses_no_significant_risk: \{value: false", "poses_no_significant_risk: {value: true")
        blocked = assess("cv-screening", self.AFTER_START, harmless)
        assert verdicts(blocked, "deployer", "art-26-7") == [GAP]
        profiles_nobody = (r"performs_profiling: \{value: true", "performs_profiling: {value: false")
        freed = assess("cv-screening", self.AFTER_START, harmless, profiles_nobody)
        assert reasons(freed, "deployer", "art-26-7") == [Reason.OUT_OF_SCOPE]


class TestEmotionAtWork:
    STRICT = (r"reasons_for_inferring_emotions: \{value: \[other\]", "reasons_for_inferring_emotions: {value: [medical]")
    MIXED = (r"reasons_for_inferring_emotions: \{value: \[other\]", "reasons_for_inferring_emotions: {value: [medical, other]")
    ROLES = ("provider", "deployer")

    def ban(self, found: dict[Key, Finding]) -> list[Verdict]:
        return [found["art-5-1-f", role].verdict for role in self.ROLES]

    def test_it_is_forbidden_to_supply_and_to_use(self, assess: Assess) -> None:
        """Art. 5(1)(f), since 2025-02-02."""
        assert self.ban(assess("emotion-workplace", TODAY)) == [GAP, GAP]

    def test_the_ban_begins_on_its_day(self, assess: Assess) -> None:
        old = (r"2026-09-07", "2025-02-02")
        assert self.ban(assess("emotion-workplace", date(2025, 2, 2), old)) != [NOT, NOT]
        eve = assess("emotion-workplace", date(2025, 2, 1), old)
        assert [eve["art-5-1-f", role].reason for role in self.ROLES] == [Reason.NOT_YET_APPLICABLE] * 2

    def test_a_medical_reason_lifts_it_and_no_second_reason_may_stand_beside(self, assess: Assess) -> None:
        strict = assess("emotion-workplace", TODAY, self.STRICT)
        assert [strict["art-5-1-f", role].reason for role in self.ROLES] == [Reason.EXEMPT, Reason.EXEMPT]
        assert self.ban(assess("emotion-workplace", TODAY, self.MIXED)) == [GAP, GAP]

    def test_a_reason_that_nobody_judged_is_open(self, assess: Assess) -> None:
        unjudged = (r"reasons_for_inferring_emotions: .*", "reasons_for_inferring_emotions: unknown")
        assert self.ban(assess("emotion-workplace", TODAY, unjudged)) == [OPEN, OPEN]

    def test_once_permitted_it_is_high_risk(self, assess: Assess) -> None:
        """Annex III, point 1(c), from 2027-12-02 for a system put into service from then on (Art. 111(2))."""
        permitted = (r"use_is_permitted_by_law: \{value: false", "use_is_permitted_by_law: {value: true")
        narrow = (r"annex_iii_areas: .*", "annex_iii_areas: [biometrics]")
        new = (r"service_date.eu: 2026-09-07", "service_date.eu: 2027-12-02")
        edits = (self.STRICT, permitted, narrow, new)
        assert verdicts(assess("emotion-workplace", date(2027, 12, 3), *edits), "provider", "art-9-1") == [GAP]
        eve = assess("emotion-workplace", date(2027, 12, 1), *edits)
        assert reasons(eve, "provider", "art-9-1") == [Reason.NOT_YET_APPLICABLE]
        older = edits[:-1]
        assert reasons(assess("emotion-workplace", date(2027, 12, 3), *older), "provider", "art-9-1") == [Reason.EXEMPT]

    def test_notice_is_owed_beside_it_and_heals_nothing(self, assess: Assess) -> None:
        """Art. 50(3): two duties, and the data are not processed lawfully."""
        assert verdicts(assess("emotion-workplace", TODAY), "deployer", "art-50-3") == [GAP]
        lawful = (r"data_processing_is_lawful: \{value: false", "data_processing_is_lawful: {value: true")
        found = assess("emotion-workplace", TODAY, lawful)
        assert verdicts(found, "deployer", "art-50-3", "art-5-1-f") == [MET, GAP]


class TestMedicalImage:
    EVE, FIRST, AFTER_SUPPLY = date(2028, 8, 1), date(2028, 8, 2), date(2028, 9, 12)

    def test_high_risk_by_product_begins_on_its_day(self, assess: Assess) -> None:
        """Art. 6(1) with Art. 113, third paragraph, (c)(ii)."""
        eve, first = (assess("medical-image", day) for day in (self.EVE, self.FIRST))
        assert set(reasons(eve, "provider", "art-9-1", "art-9-2", "art-72-3", "art-43-3")) == {Reason.NOT_YET_APPLICABLE}
        assert verdicts(first, "provider", "art-9-1", "art-9-2", "art-72-3") == [MET, MET, MET]

    def test_the_procedure_of_the_device_law_must_hold_the_requirements(self, assess: Assess) -> None:
        """Art. 43(3); Art. 43(2) and Art. 49 are for Annex III."""
        found = assess("medical-image", self.AFTER_SUPPLY)
        assert verdicts(found, "provider", "art-43-3") == [GAP]
        assert reasons(found, "provider", "art-43-2", "art-49-1") == [Reason.OUT_OF_SCOPE, Reason.OUT_OF_SCOPE]
        whole = ("covers_section_2_requirements: false", "covers_section_2_requirements: true")
        assert verdicts(assess("medical-image", self.AFTER_SUPPLY, whole), "provider", "art-43-3") == [MET]

    def test_both_conditions_make_the_class(self, assess: Assess) -> None:
        """Art. 6(1)(a) and (b): without a third party it is not high-risk; while that is not known, it is open."""
        line = r"product_needs_third_party_assessment: .*"
        no = assess("medical-image", self.AFTER_SUPPLY, (line, "product_needs_third_party_assessment: false"))
        assert reasons(no, "provider", "art-43-3", "art-15-5") == [Reason.OUT_OF_SCOPE, Reason.OUT_OF_SCOPE]
        unknown = assess("medical-image", self.AFTER_SUPPLY, (line, "product_needs_third_party_assessment: unknown"))
        assert verdicts(unknown, "provider", "art-43-3", "art-15-5") == [OPEN, OPEN]

    def test_an_older_device_stays_out_until_its_design_changes(self, assess: Assess) -> None:
        """Art. 111(2), first sentence."""
        older = ("market_date.eu: 2028-09-11", "market_date.eu: 2028-08-01")
        assert reasons(assess("medical-image", self.AFTER_SUPPLY, older), "provider", "art-72-3") == [Reason.EXEMPT]
        changed = ("last_significant_design_change.eu: none", "last_significant_design_change.eu: 2028-08-02")
        assert verdicts(assess("medical-image", self.AFTER_SUPPLY, older, changed), "provider", "art-72-3") == [MET]


class TestImageGenerator:
    LAST, AFTER = date(2026, 12, 2), date(2026, 12, 3)

    def test_grace_until_its_last_day(self, assess: Assess) -> None:
        """Art. 111(4): on the market before 2026-08-02, comply by 2026-12-02."""
        assert reasons(assess("image-generator", self.LAST), "provider", "art-50-2") == [Reason.IN_TRANSITION]
        assert verdicts(assess("image-generator", self.AFTER), "provider", "art-50-2") == [MET]

    def test_no_grace_from_the_day_of_application_on(self, assess: Assess) -> None:
        new, bare = ("market_date.eu: 2026-05-12", "market_date.eu: 2026-08-02"), (r"marked_outputs: .*", "marked_outputs: []")
        assert verdicts(assess("image-generator", TODAY, new, bare), "provider", "art-50-2") == [GAP]

    def test_a_detector_is_evidence_only_while_it_works_and_for_what_it_detects(self, assess: Assess) -> None:
        """Art. 50(2), first sentence: marked and detectable; a document shows the second and never the first."""
        off = ("is_in_operation: true\n      detects", "is_in_operation: false\n      detects")
        found = assess("image-generator", self.AFTER, off)
        assert verdicts(found, "provider", "art-50-2") == [OPEN]
        assert "system.detectable_outputs" in found["art-50-2", "provider"].because
        wider = (r"(synthetic|marked)_outputs: \[image\]", r"\1_outputs: [image, video]")
        assert verdicts(assess("image-generator", self.AFTER, wider), "provider", "art-50-2") == [OPEN]
        bare = (r"marked_outputs: .*", "marked_outputs: []")
        assert verdicts(assess("image-generator", self.AFTER, bare), "provider", "art-50-2") == [GAP]

    def test_a_detector_does_not_settle_how_well_it_works(self, assess: Assess) -> None:
        """Art. 50(2), second sentence."""
        own = ("follows_code_on_marking: true", "follows_code_on_marking: false")
        assert verdicts(assess("image-generator", self.AFTER, own), "provider", "art-50-2") == [OPEN]

    def test_a_guardrail_stands_in_for_no_judgement(self, assess: Assess) -> None:
        """Art. 5(1)(ba) with (1a)(a)(ii), from 2026-12-02."""
        assert reasons(assess("image-generator", date(2026, 12, 1)), "provider", "art-5-1-ba") == [Reason.NOT_YET_APPLICABLE]
        assert verdicts(assess("image-generator", self.LAST), "provider", "art-5-1-ba") == [MET]
        unjudged = (r"  has_adequate_safeguards_against_it: .*", "  has_adequate_safeguards_against_it: unknown")
        assert verdicts(assess("image-generator", self.LAST, unjudged), "provider", "art-5-1-ba") == [OPEN]


class TestGuardedChatbot:
    NO_FRAUD = "is_used_for_financial_fraud_detection: false"
    PROFILES = "performs_profiling: {value: true, judged: {by: me, on: 2026-10-01}}"
    CREDIT = (
        (r"annex_iii_areas: \[\]", f"annex_iii_areas: [credit]\n  purpose.creditworthiness: true\n  {NO_FRAUD}"),
        (r"is_generative: true", f"is_about_natural_persons: true\n  {PROFILES}"),
        (r"service_date.eu: 2026-08-24", "service_date.eu: 2027-12-02"),
        (r"sole_purpose: none", "sole_purpose: none\n  is_under_cyber_resilience_act: false"),
    )
    FIRST = date(2027, 12, 2)

    def attacks(self, *which: str) -> tuple[str, str]:
        judged = f"relevant_ai_attacks: {{value: [{', '.join(which)}], judged: {{by: me, on: 2026-10-01}}}}"
        return r"uses_biometric_data: false", f"uses_biometric_data: false\n  {judged}"

    def test_people_are_told(self, assess: Assess) -> None:
        """Art. 50(1), from 2026-08-02."""
        assert reasons(assess("guarded-chatbot", date(2026, 8, 1)), "provider", "art-50-1") == [Reason.NOT_YET_APPLICABLE]
        assert verdicts(assess("guarded-chatbot", date(2026, 8, 2)), "provider", "art-50-1") == [MET]
        silent = (r"informs_people_of_ai: .*", "informs_people_of_ai: false")
        assert verdicts(assess("guarded-chatbot", TODAY, silent), "provider", "art-50-1") == [GAP]

    def test_a_guardrail_is_no_detector(self, assess: Assess) -> None:
        """Art. 50(2); put into service and never on the market, so Art. 111(4) gives no grace."""
        assert verdicts(assess("guarded-chatbot", TODAY), "provider", "art-50-2") == [OPEN]
        none = (r"marked_outputs: \[text\]", "marked_outputs: [text]\n  detectable_outputs: []")
        assert verdicts(assess("guarded-chatbot", TODAY, none), "provider", "art-50-2") == [GAP]

    def test_nothing_of_high_risk_is_owed_and_unknown_areas_leave_it_open(self, assess: Assess) -> None:
        found = assess("guarded-chatbot", self.FIRST)
        assert reasons(found, "provider", "art-72-3", "art-15-5-s3") == [Reason.OUT_OF_SCOPE, Reason.OUT_OF_SCOPE]
        unknown = assess("guarded-chatbot", date(2028, 1, 3), (r"  annex_iii_areas: \[\]\n", ""), *self.CREDIT[2:])
        assert verdicts(unknown, "provider", "art-43-2", "art-49-1", "art-15-5") == [OPEN, OPEN, OPEN]

    def test_as_a_credit_check_its_papers_are_evidence(self, assess: Assess) -> None:
        """Annex III, point 5(b): Art. 15(5), third subparagraph, and Art. 72(3)."""
        countered = self.attacks("adversarial_examples", "confidentiality_attacks")
        found = assess("guarded-chatbot", self.FIRST, *self.CREDIT, countered)
        assert verdicts(found, "provider", "art-72-3", "art-15-5-s3") == [MET, MET]
        assert verdicts(found, "provider", "art-15-5") == [OPEN]
        eve = assess("guarded-chatbot", date(2027, 12, 1), *self.CREDIT, countered)
        assert reasons(eve, "provider", "art-72-3", "art-15-5-s3") == [Reason.NOT_YET_APPLICABLE, Reason.NOT_YET_APPLICABLE]

    def test_what_the_guardrail_does_not_counter_stays_open(self, assess: Assess) -> None:
        more = self.attacks("adversarial_examples", "data_poisoning")
        assert verdicts(assess("guarded-chatbot", self.FIRST, *self.CREDIT, more), "provider", "art-15-5-s3") == [OPEN]
        off = (r"is_in_operation: true", "is_in_operation: false")
        same = self.attacks("adversarial_examples")
        assert verdicts(assess("guarded-chatbot", self.FIRST, *self.CREDIT, same, off), "provider", "art-15-5-s3") == [OPEN]

    def test_a_complete_list_without_it_contradicts_the_guardrail(self, assess: Assess) -> None:
        attacks = self.attacks("adversarial_examples")
        less = (self.NO_FRAUD, f"{self.NO_FRAUD}\n  countered_ai_attacks: []")
        found = assess("guarded-chatbot", self.FIRST, *self.CREDIT, less, attacks)
        assert reasons(found, "provider", "art-15-5-s3") == [Reason.CONTRADICTION]
