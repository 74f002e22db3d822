"""SPDX 3.0 (JSON-LD) with the AI and Dataset profiles: AI packages, dataset packages, and the relationships between them.

A relationship of a file holds for the package that contains it. What is said of weights is said of the AI package.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..catalogue.licences import Licences
from ..reading import Map, Source
from ..vocabulary import NodeStatement, Terms, node
from .bill import DATA_LICENCE, MODEL_LICENCE, Named, assign, close_page, gather, hub_name, open_page, state_licences
from .layout import Layout
from .members import objects, read_object, text, texts
from .page import Page, says_nothing
from .recognition import Recognition
from .spdx3_packages import read_data_package, read_model_package
from .types import Imported, Input

AI, DATASET = "ai_AIPackage", "dataset_DatasetPackage"
BILL, CARD = "bill_of_materials", "data_card"
USES = {"trainedOn": "trained_on", "testedOn": "evaluated_on"}
LICENCES = ("hasDeclaredLicense", "hasConcludedLicense")
ANCESTRY = {"descendantOf": False, "ancestorOf": True}
"""Relationships between models; whether `from` is the parent."""
LISTED = "https://spdx.org/licenses/"
NO_ELEMENT = ("/NoneElement", "/NoAssertionElement", "/NoneLicense", "/NoAssertionLicense", "/None", "/NoAssertion")


MOST_CONTAINERS = 50
"""How many elements are looked through for the package that a file belongs to."""


class Relation(NamedTuple):
    """One relationship, to one of its ends."""

    start: str
    kind: str
    end: str
    source: Source


@dataclass
class _Bill:
    """One file: its elements by id, its relationships by kind, those on licences by kind and start, what contains each
    element, the nodes of its packages.
    """

    file: str
    elements: Mapping[str, Map]
    relations: Mapping[str, Sequence[Relation]]
    licensing: Mapping[tuple[str, str], Sequence[Relation]]
    containers: Mapping[str, Sequence[str]]
    nodes: dict[str, str] = field(default_factory=dict)

    def place(self, element: Map) -> Source:
        """Where an element stands."""
        return Source(self.file, *element.mark)

    def of(self, *kinds: str) -> Iterator[Relation]:
        """Relationships of some kinds, in the order of the file within each."""
        return (one for kind in kinds for one in self.relations.get(kind, ()))

    def package(self, element: str, kind: str) -> str:
        """The nearest package of one type that is the element or contains it, over any number of steps; or empty."""
        reached = {element: None}
        waiting = deque([element])
        while waiting:
            here = waiting.popleft()
            if here in self.elements and _type(self.elements[here]) == kind:
                return here
            above = [one for one in self.containers.get(here, ())[:MOST_CONTAINERS] if one not in reached]
            reached.update(dict.fromkeys(above))
            waiting.extend(above if len(reached) < MOST_CONTAINERS else ())
        return ""


def read_spdx3(one: Input, layout: Layout, licences: Licences, recognition: Recognition) -> Imported:
    """Statements on the AI packages and dataset packages of a file. Ordinary software states nothing."""
    data, problems = read_object(one)
    if data is None:
        return Imported(problems=problems)
    bill = _open(one.name, data)
    models, parents, datasets = _packages(bill)
    names = [_names(bill.elements[key]) for key in models]
    bill.nodes.update(zip(models, assign(names, layout, one.name, _chief(bill, models)), strict=True))
    bill.nodes.update((key, node("model", _names(bill.elements[key])[0])) for key in parents)
    bill.nodes.update((key, node("dataset", _names(bill.elements[key])[0])) for key in datasets)
    lineage = _lineage(bill)
    pages = {key: open_page(one.name, bill.nodes[key], layout, licences, recognition) for key in (*models, *parents, *datasets)}
    for key, page in pages.items():
        _read_package(bill, page, key)
        for edge, end, place in lineage.get(key, ()):
            page.relate(edge, end, place)
    statements = [said for key in parents for said in pages[key].statements]
    for keys, kind, alone in ((models, BILL, len(models) == 1), (datasets, CARD, not models and len(datasets) == 1)):
        for key in keys:
            statements += close_page(pages[key], kind, bill.place(bill.elements[key]), only=alone)
    chief = [pages[key] for key in models or datasets]
    others = [page for key, page in pages.items() if key not in (models or datasets)]
    return replace(gather(chief, others, statements, BILL if models else CARD, layout), tree=data)


def _packages(bill: _Bill) -> tuple[list[str], list[str], list[str]]:
    """Ids of the AI packages that the bill is about, of those that these were derived from, and of the dataset packages."""
    above = {parent for parent, _, _ in _ancestry(bill)}
    named = [(key, _type(one)) for key, one in bill.elements.items() if not says_nothing(text(one, "name"))]
    models = [key for key, kind in named if kind == AI]
    return (
        [key for key in models if key not in above],
        [key for key in models if key in above],
        [key for key, kind in named if kind == DATASET],
    )


def _chief(bill: _Bill, models: list[str]) -> int | None:
    """The model that the bill is about: its root, or its only model where no root is named."""
    roots = {root for element in bill.elements.values() for root, _ in texts(element, "rootElement")}
    parts = {root for root in roots if root in bill.elements and not texts(bill.elements[root], "rootElement")}
    chosen = [index for index, key in enumerate(models) if key in parts or not parts]
    return chosen[0] if len(chosen) == 1 else None


def _id(element: Map) -> str:
    return text(element, "spdxId") or text(element, "@id")


def _type(element: Map) -> str:
    return text(element, "type") or text(element, "@type")


def _open(file: str, data: Map) -> _Bill:
    """The elements of a graph, or the one element of a file without; relationships that assert nothing are left out."""
    elements = {key: one for one in (objects(data, "@graph") if "@graph" in data else [data]) if (key := _id(one))}
    relations: dict[str, list[Relation]] = {}
    licensing: dict[tuple[str, str], list[Relation]] = {}
    containers: dict[str, list[str]] = {}
    for one in elements.values():
        if not _type(one).endswith("Relationship"):
            continue
        start, kind = text(one, "from"), text(one, "relationshipType")
        for end, mark in texts(one, "to"):
            if not end.endswith(NO_ELEMENT) and end not in ("NONE", "NOASSERTION"):
                relation = Relation(start, kind, end, Source(file, *mark))
                relations.setdefault(kind, []).append(relation)
                if kind in LICENCES:
                    licensing.setdefault((kind, start), []).append(relation)
                if kind == "contains":
                    containers.setdefault(end, []).append(start)
    return _Bill(file, elements, relations, licensing, containers)


def _names(element: Map) -> tuple[str, ...]:
    """Names of a package: that on its hub, and its own."""
    addresses = (text(element, key) for key in ("software_downloadLocation", "software_packageUrl", "software_homePage"))
    names = (next(filter(None, map(hub_name, addresses)), ""), text(element, "name"))
    return tuple(dict.fromkeys(filter(None, (*names, text(element, "name").rpartition("/")[2]))))


def _read_package(bill: _Bill, page: Page, key: str) -> None:
    element = bill.elements[key]
    is_data = _type(element) == DATASET
    page.name(_names(element), bill.place(element))
    covers, fact = ("data", DATA_LICENCE) if is_data else ("model", MODEL_LICENCE)
    if state_licences(page, _licences(bill, key), covers=covers, fact=fact):
        page.topics.add("licence")
    _state_makers(bill, page, element)
    (read_data_package if is_data else read_model_package)(page, element)


def _lineage(bill: _Bill) -> Mapping[str, list[tuple[str, str, Source]]]:
    """What each AI package was trained on, evaluated on and derived from, with the places."""
    found: dict[str, list[tuple[str, str, Source]]] = {}
    split = _split_packages(bill)
    for one in bill.of(*USES):
        if (key := bill.package(one.start, AI)) and (dataset := _dataset(bill, one.end, split)):
            found.setdefault(key, []).append((USES[one.kind], dataset, one.source))
    for parent, child, source in _ancestry(bill):
        if (key := bill.package(child, AI)) and (base := _base(bill, parent)) and base != bill.nodes.get(key):
            found.setdefault(key, []).append(("derived_from", base, source))
    return found


def _ancestry(bill: _Bill) -> Iterator[tuple[str, str, Source]]:
    """(parent, child, place) of the relationships between models."""
    for one in bill.of(*ANCESTRY):
        yield (one.start, one.end, one.source) if ANCESTRY[one.kind] else (one.end, one.start, one.source)


def _split_packages(bill: _Bill) -> frozenset[str]:
    """Dataset packages of which some files were used for training and others for tests: neither use is the package's."""
    files: dict[tuple[str, str], set[str]] = {}
    for one in bill.of(*USES):
        if package := bill.package(one.end, DATASET):
            files.setdefault((package, one.kind), set()).add(one.end)
    trained, tested = USES
    both = [package for package, kind in files if kind == trained and (package, tested) in files]
    return frozenset(one for one in both if not files[one, trained] & files[one, tested])


def _dataset(bill: _Bill, key: str, split: frozenset[str]) -> str:
    """The dataset package that an element is or belongs to, else the file by its name, else a dataset at an address."""
    package = bill.package(key, DATASET)
    if package in bill.nodes and (package == key or package not in split):
        return bill.nodes[package]
    element = bill.elements.get(key)
    name = text(element, "name") if element is not None else hub_name(key)
    return "" if says_nothing(name) else node("dataset", name)


def _base(bill: _Bill, key: str) -> str:
    """The model that an element is or belongs to, else a model at an address."""
    package = bill.package(key, AI)
    if package in bill.nodes:
        return bill.nodes[package]
    return node("model", hub_name(key)) if key not in bill.elements and hub_name(key) else ""


def _licences(bill: _Bill, key: str) -> list[Named]:
    """What is declared comes before what somebody else concludes."""
    for kind in LICENCES:
        note = "" if kind == LICENCES[0] else "concluded, not declared by its authors"
        said = [(_licence_name(bill, one.end, set()), one.source) for one in bill.licensing.get((kind, key), ())]
        found = [Named(name, source, note=note) for name, source in said if name]
        if found:
            return found
    return []


def _licence_name(bill: _Bill, key: str, seen: set[str]) -> str:
    """The name or expression of a licence element; one of the SPDX list goes by its address."""
    element = bill.elements.get(key)
    if element is None:
        return key.removeprefix(LISTED) if key.startswith(LISTED) else ""
    if key in seen or len(seen) > 50:
        return ""
    seen.add(key)
    joined = {"expandedlicensing_ConjunctiveLicenseSet": " AND ", "expandedlicensing_DisjunctiveLicenseSet": " OR "}
    if _type(element) in joined:
        parts = [_licence_name(bill, one, seen) for one, _ in texts(element, "expandedlicensing_member")]
        return joined[_type(element)].join(parts) if parts and all(parts) else ""
    said = text(element, "simplelicensing_licenseExpression") or (key.removeprefix(LISTED) if key.startswith(LISTED) else "")
    return said or text(element, "name")


def _state_makers(bill: _Bill, page: Page, element: Map) -> None:
    """Who made and who supplies a package, as attributes of its node: whether they owe anything is for others to say."""
    attributes: dict[str, object] = {}
    for key in ("originatedBy", "suppliedBy"):
        agents = [bill.elements.get(agent) for agent, _ in texts(element, key)]
        known = frozenset(text(one, "name") for one in agents if one is not None and not says_nothing(text(one, "name")))
        if known:
            attributes["manufacturer" if key == "originatedBy" else "supplier"] = Terms(known, complete=False)
    url = text(element, "software_downloadLocation")
    if not says_nothing(url):
        attributes["url"] = url
    page.statements.extend(NodeStatement(one, bill.place(element), attributes) for one in page.setting.holders if attributes)
