"""Forms that a provider fills in, in YAML, Markdown and CSV: filled fields speak, unfilled ones do not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from compliance.documents import Reading
from compliance.documents.recognition import load_fields
from compliance.documents.written import read_count, read_day, read_operations
from compliance.vocabulary import NodeStatement, Terms

from .dossiers import codes, edges, facts, read

SUMMARY = """\
form: training-content-summary
format: 1
published_at: https://labs.example/summary
last_update: 2026-05-01
"1.1": {provider_name: Example Labs, provider_contact: legal@labs.example}
1.2:
  model_names: [example-7b]
  base_models: none
  eu_market_date: 2026-06-01
"1.3":
  text: {size: 1 billion to 10 trillion tokens, content: web pages and books}
  latest_acquisition: 03/2026
2.1:
  used: yes
  large_datasets:
    - {name: Open Pages, link: "https://data.example/pages"}
    - Public Books
  description: smaller sets of questions and answers
2.2.1: {used: no}
2.2.2: {used: no}
2.3: {used: yes, crawlers: [examplebot], behaviour: keeps to robots.txt}
2.4: {model_interactions_used: no, other_services_used: no}
2.5: {used: no}
2.6: {used: no}
3.1: {code_signatory: true, measures: robots.txt is honoured at the time of the crawl}
3.2: {measures: pages on a list of a hotline are left out}
"""
DOCUMENTATION = """\
form: model-documentation
recipients: [ai_office, downstream_providers]
last_update: 2026-05-02
general information:
  provider_name: Example Labs
  model_name: example-7b
  release_date: 1 May 2026
  model_dependencies: [example/base-7b]
2:
  architecture: decoder only, 32 layers
  design_specification: made small enough for one accelerator
  input_modalities: [text, image]
  input_size: 32768 tokens
  output_modalities: text
  output_size: 4096 tokens
  parameters: 7.2B
  parameter_band: 1 to 15 billion
"3": {distribution_channels: download from the hub, licence: Apache-2.0}
"4":
  acceptable_use_policy: https://labs.example/use
  intended_uses: drafting of texts
  integration_systems: chat systems
  integration_means: {library: transformers}
  required_hardware: N/A
  required_software: transformers 4.50
"7": {training_time: 20 days on 512 accelerators, training_flop: 3.1*10^23 FLOP}
"8": {training_energy_mwh: "[to be determined]"}
"""


def document(reading: Reading, name: str) -> dict[str, object]:
    """Attributes of a document, topics as a set."""
    (found,) = (one for one in reading.statements if isinstance(one, NodeStatement) and one.node == f"document:{name}")
    return {key: set(value.known) if isinstance(value, Terms) else value for key, value in found.attributes.items()}


ITEMS = {
    "last_update", "provider_name", "provider_contact", "model_names", "eu_market_date", "text_size", "text_content",
    "latest_acquisition", "publicly_available_datasets_large_datasets", "publicly_available_datasets_description",
    "crawled_data_crawlers", "crawled_data_behaviour", "user_data_model_interactions_used", "user_data_other_services_used",
    "text_and_data_mining_reservations_code_signatory", "text_and_data_mining_reservations_measures", "illegal_content_measures",
}  # fmt: skip
"""Topics of the single fields that the summary fills in."""


def test_summary_in_yaml(tmp_path: Path) -> None:
    reading = read(tmp_path / "m", summary_yaml=SUMMARY)
    assert document(reading, "summary.yaml") == {
        "kind": "training_content_summary", "template": "ai-office", "public": True, "date": date(2026, 5, 1),
        "topics": {
            "provider", "model", "modalities_and_size", "publicly_available_datasets", "licensed_datasets", "crawled_data",
            "private_third_party_datasets", "user_data", "synthetic_data", "other_data", "text_and_data_mining_reservations",
            "illegal_content", *ITEMS,
        },
    }  # fmt: skip
    assert facts(reading) == {
        "model.market_date.eu": [(date(2026, 6, 1), "summary.yaml:9:19")],
        "model.trained_on_public_datasets": [(True, "summary.yaml:14:9")],
        "model.trained_on_licensed_data": [(False, "summary.yaml:19:15")],
        "model.trained_on_private_third_party_data": [(False, "summary.yaml:20:15")],
        "model.trained_on_crawled_data": [(True, "summary.yaml:21:13")],
        "model.trained_on_model_interactions": [(False, "summary.yaml:22:32")],
        "model.trained_on_other_service_data": [(False, "summary.yaml:22:57")],
        "model.trained_on_synthetic_data": [(False, "summary.yaml:23:13")],
        "model.trained_on_other_sources": [(False, "summary.yaml:24:13")],
    }
    assert [end for _, end, _ in edges(reading, "trained_on")] == ["dataset:Open Pages", "dataset:Public Books"]
    assert edges(reading, "derived_from") == []
    assert codes(reading) == []


@pytest.mark.parametrize(
    "gone",
    [
        "2.5: {used: no}\n", "3.2: {measures: pages on a list of a hotline are left out}\n",
        "  latest_acquisition: 03/2026\n", ", crawlers: [examplebot]",
    ],
)  # fmt: skip
def test_a_summary_with_a_gap_is_none_on_the_template(tmp_path: Path, gone: str) -> None:
    assert gone in SUMMARY
    reading = read(tmp_path, summary_yaml=SUMMARY.replace(gone, ""))
    assert "template" not in document(reading, "summary.yaml")
    assert codes(reading) == [("lacks", "summary.yaml:1:1")]


@pytest.mark.parametrize(
    ("written", "topics"),
    [
        ("2.5: {used: yes, generating_models: none, other_generators: None.}", {"generating_models", "other_generators"}),
        ("2.5: {used: yes, generating_models: a/b, other_generators: n/a}", {"generating_models"}),
        ("2.5: {used: yes, generating_models: a/b, modalities: none}", {"generating_models"}),
        ("2.5: {used: yes, generating_models: TBD, other_generators: }", set()),
        ("2.5: {used: no}", set()),
    ],
)
def test_none_answers_a_field_that_asks_which(tmp_path: Path, written: str, topics: set[str]) -> None:
    told = document(read(tmp_path, summary_yaml=SUMMARY.replace("2.5: {used: no}", written)), "summary.yaml")["topics"]
    assert isinstance(told, set)
    assert {one for one in told if one.startswith("synthetic_data_")} == {f"synthetic_data_{one}" for one in topics}


def test_fields_give_every_topic_that_the_cards_of_the_template_ask_for(root: Path) -> None:
    form = load_fields("forms.yaml")["training-content-summary"]
    given = {*form["header_topics"], *(one["topic"] for one in form["sections"].values())}
    given |= {one["topic"] for section in form["sections"].values() for one in section["fields"].values() if "topic" in one}
    known = set(load_fields("kinds.yaml")["documents"]["training_content_summary"]["topics"])
    asked = {
        topic.strip()
        for card in (root / "jurisdictions/eu/training-summary-template/provisions").glob("*.yaml")
        for found in re.findall(r"topics: \{includes: \[?([^\]}]*)", card.read_text("utf-8"))
        for topic in found.split(",")
    }
    assert len(asked) > 50
    assert asked <= given <= known


@pytest.mark.parametrize("answer", ["", "maybe", "unknown", "[More Information Needed]", "TBD"])
def test_used_is_yes_or_no(tmp_path: Path, answer: str) -> None:
    reading = read(tmp_path, summary_yaml=SUMMARY.replace("2.5: {used: no}", f'2.5: {{used: "{answer}"}}'))
    told = document(reading, "summary.yaml")
    assert "template" not in told
    assert "synthetic_data" not in str(told["topics"])


def test_an_unfilled_form_is_no_document(tmp_path: Path) -> None:
    empty = 'form: training-content-summary\n"1.1": {provider_name: , provider_contact: TBD}\n2.1: {used: }\n'
    reading = read(tmp_path / "m", summary_yaml=empty)
    assert not [one for one in reading.statements if isinstance(one, NodeStatement) and one.node.startswith("document:")]
    assert codes(reading) == [("placeholder", "summary.yaml:1:1")]


def test_an_address_that_is_not_given_is_not_public(tmp_path: Path) -> None:
    reading = read(tmp_path, summary_yaml=SUMMARY.replace("https://labs.example/summary", "soon"))
    assert "public" not in document(reading, "summary.yaml")


def test_a_misspelt_field_is_located(tmp_path: Path) -> None:
    reading = read(tmp_path, summary_yaml=SUMMARY.replace("crawlers:", "crawlrs:"))
    assert ("PK101", "summary.yaml:21:28") in codes(reading)


def test_summary_in_markdown(tmp_path: Path) -> None:
    text = (
        "---\nform: training-content-summary\nlast_update: 2026-05-01\n---\n# Summary\n\n## 1.2 Model\n\n"
        "- **Model names:** example-7b\n- **Date of placement on the Union market:** 2026-06-01\n\n"
        "## 2.1 Public datasets\n\n| Field | Answer |\n|---|---|\n| used | yes |\n| large datasets | Open Pages |\n\n"
        "## 2.3 Crawled data\n\n- **Used:** yes\n- **Crawler names:**\n  - examplebot\n\n## 2.5 Synthetic data\n\n- **Used:**\n"
    )
    reading = read(tmp_path, summary_md=text)
    assert document(reading, "summary.md")["topics"] == {
        "model", "publicly_available_datasets", "crawled_data", "last_update", "model_names", "eu_market_date",
        "publicly_available_datasets_large_datasets", "crawled_data_crawlers",
    }  # fmt: skip
    assert facts(reading) == {
        "model.market_date.eu": [(date(2026, 6, 1), "summary.md:10:1")],
        "model.trained_on_public_datasets": [(True, "summary.md:16:1")],
        "model.trained_on_crawled_data": [(True, "summary.md:21:1")],
    }, "an empty answer says nothing"
    assert [end for _, end, _ in edges(reading, "trained_on")] == ["dataset:Open Pages"]


def test_summary_in_csv(tmp_path: Path) -> None:
    text = (
        "form,section,field,value\ntraining-content-summary,,last_update,2026-05-01\n,1.2,model_names,example-7b\n"
        ",1.2,eu_market_date,2026-06-01\n,2.5,used,yes\n,2.5,generating_models,example-70b\n,9.9,used,yes\n"
    )
    reading = read(tmp_path, summary_csv=text)
    assert document(reading, "summary.csv")["topics"] == {
        "model", "synthetic_data", "last_update", "model_names", "eu_market_date", "synthetic_data_generating_models",
    }  # fmt: skip
    assert facts(reading) == {
        "model.market_date.eu": [(date(2026, 6, 1), "summary.csv:4:21")],
        "model.trained_on_synthetic_data": [(True, "summary.csv:5:11")],
    }
    assert [code for code, _ in codes(reading)] == ["PK101", "lacks"]


def test_documentation(tmp_path: Path) -> None:
    reading = read(tmp_path / "m", documentation_yaml=DOCUMENTATION)
    told = document(reading, "documentation.yaml")
    assert told["kind"] == "technical_documentation"
    assert told["recipients"] == {"ai_office", "downstream_providers"}
    assert told["topics"] == {
        "acceptable_use", "architecture_and_parameters", "compute", "licence", "modality_and_format",
        "release_and_distribution", "tasks",
    }  # fmt: skip
    assert {name: found[0][0] for name, found in facts(reading).items() if name != "model.modalities"} == {
        "model.release_date": date(2026, 5, 1), "model.parameters.total": 7_200_000_000, "model.licence.name": "Apache-2.0",
        "model.compute.cumulative_training": 310_000_000_000_000_000_000_000,
        "model.output_modalities": Terms(frozenset({"text"}), complete=False),
    }  # fmt: skip
    assert edges(reading, "derived_from") == [("model:m", "model:example/base-7b", {})]
    assert codes(reading) == [("PK101", "documentation.yaml:23:32")]


def test_what_downstream_providers_have_is_a_document_of_its_own(tmp_path: Path) -> None:
    reading = read(tmp_path / "m", documentation_yaml=DOCUMENTATION)
    told = document(reading, "documentation.yaml#downstream_documentation")
    assert told["kind"] == "downstream_documentation"
    assert isinstance(told["topics"], set)
    assert {"input_output_limits", "software_versions", "licence", "tasks"} <= told["topics"]
    kept = read(tmp_path / "kept", documentation_yaml=DOCUMENTATION.replace(", downstream_providers", ""))
    assert not [one for one in kept.statements if isinstance(one, NodeStatement) and "#" in one.node]


@pytest.mark.parametrize(
    "written", ["150 TFLOP/s", "3e14 FLOPS", "3.1*10^23 FLOP/s", "0.126 GFLOPs", "12", "about 10^24", "512 GPUs"]
)
def test_rates_are_no_training_compute(tmp_path: Path, written: str) -> None:
    reading = read(tmp_path, documentation_yaml=DOCUMENTATION.replace("3.1*10^23 FLOP", written))
    assert "model.compute.cumulative_training" not in facts(reading)


def test_manifest_and_form_speak_of_one_document(tmp_path: Path) -> None:
    manifest = (
        "format: 1\nmodel:\n  name: m\n  documents:\n    - {kind: training_content_summary, file: summary.yaml, public: false}\n"
        "    - {kind: copyright_policy, file: summary.yaml}\n"
    )
    reading = read(tmp_path, summary_yaml=SUMMARY, compliance_yaml=manifest)
    names = {one.node for one in reading.statements if isinstance(one, NodeStatement) and one.node.startswith("document:")}
    assert names == {"document:summary.yaml", "document:summary.yaml#copyright_policy"}


def test_the_examples_of_the_documentation_are_right(root: Path, tmp_path: Path) -> None:
    blocks = (root / "docs" / "forms.md").read_text("utf-8").split("```yaml\n")[1:]
    summary, documentation = (read(tmp_path / str(number), a_yaml=one.split("```")[0]) for number, one in enumerate(blocks))
    assert codes(summary) == codes(documentation) == []
    assert document(summary, "a.yaml")["template"] == "ai-office"
    assert "model.compute.cumulative_training" in facts(documentation)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-02-02", date(2020, 2, 2)), ("2020/2/2", date(2020, 2, 2)), ("08/28/2020", date(2020, 8, 28)),
        ("28/08/2020", date(2020, 8, 28)), ("05/05/2020", date(2020, 5, 5)), ("May 3rd, 2024", date(2024, 5, 3)),
        ("3 May 2024", date(2024, 5, 3)), ("01/02/2020", None), ("13/13/2020", None), ("May 2024", None), ("2024", None),
        ("30 February 2024", None), ("soon", None), ("0000-01-01", None),
    ],
)  # fmt: skip
def test_days(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "count"),
    [("7B", 7 * 10**9), ("7.24 billion", 7_240_000_000), ("61100840", 61_100_840), ("61,100,840", 61_100_840), ("7B-13B", None),
     ("~7B", None), ("7.3", None), ("0", None), ("7 GB", None), ("", None)],
)  # fmt: skip
def test_counts(text: str, count: int | None) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize(
    ("text", "number"),
    [("3e24", 3 * 10**24), ("3*10^24 FLOP", 3 * 10**24), ("3 x 10^24 FLOPs", 3 * 10**24), ("x", None)],
)
def test_operations(text: str, number: int | None) -> None:
    assert read_operations(text) == number


@pytest.mark.parametrize(
    ("written", "kwh"), [("1287", 1_287_000), ("0.5 MWh", 500), ("1,287", 1_287_000), ("12 GWh", None), ("5%", None)]
)
def test_energy_of_training(tmp_path: Path, written: str, kwh: int | None) -> None:
    reading = read(tmp_path, documentation_yaml=DOCUMENTATION.replace('"[to be determined]"', f"'{written}'"))
    found = [value for value, _ in facts(reading).get("model.training.energy_kwh", [])]
    assert found == ([] if kwh is None else [kwh])
    assert ("value" in dict(codes(reading))) == (kwh is None)


def test_kinds_of_content_in_the_training_data(tmp_path: Path) -> None:
    reading = read(
        tmp_path, summary_yaml=SUMMARY.replace("2.3: {used: yes,", "2.3: {used: yes, modalities: [text, images, Image],")
    )
    told = facts(reading)["model.training_modalities"]
    assert [value for value, _ in told] == [Terms(frozenset({"text", "image"}), complete=False)], "`images` is none of the words"
