"""Several models in one card: which they are, and which figure is whose."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.documents import Reading, read_documents
from compliance.documents.detect import lay_out
from compliance.documents.recognition import load_recognition
from compliance.documents.sizes import find_sizes, names_sizes
from compliance.documents.types import Input
from compliance.vocabulary import EdgeStatement, FactStatement, Value

from .dossiers import CATALOGUE, read

LINKS = "- [small](https://huggingface.co/lab/Example-7B)\n- [large](https://huggingface.co/lab/Example-13B-Chat)\n"
TOTAL = "model.parameters.total"


def found(text: str, name: str = "example") -> list[str]:
    """Names of the sizes that a card of a folder is found to be about."""
    return [one.node.removeprefix("model:") for one in find_sizes(name, [Input("README.md", text, "model_card")])]


def told(reading: Reading, fact: str) -> dict[str, set[Value]]:
    """What is stated of each model for one fact."""
    models: dict[str, set[Value]] = {}
    for one in reading.statements:
        if isinstance(one, FactStatement) and one.fact == fact:
            models.setdefault(one.subject.partition(":")[2], set()).add(one.value)
    return models


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (LINKS, ["Example-7B", "Example-13B-Chat"]),
        (
            "| Model | Params |\n|---|---|\n| Example 7B Base | 7B |\n| **Example 70B** | 70B |\n",
            ["Example-7B-Base", "Example-70B"],
        ),
        ("1. `lab/example-2b-base`\n2. `lab/example-8b-base`\n", ["example-2b-base", "example-8b-base"]),
        ("Example models are available in 0.6B, 8B and 30B-A3B.", ["example-0.6B", "example-8B", "example-30B-A3B"]),
    ],
    ids=["links", "a table", "a list of names", "a list of sizes"],
)
def test_sizes_of_a_family(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "- [one](https://huggingface.co/lab/Example-7B)\n- [same](https://huggingface.co/lab/Example-7B-Chat)\n",
        "- [a](https://huggingface.co/lab/Other-7B)\n- [b](https://huggingface.co/lab/Other-13B)\n",
        "- [a](https://huggingface.co/lab/Example-7B)\n- [b](https://huggingface.co/lab/Example-13B-GGUF)\n",
        "- [a](https://huggingface.co/lab/Example-7B)\n- [b](https://huggingface.co/lab/Example-Vision-13B)\n",
        "- [a](https://huggingface.co/lab/Example-7B)\n- [b](https://huggingface.co/lab/Example-1.5-13B)\n",
        "We compared Example-7B with Example-13B.",
        "Llama 2 is available in 7B, 13B and 70B.",
    ],
    ids=["one size", "another family", "quantized files", "an unknown branch", "another version", "in passing", "others' sizes"],
)
def test_no_family(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["hf.co/a/Example-7B ", "| Example-7B ", "sizes 7B, 8B or ", "- `Example-", "|", "# Example\n"])
def test_hostile_text_ends(text: str) -> None:
    assert len(found(text * (200_000 // len(text)))) <= 32
    assert len(found(f"{text}\n" * (200_000 // len(text)))) <= 32


def test_a_card_with_front_matter_is_about_one_model(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md=f"---\nlicense: mit\n---\n# M\n\n{LINKS}")
    assert reading.subjects == (f"model:{tmp_path.name}",)


def test_sizes_are_part_of_the_family_which_is_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "example-7b").mkdir()
    (tmp_path / "example-7b" / "README.md").write_text(f"# Example\n\n{LINKS}")
    reading = read_documents(tmp_path / "example-7b", CATALOGUE)
    assert reading.subjects == ("model:Example-7B", "model:Example-13B-Chat")
    parts = [one for one in reading.statements if isinstance(one, EdgeStatement) and one.edge == "part_of"]
    assert [(one.start, one.end, one.source.line) for one in parts] == [
        ("model:Example-7B", "model:example-7b-family", 3), ("model:Example-13B-Chat", "model:example-7b-family", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "parts"),
    [((), 2), (("Example-7B",), 0), (("Example-7B", "Example-13B-Chat"), 2), (("Example-7B", "Example-Other"), 1)],
    ids=["none", "one", "both", "one of them"],
)
def test_models_of_a_manifest_stand_against_sizes(declared: tuple[str, ...], parts: int) -> None:
    inputs = [Input("README.md", f"# Example\n\n{LINKS}", "model_card")]
    assert len(lay_out(inputs, "example", load_recognition(), declared=declared).parts) == parts


def test_a_card_with_front_matter_holds_for_the_sizes_that_it_names() -> None:
    sizes = ("model:Example-7B", "model:Example-13B")
    assert names_sizes("All about Example 7B.", sizes) == ("model:Example-7B",)
    assert names_sizes("All about Example.", sizes) == sizes


def test_each_row_is_that_of_its_model(tmp_path: Path) -> None:
    table = "| Model | Params |\n|---|---|\n| Example-7B | 6.9B |\n| Example-13B | 13B |\n| Llama-7B | 6.7B |\n"
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "README.md").write_text(f"# Example\n\n{table}")
    reading = read_documents(tmp_path / "example", CATALOGUE)
    assert told(reading, TOTAL) == {"Example-7B": {69 * 10**8}, "Example-13B": {13 * 10**9}}


def test_a_row_of_figures_is_that_of_the_models_that_it_links_to(tmp_path: Path) -> None:
    rows = "".join(f"| {size} | 12 | [hub](https://huggingface.co/lab/example-{size.lower()}) |\n" for size in ("70M", "1B"))
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "README.md").write_text(f"# Example\n\n| Params | Layers | Link |\n|---|---|---|\n{rows}")
    reading = read_documents(tmp_path / "example", CATALOGUE)
    assert told(reading, TOTAL) == {"example-70m": {70 * 10**6}, "example-1b": {10**9}}


def test_a_table_in_html(tmp_path: Path) -> None:
    head = "<table>\n<tr><th>Model</th><th>Params</th>\n<th>Context length</th></tr>\n"
    rows = '<tr><td>Example-7B</td><td>7.1B</td><td rowspan="2">4096</td></tr>\n<tr><td>Example-13B</td>\n<td>13.2B</td></tr>\n'
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "README.md").write_text(f"# Example\n\n{LINKS}\n{head}{rows}</table>\n\n- `Example-13B` is large\n")
    reading = read_documents(tmp_path / "example", CATALOGUE)
    assert told(reading, TOTAL) == {"Example-7B": {71 * 10**8}, "Example-13B": {132 * 10**8}}
    assert told(reading, "model.context_length") == {"Example-7B": {4096}, "Example-13B": {4096}}


def test_a_table_of_parameters_names_models_without_sizes(tmp_path: Path) -> None:
    table = (
        "| Model | #Total Params | #Active Params |\n|---|---|---|\n| Example-Lite | 16B | 2.4B |\n| Example-Max | 236B | 21B |\n"
    )
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "README.md").write_text(f"# Example\n\n{table}| Llama-3 | 8B | - |\n")
    reading = read_documents(tmp_path / "example", CATALOGUE)
    assert told(reading, TOTAL) == {"Example-Lite": {16 * 10**9}, "Example-Max": {236 * 10**9}}
    assert told(reading, "model.parameters.active") == {"Example-Lite": {24 * 10**8}, "Example-Max": {21 * 10**9}}


def test_a_table_with_models_across(tmp_path: Path) -> None:
    head = "| | Example-7B | Example-13B | Llama-7B |\n|---|---|---|---|\n"
    table = f"{head}| Layers | 32 | 40 | 32 |\n| Training tokens | 2T | 3T | 1T |\n"
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "README.md").write_text(f"# Example\n\n{LINKS.replace('-Chat', '')}\n{table}")
    reading = read_documents(tmp_path / "example", CATALOGUE)
    assert told(reading, "model.training.tokens") == {"Example-7B": {2 * 10**12}, "Example-13B": {3 * 10**12}}


def test_a_sentence_on_some_sizes(tmp_path: Path) -> None:
    links = LINKS.replace("-Chat", "") + "- [c](https://huggingface.co/lab/Example-7B-Chat)\n"
    text = "The 7B model was trained on 2 trillion tokens. The 13B model was trained on 3 trillion tokens.\n\n"
    text += "- Example-13B has 12.7B parameters."
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "README.md").write_text(f"# Example\n\n{links}\n{text}")
    reading = read_documents(tmp_path / "example", CATALOGUE)
    assert told(reading, "model.training.tokens") == {"Example-7B": {2 * 10**12}, "Example-13B": {3 * 10**12}}
    assert told(reading, TOTAL) == {"Example-13B": {127 * 10**8}}


def test_what_is_said_of_one_size_is_of_no_other(tmp_path: Path) -> None:
    text = "Foo-7B has a context length of 4096 tokens.\n\nOur model has a context length of 8192 tokens."
    (tmp_path / "foo").mkdir()
    (tmp_path / "foo" / "README.md").write_text(f"# Foo\n\n{LINKS.replace('Example', 'Foo')}\n{text}")
    assert told(read_documents(tmp_path / "foo", CATALOGUE), "model.context_length") == {"Foo-7B": {4096}}


def test_a_list_below_a_variant_is_about_it(tmp_path: Path) -> None:
    links = "".join(f"- [m](https://huggingface.co/lab/Foo-{one})\n" for one in ("7B", "7B-Chat", "13B", "13B-Chat"))
    text = "**Foo-Chat** is the newest version, featuring:\n\n- a context window of 8192 tokens\n"
    (tmp_path / "foo").mkdir()
    (tmp_path / "foo" / "README.md").write_text(f"# Foo\n\n{links}\n{text}")
    of = told(read_documents(tmp_path / "foo", CATALOGUE), "model.context_length")
    assert of == {"Foo-7B-Chat": {8192}, "Foo-13B-Chat": {8192}}


def test_models_named_in_one_breath(tmp_path: Path) -> None:
    text = "Foo-7B and Foo-13B-Chat have a context length of 4096 tokens."
    (tmp_path / "foo").mkdir()
    (tmp_path / "foo" / "README.md").write_text(f"# Foo\n\n{LINKS.replace('Example', 'Foo')}\n{text}")
    of = told(read_documents(tmp_path / "foo", CATALOGUE), "model.context_length")
    assert of == {"Foo-7B": {4096}, "Foo-13B-Chat": {4096}}


def test_days_of_several_models(tmp_path: Path) -> None:
    news = (
        "## News\n\n- 2025.01.02: We released the Example series.\n"
        "- 2025.03.04: The chat models, Example-13B-Chat and Example-7B-Chat, are open-sourced.\n"
        "- 2025.05.06: The paper on Example-7B is released.\n"
    )
    (tmp_path / "example").mkdir()
    links = LINKS + "- [c](https://huggingface.co/lab/Example-7B-Chat)\n"
    (tmp_path / "example" / "README.md").write_text(f"# Example\n\n{links}\n{news}")
    reading = read_documents(tmp_path / "example", CATALOGUE)
    assert told(reading, "model.release_date") == {
        "Example-7B": {date(2025, 1, 2)}, "Example-13B-Chat": {date(2025, 3, 4)}, "Example-7B-Chat": {date(2025, 3, 4)},
    }  # fmt: skip


REAL = [
    ("models/pythia", TOTAL, {"pythia-14m": 14 * 10**6, "pythia-12b-deduped": 12 * 10**9, "pythia-1.4b": 14 * 10**8}),
    ("models/deepseek-r1", TOTAL, {"DeepSeek-R1": 671 * 10**9, "DeepSeek-R1-Zero": 671 * 10**9}),
    ("models/qwen3", TOTAL, {"Qwen3-0.6B": 6 * 10**8, "Qwen3-235B-A22B": 235 * 10**9}),
    ("models/qwen3", "model.release_date", {"Qwen3-8B": date(2025, 4, 29), "Qwen3-30B-A3B-Thinking-2507": date(2025, 7, 31)}),
    ("models/gpt-oss", "model.parameters.active", {"gpt-oss-120b": 51 * 10**8, "gpt-oss-20b": 36 * 10**8}),
    ("models/opt-175b", TOTAL, {"OPT-125M": 125 * 10**6, "OPT-175B": 175 * 10**9}),
]  # fmt: skip


@pytest.mark.parametrize(("folder", "fact", "values"), REAL, ids=[f"{folder.split('/')[-1]} {fact}" for folder, fact, _ in REAL])
def test_real_families(corpus: Path, folder: str, fact: str, values: dict[str, Value]) -> None:
    of = told(read_documents(corpus / folder, CATALOGUE), fact)
    assert {name: of.get(name) for name in values} == {name: {value} for name, value in values.items()}
