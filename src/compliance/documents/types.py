"""What reading a dossier gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..reading import Map, Problem, Source
from ..reading.marked_xml import Element
from ..vocabulary import Statement
from .front_matter import FrontMatter

Tree = Map | Element | Sequence[Any]
"""The content of a file as it was parsed; a sequence holds mappings, or the answers of a form."""
REMARKS = frozenset({"placeholder", "pointer", "empty", "lacks", "denied", "licence", "scope", "use"})
"""Codes of problems that break nothing: what a document promises and does not hold, or leaves open."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file of the folder: its name, SHA-256 digest (empty where it could not or need not be read) and importer.

    `importer` is empty for a file that is not understood.
    """

    name: str
    digest: str
    importer: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """A person's word that the dossier lists all documents there are; a missing one is then proven missing."""

    complete: bool
    by: str
    on: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Accepted:
    """A judgement that a person took on: which open term of which provision, who, when."""

    provision: str
    term: str
    by: str
    on: date
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class Reading:
    """Statements of all documents, in the order of the files, and everything that was wrong.

    `name` is that of the folder. `subjects` are the nodes that the dossier is about, the model first; parents and licences
    are not among them. `inventory` is None where the list of documents is open. `without_system` says that the manifest
    states that there is no system. `waivers` are raw entries with their marks.
    """

    name: str
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]
    files: tuple[ReadFile, ...]
    subjects: tuple[str, ...]
    inventory: Inventory | None = None
    accepted: tuple[Accepted, ...] = ()
    waivers: tuple[Any, ...] = ()
    without_system: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """One file as importers get it: its name in the dossier, its text, who takes it, and its front matter if it has one."""

    name: str
    text: str
    importer: str
    front: FrontMatter | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What one importer makes of its file, and the content itself, in which what was made use of is noted (see fields.py)."""

    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    tree: Tree | None = field(default=None, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Card(Imported):
    """A document of a known kind also tells which topics it covers and which licences it names for the model, with the places."""

    topics: frozenset[str] = frozenset()
    licences: tuple[tuple[str, Source], ...] = ()
    kind: str = "model_card"
