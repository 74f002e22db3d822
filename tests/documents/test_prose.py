"""Facts in prose: every case of every rule, what a card may not state, and real cards read by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.catalogue import load_catalogue
from compliance.documents import read_documents
from compliance.documents.markdown import parse_markdown
from compliance.documents.prose import RULES, read_prose
from compliance.documents.prose.found import RELATED
from compliance.documents.prose.registry import Rule
from compliance.documents.prose.statements import read_rule
from compliance.documents.prose.words import Case
from compliance.documents.recognition import load_recognition
from compliance.documents.types import Input
from compliance.vocabulary import EdgeStatement, FactStatement, Range, Terms, Value, parse_day, parse_number

from .dossiers import CATALOGUE, edges, facts, read, values, write

PARENT, TRAINED = RELATED
CASES = [(rule, case) for rule in RULES for case in rule.words.cases]


def expected(fact: str, written: str) -> str:
    """The value of a case: a parent with its relation, a range, a number, a day or a term."""
    if fact in RELATED:
        return written
    if " to " in written:
        low, high = written.split(" to ")
        return str(Range(int(low), int(high)))
    for read_value in (parse_number, parse_day):
        try:
            return str(read_value(written))
        except ValueError:
            continue
    return written


@pytest.mark.parametrize(("rule", "case"), CASES, ids=[f"{rule.name}: {case.name}" for rule, case in CASES])
def test_case(rule: Rule, case: Case) -> None:
    one = Input("README.md", case.text, "model_card")
    found = []
    for told, passage in read_rule(rule, one, parse_markdown(case.text), f"model:{case.model}", load_recognition()):
        line, column = passage.text.place(told.at)
        value = " ".join([str(told.value), *told.attributes.values()])
        found.append((told.fact, value, f"{line}:{column}"))
    assert sorted(found) == sorted((fact, expected(fact, value), at) for fact, value, at in case.states), str(case.source)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_cases_of_both_kinds(rule: Rule) -> None:
    finding = [case for case in rule.words.cases if case.states]
    assert len(finding) >= 3
    assert len(rule.words.cases) - len(finding) >= 3


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_facts_are_those_of_the_catalogue(rule: Rule) -> None:
    named = {*rule.words.labels.values(), *(fact for case in rule.words.cases for fact, _, _ in case.states)} - {*RELATED}
    assert {fact for fact in named if load_catalogue()[0].fact(fact) is None} == set()


def test_the_front_matter_names_the_parent_and_the_text_its_line(tmp_path: Path) -> None:
    card = "---\nbase_model: owner/real-7b\n---\n# M\n\nThe model is based on Mistral-7B.\n"
    ends = [end for _, end, _ in edges(read(tmp_path, README_md=card), PARENT)]
    assert sorted(ends) == ["model:Mistral-7B", "model:owner/real-7b"]
    same = "---\nbase_model: owner/Mistral-7B-v0.1\n---\n# M\n\nThe model is based on Mistral-7B.\n"
    assert [end for _, end, _ in edges(read(tmp_path, README_md=same), PARENT)] == ["model:owner/Mistral-7B-v0.1"]


def test_lines_count_from_the_top_of_the_file(tmp_path: Path) -> None:
    card = "---\nlicense: mit\n---\n# M\n\n- **Parameters:** 314B\n"
    assert facts(read(tmp_path, README_md=card))["model.parameters.total"] == [(314 * 10**9, "README.md:6:19")]


def test_a_family_states_facts_of_its_sizes_only_in_their_rows(tmp_path: Path) -> None:
    table = "| Model | Parameters | Context length |\n|---|---|---|\n| F-7B | 7.1B | 4096 |\n| F-13B | 13.2B | 8192 |\n"
    card = f"# F\n\nThe model was trained on 2 trillion tokens.\n\n{table}"
    write(tmp_path, "model_cards/F-7B.md", "# F-7B\nText.\n")
    write(tmp_path, "model_cards/F-13B.md", "# F-13B\nText.\n")
    reading = read(tmp_path, README_md=card)
    told = {(one.subject, one.fact, one.value) for one in reading.statements if isinstance(one, FactStatement)}
    assert told == {
        ("model:F-7B", "model.parameters.total", 71 * 10**8), ("model:F-7B", "model.context_length", 4096),
        ("model:F-13B", "model.parameters.total", 132 * 10**8), ("model:F-13B", "model.context_length", 8192),
    }  # fmt: skip


def test_code_and_comments_state_nothing(tmp_path: Path) -> None:
    card = "# M\n\n```\nThe model has 7 billion parameters.\n```\n\n<!-- The model has 8 billion parameters. -->\n"
    assert facts(read(tmp_path, README_md=card)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "is a " * 9 + "7B ",
        "[[![](<a",
        "Foo-7B, 7B / 7B ",
        "1,111,111 tokens 1e1e1 ",
        "- merge of:\n- a\n",
        "<table\n",
        "<table><tr><td>\n",
        "<td rowspan=99>7B",
        "7B, 8B, 9B ",
        "- 2024.1.2: We released foo-7B and ",
    ],
)
def test_hostile_text_ends(text: str) -> None:
    whole = text * (200_000 // len(text))
    one = Input("README.md", whole, "model_card")
    assert len(read_prose(one, parse_markdown(whole), ("model:foo-7b",), load_recognition())) <= 10


READ = [
    ("models/amber-llm360", "model.parameters.total", 6_700_000_000, "README.md:77"),
    ("models/arctic", "model.parameters.total", 480 * 10**9, "README.md:40"),
    ("models/arctic", "model.parameters.active", 17 * 10**9, "README.md:40"),
    ("models/bloom", "model.parameters.total", 176 * 10**9, "README.md:125"),
    ("models/deepseek-r1", "model.parameters.active", 37 * 10**9, "README.md:74"),
    ("models/clip", TRAINED, "YFCC100M", "model-card.md:56"),
    ("models/gpt-j-6b", TRAINED, "The Pile", "README.md:39"),
    ("models/glm-130b", "model.languages", Terms(frozenset({"en", "zh"}), complete=False), "README.md:13"),
    ("tables/hf-model-cards/YuLan-Chat-2-13B", PARENT, "LLaMA2-13B", "README.md:30"),
    ("models/falcon-40b-instruct-hf", PARENT, "tiiuae/falcon-40b", ""),
    ("models/gpt-j-6b", "model.parameters.total", 6_053_381_344, "README.md:77"),
    ("models/gpt-j-6b", "model.compute.own_training", 15 * 10**21, "README.md:112"),
    ("models/gpt-j-6b", "model.context_length", 2048, "README.md:83"),
    ("models/grok-1", "model.parameters.total", 314 * 10**9, "README.md:25"),
    ("models/grok-1", "model.context_length", 8192, "README.md:35"),
    ("models/minimax-m1", PARENT, "MiniMaxAI/MiniMax-Text-01", "README.md:51"),
    ("models/nemotron", "model.release_date", date(2026, 3, 11), "skills/nemotron-super3/model-card.md:13"),
    ("tables/hf-model-cards/AmberChat", PARENT, "LLM360/Amber", "README.md:26"),
    ("tables/hf-model-cards/DPOpenHermes-7B-v2", "model.training.accelerator", "NVIDIA H100", "README.md:29"),
    ("tables/hf-model-cards/Mistral-7B-codealpaca-lora", "model.training.accelerator_hours", 354, "README.md:14"),
    ("tables/hf-model-cards/Poro-34B", "model.training.accelerator", "AMD MI250X", "README.md:70"),
    ("tables/hf-model-cards/YuLan-Chat-2-13B", "model.release_date", date(2023, 8, 2), "README.md:30"),
    ("tables/hf-model-cards/calm2-7B-chat", "model.context_length", 32768, "README.md:59"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "fact", "value", "place"), READ, ids=[f"{folder.split('/')[-1]} {fact}" for folder, fact, _, _ in READ]
)
def test_real_card(corpus: Path, folder: str, fact: str, value: Value, place: str) -> None:
    told = {
        (one.end.partition(":")[2] if isinstance(one, EdgeStatement) else one.value, f"{one.source.file}:{one.source.line}")
        for one in read_documents(corpus / folder, CATALOGUE).statements
        if (isinstance(one, FactStatement) and one.fact == fact) or (isinstance(one, EdgeStatement) and one.edge == fact)
    }  # fmt: skip
    assert {one for one, _ in told} == {value}
    assert not place or place in {at for _, at in told}


SILENT = [
    ("models/bloom", "model.compute.own_training"),  # a rate: 150 TFLOP per GPU per second
    ("models/bloom", "model.training.co2_kg"),  # forthcoming
    ("models/bloom", "model.release_date"),  # an estimate
    ("models/dinov2", "model.training.co2_kg"),  # one figure for eight models
    ("models/dinov2", "model.training.accelerator_hours"),  # four figures
    ("models/granite-code", "model.training.tokens"),  # by size and phase
    ("models/glm-130b", "model.training.tokens"),  # over 400 billion
    ("models/minimax-m1", "model.parameters.total"),  # said of the model it was made from
    ("models/redpajama-dataset", "model.training.tokens"),  # the size of a data set
    ("models/llava", "model.training.accelerator_hours"),
    ("models/edge-empty-peft-template-qwen2.5", "model.training.accelerator"),
    ("tables/hf-model-cards/Poro-34B", "model.training.tokens"),  # is being trained
    ("tables/hf-model-cards/TinyLlama-1.1B-Chat-v1.0", "model.training.tokens"),  # an aim
    ("tables/hf-model-cards/Redmond-Puffin-13B", "model.training.tokens"),  # the base's
    ("tables/hf-model-cards/Redmond-Puffin-13B", "model.context_length"),
    ("tables/hf-model-cards/phi-2-dpo", "model.context_length"),  # a setting of training
    ("tables/hf-model-cards/GEITje-7B-chat", "model.training.tokens"),  # further training
    ("tables/hf-model-cards/Llama-2-Coder-7B", "model.parameters.total"),  # a family of others
]


@pytest.mark.parametrize(("folder", "fact"), SILENT, ids=[f"{folder.split('/')[-1]} {fact}" for folder, fact in SILENT])
def test_nothing_is_read_where_the_card_does_not_say_it(corpus: Path, folder: str, fact: str) -> None:
    assert values(read_documents(corpus / folder, CATALOGUE), fact) == []
