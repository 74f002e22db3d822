"""Files in JSON as nobody means them: any tree of the keys of a format ends in statements or problems, and soon."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.catalogue.licences import load_licences
from compliance.documents.croissant import TOPICS, read_croissant
from compliance.documents.cyclonedx import read_cyclonedx
from compliance.documents.layout import Layout
from compliance.documents.recognition import load_recognition
from compliance.documents.spdx3 import read_spdx3
from compliance.documents.types import Imported, Input
from compliance.graph import build_graph, problems_of

READERS = {"cyclonedx": read_cyclonedx, "spdx3": read_spdx3, "croissant": read_croissant}
KEYS = {
    "cyclonedx": [
        "components", "metadata", "component", "type", "name", "group", "purl", "licenses", "license", "id", "expression", "url",
        "modelCard", "modelParameters", "datasets", "ref", "bom-ref", "task", "inputs", "outputs", "format", "considerations",
        "useCases", "technicalLimitations", "environmentalConsiderations", "energyConsumptions", "activityEnergyCost", "value",
        "pedigree", "ancestors", "descendants", "data", "contents", "governance", "owners", "organization", "tools",
        "quantitativeAnalysis", "performanceMetrics", "externalReferences", "supplier", "manufacturer", "publisher",
    ],
    "spdx3": [
        "@graph", "spdxId", "type", "name", "from", "to", "relationshipType", "rootElement", "suppliedBy", "originatedBy",
        "releaseTime", "ai_energyConsumption", "ai_trainingEnergyConsumption", "ai_energyQuantity", "ai_energyUnit", "ai_metric",
        "ai_limitation", "simplelicensing_licenseExpression", "expandedlicensing_member", "software_downloadLocation",
    ],
    "croissant": [
        "@type", "name", "license", "url", "creator", "inLanguage", "prov:wasDerivedFrom", "alternateName", "@value",
        *(f"rai:{key}" for key in TOPICS),
    ],
}  # fmt: skip
WORDS = [
    "machine-learning-model", "data", "dataset", "training", "a", "b", "MIT", "unknown", "MIT OR (", "https://huggingface.co/a/b",
    "ai_AIPackage", "dataset_DatasetPackage", "Relationship", "contains", "trainedOn", "testedOn", "ancestorOf", "descendantOf",
    "hasDeclaredLicense", "expandedlicensing_ConjunctiveLicenseSet", "sc:Dataset", "2026-01-01T00:00:00Z", "", "\ufffd\n",
]  # fmt: skip


def trees(name: str) -> st.SearchStrategy[Any]:
    scalars = st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS) | st.text(max_size=8)
    keys = st.sampled_from(KEYS[name])
    inner = st.recursive(
        scalars, lambda part: st.lists(part, max_size=4) | st.dictionaries(keys, part, max_size=6), max_leaves=40
    )
    return st.dictionaries(keys, inner, max_size=6)


def imported(name: str, text: str) -> Imported:
    layout = Layout("model:m", {"a.json": "model:m"})
    return READERS[name](Input("a.json", text, name), layout, load_licences()[0], load_recognition())


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_tree_of_keys(name: str, data: st.DataObject) -> None:
    found = imported(name, json.dumps(data.draw(trees(name)), indent=1))
    graph = build_graph(found.statements)
    assert problems_of(graph) == ()
    for one in (*found.statements, *found.problems):
        assert one.source.file == "a.json"
        assert one.source.line


@pytest.mark.parametrize("name", READERS)
@given(text=st.text(max_size=200))
def test_any_text(name: str, text: str) -> None:
    imported(name, text)


def relation(kind: str, number: int, end: int) -> dict[str, Any]:
    return {
        "spdxId": f"{kind}{number}",
        "type": "Relationship",
        "relationshipType": kind,
        "from": f"f{number}",
        "to": [f"f{end}"],
    }


FILES = [{"spdxId": f"f{n}", "type": "software_File", "name": f"f{n}"} for n in range(2000)]
LARGE = {
    "cyclonedx": {
        "components": [
            {
                "type": "machine-learning-model", "name": f"m{n}", "bom-ref": f"m{n}",
                "modelCard": {"modelParameters": {"datasets": [{"ref": f"m{n}"}]}},
            }
            for n in range(4000)
        ]
    },
    "spdx3": {
        "@graph": [
            {"spdxId": "m", "type": "ai_AIPackage", "name": "m"}, *FILES,
            *(relation("contains", n, n - 1) for n in range(2000)), *(relation("trainedOn", n, 0) for n in range(2000)),
        ]
    },
    "croissant": {"@type": "sc:Dataset", "name": "d", "license": [f"l{n}" for n in range(20_000)]},
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_large_files_take_no_long_time(name: str) -> None:
    text = json.dumps(LARGE[name])
    assert len(text) < 1_000_000
    started = time.monotonic()
    assert imported(name, text).statements
    assert time.monotonic() - started < 10
