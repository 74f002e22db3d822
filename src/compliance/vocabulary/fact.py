"""What is taken as known about one subject, with where it comes from. The engine reads nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..reading.source import Source
from .value import Value


@dataclass(frozen=True, slots=True)
class Fact:
    """One resolved fact.

    `how` is `stated`, `judged`, `derived` (by the derivation named in `note`), `computed`, `contradiction` (then the value
    is UNKNOWN and `sources` names every side), or `withheld` (UNKNOWN, because of the models built on that `note` names).
    `because` names the facts it was made from.
    """

    name: str
    value: Value
    sources: tuple[Source, ...] = ()
    how: str = "stated"
    note: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document attached to a subject or organisation by an edge, with the attributes its kind has.

    An attribute that is absent is unknown. `edge` is the relation that leads to it (`documented_by`, `evaluated_on`).
    """

    name: str
    kind: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    edge: str = "documented_by"


@dataclass(frozen=True, slots=True)
class Subject:
    """A model, system, dataset, organisation, ... with its facts and documents. `kind` is the first word of fact names."""

    name: str
    kind: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """Whose duty towards what: one organisation, one subject, for pairs such as an incident also its model.

    `pair` holds the facts of the organisation on this very subject; they come before the organisation's own.
    `closed` says that the dossier lists all documents there are, so that a missing one is proven missing.
    """

    addressee: Subject
    subject: Subject
    parent: Subject | None = None
    pair: Mapping[str, Fact] = field(default_factory=dict)
    closed: bool = False
