"""Whatever is done to a file of one of the formats, reading it ends, raises nothing, and places every problem in the file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.catalogue.licences import load_licences
from compliance.documents.formats import FORMATS
from compliance.documents.front_matter import split_front_matter
from compliance.documents.page import Setting
from compliance.documents.recognition import load_recognition
from compliance.documents.types import Input

from .test_data_cards import CARD
from .test_provider_forms import DOCUMENTATION, SUMMARY

SOUND = {
    ("data_card", "README.md"): CARD,
    ("provider_form", "summary.yaml"): SUMMARY,
    ("provider_form", "documentation.yaml"): DOCUMENTATION,
    ("provider_form", "summary.csv"): "form,section,field,value\ntraining-content-summary,1.2,model_names,m\n,2.5,used,no\n",
    ("provider_form", "summary.md"): "---\nform: training-content-summary\n---\n## 2.5 Made\n- **Used:** yes\n| used | no |\n",
    ("transparency_index", "report.csv"): 'Indicator,Definition,Disclosure,Score\nData size,?,"3 ""T"" tokens",1\n',
    ("card_toolkit", "card.json"): json.dumps(
        {"model_details": {"name": "m", "licenses": [{"identifier": "MIT"}], "version": {"date": "2020-01-02"}, "owners": []}}
    ),
    ("results_index", "model-index.yml"): "Collections:\n- Name: c\n  Metadata: {Parameters: 7}\nModels:\n"
    "- Name: a\n  In Collection: c\n- Name: b\n  Metadata: {Training Data: [d], Training Resources: 8x V100 GPUs}\n"
    "  Results: [{Metrics: {x: 1}}]\n",
    ("monai", "metadata.json"): json.dumps(
        {"monai_version": "1", "intended_use": "an example", "network_data_format": {"inputs": {"image": {"type": "image"}}}}
    ),
    ("applied_card", "card.xml"): '<AppliedModelCard xmlns="https://mc.chai.org/v0.2/schema.xsd"><BasicInfo><ModelName>m</ModelName>'
    "</BasicInfo><ReleaseInfo><ReleaseDate>3 May 2024</ReleaseDate></ReleaseInfo></AppliedModelCard>",
    ("zoo_card", "model.yml"): "description: >-\n  A detector.\ntask_type: detection\nfiles: []\nlicense: https://x.example/LICENSE\n",
}  # fmt: skip
EDIT = st.tuples(
    st.integers(0, 400), st.integers(0, 12), st.text(st.sampled_from("ab01 \n\t:,-[]{}<>\"'|#&*/.\u200b"), max_size=8)
)


def setting(importer: str) -> Setting:
    owner = "dataset:m" if importer == "data_card" else "model:m"
    return Setting(owner, (owner,), load_licences()[0], load_recognition())


@pytest.mark.parametrize(("importer", "name"), SOUND)
@settings(max_examples=60, deadline=2000)
@given(edits=st.lists(EDIT, max_size=4))
def test_edited(importer: str, name: str, edits: list[tuple[int, int, str]]) -> None:
    text = SOUND[importer, name]
    for at, gone, new in edits:
        text = text[:at] + new + text[at + gone :]
    front = split_front_matter(text, name) if name.endswith(".md") else None
    imported = FORMATS[importer].read(Input(name, text, importer, front), setting(importer))
    lines = text.count("\n") + 1
    for one in (*imported.statements, *imported.problems):
        assert one.source.file == name
        assert 0 <= one.source.line <= lines + 1, "the YAML parser may see the end of the file one line below it"


@pytest.mark.parametrize(("importer", "name"), SOUND)
def test_sound(importer: str, name: str) -> None:
    """The files that are edited above say something as they are."""
    text = SOUND[importer, name]
    front = split_front_matter(text, name) if name.endswith(".md") else None
    imported = FORMATS[importer].read(Input(name, text, importer, front), setting(importer))
    assert len(imported.statements) >= 2
