"""CycloneDX bills of materials (JSON, 1.5 to 1.7) with machine-learning models: licence, model card, datasets, pedigree.

Tools that write such bills fill the model parameters with defaults, so task and formats count only in a bill that names
no tool. Custom properties, descriptions and the relation `variants` state nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..catalogue.licences import Licences
from ..reading import Map, Mark, Source
from ..vocabulary import EdgeStatement, NodeStatement, Statement, Terms, node
from .bill import DATA_LICENCE, MODEL_LICENCE, Named, assign, close_page, gather, hub_name, open_page, state_licences
from .cyclonedx_card import read_model_card
from .layout import Layout
from .members import objects, read_object, text, texts
from .page import Page, says_nothing
from .recognition import Recognition
from .types import Imported, Input

MODEL, DATA = "machine-learning-model", "data"
CARD, BILL = "model_card", "bill_of_materials"
_TRAINED = re.compile(r"\b(?:pre-?|re-?)?train(?:ed|ing)?\b|\bfine-?tun(?:ed|ing)\b", re.I)
_EVALUATED = re.compile(
    r"\btest(?:ed|ing)?\b|\bevaluat(?:ed|ion|ing)\b|\bvalidation\b|\bbenchmarks?\b|\bhold-?out\b|\bheld-?out\b", re.I
)
_NEGATED = re.compile(r"\b(?:not|never|without|exclud\w*|except|no)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Bill:
    """One file: its components by `bom-ref`, and whether a tool wrote it."""

    file: str
    refs: Mapping[str, Map]
    generated: bool
    layout: Layout
    licences: Licences
    recognition: Recognition

    def page(self, owner: str) -> Page:
        return open_page(self.file, owner, self.layout, self.licences, self.recognition)

    def place(self, mark: Mark) -> Source:
        return Source(self.file, *mark)


def read_cyclonedx(one: Input, layout: Layout, licences: Licences, recognition: Recognition) -> Imported:
    """Statements on every model of a bill, and on the datasets that it lists. Other components state nothing."""
    data, problems = read_object(one)
    if data is None:
        return Imported(problems=problems)
    components = list(_components(data))
    models = [c for c in components if text(c, "type") == MODEL and not says_nothing(text(c, "name"))]
    metadata = objects(data, "metadata")
    subject = next((c for m in metadata for c in objects(m, "component")), None)
    refs = {ref: c for c in _referable(components) if (ref := text(c, "bom-ref"))}
    bill = _Bill(one.name, refs, any(_tools(m) for m in metadata), layout, licences, recognition)
    owners = assign([_names(c) for c in models], layout, one.name, _chief(models, subject))
    cards = [(_read_model(bill, c, owner), c) for c, owner in zip(models, owners, strict=True)]
    statements: list[Statement] = []
    for page, component in cards:
        place = bill.place(component.mark)
        statements += close_page(page, _kind(component), place, only=len(cards) == 1)
    data_pages: list[Page] = []
    for component in components:
        if text(component, "type") == DATA and (name := _dataset_name(component)):
            data_pages.append(_read_dataset(bill, component, name))
            statements += data_pages[-1].statements
    kinds = {_kind(component) for component in models}
    card = gather([page for page, _ in cards], data_pages, statements, kinds.pop() if len(kinds) == 1 else BILL, layout)
    return replace(card, tree=data)


def _kind(component: Map) -> str:
    return CARD if objects(component, "modelCard") else BILL


def _chief(models: list[Map], subject: Map | None) -> int | None:
    """The model that the bill is about: its subject, or its only model unless its subject is something else."""
    for index, model in enumerate(models):
        if model is subject:
            return index
    same = subject is None or any(text(model, "name") == text(subject, "name") for model in models)
    return 0 if len(models) == 1 and same else None


def _components(data: Map) -> Iterator[Map]:
    """Every component in the order of the file; those of a pedigree are not parts of what the bill is about."""
    waiting = [*reversed(objects(data, "components")), *reversed(objects(data, "metadata", "component"))]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(objects(one, "components"))


def _referable(components: list[Map]) -> Iterator[Map]:
    """What a `ref` may lead to: components, and the data in them."""
    for one in components:
        yield from objects(one, "data")
        yield from objects(one, "modelCard", "modelParameters", "datasets")
        yield one


def _tools(metadata: Map) -> bool:
    """Whether a tool is named as the writer, in the older list or in the newer object."""
    tools = objects(metadata, "tools")
    return any(text(tool, "name") or objects(tool, "components") or objects(tool, "services") for tool in tools)


def _names(component: Map) -> tuple[str, ...]:
    """Names of a component: with its group or hub, and without."""
    name, group = text(component, "name"), text(component, "group")
    full = hub_name(text(component, "purl")) or (f"{group}/{name}" if not says_nothing(group) and "/" not in name else name)
    return tuple(dict.fromkeys((full, name, name.rpartition("/")[2])))


def _read_model(bill: _Bill, component: Map, owner: str) -> Page:
    page = bill.page(owner)
    names = _names(component)
    page.name(names[:2], bill.place(component.values_at["name"]))
    _state_makers(page, component)
    if state_licences(page, _licences(bill, component), covers="model", fact=MODEL_LICENCE):
        page.topics.add("licence")
    for reference in objects(component, "externalReferences"):
        url = text(reference, "url")
        if text(reference, "type") == "model-card" and url.startswith("https://"):
            place = bill.place(reference.mark)
            page.statements.append(NodeStatement(node("document", url), place, {"kind": CARD}))
            page.relate("documented_by", node("document", url), place)
    _read_pedigree(bill, page, component)
    for card in objects(component, "modelCard"):
        read_model_card(page, card, generated=bill.generated)
        for entry in objects(card, "modelParameters", "datasets"):
            _relate_dataset(bill, page, entry)
    return page


def _state_makers(page: Page, component: Map) -> None:
    """Who made and who supplies a component, as attributes of its node: whether they owe anything is for others to say."""
    found: dict[str, str] = {"publisher": text(component, "publisher")}
    for key in ("manufacturer", "supplier"):
        found[key] = next((text(one, "name") for one in objects(component, key)), "")
    said: dict[str, object] = {key: name for key, name in found.items() if not says_nothing(name)}
    if authors := frozenset(name for one in objects(component, "authors") if not says_nothing(name := text(one, "name"))):
        said["author"] = Terms(authors, complete=False)
    if said:
        place = page.place(component.mark)
        page.statements.extend(NodeStatement(one, place, said) for one in page.setting.holders)


def _licences(bill: _Bill, component: Map) -> list[Named]:
    """Licences of a component; what its authors declare comes before what somebody else concludes."""
    declared: list[Named] = []
    concluded: list[Named] = []
    for entry in objects(component, "licenses"):
        for holder, keys in ((entry, ("expression",)), *((one, ("id", "name")) for one in objects(entry, "license"))):
            for key in keys:
                for name, mark in texts(holder, key)[:1]:
                    is_concluded = text(holder, "acknowledgement") == "concluded"
                    note = "concluded, not declared by its authors" if is_concluded else ""
                    link = text(holder, "url")
                    (concluded if is_concluded else declared).append(Named(name, bill.place(mark), link, note))
    return declared or concluded


def _read_pedigree(bill: _Bill, page: Page, component: Map) -> None:
    """Ancestors are what a model was derived from; descendants were derived from it."""
    for relative in objects(component, "pedigree", "ancestors"):
        if parent := _relative(relative):
            page.relate("derived_from", parent, bill.place(relative.mark))
            above = bill.page(parent)
            state_licences(above, _licences(bill, relative), covers="model", fact=MODEL_LICENCE)
            _read_pedigree(bill, above, relative)
            page.statements += above.statements
            page.problems += above.problems
    for relative in objects(component, "pedigree", "descendants"):
        if child := _relative(relative):
            place = bill.place(relative.mark)
            page.statements.append(EdgeStatement(child, "derived_from", page.setting.owner, place))


def _relative(component: Map) -> str:
    """The node of a model in a pedigree, or empty for what is no model or has no name."""
    is_model = text(component, "type") == MODEL and not says_nothing(text(component, "name"))
    return node("model", _names(component)[0]) if is_model else ""


def _relate_dataset(bill: _Bill, page: Page, entry: Map) -> None:
    """A dataset of the model parameters, which are those for training and for evaluation; its own words say for which."""
    data = bill.refs.get(text(entry, "ref"), entry)
    name = _dataset_name(data)
    if not name or text(data, "type") not in ("dataset", DATA, ""):
        return
    place = bill.place(entry.mark)
    if data is entry:
        about = _read_dataset(bill, data, name)
        page.statements += about.statements
        page.problems += about.problems
    words = text(data, "description")
    words = f"{text(data, 'name')} {'' if _NEGATED.search(words) else words}"
    found = [edge for edge, said in (("trained_on", _TRAINED), ("evaluated_on", _EVALUATED)) if said.search(words)]
    for edge in found:
        page.relate(edge, node("dataset", name), place)
    if not found:
        message = f"nothing says whether `{name[:80]}` was used to train the model or to evaluate it"
        page.remark(place, "scope", message, "say so in the name or description of the dataset")


def _dataset_name(data: Map) -> str:
    """The name of a dataset: that on its hub, else its own with the group, else its address."""
    urls = [text(one, "url") for one in objects(data, "contents") + objects(data, "data", "contents")]
    own = _names(data)[0] if text(data, "name") else ""
    found = next(filter(None, map(hub_name, urls)), "") or own or next(filter(None, urls), "")
    return "" if says_nothing(found) else found


def _read_dataset(bill: _Bill, data: Map, name: str) -> Page:
    """A data component, or data described in place: licence, address, classification, what is sensitive, owners."""
    page = bill.page(node("dataset", name))
    attributes: dict[str, object] = {}
    for part in (data, *objects(data, "data")):
        for key, value in (
            ("classification", text(part, "classification")),
            *(("url", text(c, "url")) for c in objects(part, "contents")),
        ):
            if not says_nothing(value):
                attributes.setdefault(key, value)
        owners = {text(who, "name") for who in objects(part, "governance", "owners", "organization")} - {""}
        for key, terms in (("sensitive_data", {one for one, _ in texts(part, "sensitiveData")}), ("owners", owners)):
            if terms:
                attributes.setdefault(key, Terms(frozenset(terms), complete=False))
    page.statements.append(NodeStatement(page.setting.owner, bill.place(data.mark), attributes))
    state_licences(page, _licences(bill, data), covers="data", fact=DATA_LICENCE)
    return page
