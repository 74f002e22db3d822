"""Several models in one card: which they are, and which figure is whose."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.documents import Reading, read_documents
from compliance.documents.layout import lay_out
from compliance.documents.recognition import load_recognition
from compliance.documents.sizes import find_sizes, names_sizes
from compliance.documents.types import Input
from compliance.vocabulary import EdgeStatement, FactStatement, Terms, Value

from .dossiers import CATALOGUE, read, write

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


VERSIONS = """# Example 2

The new Example 2.1 checkpoints released on September 29, 2024.

| Model | Size (M) | Speed |
|---|---|---|
| example2.1_small <br /> ([config](a.yaml), [checkpoint](https://example.org/a)) | 38.9 | 9 |
| example2.1_large | 224.4 | 3 |

The Example 2 checkpoints released on July 29, 2024 are these, and Other 2 checkpoints released on July 1, 2020.

| Model | Size (M) | Speed |
|---|---|---|
| example2_small | 39 | 9 |
| example2_large | 224 | 3 |
"""


def test_versions_of_a_family_in_tables_with_the_unit_in_the_heading(tmp_path: Path) -> None:
    reading = read(tmp_path / "example2", README_md=VERSIONS)
    sizes = {
        "example2.1_small": 38_900_000,
        "example2.1_large": 224_400_000,
        "example2_small": 39_000_000,
        "example2_large": 224_000_000,
    }
    assert told(reading, TOTAL) == {name: {value} for name, value in sizes.items()}
    days = told(reading, "model.release_date")
    assert days == {name: {date(2024, 9, 29) if "2.1" in name else date(2024, 7, 29)} for name in sizes}


def test_a_variant_of_a_family_in_news(tmp_path: Path) -> None:
    text = LINKS.replace("Example-7B)", "Example-7B-Chat)") + "- https://huggingface.co/lab/Example-13B\n"
    reading = read(tmp_path / "example", README_md=f"# Example\n\n{text}\n## News\n\n- 2024-05-06: Chat models are released.\n")
    day = {date(2024, 5, 6)}
    assert told(reading, "model.release_date") == {"Example-7B-Chat": day, "Example-13B-Chat": day}


PATHS = "Size | Kind | Name\n---- | ---- | ----\n2B | base | `zoo/{0}-3/flax/{0}3-2b`\n9B | base | `zoo/{0}-3/flax/{0}3-9b`\n"
FILES = """<table>
<tr><th>model</th><th># of<br />params</th><th>download</th></tr>
<tr><td>S/14</td><td>21 M</td><td><a href="https://example.org/{0}_s14/{0}_s14_pretrain.pth">file</a></td></tr>
<tr><td>B/14</td><td>1,100 M</td><td><a href="https://example.org/{0}_b14/{0}_b14_reg4_pretrain.pth">file</a></td></tr>
</table>
"""


@pytest.mark.parametrize(
    ("table", "sizes"),
    [
        (PATHS.format("lion"), {"lion3-2b": {2 * 10**9}, "lion3-9b": {9 * 10**9}}),
        (FILES.format("lion"), {"lion_s14": {21 * 10**6}, "lion_b14_reg4": {1100 * 10**6}}),
        (PATHS.format("tiger"), {}),
        (FILES.format("tiger"), {}),
        (FILES.format("lion").replace(".pth", ".json"), {}),
        (PATHS.format("lion").replace("Size", "Price"), {}),
    ],
)
def test_models_named_by_their_files(tmp_path: Path, table: str, sizes: dict[str, set[Value]]) -> None:
    folder = tmp_path / "lion"
    folder.mkdir()
    assert told(read(folder, **{"README.md": f"# Lion\n\nModels.\n\n{table}"}), TOTAL) == sizes


PAGE = "# Notes\n\nOur 7B model was trained on 300B tokens. The models saw the Pile.\n"


@pytest.mark.parametrize(
    ("page", "readme", "tokens"),
    [
        ("docs/notes.md", LINKS, {"Example-7B": {300 * 10**9}}),
        ("chronicles/end.md", LINKS, {"Example-7B": {300 * 10**9}}),
        ("scripts/notes.md", LINKS, {}),
        ("docs/more/notes.md", LINKS, {}),
        ("docs/notes.md", "A model.\n", {}),
    ],
)
def test_pages_beside_the_card_of_a_family(tmp_path: Path, page: str, readme: str, tokens: dict[str, set[Value]]) -> None:
    folder = tmp_path / "example"
    folder.mkdir()
    assert told(read(folder, **{"README.md": f"# Example\n\n{readme}", page: PAGE}), "model.training.tokens") == tokens


def test_a_readme_below_that_is_headed_by_a_relative(tmp_path: Path) -> None:
    below = "# Example2\n\nRelease of the Example2 models (`1B`, `7B`).\n"
    write(tmp_path / "example-lab", "below/README.md", below)
    reading = read(tmp_path / "example-lab", README_md="# Example\n\nSome words.")
    assert told(reading, TOTAL) == {"Example2-1B": {10**9}, "Example2-7B": {7 * 10**9}}
    write(tmp_path / "example-lab", "below/README.md", below.replace("Example2", "Strange2"))
    assert told(read(tmp_path / "example-lab"), TOTAL) == {}


def test_a_rounded_size_of_a_list_is_no_further_model() -> None:
    links = LINKS.replace("7B", "3.7B")
    assert found(f"# Example\n\nThe Example models (3B, 13B, 20B) are here.\n\n{links}") == [
        "Example-3.7B", "Example-13B-Chat", "Example-13B", "Example-20B",
    ]  # fmt: skip


def test_a_dataset_in_a_folder_below_leaves_the_family_its_sizes(tmp_path: Path) -> None:
    data = "---\npretty_name: Rows\ntask_categories:\n- other\n---\n# Rows\n\nA dataset.\n"
    write(tmp_path / "example2", "rows/README.md", data)
    reading = read(tmp_path / "example2", README_md=VERSIONS)
    assert len(told(reading, TOTAL)) == 4


ALSO = (
    "# Example\n\n1.5 billion parameters: the largest {0}. We have also released 124 million and 355 million parameter models.\n"
)


def test_the_largest_of_a_family_tells_of_the_others(tmp_path: Path) -> None:
    reading = read(tmp_path / "example", README_md=ALSO.format("Example version"))
    assert told(reading, TOTAL) == {
        "Example-124M": {124_000_000},
        "Example-355M": {355_000_000},
        "Example-1.5B": {1_500_000_000},
    }
    assert found(ALSO.format("GPT-2 version")) == []
    assert found(ALSO.format("Example version").replace("We have", "They have")) == []


def test_a_new_version_of_all_models_in_news(tmp_path: Path) -> None:
    text = f"# Example\n\n{LINKS.replace('-Chat', '')}\n## News\n\n- [April 3, 2023] We have released {{0}} Example models.\n"
    day = {date(2023, 4, 3)}
    reading = read(tmp_path / "example", README_md=text.format("a new version of all"))
    assert told(reading, "model.release_date") == {"Example-7B": day, "Example-13B": day}
    assert not told(read(tmp_path / "example", README_md=text.format("an updated version of some")), "model.release_date")


def test_the_title_of_a_page_on_a_family_reads_as_a_relative(tmp_path: Path) -> None:
    rows = "| Model | Params |\n|---|---|\n| qwen2.1_large | 2B |\n| qwen2.1_small | 1B |\n"
    text = "# {0} 2: See Things\n\n**Qwen 2** is a foundation model for thing segmentation in images.\n\n"
    task = "thing-segmentation"
    for title, tasks in (("Qwen", {task}), ("Llama", set())):
        reading = read(tmp_path / title / "qwen2", README_md=text.format(title) + rows)
        terms = told(reading, "model.tasks").values()
        assert {one for some in terms for value in some if isinstance(value, Terms) for one in value.known} == tasks


def test_data_of_the_run_of_one_size(tmp_path: Path) -> None:
    text = f"# Example\n\n{LINKS.replace('-Chat', '')}\nThe full 13B model was trained on the Pile. It is small.\n"
    reading = read(tmp_path / "example", README_md=text)
    edges = {one.start for one in reading.statements if isinstance(one, EdgeStatement) and one.edge == "trained_on"}
    assert edges <= {"model:Example-13B"}
