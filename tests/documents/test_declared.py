"""Topics of texts that the manifest declares: found by heading, bold line and label, never denied ones, never missing ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.catalogue import load_catalogue
from compliance.documents import Reading, read_documents
from compliance.documents.recognition import load_kind_recognition
from compliance.vocabulary import NodeStatement, Terms

CATALOGUE = load_catalogue()[0]
RISK = """**Article 9**

**Risk Identification and Analysis**

Workshops with drivers listed false alarms and missed hazards as the main dangers.

- **Minors:** Likely harm to pupils was rated by a panel of teachers.

**Risk Estimation and Evaluation Under Foreseeable Misuse**

Each danger was rated by likelihood and harm. However, misuse was not examined.

## 4. Risk mitigation measures

Coming soon.
"""


def declare(folder: Path, documents: str, **files: str) -> Reading:
    """The dossier of a system with these documents."""
    (folder / "compliance.yaml").write_text(f"format: 1\nsystem:\n  name: s\n  documents: {documents}\n", encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return read_documents(folder, CATALOGUE)


def topics(reading: Reading, document: str) -> Terms | None:
    """Topics stated of one document."""
    said = [one.attributes["topics"] for one in reading.statements
            if isinstance(one, NodeStatement) and one.node == f"document:{document}" and "topics" in one.attributes]  # fmt: skip
    assert len(said) <= 1
    return said[0] if said and isinstance(said[0], Terms) else None


@pytest.mark.parametrize("file", ["risk_md", "risk_txt"])
def test_headings_bold_lines_and_labels_count_and_what_is_missing_stays_open(tmp_path: Path, file: str) -> None:
    name = file.replace("_", ".")
    reading = declare(tmp_path, f"[{{kind: risk_management_file, file: {name}}}]", **{file: RISK})
    assert topics(reading, name) == Terms(frozenset({"identification", "persons_under_18"}), complete=False)
    assert {(one.code, one.source.line) for one in reading.problems} == {("denied", 9), ("placeholder", 13)}
    assert {one.name: one.importer for one in reading.files}[name] == "declared"


def test_stated_topics_stay_complete_and_found_ones_are_added(tmp_path: Path) -> None:
    listed = "[{kind: risk_management_file, file: risk.md, topics: [assessment]}]"
    assert topics(declare(tmp_path, listed, risk_md=RISK), "risk.md") == Terms(
        frozenset({"assessment", "identification", "persons_under_18"}), complete=True
    )


def test_a_topic_denied_in_one_place_is_not_proven_in_another(tmp_path: Path) -> None:
    text = RISK + "\n## Risk analysis and evaluation\n\nDangers were scored in a table.\n"
    found = topics(declare(tmp_path, "[{kind: risk_management_file, file: risk.md}]", risk_md=text), "risk.md")
    assert found is not None and "assessment" not in found.known


def test_a_descriptive_topic_may_say_no_at_length(tmp_path: Path) -> None:
    gaps = "Rural roads are not covered. " + "They will be filmed on the next tours of the cars, county by county. " * 2
    text = f"# Data gaps\n\n{gaps}\n\n# Bias assessment\n\n{gaps}\n"
    listed = "[{kind: data_governance_file, file: data.md}]"
    assert topics(declare(tmp_path, listed, data_md=text), "data.md") == Terms(frozenset({"data_gaps"}), complete=False)
    short = "# Data gaps\n\nNot examined.\n"
    assert topics(declare(tmp_path, listed, data_md=short), "data.md") == Terms(frozenset(), complete=False)


def test_levels_need_a_figure(tmp_path: Path) -> None:
    text = "# Expected accuracy\n\nHigh.\n\n# Robustness\n\nIt was stressed with noise.\n"
    listed = "[{kind: instructions_for_use, file: manual.md}]"
    found = topics(declare(tmp_path, listed, manual_md=text), "manual.md")
    assert found == Terms(frozenset({"robustness_level"}), complete=False)
    text = text.replace("High.", "97 % of signs are read rightly.")
    found = topics(declare(tmp_path, listed, manual_md=text), "manual.md")
    assert found is not None and "accuracy_levels" in found.known


def test_what_is_not_disclosed_counts_as_absent_in_topics_of_cards_too(tmp_path: Path) -> None:
    text = "# Training data\n\nNot disclosed.\n\n# Compute\n\nIts size is undisclosed.\n\n# Tasks\n\nIt answers questions.\n"
    found = topics(declare(tmp_path, "[{kind: technical_documentation, file: file.md}]", file_md=text), "file.md")
    assert found == Terms(frozenset({"tasks"}), complete=False)


def test_one_file_may_be_two_documents(tmp_path: Path) -> None:
    text = "# Risk identification\n\nDangers were listed.\n\n# Bias assessment\n\nError rates were compared by age.\n"
    listed = "[{kind: risk_management_file, file: all.md}, {kind: data_governance_file, file: all.md}]"
    reading = declare(tmp_path, listed, all_md=text)
    assert topics(reading, "all.md") == Terms(frozenset({"identification"}), complete=False)
    assert topics(reading, "all.md#data_governance_file") == Terms(frozenset({"bias_examination"}), complete=False)


def test_other_files_and_kinds_without_words_state_no_topics(tmp_path: Path) -> None:
    listed = "[{kind: risk_management_file, file: risk.pdf}, {kind: incident_plan, file: plan.md}]"
    reading = declare(tmp_path, listed, risk_pdf=RISK, plan_md=RISK)
    assert (topics(reading, "risk.pdf"), topics(reading, "plan.md")) == (None, None)
    assert {one.name: one.importer for one in reading.files if one.name != "compliance.yaml"} == {"plan.md": "", "risk.pdf": ""}


def test_what_is_no_text_is_one_problem_and_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "risk.txt").write_bytes(b"Risk identification\0")
    reading = declare(tmp_path, "[{kind: risk_management_file, file: risk.txt}]")
    assert [(one.code, one.source.file) for one in reading.problems] == [("encoding", "risk.txt")]
    assert topics(reading, "risk.txt") == Terms(frozenset(), complete=False)


def test_words_are_of_topics_that_the_kind_has(root: Path) -> None:
    kinds = sorted((root / "rules/documents/topics-of").glob("*.yaml"))
    assert len(kinds) >= 10
    for path in kinds:
        recognition = load_kind_recognition(path.stem)
        assert recognition and {one.name for one in recognition.topics} <= set(CATALOGUE.documents[path.stem].topics)
        assert all(one.headings or one.beginnings or one.labels for one in recognition.topics)
