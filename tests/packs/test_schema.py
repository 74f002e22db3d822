"""The JSON Schemas accept every file of the packs, refuse strange keys, and say what each key means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from compliance.packs.card import KINDS
from compliance.packs.schema import SCHEMAS
from compliance.packs.validation import keys_at
from compliance.reading import load_yaml

FIXTURES = Path(__file__).parent / "fixtures"
OTHERS = sorted(set(SCHEMAS) - {"card"})


def read(path: Path) -> Any:
    return load_yaml(path.read_text("utf-8"), path.name)


def errors(name: str, data: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[name]()).iter_errors(data)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_one(name: str) -> None:
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema == SCHEMAS[name]()


def test_every_card(root: Path) -> None:
    validator = Draft202012Validator(SCHEMAS["card"]())
    paths = sorted((root / "jurisdictions").glob("*/*/provisions/*.yaml"))
    assert paths
    assert [str(path.relative_to(root)) for path in paths if not validator.is_valid(read(path))] == []


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_file(root: Path, name: str) -> None:
    paths = sorted((root / "jurisdictions").glob(f"*/*/{name}.yaml"))
    assert paths
    assert {str(path.relative_to(root)): errors(name, read(path)) for path in paths if errors(name, read(path))} == {}


@pytest.mark.parametrize("path", sorted((FIXTURES / "pk101" / "bad").rglob("s-[1235].yaml")), ids=lambda path: path.stem)
def test_strange_keys_are_refused(path: Path) -> None:
    """Unknown keys, operators, words and kinds; a stranger in `given` (s-4) is for lint, which knows the subjects."""
    assert errors("card", read(path))


GOOD = {
    "definition": "Title", "cite": "s. 1", "gist": "Text", "subject": "model", "defines": "model.is_frontier.us-ca",
    "when": [{"model.is_generative": True, "limb": "a"}, {"any_of": [{"model.built_for": "x"}, {"exempted_by": "s-2"}]}],
    "review": {"status": "draft", "checked": "2026-06-01", "certainty": "high"},
}  # fmt: skip


def test_a_card_by_hand() -> None:
    assert errors("card", GOOD) == []


@pytest.mark.parametrize(
    "change",
    [
        {"when": "always"},
        {"when": [{"model.is_generative": True, "model.is_new": True}]},
        {"when": [{"limb": "alone"}]},
        {"when": [{"model.compute.intended": {"atleast": 3}}]},
        {"when": [{"model.compute.intended": {"at_least": [3]}}]},
        {"when": [{"model.built_for": ["x", "y"]}]},
        {"when": [{"model.built_for": {"one_of": ["x"]}}]},
        {"when": [{"Model Built For": "x"}]},
        {"title": "Title"},
        {"id": "s-1"},
        {"evidence": []},
        {"open": [{"term": "x", "kind": "judgment"}]},
        {"applies": {"form": "2025-01-01"}},
        {"tests": {"given": {"at": "2026-01-01"}, "cases": [{"name": "x", "expect": "maybe"}]}},
        {"gist": None},
    ],
    ids=str,
)
def test_a_wrong_card_by_hand(change: dict[str, Any]) -> None:
    assert errors("card", {**GOOD, **change})


@pytest.mark.parametrize("key", ["definition", "cite", "gist", "subject", "when", "defines", "review"])
def test_what_every_definition_has(key: str) -> None:
    assert errors("card", {name: value for name, value in GOOD.items() if name != key})


def properties(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(schema, dict):
        for name, value in schema.get("properties", {}).items() if isinstance(schema.get("properties"), dict) else ():
            yield (*path, name), value
        for name, value in schema.items():
            yield from properties(value, (*path, name))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_described(name: str) -> None:
    assert [".".join(path) for path, schema in properties(SCHEMAS[name]()) if not schema.get("description")] == []


def test_keys_where_they_may_stand() -> None:
    assert "path" in keys_at(KINDS["obligation"], ("evidence", 0))
    assert "evidence" not in keys_at(KINDS["prohibition"], ())
    assert keys_at(KINDS["exemption"], ("reaches",)) == ["all_of", "other_than", "addressee"]
    assert "title" not in keys_at(KINDS["definition"], ())
