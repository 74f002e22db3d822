"""What the code of a card tells: the library that loads the model, recipes of merges and of fine-tuning runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.documents.code_blocks import read_code
from compliance.documents.library import find_library
from compliance.documents.printed_model import find_printed_model
from compliance.documents.recipe import find_recipes

from .dossiers import edges, facts, read, values

LIBRARY = "model.library"
LOADS = 'from transformers import AutoModelForCausalLM\nm = AutoModelForCausalLM.from_pretrained("{}")'


def fenced(code: str) -> str:
    """A card with one block of code."""
    return f"# Small\n\n```python\n{code}\n```\n"


def test_blocks_have_the_line_of_their_first_line() -> None:
    text = "a\n\n```\nb\nc\n```\n\n1. ~~~sh\n   d\n   ~~~\n```\nopen"
    assert [(one.line, one.text) for one in read_code(text)] == [(4, "b\nc"), (9, "   d"), (12, "open")]


def test_a_block_without_an_end_costs_no_more_than_its_length() -> None:
    assert sum(len(one.lines) for one in read_code("```\n" + "x\n" * 100_000)) <= 400


@pytest.mark.parametrize(
    ("code", "library"),
    [
        (LOADS.format("lab/small-1b"), ("transformers", 4, 6)),
        (
            '>>> import transformers\n>>> p = transformers.pipeline("text-generation", model="lab/small-1b")',
            ("transformers", 4, 12),
        ),
        ("from diffusers import AutoPipeline\nAutoPipeline.from_pretrained(name)", ("diffusers", 4, 6)),
        ("import small\nmodel, prepare = small.load('tiny')", ("small", 4, 8)),
        ("from transformers import Trainer\nTrainer()", None),
        ("from vllm import LLM\nLLM('lab/small-1b')", None),
        (LOADS.format("lab/other-1b"), None),
        ("from Zoo import Cage\nmodel = Cage('lab/small-1b',  half=True)", ("Zoo", 4, 6)),
        ("from Zoo import Cage\nmodel = Cage('lab/other-1b')", None),
        ("from sglang import Engine\nmodel = Engine('lab/small-1b')", None),
        ("import torch\nmodel = torch.load('small.pt')", None),
        (
            f"{LOADS.format('lab/small-1b')}\n```\n\n```\nfrom peft import PeftModel\nPeftModel.from_pretrained(m)",
            ("transformers", 4, 6),
        ),
        (LOADS.format("lab/small-1b") + "\nfrom peft import PeftModel\nPeftModel.from_pretrained(m)", None),
    ],
    ids=[
        "import from",
        "prompt",
        "variable",
        "own package",
        "no load",
        "server",
        "another model",
        "its own class",
        "its own class with another model",
        "an engine",
        "no library",
        "adapter elsewhere",
        "two libraries",
    ],
)
def test_library(code: str, library: tuple[str, int, int] | None) -> None:
    found = find_library(fenced(code), "README.md", ("small-1b", "Small"))
    assert (found and (found[0], found[1].line, found[1].column)) == library


def test_a_library_that_is_said_not_to_load_the_model_is_none() -> None:
    text = f"The model cannot be instantiated with transformers.\n\n{fenced(LOADS.format('lab/small-1b'))}"
    assert find_library(text, "README.md", ("small-1b",)) is None


def test_code_of_a_copied_card_is_not_the_models() -> None:
    assert find_library("# Original model card\n\n" + fenced(LOADS.format("lab/small-1b")), "README.md", ("small-1b",)) is None


def test_the_front_matter_names_the_library(tmp_path: Path) -> None:
    card = "---\nlibrary_name: keras\n---\n" + fenced(LOADS.format(f"lab/{tmp_path.name}"))
    assert values(read(tmp_path, README_md=card), LIBRARY) == ["keras"]


def test_a_readme_beside_a_card_is_read_for_it(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md=fenced("import small\nsmall.load()"), model_card_md="# Small\n\nText.\n")
    assert facts(reading)[LIBRARY] == [("small", "README.md:4:8")]


PRINTED = "SmallForCausalLM(\n  (model): SmallModel(\n    (layers): ModuleList()\n  )\n)"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (PRINTED, ("SmallForCausalLM", 4, 1)),
        ("model = SmallForCausalLM(\n  config,\n)", None),
        ("SmallForCausalLM(\n  config,\n)", None),
        (f"{PRINTED}\n```\n\n```\n{PRINTED.replace('Small', 'Big')}", None),
    ],
    ids=["printed", "built", "called", "two"],
)
def test_printed_model(code: str, found: tuple[str, int, int] | None) -> None:
    shown = find_printed_model(fenced(code), "README.md")
    assert (shown and (shown[0], shown[1].line, shown[1].column)) == found


MERGE = "slices:\n  - sources:\n      - model: lab/a-7b\n      - model: ./local\nmerge_method: slerp\nbase_model: lab/b-7b"
EXPERTS = "base_model: lab/a-7b\nexperts:\n  - source_model: lab/b-7b"
RUN = "base_model: lab/a-7b  # start\ndatasets:\n  - path: lab/animals\nnum_epochs: 3"


@pytest.mark.parametrize(
    ("code", "named"),
    [
        (MERGE, [("derived_from", "lab/a-7b", "merge", 6), ("derived_from", "lab/b-7b", "merge", 9)]),
        (EXPERTS, [("derived_from", "lab/a-7b", "merge", 4), ("derived_from", "lab/b-7b", "merge", 6)]),
        (RUN, [("derived_from", "lab/a-7b", "finetune", 4), ("trained_on", "lab/animals", "", 6)]),
        ("model: lab/a-7b\nport: 80", []),
        ("merge_method: slerp\nmodels:\n  - model: a-7b\n  - model: /data/lab/b", []),
    ],
    ids=["merge", "experts", "run", "a server", "no owner"],
)
def test_recipe(code: str, named: list[tuple[str, str, str, int]]) -> None:
    found = find_recipes(fenced(code), "README.md")
    assert [(one.edge, one.name, one.relation, one.source.line) for one in found] == named


def test_a_recipe_adds_to_the_parents_of_the_front_matter(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md="---\nbase_model: lab/a-7b\n---\n" + fenced(MERGE))
    assert [(end, told) for _, end, told in edges(reading, "derived_from")] == [
        ("model:lab/a-7b", {}), ("model:lab/b-7b", {"relation": "merge"}),
    ]  # fmt: skip
