"""An edge, document kind, attribute or topic that the catalogue does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...reading import Problem, nearest
from ...vocabulary import EDGES
from ..card import Card, Obligation
from ..conditions import Line
from ..path import parse_path
from .context import Context

Said = tuple[str, str]


def check(context: Context) -> Iterator[Problem]:
    """Paths and clocks of demands, what is asked of documents, and the documents of cases."""
    for _, card in context.cards():
        if isinstance(card, Obligation):
            for path, said in _demands(context, card):
                yield context.problem_at("PK202", card.source.file, path, *said)
        for _, condition, kinds in context.asked(card):
            if isinstance(condition, Line):
                for said in _attribute(context, condition.fact, kinds):
                    yield context.problem("PK202", condition.source, *said)
                for said in _topics(context, condition, kinds):
                    yield context.problem("PK202", condition.source, *said)
        for place, said in _papers(context, card):
            yield context.problem_at("PK202", card.source.file, place, *said)


def _demands(context: Context, card: Obligation) -> Iterator[tuple[tuple[Any, ...], Said]]:
    for index, demand in enumerate(card.evidence):
        if demand.path is None:
            continue
        try:
            path = parse_path(demand.path)
        except ValueError:
            continue  # PK207
        place = ("evidence", index, "path")
        if path.start not in (*card.subjects, "addressee"):
            yield place, (f"a path cannot start at `{path.start}`", f"it starts at {' or '.join((*card.subjects, 'addressee'))}")
        if path.edge not in EDGES:
            yield place, _unknown("edge", path.edge, EDGES)
        for kind in path.kinds:
            if kind not in context.catalogue.documents:
                yield place, _unknown("document kind", kind, context.catalogue.documents)
        if card.deadline and "." not in card.deadline.done:
            yield from ((("deadline", "done"), said) for said in _attribute(context, card.deadline.done, path.kinds))
        if demand.current:
            counted = ("evidence", index, "current", "counted_from")
            yield from ((counted, said) for said in _attribute(context, demand.current.counted_from, path.kinds))


def _attribute(context: Context, name: str, kinds: tuple[str, ...]) -> Iterator[Said]:
    """An attribute has to be known for every kind that may serve, or that kind never could."""
    for kind in kinds:
        document = context.catalogue.documents.get(kind)
        stem = name.removeprefix(f"{kind}.")
        if document is not None and context.catalogue.attribute(kind, stem) is None:
            message, hint = _unknown("attribute", f"{kind}.{stem}", [f"{kind}.{key}" for key in document.attributes])
            yield message, hint
            return


def _topics(context: Context, line: Line, kinds: tuple[str, ...]) -> Iterator[Said]:
    """A topic has to be known for at least one kind that may serve."""
    documents = [context.catalogue.documents[kind] for kind in kinds if kind in context.catalogue.documents]
    if line.fact.rpartition(".")[2] != "topics" or not documents:
        return
    known = [topic for document in documents for topic in document.topics]
    for test in line.tests:
        for topic in test.operand if isinstance(test.operand, tuple) else (test.operand,):
            if str(topic) not in known:
                yield _unknown(f"topic of {' or '.join(d.name for d in documents)}", str(topic), known)


def _papers(context: Context, card: Card) -> Iterator[tuple[tuple[Any, ...], Said]]:
    for paper in context.papers(card):
        document = context.catalogue.documents.get(paper.kind)
        if not paper.kind:
            yield paper.path, ("a document without a kind", "write {kind: model_card, ...}; an empty list is []")
            continue
        if document is None:
            yield (*paper.path, "kind"), _unknown("document kind", paper.kind, context.catalogue.documents)
            continue
        if paper.edge and paper.edge not in EDGES:
            yield (*paper.path, "edge"), _unknown("edge", paper.edge, EDGES)
        for name, value in paper.attributes.items():
            for said in _attribute(context, str(name), (paper.kind,)):
                yield (*paper.path, name), said
            if name == "topics" and isinstance(value, list):
                for index, topic in enumerate(value):
                    if str(topic) not in document.topics:
                        yield (*paper.path, name, index), _unknown(f"topic of {paper.kind}", str(topic), document.topics)


def _unknown(what: str, name: str, known: Iterable[str]) -> Said:
    near = nearest(name, known)
    where = "" if what == "edge" else " Documents are listed in rules/documents/kinds.yaml."
    listed = f"one of {', '.join(known)}" if what == "edge" else where.strip()
    return f"unknown {what} `{name}`", f"did you mean `{near}`?{where}" if near else listed
