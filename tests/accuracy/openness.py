"""How open models are, ours against what others found: `python tests/accuracy/openness.py [CORPUS] [--all]`.

Three comparisons. The Model Openness Tool: its test files, of which class and progress must come out exactly; the licences
of the components of all its models; and, for models whose documents are in the corpus, what our reading of these documents
shows. Opening up ChatGPT: its licence judgements, and whether there is anything at all behind a criterion.

A disagreement is explained if tests/accuracy/explained/openness.yaml has it under a kind of reason and the check of that
kind holds for it; everything else is printed as unexplained, and then the exit code is 1. `--all` prints the explained too.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from corpus import find_corpus

from compliance.catalogue import load_catalogue
from compliance.catalogue.licences import find_licence, load_licences
from compliance.catalogue.openness import load_framework, openness
from compliance.facts import Known
from compliance.facts.openness import Grade, Granted, Part, Release, grade, release_of
from compliance.facts.situations import subject_models
from compliance.flow import learn_dossier
from compliance.graph import documents_of
from compliance.reading import decode, load_yaml
from compliance.vocabulary import NONE, UNKNOWN, Terms, Truth, name_of, word

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("explained") / "openness.yaml"
FRAMEWORK = load_framework()[0]
LICENCES = load_licences()[0]
COMPONENTS = {one.name: one.id for one in FRAMEWORK.components.values()}
SCOPES = {"distribution": "whole", "code": "code", "data": "data", "document": "documentation"}
CRITERIA = ("opencode", "llmdata", "llmweights", "rldata", "rlweights", "code", "architecture", "preprint", "paper",
            "modelcard", "datasheet", "package", "api")  # fmt: skip
NOT_INCLUDED = re.compile(r"component (component )?not include", re.IGNORECASE)
"""What some entries of the tool have in the place of a licence."""


def read_yaml(path: Path) -> Any:
    """Content of a YAML file of the corpus or of ours."""
    return load_yaml(decode(path.read_bytes(), path.name), path.name)


@dataclass(frozen=True)
class Difference:
    """One disagreement: which comparison, model and case, both sides in words, and facts for the check of its reason."""

    part: str
    model: str
    case: str
    ours: str
    theirs: str
    given: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.part}: {self.model}, {self.case}: ours {self.ours}, theirs {self.theirs}"


@dataclass
class Comparison:
    """Counts of agreement by component, licence text or criterion, and every disagreement."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def note(self, row: str, outcome: str, difference: Difference | None = None) -> None:
        """Count one pair: `agree`, `unknown` (we say nothing) or `differ`."""
        self.counts.setdefault(row, Counter())[outcome] += 1
        if difference:
            self.differences.append(difference)

    def total(self, outcome: str) -> int:
        """Pairs with this outcome."""
        return sum(one[outcome] for one in self.counts.values())


# The Model Openness Tool


def read_release(path: Path) -> Release:
    """A model file of the tool. What it does not list is not released; a release without licences has none."""
    release = read_yaml(path)["release"]
    stated = release.get("license") or {}
    scopes = {SCOPES[key]: Granted(one["name"]) for key, one in stated.items() if one and one.get("name")}
    parts = {COMPONENTS[one["name"]]: _part(one.get("license")) for one in release.get("components") or ()}
    return Release(parts, {"whole": Granted(NONE), **scopes}, complete=True)


def _part(licence: str | None) -> Part:
    if licence is None:
        return Part(True)
    if NOT_INCLUDED.match(licence):
        return Part(False)
    return Part(True, (), Granted(NONE if licence in ("", "unlicensed") else licence))


def progress(graded: Grade) -> dict[int, Fraction]:
    """Per cent of each class as the tool counts: nothing as long as the class below is not met."""
    found: dict[int, Fraction] = {}
    below = True
    for level in graded.levels:
        found[level.number] = (level.share or Fraction(0)) * 100 if below else Fraction(0)
        below = level.met is True
    return found


@dataclass(frozen=True)
class TestFile:
    """One test file of the tool: our class, progress and counts of open and other licences, and what it expects."""

    name: str
    ours: tuple[Any, ...]
    expected: tuple[Any, ...]


def grade_test_files(corpus: Path) -> list[TestFile]:
    """All test files; the class and progress come from expected_results.json, the counts of licences from the names."""
    folder = corpus / "tables/model-openness-tool/Test_Data"
    text = (folder / "expected_results.json").read_text()
    expected = {}
    for model in json.loads(re.sub(r",(\s*[}\]])", r"\1", text))["models"]:  # it has trailing commas
        share = {int(key): Fraction(one).limit_denominator(1000) for key, one in model["classification"]["progress"].items()}
        expected[_key(model["release"]["name"])] = (model["classification"]["class"], share)
    found = []
    for path in sorted(folder.glob("*.yml")):
        graded = grade(read_release(path), FRAMEWORK, LICENCES)
        licensed = [one for one in graded.standings.values() if one.part.released and isinstance(one.granted.licence, str)]
        counts = tuple(sum(one.open.value is truth for one in licensed) for truth in (True, False))
        share = {key: Fraction(float(one)).limit_denominator(1000) for key, one in progress(graded).items()}
        names = re.search(r"_(\d+)V_(\d+)I_", path.name)
        assert names, path.name
        level, wanted = expected[_key(path.stem)]
        found.append(
            TestFile(path.stem, (graded.reached or 0, share, counts), (level, wanted, (int(names[1]), int(names[2])))),
        )
    return found


def _key(name: str) -> str:
    """Name of a test file without its percentages, which differ between the file and the list."""
    return re.sub(r"_C1_.*?_(?=\d+C_)", "_", name).replace("Licenese", "Licenses")


def compare_tool(corpus: Path) -> Comparison:
    """Whether each listed component counts as released under an open licence: ours against the rule of the tool.

    The tool takes a licence for open if the entry is an id on its list of valid licences.
    """
    folder = corpus / "tables/model-openness-tool"
    valid = frozenset(read_yaml(folder / "Test_Data/Test_Scripts/valid-licenses.yml"))
    result = Comparison()
    for path in sorted((folder / "models").glob("*.yml")):
        for standing in grade(read_release(path), FRAMEWORK, LICENCES).standings.values():
            if standing.part.released:
                licence = standing.granted.licence
                theirs = licence in valid
                text = licence if isinstance(licence, str) else "no licence"
                difference = Difference(
                    "tool", path.stem, text, f"{word(standing.counts)} ({standing.open.why})", word(theirs),
                    {"open": standing.counts, "valid": valid, "component": standing.component.name},
                )  # fmt: skip
                agree = standing.counts is theirs
                outcome = "agree" if agree else "unknown" if standing.counts is None else "differ"
                result.note(standing.component.name, outcome, None if agree else difference)
    return result


def compare_classes(corpus: Path) -> dict[str, tuple[int | None, int | None, int | None]]:
    """By model of the tool: the class that we hold to be reached, the best not ruled out, and that by the rule of the tool."""
    folder = corpus / "tables/model-openness-tool"
    valid = frozenset(read_yaml(folder / "Test_Data/Test_Scripts/valid-licenses.yml"))
    found = {}
    for path in sorted((folder / "models").glob("*.yml")):
        release = read_release(path)
        ours, theirs = (grade(one, FRAMEWORK, LICENCES) for one in (release, _only_exact(release, valid)))
        found[path.stem] = (ours.reached, ours.within_reach, theirs.reached)
    return found


def _only_exact(release: Release, valid: frozenset[str]) -> Release:
    """The release as the tool sees it: an entry that is no id on its list is no open licence."""

    def seen(granted: Granted) -> Granted:
        return granted if granted.licence is UNKNOWN or granted.licence in valid else Granted(NONE)

    parts = {key: Part(one.released, one.sources, seen(one.granted)) for key, one in release.parts.items()}
    return Release(parts, {key: seen(one) for key, one in release.licences.items()}, release.complete)


def show_classes(corpus: Path) -> bool:
    """Print how many models are in which class; whether it is the tool's for all."""
    found = compare_classes(corpus)
    counts = Counter(
        f"in class {ours}" if ours else f"without a known class, {best} not ruled out" if best else "without a class"
        for ours, best, _ in found.values()
    )
    print("classes:", ", ".join(f"{number} {key}" for key, number in sorted(counts.items())))
    other = sorted(name for name, (ours, _, theirs) in found.items() if ours != theirs)
    print(*(f"UNEXPLAINED class of {name}: {found[name]}" for name in other), sep="\n", end="\n" if other else "")
    return not other


def compare_dossiers(corpus: Path) -> Comparison:
    """Components and licences that our reading of the documents shows, against the list of the tool.

    `unknown`: the tool lists it and the documents here are silent; nothing is said on what neither has.
    """
    result = Comparison()
    for folder, (file, model) in read_yaml(EXPLAINED)["pairs"].items():
        theirs = read_release(corpus / f"tables/model-openness-tool/models/{file}.yml")
        listed = grade(theirs, FRAMEWORK, LICENCES).standings
        known = learn_dossier(corpus / "models" / folder, load_catalogue()[0], date(2026, 1, 1)).facts
        node = _find_model(subject_models(known.graph), model)
        for key, ours in grade(release_of(known, node, FRAMEWORK), FRAMEWORK, LICENCES).standings.items():
            their, name = listed[key], ours.component.name
            shown = bool(ours.part.sources)
            if shown or their.part.released:
                outcome = "unknown" if not shown else "agree" if their.part.released else "differ"
                difference = Difference("dossiers", folder, name, "in the dossier", "not listed")
                result.note(f"{name}: there", outcome, difference if outcome == "differ" else None)
            if their.part.released and isinstance(ours.granted.licence, str):
                same = _same_licence(ours.granted.licence, their.granted.licence)
                difference = Difference("dossiers", folder, f"{name}, licence", ours.granted.licence, str(their.granted.licence))
                result.note(f"{name}: licence", "agree" if same else "differ", None if same else difference)
    return result


def _find_model(models: Sequence[str], name: str) -> str:
    """The model of that name; a dossier with one model only has no other."""
    if len(models) == 1:
        return models[0]
    found = next((one for one in models if name_of(one).casefold() == name.casefold()), None)
    if found is None:
        raise ValueError(f"no model `{name}` among {', '.join(map(name_of, models))}; correct `pairs` in {EXPLAINED.name}")
    return found


def _same_licence(ours: Any, theirs: Any) -> bool:
    ids = [known.id if (known := find_licence(str(one), LICENCES)) else str(one).casefold() for one in (ours, theirs)]
    return ids[0] == ids[1]


# Opening up ChatGPT


def read_projects(corpus: Path) -> Iterator[tuple[str, Any]]:
    """Name and content of every project but the form to be filled in."""
    for path in sorted((corpus / "tables/opening-up-chatgpt/projects").glob("*.yaml")):
        text = decode(path.read_bytes(), path.name)
        content = load_yaml(re.sub(r"^---[ \t]*$", "", text, flags=re.MULTILINE), path.name)
        if content["project"].get("name"):
            yield path.stem, content


def compare_chat(corpus: Path) -> Comparison:
    """Licence judgements against what the named licence is; for other criteria, whether a link means that something is there.

    They judge open, partial or closed. A licence that we hold to be open is compared with `open`, one that is not with the
    other two. A criterion without a link is unknown to us.
    """
    result = Comparison()
    for name, project in read_projects(corpus):
        stated, judged = project["project"].get("license"), (project.get("license") or {}).get("class")
        answer: Truth = openness(str(stated), FRAMEWORK, LICENCES).value if stated else None
        agree = answer is (judged == "open")
        outcome = "unknown" if answer is None else "agree" if agree else "differ"
        difference = Difference("chat", name, "license", f"{word(answer)} for {stated}", str(judged))
        result.note("license", outcome, difference if outcome == "differ" else None)
        for criterion in CRITERIA:
            entry = project.get(criterion) or {}
            if not entry.get("link"):
                result.note(criterion, "unknown")
                continue
            there = entry.get("class") in ("open", "partial")
            difference = Difference("chat", name, criterion, "a link", str(entry.get("class")))
            result.note(criterion, "agree" if there else "differ", None if there else difference)
    return result


def compare_chat_dossiers(corpus: Path) -> Comparison:
    """Documentation and licence as our reading of documents in the corpus shows them, against the same judgements.

    Model card and data sheet are components, the architecture a topic of a document; there or not is compared with closed or
    not. The licence is that of the weights, open or not.
    """
    result = Comparison()
    projects = dict(read_projects(corpus))
    for folder, (project, model) in read_yaml(EXPLAINED)["chat_pairs"].items():
        known = learn_dossier(corpus / "models" / folder, load_catalogue()[0], date(2026, 1, 1)).facts
        node = _find_model(subject_models(known.graph), model)
        standings = grade(release_of(known, node, FRAMEWORK), FRAMEWORK, LICENCES).standings
        shown = {
            "modelcard": bool(standings["model_card"].part.sources) or None,
            "datasheet": bool(standings["data_card"].part.sources) or None,
            "architecture": _has_topic(known, node, "architecture_and_parameters") or None,
            "license": standings["model_parameters_final"].open.value,
        }
        for criterion, ours in shown.items():
            judged = (projects[project].get(criterion) or {}).get("class")
            theirs = judged == "open" if criterion == "license" else judged != "closed"
            outcome = "unknown" if ours is None else "agree" if ours is theirs else "differ"
            difference = Difference("chat_dossiers", folder, criterion, word(ours), str(judged))
            result.note(criterion, outcome, difference if outcome == "differ" else None)
    return result


def _has_topic(known: Known, model: str, topic: str) -> bool:
    covered = (known.graph.nodes[name]["attributes"].get("topics") for _, name in documents_of(known.graph, model))
    return any(topic in one.known for one in covered if isinstance(one, Terms))


# Reasons


def _spelling(one: Difference) -> bool:
    known = find_licence(one.case, LICENCES)
    return one.given["open"] is True and known is not None and known.id in one.given["valid"] and known.id != one.case


def _unknown_to_us(one: Difference) -> bool:
    return one.given["open"] is None and one.case not in one.given["valid"]


CHECKS: Mapping[str, Callable[[Difference], bool]] = {
    "spelling": _spelling,
    "not_disclosed": lambda one: _unknown_to_us(one) and "disclosed" in one.case.casefold(),
    "terms_not_read": _unknown_to_us,
    "not_a_licence": _unknown_to_us,
}
"""What must hold of a disagreement for some kinds of reason; the other kinds rest on reading the case alone."""


def explain(comparison: Comparison) -> tuple[Counter[str], list[Difference]]:
    """How many disagreements each kind of reason explains, and those that none does."""
    entries = read_yaml(EXPLAINED)
    counts: Counter[str] = Counter()
    left = []
    for one in comparison.differences:
        kinds = [k for k, entry in entries[one.part].items() if one.case in (entry["cases"].get(one.model) or ())]
        kinds = [k for k in kinds if CHECKS.get(k, lambda _: True)(one)]
        if kinds:
            counts[kinds[0]] += 1
        else:
            left.append(one)
    return counts, left


def show(title: str, comparison: Comparison, everything: bool) -> bool:
    """Print one comparison; whether every disagreement is explained."""
    print(f"\n{title}\n{'':<44} agree  differ  we say nothing")
    for row, counts in sorted(comparison.counts.items()):
        print(f"{row:<44} {counts['agree']:>5} {counts['differ']:>7} {counts['unknown']:>10}")
    print(f"{'all':<44} {comparison.total('agree'):>5} {comparison.total('differ'):>7} {comparison.total('unknown'):>10}")
    counts, left = explain(comparison)
    for kind, number in counts.most_common():
        print(f"explained: {number:>4} {kind}")
    if everything:
        print(*(f"  {one}" for one in comparison.differences if one not in left), sep="\n")
    print(*(f"UNEXPLAINED {one}" for one in left), sep="\n", end="\n" if left else "")
    return not left


def main() -> int:
    """Print all comparisons."""
    corpus = find_corpus()
    if corpus is None:
        return 0
    everything = "--all" in sys.argv
    files = grade_test_files(corpus)
    exact = [one for one in files if one.ours == one.expected]
    print(f"Model Openness Tool, test files: class, progress and counts of licences exact in {len(exact)} of {len(files)}")
    print(*(f"UNEXPLAINED {one.name}: {one.ours} for {one.expected}" for one in files if one not in exact), sep="\n", end="")
    sound = [len(exact) == len(files)]
    sound.append(show("Model Openness Tool, its models: is the component open?", compare_tool(corpus), everything))
    sound.append(show_classes(corpus))
    sound.append(show("Model Openness Tool against documents in the corpus", compare_dossiers(corpus), everything))
    sound.append(show("Opening up ChatGPT, from its own entries", compare_chat(corpus), everything))
    sound.append(show("Opening up ChatGPT against documents in the corpus", compare_chat_dossiers(corpus), everything))
    return 0 if all(sound) else 1


if __name__ == "__main__":
    sys.exit(main())
