"""JSON Schema (draft 2020-12) of the files of a pack, made from the types, for editors and for whoever writes packs.

A schema knows the keys and their values; which facts there are and what references lead to is for lint.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from pydantic import BaseModel, TypeAdapter

from . import card, instrument, pinpoints
from .card import CONDITIONS, KINDS
from .conditions import CALENDAR, COMBINATORS, COMPARISONS, LOOKS
from .instrument import Amendment, CoverageRow, DateEntry, Instrument, ParameterEntry, SurvivorRow
from .pinpoints import Pinpoints
from .validation import HIDDEN

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
_VALUE = {"type": ["boolean", "integer", "string"]}
_OPERANDS: Mapping[str, Schema] = {
    **{name: {"type": ["integer", "string"], "description": "A number, money, or $parameters.name."} for name in COMPARISONS},
    **{name: {"type": "string", "description": "A date, $timeline.name, or $at."} for name in CALENDAR},
    "one_of": {"type": "array", "items": _VALUE, "minItems": 2, "description": "The value is among these."},
    "includes": {"anyOf": [_VALUE, {"type": "array", "items": _VALUE}], "description": "The set has it, or has each of them."},
}
_GROUPS = {"any_of": "At least one line holds.", "all_of": "Every line holds.", "none_of": "No line holds."}
_SEEN = {"exempted_by": "That exemption is true here.", "binds": "That duty is in scope, begun and not exempt here."}


def card_schema() -> Schema:
    """A card: one of four kinds, told by its first key."""
    definitions: Schema = dict(_condition_schemas())
    for kind, model in KINDS.items():
        found = model.model_json_schema(by_alias=True)
        definitions.update(found.pop("$defs", {}))
        definitions[kind] = _of_kind(kind, found)
    definitions.pop("Source")  # the place of a card in its file; no key leads to it
    kinds = [{"$ref": f"#/$defs/{kind}"} for kind in KINDS]
    return _finish({"title": "A card", "oneOf": kinds, "$defs": definitions}, card)


def _of_kind(kind: str, found: Schema) -> Schema:
    """The key of the kind in place of the title, and first; what the path of the file says is no key."""
    title = found["properties"]["title"]
    rest = {name: value for name, value in found["properties"].items() if name not in HIDDEN}
    required = [kind, *(name for name in found["required"] if name not in HIDDEN)]
    return {**found, "title": kind, "properties": {kind: {**title, "title": kind}, **rest}, "required": required}


def _condition_schemas() -> Schema:
    either: Schema = {name: {"$ref": "#/$defs/conditions", "description": _GROUPS[name]} for name in COMBINATORS}
    looks: Schema = {name: {"type": "string", "description": _SEEN[name]} for name in LOOKS}
    comparison = {"type": "object", "minProperties": 1, "additionalProperties": False, "properties": dict(_OPERANDS)}
    limb = {"type": ["string", "integer"], "description": "The piece of the text that this line stands for."}
    return {
        "conditions": {"type": "array", "items": {"$ref": "#/$defs/line"}, "description": "Lines; all must hold."},
        "line": {
            "type": "object",
            "description": "One fact with a value or an operator, one group of lines, or one look at another card.",
            "properties": {"limb": limb, **either, **looks},
            "propertyNames": {"pattern": r"^([a-z_0-9]+|[a-z_0-9]+(\.[a-z_0-9-]+)+)$"},
            "additionalProperties": {"anyOf": [_VALUE, comparison]},
            "if": {"required": ["limb"]},
            "then": {"minProperties": 2, "maxProperties": 2},
            "else": {"minProperties": 1, "maxProperties": 1},
        },
    }


def instrument_schema() -> Schema:
    """`instrument.yaml`."""
    found = Instrument.model_json_schema(by_alias=True)
    found["$defs"] = {**_condition_schemas(), **found.get("$defs", {})}
    return _finish(found, instrument)


def _list_schema(kind: Any, title: str) -> Schema:
    return _finish({**TypeAdapter(kind).json_schema(by_alias=True), "title": title}, instrument)


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "card": card_schema,
    "instrument": instrument_schema,
    "amendments": lambda: _list_schema(tuple[Amendment, ...], "amendments.yaml"),
    "timeline": lambda: _list_schema(dict[str, tuple[DateEntry, ...]], "timeline.yaml"),
    "parameters": lambda: _list_schema(dict[str, tuple[ParameterEntry, ...]], "parameters.yaml"),
    "pinpoints": lambda: _finish(Pinpoints.model_json_schema(by_alias=True), pinpoints),
    "survivors": lambda: _list_schema(tuple[SurvivorRow, ...], "survivors.yaml"),
    "coverage": lambda: _list_schema(tuple[CoverageRow, ...], "coverage.yaml"),
}
"""Each file of a pack by the name of its schema."""


# --- from pydantic's schema to ours -----------------------------------------------------------------------------------


def _finish(found: Schema, module: ModuleType) -> Schema:
    described = _describe(found, {**_field_docs(card), **_field_docs(module)})
    return {"$schema": DRAFT, **_tidy(described)}


def _tidy(node: Any) -> Any:
    """Every place that holds conditions refers to their one schema; defaults, which no author writes, are left out."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _tidy(value) for key, value in node.items() if key != "default"}
    if kept.pop("$comment", None) == CONDITIONS["$comment"]:
        return {"$ref": "#/$defs/conditions", **kept}
    return kept


def _describe(found: Schema, docs: Mapping[str, Mapping[str, str]]) -> Schema:
    """The line below each field as its description."""
    models = [*found.get("$defs", {}).values(), found]
    for model in models:
        name = str(model.get("title", ""))
        lines = docs.get(KINDS[name].__name__ if name in KINDS else name, {})
        for key, schema in model.get("properties", {}).items():
            line = lines.get("title" if key == name else key)
            if line:
                schema["description"] = line
    return found


@cache
def _field_docs(module: ModuleType) -> Mapping[str, Mapping[str, str]]:
    """By class and key: the string below each field, and below those of the classes it is made from."""
    found: dict[str, dict[str, str]] = {}
    tree = ast.parse(inspect.getsource(module))
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        model = getattr(module, node.name)
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            continue
        lines = {name: line for base in model.__bases__ for name, line in found.get(base.__name__, {}).items()}
        for field, below in zip(node.body, node.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
                value = below.value
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    info = model.model_fields[field.target.id]
                    lines[info.alias or field.target.id] = value.value
        found[node.name] = lines
    return found
