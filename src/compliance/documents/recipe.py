"""Recipes in the code of a card: of a merge of models, or of a fine-tuning run. They name the parents and the data.

Accepted are blocks that hold the keys of such a recipe as its tools define them, and in them names of a hub (`owner/name`).
Refused are paths and names without an owner, and every other block of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..reading import Source
from .code_blocks import CodeBlock, read_own_code

PARENT, TRAINED = "derived_from", "trained_on"
_MERGE = re.compile(r"^\s*merge_method\s*:|^\s*(?:-\s+)?source_model\s*:", re.M)
_RUN = re.compile(
    r"^\s*base_model\s*:.*?^\s*(?:micro_batch_size|sequence_len|lora_r|num_epochs|gradient_accumulation_steps)\s*:", re.M | re.S
)
_KEY = re.compile(r"^\s*(?:-\s+)*(?P<key>model|source_model|base_model|path)\s*:\s*(?P<value>\S{3,200})\s*(?:#.*)?$")
_NAME = re.compile(r"[\"']?(?P<name>[A-Za-z0-9][\w.-]{0,95}/[\w.-]{1,96})[\"']?\Z")


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A model or dataset that a recipe names: the relation to it, how it was made from it, and where it stands."""

    edge: str
    name: str
    relation: str
    source: Source


def find_recipes(text: str, file: str) -> tuple[Ingredient, ...]:
    """What the recipes of a text name, each once."""
    if "model:" not in text or "```" not in text:
        return ()
    found: dict[tuple[str, str], Ingredient] = {}
    for block in read_own_code(text):
        for one in _read(block, file):
            found.setdefault((one.edge, one.name), one)
    return tuple(found.values())


def _read(block: CodeBlock, file: str) -> Iterator[Ingredient]:
    code = block.text
    merge, run = bool(_MERGE.search(code)), bool(_RUN.search(code))
    if not merge and not run:
        return
    for number, line in enumerate(block.lines, block.line):
        key = _KEY.match(line)
        name = _NAME.match(key["value"]) if key else None
        if key is None or name is None:
            continue
        source = Source(file, number, line.index(name["name"]) + 1)
        if merge and key["key"] != "path":
            yield Ingredient(PARENT, name["name"], "merge", source)
        elif run and key["key"] == "base_model":
            yield Ingredient(PARENT, name["name"], "finetune", source)
        elif run and key["key"] == "path":
            yield Ingredient(TRAINED, name["name"], "", source)
