"""Verdicts on documents that experts have graded, ours against theirs: `python tests/accuracy/aireg.py [CORPUS] [--all]`.

Data: AIReg-Bench (camlsys, CC-BY-4.0): excerpts of technical documentation of fictional high-risk systems, each on one of
Articles 9, 10, 12, 14, 15, with grades of three experts from 1 to 5. For each graded document the dossier that its authors
describe is built: a provider, a high-risk system of the given use, the document as the file of its article, and nothing else. It
is assessed against eu/ai-act on a day when the articles apply, and every card on the article is compared with the median of
the experts: 4 and 5 are compliant, 1 and 2 not, 3 is neither. A decided verdict and a grade that say the opposite are a
disagreement, explained in explained/aireg.yaml, with words of the document that the explanation rests on; anything else is
printed as unexplained, and the exit code is 1. `--all` prints the topics found in each document.
"""

from __future__ import annotations

import csv
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from corpus import find_corpus

from compliance.catalogue import Catalogue
from compliance.engine.finding import Finding
from compliance.flow import Run, assess_dossier
from compliance.packs.law import Law, load_law
from compliance.reading import decode, load_yaml
from compliance.vocabulary import Terms, Verdict

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("explained") / "aireg.yaml"
TABLE = "tables/aireg-bench"
AT = date(2028, 3, 1)
KINDS = {
    "9": "risk_management_file", "10": "data_governance_file", "12": "technical_documentation", "14": "technical_documentation",
    "15": "technical_documentation",
}  # fmt: skip
"""The document that each article's excerpt is; what Articles 12, 14, 15 ask for is described in the technical file."""
REMOTE = "purpose.remote_biometric_identification: false"
USES = {
    "1": f"annex_iii_areas: [critical_infrastructure], is_safety_component.eu: true, {REMOTE}",
    "2": f"annex_iii_areas: [critical_infrastructure], is_safety_component.eu: true, {REMOTE}",
    "3": f"annex_iii_areas: [education], education_uses: [evaluation_of_learning_outcomes], {REMOTE}",
    "4": "annex_iii_areas: [education], education_uses: [detection_of_prohibited_behaviour_in_tests]",
    "5": f"annex_iii_areas: [recruitment], purpose.recruitment_or_selection: true, {REMOTE}",
}
"""The intended uses of the graded documents as facts; use 4 looks at people, and its outline leaves the means open."""
MANIFEST = """\
format: 1
organisation: {{name: provider, roles: {{eu/ai-act: [provider]}}, places_it_on_market.eu: true}}
system: {{name: graded, documents: [{{kind: {kind}, file: document.txt}}],
  is_on_market.eu: true, is_in_service.eu: true, market_date.eu: 2028-01-10, service_date.eu: 2028-01-10,
  last_significant_design_change.eu: none, is_trained_with_data: true,
  is_high_risk_by_product.eu: false, annex_i_section: none, is_part_of_annex_x_system: false,
  has_new_provider: false, is_released_under_free_licence: false, sole_purpose: none,
  purpose.narrow_procedural_task: false, purpose.improve_completed_human_work: false,
  purpose.detect_decision_patterns: false, purpose.preparatory_task: false, {use}}}
"""
COMPLIANT, NOT_COMPLIANT, NEITHER = "compliant", "not compliant", "neither"


@dataclass(frozen=True)
class Graded:
    """One document: its path below the table, article, use, and the median of the experts."""

    path: str
    article: str
    use: str
    median: float

    @property
    def label(self) -> str:
        """What the experts say."""
        return COMPLIANT if self.median >= 4 else NOT_COMPLIANT if self.median <= 2 else NEITHER

    @property
    def name(self) -> str:
        """Short name of the document."""
        return self.path.removeprefix("documentation/").removesuffix(".txt")


@dataclass(frozen=True)
class Answer:
    """Our verdict on one card of a document's article, and what an undetermined one hangs on."""

    graded: Graded
    card: str
    verdict: Verdict
    wants: tuple[str, ...] = ()

    @property
    def case(self) -> str:
        """Document and card, as explained/aireg.yaml names them."""
        return f"{self.graded.name} {self.card}"

    @property
    def decided(self) -> bool:
        """Whether we say more than that it is open."""
        return self.verdict in (Verdict.SATISFIED, Verdict.NOT_SATISFIED)

    @property
    def agrees(self) -> bool | None:
        """Whether verdict and grade say the same; None where one of them says nothing."""
        if not self.decided or self.graded.label == NEITHER:
            return None
        return (self.verdict is Verdict.SATISFIED) == (self.graded.label == COMPLIANT)


@dataclass(frozen=True)
class Read:
    """What is made of one document: topics found in it, and the answers."""

    graded: Graded
    topics: frozenset[str]
    high_risk: bool
    answers: tuple[Answer, ...]


def read_labels(corpus: Path) -> Iterator[Graded]:
    """The documents with grades."""
    with (corpus / TABLE / "_human_labels.csv").open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            yield Graded(row["doc_path"], row["article"], row["use"], float(row["median_compliance"]))


@cache
def read_all(corpus: Path) -> tuple[Read, ...]:
    """Every graded document, assessed."""
    law = load_law()
    return tuple(assess(corpus / TABLE / one.path, one, law) for one in read_labels(corpus))


def assess(path: Path, graded: Graded, law: Law) -> Read:
    """The dossier of one document and the verdicts on the cards of its article."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, Path(folder) / "document.txt")
        manifest = MANIFEST.format(kind=KINDS[graded.article], use=USES[graded.use])
        (Path(folder) / "compliance.yaml").write_text(manifest, encoding="utf-8")
        run = assess_dossier(Path(folder), law, AT, names=["eu/ai-act"])
    if run.problems:
        raise ValueError(f"{graded.name}: {run.problems[0]}")
    own = re.compile(rf"eu/ai-act/art-{graded.article}-\d")
    judged = [one for one in run.assessment.judged if own.match(one.duty.card.id)]
    found = [run.assessment.engine.describe(one, run.at) for one in judged]
    kind = KINDS[graded.article]
    answers = [
        Answer(graded, one.provision.removeprefix("eu/ai-act/"), one.verdict, tuple(_wants(one, law.catalogue, kind)))
        for one in found
        if one.verdict is not Verdict.NOT_APPLICABLE
    ]
    return Read(graded, _topics(run), _is_high_risk(run), tuple(answers))


def _topics(run: Run) -> frozenset[str]:
    for situation in run.situations:
        for document in situation.subject.documents:
            topics = document.attributes.get("topics")
            if isinstance(topics, Terms):
                return topics.known
    return frozenset()


def _is_high_risk(run: Run) -> bool:
    return any(proof.truth is True for _, proof in run.conclude("eu/ai-act/art-6"))


def _wants(finding: Finding, catalogue: Catalogue, read: str) -> Iterator[str]:
    """What an undetermined verdict hangs on, by class; `read` is the kind of the document at hand."""
    if finding.verdict is not Verdict.UNDETERMINED:
        return
    for name in finding.because:
        kind, _, rest = name.partition(".")
        if fact := catalogue.fact(name):
            yield f"{'a judgement' if fact.kind == 'judged' else 'a fact that nothing states'}: {name}"
        elif kind != read:
            yield f"another document: {kind}"
        elif rest in ("", "topics"):
            yield f"a topic not found: {kind}"
        else:
            yield f"the word of a person on the file: {name}"


def found_in(reads: tuple[Read, ...], label: str) -> int:
    """Topics found in the documents with this label."""
    return sum(len(one.topics) for one in reads if one.graded.label == label)


def read_explained() -> Mapping[str, Any]:
    """Reasons of ours: by kind, why, and the cases with words of the document."""
    content: Mapping[str, Any] = load_yaml(decode(EXPLAINED.read_bytes(), EXPLAINED.name), EXPLAINED.name)
    return content


def explain(corpus: Path, answer: Answer) -> str:
    """The kind of reason for a disagreement whose words stand in the document, or empty."""
    text = " ".join((corpus / TABLE / answer.graded.path).read_text(encoding="utf-8").split())
    for kind, entry in read_explained().items():
        words = (entry["cases"] or {}).get(answer.case)
        if words and words in text:
            return kind
    return ""


def main() -> int:
    """Print the tables."""
    corpus = find_corpus()
    if corpus is None:
        return 0
    reads = read_all(corpus)
    answers = [answer for one in reads for answer in one.answers]
    labels = (COMPLIANT, NEITHER, NOT_COMPLIANT)
    print(f"{len(reads)} documents, {len(answers)} verdicts on cards of their articles")
    print(f"{'article':<8} {'verdict':<14} {'compliant':>10} {'neither':>8} {'not':>5}")
    for article in (*KINDS, ""):
        counts = Counter((one.verdict, one.graded.label) for one in answers if article in ("", one.graded.article))
        for verdict in (Verdict.SATISFIED, Verdict.NOT_SATISFIED, Verdict.UNDETERMINED):
            row = [counts[verdict, label] for label in labels]
            print(f"{article or 'all':<8} {verdict:<14} {row[0]:>10} {row[1]:>8} {row[2]:>5}")
    agree = Counter(one.agrees for one in answers if one.decided)
    print(f"decided: {agree[True]} agree, {agree[False]} differ, {agree[None]} on documents that the experts leave open")
    open_ones = [{want.partition(":")[0] for want in one.wants} for one in answers if not one.decided]
    print("undetermined hang on (verdicts; on nothing else):")
    for kind, number in Counter(kind for kinds in open_ones for kind in kinds).most_common():
        print(f"{number:>5} {sum(kinds == {kind} for kinds in open_ones):>5} {kind}")
    print("one by one:")
    for want, number in Counter(want for one in answers for want in one.wants).most_common():
        print(f"{number:>5} {want}")
    print("topics found in documents, by label: " + ", ".join(f"{label} {found_in(reads, label)}" for label in labels))
    for article in KINDS:
        found = Counter(topic for one in reads if one.graded.article == article for topic in one.topics)
        print(f"  {article}: " + ", ".join(f"{topic} {number}" for topic, number in sorted(found.items())))
    if "--all" in sys.argv:
        print(*(f"  {one.graded.name} ({one.graded.median}): {', '.join(sorted(one.topics))}" for one in reads), sep="\n")
    differ = [one for one in answers if one.agrees is False]
    explained = {one.case: explain(corpus, one) for one in differ}
    for kind, number in Counter(filter(None, explained.values())).most_common():
        print(f"explained: {number:>3} {kind}")
    left = [one for one in differ if not explained[one.case]]
    print(*(f"UNEXPLAINED {one.case}: {one.verdict}, experts {one.graded.median}\n" for one in left), sep="", end="")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
