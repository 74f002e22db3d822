"""The closed catalogue: what may be said at all, and what each word means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..reading.source import Source

NOWHERE = Source("")
TYPES = ("boolean", "number", "money", "date", "instant", "term", "set", "series")
KINDS = ("observed", "computed", "judged", "act", "defined")


@dataclass(frozen=True, slots=True)
class FactType:
    """One entry of `rules/facts`: its type, how it becomes known, what it means and what to ask a person.

    `suffix` is `region` (nests: us-ny-nyc, us-ny, us) or `sense` (meant as one law means it; never nests). `pair` marks
    facts on an organisation and one subject together. `of` names what a computed fact is computed from.
    """

    name: str
    type: str
    kind: str
    suffix: str = ""
    pair: bool = False
    values: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    means: str = ""
    ask: str = ""
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of document: its attributes with their types, and the topics it can cover."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    means: str = ""
    source: Source = NOWHERE


COMMON_ATTRIBUTES: Mapping[str, str] = {"public": "boolean", "date": "date", "template": "term", "topics": "set"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything loaded from `rules/`: facts and document kinds by name."""

    facts: Mapping[str, FactType]
    documents: Mapping[str, DocumentType]

    def fact(self, name: str) -> FactType | None:
        """The entry for a full name as a card writes it: exact, or without its last part where a suffix is due."""
        entry = self.facts.get(name)
        if entry is not None:
            return None if entry.suffix else entry
        stem, _, suffix = name.rpartition(".")
        entry = self.facts.get(stem)
        return entry if entry is not None and entry.suffix and suffix else None

    def attribute(self, kind: str, name: str) -> str | None:
        """Type of a document attribute, or None. An attribute may carry a region (`is_established_in.eu`)."""
        document = self.documents.get(kind)
        if document is None:
            return None
        for key in (name, name.rpartition(".")[0]):
            if key and (found := document.attributes.get(key) or COMMON_ATTRIBUTES.get(key)):
                return found
        return None
