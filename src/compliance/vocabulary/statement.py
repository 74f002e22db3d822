"""What documents say. Importers only state; nothing is inferred here.

A statement has a subject, what is said of it, the place where it is said, and the day on which it was said if the
document gives one. Nodes are named `kind:name` (`model:deepseek-r1`, `organisation:deepseek`, `document:README.md`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..reading.source import Source
from .value import Value

NODE_KINDS = (
    "model", "dataset", "system", "document", "licence", "organisation", "evaluation", "incident", "output", "decision",
    "disclosure",
)  # fmt: skip
EDGES = (
    "derived_from", "trained_on", "evaluated_on", "documented_by", "licensed_under", "provided_by", "modified_by",
    "deployed_by", "part_of", "placed_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactStatement:
    """One source says that a fact of the catalogue has a value for a subject.

    `fact` is the full name (`model.market_date.eu`); `pair` names the other node for facts on an organisation and a
    subject. `basis` is `stated`, or `judged` (with who judged, when, by which standard in `note`), or `derived`.
    """

    subject: str
    fact: str
    value: Value
    source: Source
    stated_on: date | None = None
    pair: str = ""
    basis: str = "stated"
    note: str = ""


@dataclass(frozen=True, slots=True)
class NodeStatement:
    """One source says that a node exists, with attributes (for documents: kind, public, date, template, topics, ...)."""

    node: str
    source: Source
    attributes: Mapping[str, Any] = field(default_factory=dict)
    stated_on: date | None = None


@dataclass(frozen=True, slots=True)
class EdgeStatement:
    """One source says that two nodes are related (`derived_from` with its relation, `documented_by`, ...)."""

    start: str
    edge: str
    end: str
    source: Source
    attributes: Mapping[str, Any] = field(default_factory=dict)
    stated_on: date | None = None


Statement = FactStatement | NodeStatement | EdgeStatement


def node(kind: str, name: str) -> str:
    """The name of a node; raises `ValueError` for a kind outside the closed list."""
    if kind not in NODE_KINDS:
        raise ValueError(f"unknown kind of node `{kind}`")
    return f"{kind}:{name}"


def name_of(node_name: str) -> str:
    """`deepseek-r1` of `model:deepseek-r1`; a plain name as it is."""
    return node_name.partition(":")[2] or node_name


def kind_of(node_name: str) -> str:
    """`model` of `model:deepseek-r1`."""
    return node_name.partition(":")[0]
