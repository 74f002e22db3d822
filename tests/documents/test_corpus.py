"""Real documentation. Expected values were written by reading the files; see the corpus' README for what they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compliance.documents import REMARKS, Reading, read_documents
from compliance.vocabulary import EdgeStatement, FactStatement, Statement, Terms

from .dossiers import CATALOGUE, codes, edges, facts, topics, values

NAME, CODE = "model.licence.name", "model.code_licence.name"


def open_folder(corpus: Path, name: str) -> Reading:
    path = corpus / name
    if not path.is_dir():
        pytest.skip(f"{name} is not in this corpus")
    return read_documents(path, CATALOGUE)


def places(reading: Reading, fact: str) -> dict[str, str]:
    return {place: str(value) for value, place in facts(reading).get(fact, [])}


# Licence of the weights, licence of the code: the place where each is stated. Left out: not stated.
LICENCES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "models/deepseek-r1": ({"LICENSE:5:1": "MIT", "README.md:257:68": "MIT"}, {"README.md:257:68": "MIT"}),
    "models/deepseek-llm-67b": (
        {"README.md:383:187": "Model License"},
        {"LICENSE-CODE:5:1": "MIT", "README.md:383:45": "MIT"},
    ),
    "models/deepseek-coder-v2": (
        {"README.md:345:142": "Model License"},
        {"LICENSE-CODE:5:1": "MIT", "README.md:345:45": "MIT"},
    ),
    "models/alpaca": (
        {"README.md:10:37": "CC-BY-NC-4.0", "WEIGHT_DIFF_LICENSE:57:1": "CC-BY-NC-4.0"},
        {"LICENSE:5:1": "Apache-2.0", "README.md:8:30": "Apache-2.0"},
    ),
    "models/bloom": ({"README.md:2:1": "bigscience-bloom-rail-1.0"}, {}),
    "models/baichuan2": ({}, {"LICENSE:5:1": "Apache-2.0"}),
    "models/glm-130b": (
        {"README.md:177:123": "Model License"},
        {"LICENSE:5:1": "Apache-2.0", "README.md:177:40": "Apache-2.0"},
    ),
    "models/opt-175b": ({"projects/OPT/README.md:28:49": "Model License"}, {}),
    "models/vicuna-fastchat": ({}, {"LICENSE:5:1": "Apache-2.0"}),
    "models/nemotron": ({}, {}),
    "models/flux-1": ({}, {}),
    "models/qwen-1": (
        {"README.md:1396:59": "tongyi-qianwen", "README.md:1398:36": "tongyi-qianwen-research"},
        {"LICENSE:5:1": "Apache-2.0", "README.md:1392:85": "Apache-2.0"},
    ),
    "models/mistral-inference": (
        {"README.md:64:75": "mistral-non-production", "README.md:65:84": "mistral-research"},
        {"LICENSE:5:1": "Apache-2.0", "README.md:414:36": "Apache-2.0"},
    ),
    "models/tulu-open-instruct": ({}, {"LICENSE:5:1": "Apache-2.0", "README.md:157:33": "Apache-2.0"}),
    "models/gemma": ({}, {"LICENSE:6:1": "Apache-2.0"}),
    "models/ctrl-salesforce": ({}, {"LICENSE.txt:4:1": "BSD-3-Clause", "README.md:106:32": "BSD-3-Clause"}),
    "models/grok-1": (
        {"LICENSE.txt:6:1": "Apache-2.0", "README.md:55:1": "Apache-2.0"},
        {"LICENSE.txt:6:1": "Apache-2.0", "README.md:55:1": "Apache-2.0"},
    ),
    "models/segment-anything": ({"LICENSE:5:1": "Apache-2.0", "README.md:160:34": "Apache-2.0"}, {}),
    "models/sam2": ({"LICENSE:5:1": "Apache-2.0", "README.md:198:116": "Apache-2.0"}, {"README.md:198:116": "Apache-2.0"}),
    "models/gpt-2": ({}, {}),
    "models/dall-e-dvae": ({}, {"LICENSE:9:1": "modified-mit"}),
    "models/summarize-from-feedback": ({}, {"LICENSE:5:1": "modified-mit"}),
    "models/apertus-8b-2509-hf": ({"README.md:2:1": "Apache-2.0"}, {}),
    "models/edge-empty-peft-template-qwen2.5": ({}, {}),
    "tables/hf-model-cards/Nous-Capybara-7B": ({"README.md:7:1": "MIT"}, {}),
    "tables/hf-model-cards/Poro-34B": ({"README.md:2:1": "Apache-2.0"}, {}),
    "tables/hf-model-cards/bling-stable-lm-3b-4e1t-v0": ({"README.md:2:1": "Apache-2.0", "README.md:39:5": "CC-BY-SA-4.0"}, {}),
    "tables/hf-model-cards/sqlcoder-34b-alpha": ({"README.md:2:1": "CC-BY-4.0"}, {"README.md:39:52": "Apache-2.0"}),
}


@pytest.mark.parametrize("name", LICENCES)
def test_licences(corpus: Path, name: str) -> None:
    reading = open_folder(corpus, name)
    assert (places(reading, NAME), places(reading, CODE)) == LICENCES[name]


PARENTS = {
    "models/edge-empty-peft-template-qwen2.5": [("Qwen/Qwen2.5-0.5B-Instruct", "adapter")],
    "models/olmo-2-13b-hf": [
        ("allenai/OLMo-2-1124-13B-Instruct-RLVR2", None),
        ("allenai/OLMo-2-13B-1124", "finetune"),
        ("allenai/OLMo-2-13B-1124-RLVR2", "finetune"),
    ],
    "tables/hf-model-cards/Lelantos-Maid-DPO-7B": [
        ("SanjiWatsuki/Lelantos-DPO-7B", None),
        ("NeverSleep/Noromaid-7B-0.4-DPO", None),
    ],
    "tables/hf-model-cards/Etheria-55b-v0.1": [],
    "tables/hf-model-cards/Llama-2-Coder-7B": [("meta-llama/Llama-2-7b", "finetune")],
    "tables/hf-model-cards/zephyr-7B-beta": [("mistralai/Mistral-7B-v0.1", None)],
    "tables/hf-model-cards/Metis-0.4": [("Mihaiii/Metis-0.3", None), ("Mihaiii/Metis-0.1", "merge")],
}


@pytest.mark.parametrize("name", PARENTS)
def test_parents(corpus: Path, name: str) -> None:
    found = edges(open_folder(corpus, name), "derived_from")
    assert [(end.partition(":")[2], told.get("relation")) for _, end, told in found] == PARENTS[name]


LANGUAGES = {
    "tables/hf-model-cards/Vigostral-7B-Chat": {"fr"},
    "tables/hf-model-cards/Poro-34B": {"fi", "en"},
    "tables/hf-model-cards/Nous-Puffin-70B": {"eng"},
    "tables/hf-model-cards/Mixtral-8x7B-Instruct-v0.1": {"fr", "it", "de", "es", "en"},
    "tables/hf-model-cards/MonadGPT": {"en", "fr", "la"},
    "tables/hf-model-cards/openthaigpt-1.0.0-beta-13B-chat": {"th", "en"},
}


@pytest.mark.parametrize("name", LANGUAGES)
def test_languages(corpus: Path, name: str) -> None:
    assert set(values(open_folder(corpus, name), "model.languages")) == {Terms(frozenset(LANGUAGES[name]), complete=False)}


# Topics that the card has with content, and topics that it seems to have and has not.
TOPICS = {
    "models/bloom": ("README.md", "intended_uses limitations training_data use_restrictions", "energy contact_mechanism"),
    "models/dinov2": ("MODEL_CARD.md", "intended_uses limitations energy evaluation_results", "contact_mechanism"),
    "models/gpt-2": ("model_card.md", "release_date intended_uses contact_mechanism limitations", "languages energy"),
    "models/clip": ("model-card.md", "release_date use_restrictions contact_mechanism limitations", "languages"),
    "models/deepseek-r1": ("README.md", "licence contact_mechanism evaluation_results", "limitations training_data"),
    "models/deepseek-llm-67b": ("README.md", "limitations training_data contact_mechanism", "intended_uses"),
    "models/opt-175b": ("projects/OPT/model_card.md", "", "limitations intended_uses"),
    "models/edge-empty-peft-template-qwen2.5": (
        "README.md", "software_versions", "limitations intended_uses training_data energy integration_means",
    ),
    "models/falcon-40b-instruct-hf": (
        "falcon-40b-instruct/README_TheBloke.md", "languages licence", "limitations intended_uses training_data",
    ),
    "tables/hf-model-cards/WestSeverus-7B-DPO": ("README.md", "licence", "limitations intended_uses evaluation_results"),
    "tables/hf-model-cards/zephyr-7B-beta": ("README.md", "intended_uses limitations training_data", "contact_mechanism"),
    "tables/hf-model-cards/all-MiniLM-L6-v2": ("README.md", "intended_uses training_data", "evaluation_results"),
    "tables/hf-model-cards/MAmmoTH-7B": ("README.md", "intended_uses limitations training_data", "contact_mechanism"),
    "tables/hf-model-cards/merlyn-education-corpus-qa-v2": ("README.md", "release_date licence", "limitations"),
    "tables/hf-model-cards/Falkor-8x7B-MoE": ("README.md", "", "limitations intended_uses contact_mechanism"),
}  # fmt: skip


@pytest.mark.parametrize("name", TOPICS)
def test_topics(corpus: Path, name: str) -> None:
    file, present, absent = TOPICS[name]
    found = topics(open_folder(corpus, name), file)
    assert set(present.split()) <= found
    assert not set(absent.split()) & found


def test_an_unfilled_card_is_said_to_be_one(corpus: Path) -> None:
    reading = open_folder(corpus, "models/edge-empty-peft-template-qwen2.5")
    assert ("placeholder", "README.md:64:1") in codes(reading)
    assert len(reading.problems) > 15


def test_configurations(corpus: Path) -> None:
    reading = open_folder(corpus, "models/minimax-m1")
    assert places(reading, "model.architecture_name") == {"config.json:2:3": "MiniMaxM1ForCausalLM"}
    assert places(reading, "model.position_limit") == {"config.json:105:3": "10240000"}
    assert "model.position_limit" not in facts(open_folder(corpus, "models/olmo")), "a test fixture is no model"


def test_sizes_of_a_family(corpus: Path) -> None:
    reading = open_folder(corpus, "models/internlm")
    assert len(reading.subjects) == 9
    assert {end for _, end, _ in edges(reading, "part_of")} == {"model:internlm"}


def test_an_application_that_holds_a_model(corpus: Path) -> None:
    reading = open_folder(corpus, "models/bge-m3-hf-in-recruitment-app")
    assert reading.subjects == ("model:bge-m3-hf-in-recruitment-app",)
    assert places(reading, NAME) == {"models/bge-m3/README.md:7:1": "MIT"}


def folders(corpus: Path) -> list[Path]:
    parts = [corpus / "models", corpus / "tables" / "hf-model-cards", corpus / "tables" / "hf-dataset-cards", corpus / "formats"]
    found = [folder for part in parts if part.is_dir() for folder in sorted(part.iterdir()) if folder.is_dir()]
    return [*found, *sorted((corpus / "formats" / "hf-card-templates").rglob("cards"))]


KEYS = {
    NAME: ("license", "license_name"),
    "model.languages": ("language",),
    "model.tags": ("tags",),
    "model.tasks": ("pipeline_tag",),
    "model.modalities": ("pipeline_tag",),
    "model.output_modalities": ("pipeline_tag",),
    "model.library": ("library_name",),
    "model.architecture_name": ('"architectures"',),
    "model.position_limit": ('"max_position_embeddings"',),
    "model.is_mixture_of_experts": ('"num_local_experts"', '"num_experts"', '"n_routed_experts"'),
    "derived_from": ("base_model",),
    "trained_on": ("datasets",),
}
PROSE = {
    "model.parameters.total": r"\d[\d.,]*[ -]?(?:[BM]\b|billion|million|\|| )",
    "model.parameters.active": r"\d[\d.]*[ -]?(?:B|billion)",
    "model.training.tokens": r"\d[\d.,]*\s?(?:T|B|trillion|billion)",
    "model.training.accelerator": r"G?[AHV]\d00|MI\d|RTX|TPU",
    "model.training.accelerator_hours": r"\d[\d.,]* ?h",
    "model.compute.own_training": r"\d\.\de2\d",
    "model.context_length": r"\d[\d,]*[KM]?",
    "model.release_date": r"20\d\d[-./]\d|[A-Z][a-z]+ \d+",
}
"""How the figure begins that a statement from prose points to."""
WORDS = {
    "model.library": r"^[a-z_0-9]+",
    "model.languages": r"^(?:primarily |mainly |mostly )?[a-z]+",
    "model.tasks": r"^[a-z]+[ -][a-z]+|vqa|nlvr2",
    "model.architecture_name": r"^[a-z][\\w-]+",
    NAME: r"apache|mit\\b|bsd|cc|license|openrail|gnu|\\bshields",
    CODE: r"apache|mit\\b|bsd|cc|license|openrail|gnu|\\bshields",
}
"""What stands where a word of prose is read."""
BROKEN = {"yaml", "value", "size", "encoding", "depth", "PK102", "json", "path"}


def stands_at(statement: Statement, folder: Path) -> bool:
    """Whether the line and column of a statement hold the key, or the name, that it is about."""
    source = statement.source
    line = (folder / source.file).read_text("utf-8-sig").splitlines()[source.line - 1][source.column - 1 :]
    whole = (folder / source.file).read_text("utf-8-sig").splitlines()[source.line - 1]
    if isinstance(statement, EdgeStatement):
        name = statement.end.partition(":")[2]
        if statement.edge == "trained_on" and all(word in whole for word in name.split()):
            return True
        bare = re.sub(r"[\W_]", "", name.rpartition("/")[2].casefold())
        if statement.edge == "derived_from" and (name in whole or bare in re.sub(r"[\W_]", "", line[:80].casefold())):
            return True
        return line.strip("'\"").startswith(name) or line.startswith(KEYS[statement.edge])
    assert isinstance(statement, FactStatement)
    if statement.fact in WORDS and not line.startswith(KEYS.get(statement.fact, ("license",))):
        return bool(re.search(WORDS[statement.fact], line[:60], re.I)) or str(statement.value).casefold() in whole.casefold()
    if statement.fact in PROSE:
        return bool(re.match(PROSE[statement.fact], line, re.I))
    return line.startswith(KEYS[statement.fact]) or line.casefold().replace("*", "").startswith(("license:", "model license:"))


def test_the_whole_corpus_is_read_and_every_place_is_right(corpus: Path) -> None:
    checked = 0
    for folder in folders(corpus):
        reading = read_documents(folder, CATALOGUE)
        assert len(reading.files) == len([p for p in folder.rglob("*") if p.is_file()]), folder
        for problem in reading.problems:
            assert problem.source.line or problem.code in ("size", "path", "encoding"), problem
            assert problem.code in REMARKS | BROKEN, problem
        cards = {one.name for one in reading.files if one.importer in ("model_card", "config_json")}
        for one in reading.statements:
            wanted = isinstance(one, FactStatement) or (isinstance(one, EdgeStatement) and one.edge in KEYS)
            if wanted and one.source.file in cards:
                checked += 1
                assert stands_at(one, folder), (folder, one)
    assert checked > 300
