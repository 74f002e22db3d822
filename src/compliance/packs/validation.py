"""What pydantic finds wrong in a card or instrument file, as located problems a lawyer can act on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from ..reading import Mark, Problem, Source, mark_of, nearest
from .card import Card

HIDDEN: Mapping[str, str] = {
    "title": "the first key holds the title",
    **dict.fromkeys(("id", "pack", "source", "digest"), "the path of the file says this; leave it out"),
}  # fmt: skip
"""Fields of a card that are no keys of the grammar, and what says them instead."""


class _Found(NamedTuple):
    """One error of pydantic: its type, the path that exists in the file, and the key it is about.

    `branch` is the place of a value that may have several forms, where the error belongs to one of the forms; else None.
    """

    kind: str
    path: tuple[Any, ...]
    label: str
    message: str
    value: Any
    branch: tuple[Any, ...] | None


def validation_problems(error: ValidationError, data: Any, file: str, kind: Any) -> list[Problem]:
    """One problem for each mistake, unknown keys with the nearest key that may stand there.

    `kind` is the type that was expected. Where a value may have several forms, only the form that comes nearest is told.
    """
    found = [_read(item, data) for item in error.errors()]
    kept: dict[tuple[Mark, str], Problem] = {}
    for one in found:
        if one.branch is not None and one is not _best([f for f in found if f.branch == one.branch]):
            continue
        message, hint = _say(one, kind)
        mark = mark_of(data, one.path) if data is not None else Mark(1, 1)
        kept.setdefault((mark, message), Problem(Source(file, *mark), "PK101", message, hint))
    return list(kept.values())


def _read(item: Any, data: Any) -> _Found:
    steps, label = list(item["loc"]), ""
    if item["type"] == "missing" and steps:
        label = str(steps.pop())
    path: list[Any] = []
    branch: tuple[Any, ...] | None = None
    node = data
    for step in steps:
        if not _has(node, step):
            branch = tuple(path) if branch is None else branch
            continue
        node = node[step]
        path.append(step)
    words = [str(step) for step in path if isinstance(step, str)]
    return _Found(item["type"], tuple(path), label or (words[-1] if words else ""), item["msg"], item.get("input"), branch)


def _has(node: Any, step: Any) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _best(rivals: list[_Found]) -> _Found:
    order = ("extra_forbidden", "literal_error", "missing")
    return min(rivals, key=lambda f: (order.index(f.kind) if f.kind in order else len(order), -len(f.path)))


def _say(found: _Found, kind: Any) -> tuple[str, str]:
    if found.kind == "extra_forbidden":
        near = nearest(found.label, keys_at(kind, found.path[:-1]))
        return f"unknown key `{found.label}`", f"did you mean `{near}`?" if near else "the keys are listed in docs/grammar.md"
    if found.kind == "missing":
        return f"`{found.label}` is missing", "it has to stand here"
    if found.kind == "literal_error":
        words = re.findall(r"'([^']*)'", found.message)
        near = nearest(str(found.value), words)
        hint = f"did you mean `{near}`?" if near else f"write one of {', '.join(words)}"
        return f"`{found.label}` cannot be `{_shown(found.value)}`", hint
    says = found.message.removeprefix("Value error, ")
    return f"`{found.label}`: {says[:1].lower()}{says[1:]}" if found.label else says, ""


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)[:40]


def keys_at(kind: Any, path: tuple[Any, ...]) -> list[str]:
    """The keys that may stand at a place of a file of this type; empty where any key may."""
    models = _models(kind)
    for step in path:
        if isinstance(step, int):
            continue
        fields = [field for model in models for field in _fields(model).items() if field[0] == step]
        if fields:
            models = [model for _, annotation in fields for model in _models(annotation)]
    return list(dict.fromkeys(key for model in models for key in _fields(model)))


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    hidden = HIDDEN if issubclass(model, Card) else ()
    return {field.alias or name: field.annotation for name, field in model.model_fields.items() if name not in hidden}


def _models(kind: Any) -> list[type[BaseModel]]:
    """The models a type is made of, looking into lists, mappings and alternatives."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    if get_origin(kind) in (Annotated, Union, UnionType, tuple, list, dict, Mapping):
        return [model for part in get_args(kind) for model in _models(part)]
    return []
