"""One small sound document of each format, in our own words."""

from __future__ import annotations

import json
from collections.abc import Mapping

PROSE = """
# Example 7B

Example 7B has 7.2 billion parameters and was trained on 2.1 trillion tokens. Training took 184,000 GPU hours on 512 A100 80GB
accelerators and emitted 12.5 tCO2eq. It is a fine-tuned version of [example/base-7b](https://huggingface.co/example/base-7b),
released on 3 May 2026.

- **License:** Apache-2.0
- **Languages:** English, French
- **Context length:** 32K

## Intended use

Drafts of texts. Not for decisions on people.

## Limitations

It makes mistakes with numbers.

| size | parameters | tokens |
|---|---|---|
| 7B | 7.2B | 2.1T |

```yaml
base_model: example/base-7b
merge_method: linear
models:
  - model: example/other-7b
```
"""
CARD = f"""---
license: apache-2.0
base_model: [example/base-7b]
base_model_relation: finetune
datasets: [example/pages]
language: [en, fr]
pipeline_tag: text-generation
co2_eq_emissions: {{emissions: 12500, source: meter}}
model-index: [{{name: example-7b, results: [{{task: {{type: x}}, metrics: [{{type: a, value: 1}}]}}]}}]
---
{PROSE}"""
DATA = f"""---
license: cc-by-4.0
language: [en]
size_categories: [10K<n<100K]
source_datasets: [extended|pages]
pretty_name: Example pages
---
{PROSE}"""
FORM = """\
form: training-content-summary
last_update: 2026-05-01
1.2: {model_names: [example-7b], base_models: example/base-7b, eu_market_date: 2026-06-01}
2.1: {used: yes, modalities: [text], large_datasets: [{name: Open Pages, link: "https://data.example/pages"}]}
2.3: {used: no}
3.2: {measures: pages on a list are left out}
"""
BILL = {
    "bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "application", "name": "app"}},
    "components": [
        {
            "type": "machine-learning-model", "name": "example/m", "bom-ref": "m", "licenses": [{"license": {"id": "MIT"}}],
            "pedigree": {"ancestors": [{"type": "machine-learning-model", "name": "example/base"}]},
            "modelCard": {
                "modelParameters": {"task": "text-generation", "datasets": [{"ref": "d"}], "inputs": [{"format": "text"}]},
                "considerations": {
                    "useCases": ["drafts of texts"],
                    "environmentalConsiderations": {
                        "energyConsumptions": [{"activity": "training", "activityEnergyCost": {"value": 4.5, "unit": "kWh"}}]
                    },
                },
            },
        },
        {"type": "data", "name": "pages", "bom-ref": "d", "data": [{"type": "dataset", "description": "for training"}]},
    ],
}  # fmt: skip
SPDX = {
    "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
    "@graph": [
        {
            "type": "ai_AIPackage", "spdxId": "a", "name": "m", "releaseTime": "2026-05-01T00:00:00Z", "ai_limitation": "small",
            "ai_energyConsumption": {"ai_trainingEnergyConsumption": [{"ai_energyQuantity": "9", "ai_energyUnit": "megajoule"}]},
        },
        {"type": "dataset_DatasetPackage", "spdxId": "d", "name": "pages", "dataset_hasSensitivePersonalInformation": "yes"},
        {"type": "Relationship", "spdxId": "r", "from": "a", "relationshipType": "trainedOn", "to": ["d"]},
        {"type": "Relationship", "spdxId": "l", "from": "a", "relationshipType": "hasDeclaredLicense", "to": ["e"]},
        {"type": "simplelicensing_LicenseExpression", "spdxId": "e", "simplelicensing_licenseExpression": "MIT OR Apache-2.0"},
    ],
}  # fmt: skip
CROISSANT = {
    "@context": {"cr": "http://mlcommons.org/croissant/"}, "@type": "sc:Dataset", "name": "pages", "license": "CC-BY-4.0",
    "url": "https://huggingface.co/datasets/a/pages", "creator": {"@type": "Person", "name": "A"}, "inLanguage": ["en"],
    "rai:dataBiases": "more of one town than of others", "recordSet": [{"name": "r", "field": [{"name": "f"}]}],
}  # fmt: skip
MONAI = {
    "monai_version": "1.3", "name": "m", "task": "segmentation", "intended_use": "an example", "license": "Apache-2.0",
    "eval_metrics": {"dice": 0.9}, "network_data_format": {
        "inputs": {"image": {"type": "image", "format": "magnitude"}}, "outputs": {"pred": {"type": "image", "format": "labels"}}
    },
}  # fmt: skip
TOOLKIT = {
    "model_details": {
        "name": "m", "owners": [{"name": "A", "contact": "a@example.org"}], "licenses": [{"identifier": "MIT"}],
        "version": {"date": "2026-05-01"},
    },
    "considerations": {"use_cases": [{"description": "drafts"}]},
    "quantitative_analysis": {"performance_metrics": [{"value": "1"}]},
}  # fmt: skip
OWN: Mapping[str, str] = {
    "model_card": CARD, "readme": PROSE, "data_card": DATA, "provider_form": FORM,
    "licence_file": "MIT License\n\nCopyright (c) 2026 Example\n\nPermission is hereby granted, free of charge, to any person\n",
    "config_json": json.dumps({"architectures": ["A"], "max_position_embeddings": 4096, "num_local_experts": 8}),
    "cyclonedx": json.dumps(BILL), "spdx3": json.dumps(SPDX), "croissant": json.dumps(CROISSANT), "monai": json.dumps(MONAI),
    "card_toolkit": json.dumps(TOOLKIT),
    "transparency_index": 'Indicator,Definition,Disclosure,Score\nData size,?,"3 ""T"" tokens",1\nEnergy usage,?,none,0\n',
    "results_index": "Collections:\n- Name: c\n  Metadata: {Parameters: 7}\nModels:\n- Name: a\n  In Collection: c\n"
    "- Name: b\n  Metadata: {Training Data: [d], Training Resources: 8x V100 GPUs}\n  Results: [{Metrics: {x: 1}}]\n",
    "applied_card": '<AppliedModelCard xmlns="https://mc.chai.org/v0.2/schema.xsd"><BasicInfo><ModelName>m</ModelName></BasicInfo>'
    "<ReleaseInfo><ReleaseDate>3 May 2024</ReleaseDate></ReleaseInfo></AppliedModelCard>",
    "zoo_card": "description: >-\n  A detector.\ntask_type: detection\nfiles: []\nlicense: https://x.example/LICENSE\n",
    "manifest": "format: 1\nmodel:\n  name: m\n  compute: {own_training: 3*10^24}\n  market_date.eu: 2026-02-16\n"
    "organisation: {name: Example, roles: [provider], towards: {m: {puts_own_name_on_it: true}}}\naccepted: []\nwaivers: []\n",
}  # fmt: skip
