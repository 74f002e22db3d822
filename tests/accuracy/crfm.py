"""Grades of 2023 of providers of models, ours against theirs: `python tests/accuracy/crfm.py [CORPUS]`.

Data: Stanford CRFM, grades of foundation model providers' compliance with the draft EU AI Act (MIT): models x 12 requirements
of the draft of June 2023 x two annotators, 0 to 4 points with a justification each. explained/crfm.yaml says what each
requirement has become in the act in force. The grades judge what is public; whether a duty of today is met turns on files that
are not, so what can be compared is whether something is documented at all: a topic that we find covered, against the points.

Two comparisons. Documents of the corpus on the very models, read by the product. And the annotators' justifications, read
as the text of a technical file below a heading of the requirement: whether our reading of declared texts takes "no description is
provided" for a description. Nothing found is never an answer: it is counted as nothing said. A topic found where the
annotators give no point is a disagreement, explained in explained/crfm.yaml or printed, and then the exit code is 1.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from corpus import find_corpus

from compliance.catalogue import load_catalogue
from compliance.documents.markdown import parse_markdown
from compliance.documents.recognition import MANY_WORDS, Recognition, load_kind_recognition
from compliance.documents.topics import find_topics
from compliance.flow import learn_dossier
from compliance.reading import decode, load_yaml
from compliance.vocabulary import UNKNOWN, Terms

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("explained") / "crfm.yaml"
TABLE = "tables/crfm-eu-ai-act-2023/_grades.csv"
COMPARABLE = ("same", "part")
AT = date(2026, 11, 24)


@dataclass(frozen=True)
class Grade:
    """One requirement of one model: the points of the annotators and their justifications."""

    model: str
    requirement: str
    points: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """Whether we find the requirement's topics, in documents or in the words of one annotator, against the points."""

    part: str
    model: str
    requirement: str
    found: bool
    points: tuple[int, ...]

    @property
    def outcome(self) -> str:
        """`agree`, `differ`, or `nothing said`."""
        return "nothing said" if not self.found else "agree" if any(self.points) else "differ"

    @property
    def case(self) -> str:
        """As explained/crfm.yaml names it."""
        return f"{self.part}: {self.model}, {self.requirement}"


@cache
def read_explained() -> Mapping[str, Any]:
    """What the requirements have become, the documents, and reasons for disagreements."""
    content: Mapping[str, Any] = load_yaml(decode(EXPLAINED.read_bytes(), EXPLAINED.name), EXPLAINED.name)
    return content


@cache
def read_grades(corpus: Path) -> tuple[Grade, ...]:
    """All grades, the annotators side by side."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    with (corpus / TABLE).open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found.setdefault((row["model"], row["requirement"]), []).append((int(row["points"]), row["justification"]))
    return tuple(
        Grade(model, requirement, tuple(one for one, _ in rows), tuple(text for _, text in rows))
        for (model, requirement), rows in found.items()
    )


def ceiling(corpus: Path) -> Counter[str]:
    """How the two annotators agree: the same points, one apart, more; and on whether there is anything at all."""
    counts: Counter[str] = Counter()
    for one in read_grades(corpus):
        first, second = one.points
        apart = abs(first - second)
        counts["same" if not apart else "one apart" if apart == 1 else "more apart"] += 1
        counts["same on whether there is anything"] += bool(first) == bool(second)
    return counts


def compare_documents(corpus: Path) -> Iterator[Answer]:
    """Documents of the corpus on the graded models."""
    catalogue = load_catalogue()[0]
    explained = read_explained()
    read: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for model, path in explained["documents"].items():
        source = corpus / path
        with tempfile.TemporaryDirectory() as folder:
            if source.is_file():
                shutil.copy(source, folder)
            learned = learn_dossier(source if source.is_dir() else Path(folder), catalogue, AT)
        subjects = [one.subject for one in learned.facts.situations]
        covered = [document.attributes.get("topics") for one in subjects for document in one.documents]
        topics = frozenset(topic for one in covered if isinstance(one, Terms) for topic in one.known)
        read[model] = topics, frozenset(name for one in subjects for name, fact in one.facts.items() if fact.value is not UNKNOWN)
    for grade in read_grades(corpus):
        entry = explained["requirements"][grade.requirement]
        if grade.model in read and entry["kind"] in COMPARABLE:
            topics, facts = read[grade.model]
            found = bool(topics & set(entry["topics"]) or facts & set(entry.get("facts") or ()))
            yield Answer("documents", grade.model, grade.requirement, found, grade.points)


def compare_words(corpus: Path) -> Iterator[Answer]:
    """The justifications of each annotator as sections of a technical file, denials heeded for every topic."""
    recognition = load_kind_recognition("technical_documentation")
    assert recognition
    strict = replace(recognition, topics=tuple(replace(one, denied_up_to=MANY_WORDS, needs="") for one in recognition.topics))
    for grade in read_grades(corpus):
        entry = read_explained()["requirements"][grade.requirement]
        if entry["kind"] in COMPARABLE and "heading" in entry:
            for points, words in zip(grade.points, grade.words, strict=True):
                found = _covers(f"# {entry['heading']}\n\n{words}\n", entry["topics"], strict)
                yield Answer("words", grade.model, grade.requirement, found, (points,))


def _covers(text: str, topics: list[str], recognition: Recognition) -> bool:
    return bool(find_topics(parse_markdown(text), "words.md", recognition).topics & set(topics))


def not_compared(corpus: Path) -> Counter[str]:
    """Grades for which the act in force gives nothing to compare, by kind of counterpart."""
    kinds = (read_explained()["requirements"][one.requirement]["kind"] for one in read_grades(corpus))
    return Counter(kind for kind in kinds if kind not in COMPARABLE)


def explain(corpus: Path, answer: Answer) -> str:
    """The kind of reason for a disagreement, or empty; what was disclosed since has to be marked so in its row."""
    for kind, entry in read_explained()["explained"].items():
        if indicator := entry["cases"].get(answer.case):
            path = corpus / read_explained()["documents"][answer.model]
            with path.open(newline="", encoding="utf-8-sig") as stream:
                marks = {row["Indicator"].strip(): row["New disclosure?"].strip() for row in csv.DictReader(stream)}
            return kind if marks.get(indicator) == ("Yes" if kind == "disclosed since" else "No") else ""
    return ""


def main() -> int:
    """Print the tables."""
    corpus = find_corpus()
    if corpus is None:
        return 0
    grades = read_grades(corpus)
    print(f"{len(grades)} grades by two annotators: " + ", ".join(f"{kind} {number}" for kind, number in ceiling(corpus).items()))
    print(f"{'requirement':<30} {'counterpart':<12} law")
    for requirement, entry in read_explained()["requirements"].items():
        print(f"{requirement:<30} {entry['kind']:<12} {entry['law']}")
    print("nothing to compare: " + ", ".join(f"{kind} {number}" for kind, number in not_compared(corpus).items()))
    left: list[Answer] = []
    for part in (compare_documents, compare_words):
        answers = list(part(corpus))
        print(f"\n{answers[0].part:<30} agree  differ  nothing said (of these no points)")
        for requirement in (*dict.fromkeys(one.requirement for one in answers), ""):
            own = [one for one in answers if requirement in ("", one.requirement)]
            counts = Counter(one.outcome for one in own)
            without = sum(one.outcome == "nothing said" and not any(one.points) for one in own)
            label = requirement or "all"
            print(f"{label:<30} {counts['agree']:>5} {counts['differ']:>7} {counts['nothing said']:>13} ({without})")
        differ = [one for one in answers if one.outcome == "differ"]
        for kind, number in Counter(filter(None, (explain(corpus, one) for one in differ))).most_common():
            print(f"explained: {number:>3} {kind}")
        left += [one for one in differ if not explain(corpus, one)]
    print(*(f"UNEXPLAINED {one.case}: found, points {one.points}" for one in left), sep="\n", end="\n" if left else "")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
