"""Reports of the transparency index: what is disclosed is a topic; a denial, a bare link and a score are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.documents import read_documents
from compliance.vocabulary import FactStatement, NodeStatement

from .dossiers import CATALOGUE, codes, read, topics

HEAD = "Indicator,Definition,Notes,Disclosure,Justification,References,Score\n"


def test_rows(tmp_path: Path) -> None:
    report = HEAD + (
        'Data size,How much?,"a, note","It was trained on\n3 trillion tokens.",,,1\n'
        "Compute hardware,Which?,,Not disclosed,,,1\n"
        "Energy usage,How much?,,The company does not disclose this.,,,1\n"
        "Wages,What?,,,,,1\n"
        'Model License,Which?,,"Apache 2.0, see the file",,,0\n'
        "Open weights,Where?,,https://hub.example/weights,,,1\n"
        "Colour of the cover,Which?,,Blue.,,,1\n"
    )
    reading = read(tmp_path, report_csv=report)
    assert topics(reading, "report.csv") == {"data_size", "model_license", "licence"}
    assert codes(reading) == [("pointer", "report.csv:8:1"), ("value", "report.csv:9:1")]
    assert not [one for one in reading.statements if isinstance(one, FactStatement)], "no fact is drawn from the wording"


def test_kind_is_not_the_developers_own_report(tmp_path: Path) -> None:
    reading = read(tmp_path, report_csv=HEAD + "Data size,?,,3 trillion tokens in all,,,1\n")
    (document,) = (one for one in reading.statements if isinstance(one, NodeStatement) and one.node.startswith("document:"))
    assert document.attributes["kind"] == "transparency_index_report"


def test_a_broken_file_is_one_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, report_csv=HEAD + 'Data size,?,,"3 trillion', README_md="---\nlicense: mit\n---\n# A")
    assert codes(reading) == [("csv", "report.csv:2:14")]
    assert reading.subjects


# Read in the reports: rows with a disclosure of substance, and rows that deny one.
REAL = {
    "Dec2025/reports/Mistral_fmtransparencyreport_Dec2025.csv": (
        {"capabilities_evaluation", "change_log", "detection_of_machine_generated_content", "government_commitments"},
        {"data_acquisition_methods", "data_size", "energy_usage_for_final_training_run", "code_access", "terms_of_use",
         "system_prompt", "risks_evaluation", "crawling"},
    ),
    "May2024/reports/AI21 Labs_fmtransparencyreport_May2024.csv": (
        {"data_size", "compute_usage", "energy_usage", "development_duration", "compute_hardware"}, set(),
    ),
    "May2024/reports/OpenAI_fmtransparencyreport_May2024.csv": (
        set(), {"data_size", "compute_usage", "energy_usage", "model_size"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_real_reports(corpus: Path, tmp_path: Path, name: str) -> None:
    path = corpus / "tables" / "fmti" / name
    reading = read(tmp_path, report_csv=path.read_bytes())
    covered, denied = REAL[name]
    assert covered <= topics(reading, "report.csv")
    assert not topics(reading, "report.csv") & denied


def test_every_real_report_is_read_and_nothing_else(corpus: Path) -> None:
    reading = read_documents(corpus / "tables" / "fmti", CATALOGUE)
    taken = {one.name for one in reading.files if one.importer == "transparency_index"}
    assert taken == {
        path.relative_to(corpus / "tables" / "fmti").as_posix() for path in (corpus / "tables" / "fmti").glob("*/reports/*.csv")
    }
    assert len(taken) == 19
    assert {one.code for one in reading.problems if one.source.file in taken} == {"pointer"}
