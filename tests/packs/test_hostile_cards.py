"""Cards with anything anywhere: the loader and lint answer with located problems and never fail."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.catalogue import load_catalogue
from compliance.engine.lint_cases import lint_packs
from compliance.packs import load_packs

GOOD = Path(__file__).parent / "fixtures"
ANYTHING: tuple[Any, ...] = (
    [], {}, 3, "x", None, True, "$timeline.start", "$nope", "2025-13-45", [[]], [{}], {"a": {"b": 1}}, "s-*", [None],
    {"from": 3}, [1, "x"], "", "[", 10**50, {"any_of": []}, {"limb": 1},
)  # fmt: skip
NAMES = ("zz", "when", "binds", "from", "any_of", "at_least", "model.documents", "at")


class Loader(yaml.SafeLoader):
    """Dates stay text, as in a card."""


Loader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:timestamp"]
    for key, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from places(value, (*path, key))


def spoil(data: Any, dice: random.Random) -> str:
    """Put something strange at one place, or give one key another name."""
    path, value = dice.choice(list(places(data))), dice.choice(ANYTHING)
    node = data
    for step in path[:-1]:
        node = node[step]
    if isinstance(node, dict) and dice.random() < 0.2:
        name = dice.choice(NAMES)
        node[name] = node.pop(path[-1])
        return f"{path} renamed {name}"
    node[path[-1]] = value
    return f"{path} = {value!r}"


@pytest.mark.parametrize("code", ["pk103", "pk204", "pk207", "pk208", "pk303", "pk305"])
def test_no_card_makes_lint_fail(code: str, tmp_path: Path) -> None:
    dice = random.Random(code)
    catalogue = load_catalogue()[0]
    folder = tmp_path / "eu" / "demo"
    shutil.copytree(GOOD / code / "good" / "eu" / "demo", folder)
    originals = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}
    for _ in range(40):
        path = dice.choice(list(originals))
        data = yaml.load(originals[path], Loader)
        if not data:
            continue
        what = spoil(data, dice)
        path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), "utf-8")
        loaded = load_packs(tmp_path)
        try:
            found = (*loaded.problems, *lint_packs(loaded, catalogue, day=date(2026, 6, 1)))
        except Exception as error:
            raise AssertionError(f"{path.name}: {what}") from error
        assert all(str(problem).startswith(problem.source.file) for problem in found)
        path.write_text(originals[path], "utf-8")
