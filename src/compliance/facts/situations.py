"""Who may owe what towards whom: every organisation with every subject of the dossier.

Subjects are the models, systems and datasets that the dossier is about, and the incidents, disclosures, outputs and
decisions that it states. A model that is only there because another was derived from it is no subject, nor is a family
whose sizes are. Without an organisation one without a name stands in, about which nothing is known; likewise a system.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..catalogue import Catalogue
from ..graph import Graph, documents_of, families_of, follow, follow_back, nodes_of_kind
from ..reading import Problem, Source
from ..vocabulary import UNKNOWN, Document, Fact, Situation, Subject, Value, kind_of, node, parse_value
from ..vocabulary.statement import name_of
from .resolve import Facts

NAMELESS = "organisation:unnamed"
BELONGING: Mapping[str, tuple[str, ...]] = {"incident": ("model", "system"), "disclosure": ("model",), "output": ("system",)}
"""Subjects that are judged together with what they belong to, one situation each; the first kind is meant where none is said."""


@dataclass
class _Cast:
    """The subjects of a dossier by node name, and what was wrong with their documents."""

    graph: Graph
    facts: Mapping[str, Facts]
    catalogue: Catalogue
    problems: set[Problem] = field(default_factory=set)
    made: dict[str, Subject] = field(default_factory=dict)

    def subject(self, name: str) -> Subject:
        """The subject of a node; its kind is the first word of its facts."""
        if name not in self.made:
            kind = kind_of(name)
            sources = self.graph.nodes[name]["sources"] if name in self.graph else ()
            self.made[name] = Subject(
                name, "addressee" if kind == "organisation" else kind, self.facts.get(name, {}), self.documents(name), sources
            )  # fmt: skip
        return self.made[name]

    def documents(self, name: str) -> tuple[Document, ...]:
        """Documents that edges lead to from a node, with the attributes that the catalogue knows, typed by it."""
        found = documents_of(self.graph, name) if name in self.graph else ()
        return tuple(self.document(one, edge) for edge, one in found)

    def document(self, name: str, edge: str) -> Document:
        """One document; an attribute that disagrees or cannot be read stays unknown."""
        data = self.graph.nodes[name]
        kind = data["attributes"].get("kind")
        kind = kind if isinstance(kind, str) else ""
        attributes: dict[str, Value] = {}
        for key, raw in data["attributes"].items():
            kind_of_value = self.catalogue.attribute(kind, key)
            if kind_of_value is None or raw is UNKNOWN:
                continue
            try:
                attributes[key] = parse_value(raw, kind_of_value)
            except ValueError as error:
                self.problems.add(Problem(data["sources"][0], "document", f"{name_of(name)}, {key}: {error}"))
        for key, dispute in data["disputes"].items():
            message = f"{name_of(name)}: sources disagree on {key}: {dispute}"
            self.problems.add(Problem(data["sources"][0], "contradiction", message, "correct one of them"))
        return Document(name_of(name), kind, attributes, data["sources"], edge)


def build_situations(
    graph: Graph,
    facts: Mapping[str, Facts],
    pairs: Mapping[tuple[str, str], Facts],
    catalogue: Catalogue,
    *,
    closed: bool = False,
    without_system: bool = False,
    about: Graph | None = None,
) -> tuple[tuple[Situation, ...], tuple[Problem, ...]]:
    """All situations by organisation, kind of subject and name, and what was wrong with the documents.

    `closed` says that the dossier lists all documents there are; `without_system` that no system is to be assumed. `about`
    is the graph of the dossier judged alone, where `graph` joins others to it: only who and what is in it is judged.
    """
    cast = _Cast(graph, facts, catalogue)
    graph = graph if about is None else about
    organisations = nodes_of_kind(graph, "organisation") or (NAMELESS,)
    models = subject_models(graph)
    systems = nodes_of_kind(graph, "system") or (() if without_system else _assumed_system(graph, models))
    subjects: list[tuple[str, str | None]] = [(name, None) for name in (*models, *systems)]
    subjects += [
        (name, None) for name in nodes_of_kind(graph, "dataset") if documents_of(graph, name) or _is_told_of(graph, name, facts)
    ]
    subjects += [(name, _only(_wholes(graph, name, "system"))) for name in nodes_of_kind(graph, "decision")]
    for kind, kinds in BELONGING.items():
        candidates = models if kinds[0] == "model" else systems
        for name in nodes_of_kind(graph, kind):
            owners = _wholes(graph, name, *kinds) or (candidates if len(candidates) == 1 else ())
            subjects += [(name, one) for one in owners] or [(name, None)]
            if not owners:
                cast.problems.add(_ownerless(graph, name, kinds[0]))
    situations = tuple(
        Situation(
            cast.subject(organisation),
            cast.subject(name),
            cast.subject(parent) if parent else None,
            _pair(pairs, organisation, name, parent),
            closed,
        )
        for organisation in organisations
        for name, parent in subjects
    )
    return situations, tuple(sorted(cast.problems, key=str))


def subject_models(graph: Graph) -> tuple[str, ...]:
    """Models that the dossier is about: not families of sizes, not models without documents that others derive from.

    Where that leaves none (models without documents, derived from each other), all that are no families.
    """
    models = [name for name in nodes_of_kind(graph, "model") if not any(map(_is_model, follow_back(graph, name, "part_of")))]
    own = [name for name in models if documents_of(graph, name) or not follow_back(graph, name, "derived_from")]
    return tuple(own or models)


def _is_told_of(graph: Graph, name: str, facts: Mapping[str, Facts]) -> bool:
    """Whether some fact on a node rests on a place that this graph has for it."""
    places = set(graph.nodes[name]["sources"])
    return any(places.intersection(fact.sources) for fact in facts.get(name, {}).values())


def _is_model(name: str) -> bool:
    """Whether a node is a model."""
    return kind_of(name) == "model"


def _assumed_system(graph: Graph, models: tuple[str, ...]) -> tuple[str, ...]:
    """One system named after the model, or after the family of its sizes; none in a dossier without a model."""
    names = sorted({family for name in models for family in families_of(graph, name)}) or list(models)
    return (node("system", f"{name_of(names[0])}-system"),) if names else ()


def _wholes(graph: Graph, name: str, *kinds: str) -> tuple[str, ...]:
    """What a node belongs to, of some kinds."""
    return tuple(end for end in follow(graph, name, "part_of") if kind_of(end) in kinds)


def _only(names: tuple[str, ...]) -> str | None:
    return names[0] if len(names) == 1 else None


def _ownerless(graph: Graph, name: str, owner: str) -> Problem:
    source: Source = graph.nodes[name]["sources"][0]
    return Problem(source, "graph", f"{name} belongs to no {owner}", f"say of which {owner} it is part")


def _pair(pairs: Mapping[tuple[str, str], Facts], organisation: str, name: str, parent: str | None) -> Mapping[str, Fact]:
    """Facts of the organisation on the subject, before those on what the subject belongs to."""
    found: dict[str, Fact] = {}
    for one in filter(None, (parent, name)):
        found.update(pairs.get((organisation, one), {}))
    return dict(sorted(found.items()))
