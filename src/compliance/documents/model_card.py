"""Hugging Face model card: what the front matter states, which topics the text covers, what its prose says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..catalogue.licences import Licences, canonical_licence, find_licence, licence_names
from ..reading import Map, Mark, Problem, Seq, Source
from ..vocabulary import EdgeStatement, FactStatement, NodeStatement, Statement, Terms, Value, name_of, node
from .front_matter import FrontMatter
from .library import find_library
from .licence_wording import CODE, MODEL, find_worded
from .markdown import Section, parse_markdown, title_of
from .members import amount
from .printed_model import find_printed_model
from .prose import read_prose
from .recipe import find_recipes
from .recognition import Recognition, heading_key
from .topics import find_topics, is_placeholder, own_sections
from .types import Card, Input

FACTS = {MODEL: "model.licence.name", CODE: "model.code_licence.name"}
"""The fact that names the licence of each."""
UNNAMED = frozenset({"other", "unknown", ""})
"""Values of `license` that name none."""


@dataclass
class Telling:
    """What one card has told so far."""

    file: str
    holders: tuple[str, ...]
    keys: Map
    recognition: Recognition
    licences: Licences
    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    named: list[tuple[str, Source]] = field(default_factory=list)

    def place(self, key: str) -> Source:
        """Where a key of the front matter stands."""
        return Source(self.file, *self.keys.keys_at[key])

    def state(self, fact: str, value: Value, source: Source, note: str = "") -> None:
        """A fact, for every model that the card is about."""
        self.statements.extend(FactStatement(one, fact, value, source, note=note) for one in self.holders)

    def relate(self, edge: str, end: str, source: Source, attributes: Mapping[str, Any] | None = None) -> None:
        """A relation of every model that the card is about."""
        self.statements.extend(EdgeStatement(one, edge, end, source, attributes or {}) for one in self.holders)

    def remark(self, key: str, code: str, message: str, hint: str) -> None:
        """A problem at a key."""
        self.problems.append(Problem(self.place(key), code, message, hint))


def read_card(one: Input, owner: str, holders: tuple[str, ...], licences: Licences, recognition: Recognition) -> Card:
    """Statements of a card on the model `owner`; its facts hold for `holders` (the sizes, where the owner is a family)."""
    front = one.front or FrontMatter(Map(Mark(1, 1)), one.text, 1, False)
    tell = Telling(one.name, holders, front.keys, recognition, licences)
    tell.problems.extend(front.problems)
    for key, read in READERS.items():
        if key in front.keys:
            read(tell, key, front.keys.take(key))
    top = parse_markdown(front.body, front.body_line)
    state_labelled_licence(tell, top)
    state_worded_licences(tell, one, top)
    if not front.keys.get("library_name"):
        state_library(tell, one, top, owner)
    coverage = find_topics(top, one.name, recognition, _topics_of_keys(tell))
    document = node("document", one.name)
    attributes = {"kind": "model_card", "topics": Terms(coverage.topics, complete=False)}
    head: list[Statement] = [
        NodeStatement(document, Source(one.name, 1, 1), attributes),
        EdgeStatement(owner, "documented_by", document, Source(one.name, 1, 1)),
    ]
    _state_recipes(tell, one)
    if printed := find_printed_model(one.text, one.name):
        tell.state("model.architecture_name", *printed)
    tell.statements += read_prose(one, top, holders, recognition)
    problems = (*tell.problems, *coverage.remarks)
    return Card((*head, *tell.statements), problems, coverage.topics, tuple(tell.named), tree=front.keys)


def _licence(tell: Telling, key: str, raw: Any) -> None:
    names = [text for text, _ in _texts(tell, key, raw)]
    own = tell.keys.take("license_name")
    custom = own.strip() if isinstance(own, str) and not is_placeholder(own, tell.recognition) else ""
    if len(names) > 1:
        for name in names:
            _licensed(tell, key, canonical_licence(name, tell.licences))
        message = f"{len(names)} licences, and not whether all bind or one may be chosen"
        tell.remark(key, "licence", message, "join them with AND or OR")
        return
    name = names[0] if names else ""
    if name.casefold() in UNNAMED:
        if not custom:
            if name:
                tell.remark(key, "licence", f"`{name}` names no licence", "give `license_name`, or the text in a file LICENSE")
            return
        key, name = "license_name", custom
    name = canonical_licence(name, tell.licences)
    tell.state("model.licence.name", name, tell.place(key), note=f"written as `{names[0] if key == 'license' else custom}`")
    tell.named.append((name, tell.place(key)))
    _licensed(tell, key, name)


def _licensed(tell: Telling, key: str, name: str) -> None:
    link = tell.keys.take("license_link")
    attributes = {"covers": "model", **({"link": link} if isinstance(link, str) and link else {})}
    tell.relate("licensed_under", node("licence", name), tell.place(key), attributes)


def _licence_name(tell: Telling, key: str, raw: Any) -> None:
    """A name without `license`; with it, `_licence` has read both."""
    if "license" not in tell.keys and isinstance(raw, str) and raw and not is_placeholder(raw, tell.recognition):
        name = canonical_licence(raw, tell.licences)
        tell.state("model.licence.name", name, tell.place(key))
        tell.named.append((name, tell.place(key)))
        _licensed(tell, key, name)


def _base_model(tell: Telling, key: str, raw: Any) -> None:
    relations = tell.recognition.words["relations"]
    stated = relations.get(str(tell.keys.get("base_model_relation") or "").casefold())
    tagged = _relations_in_tags(tell)
    for name, place in _texts(tell, key, raw):
        if name.startswith(("/", "./", "../", "~")):
            tell.remark(key, "value", f"`{name}` is a path, not the name of a model", "write owner/name")
            continue
        relation = stated or relations.get(tagged.get(name, ""))
        tell.relate("derived_from", node("model", name), place, {"relation": relation} if relation else {})


def _relations_in_tags(tell: Telling) -> dict[str, str]:
    """Tags such as `base_model:adapter:owner/name` say how a model was derived."""
    tags = [tag for tag in _list(tell.keys.get("tags")) if isinstance(tag, str)]
    found = (re.match(r"base_model:([a-z]+):(.+)\Z", tag) for tag in tags)
    return {match[2]: match[1] for match in found if match}


def _relation(tell: Telling, key: str, raw: Any) -> None:
    relations = tell.recognition.words["relations"]
    if str(raw).casefold() not in relations:
        tell.remark(key, "value", f"`{raw}` is no relation to a base model", f"one of {', '.join(dict.fromkeys(relations))}")


def _datasets(tell: Telling, key: str, raw: Any) -> None:
    for name, place in _texts(tell, key, raw):
        tell.relate("trained_on", node("dataset", name), place)


def _set_fact(fact: str) -> Any:
    def read(tell: Telling, key: str, raw: Any) -> None:
        names = frozenset(text for text, _ in _texts(tell, key, raw))
        if names:
            tell.state(fact, Terms(names, complete=False), tell.place(key))

    return read


def _task(tell: Telling, key: str, raw: Any) -> None:
    names = [text for text, _ in _texts(tell, key, raw)]
    if not names:
        return
    tell.state("model.tasks", Terms(frozenset(names), complete=False), tell.place(key))
    kinds = [tell.recognition.words["tasks"].get(name) or {"in": [], "out": []} for name in names]
    for fact, used in (("model.modalities", ("in", "out")), ("model.output_modalities", ("out",))):
        terms = frozenset(str(term) for kind in kinds for way in used for term in kind[way])
        if terms:
            tell.state(fact, Terms(terms, complete=False), tell.place(key), note=f"what the hub means by `{', '.join(names)}`")


def _library(tell: Telling, key: str, raw: Any) -> None:
    for name, _ in _texts(tell, key, raw)[:1]:
        tell.state("model.library", name, tell.place(key))


def state_library(tell: Telling, one: Input, top: Section, owner: str) -> None:
    """The library that the code of a document loads the model with."""
    title = title_of(top)
    names = (name_of(owner), title, title.partition(" (")[0], *one.name.split("/")[-2:-1])
    if found := find_library(one.text, one.name, tuple(filter(None, names))):
        tell.state("model.library", *found)


def _model_index(tell: Telling, key: str, raw: Any) -> None:
    """The name under which results are reported; results themselves are not read."""
    if not isinstance(raw, Seq) or not all(isinstance(entry, Map) for entry in raw):
        tell.remark(key, "value", "a list of mappings was expected", "see the specification of model-index")
        return
    for entry in raw:
        name = entry.take("name")
        if isinstance(name, str) and name and not is_placeholder(name, tell.recognition):
            source = Source(tell.file, *entry.keys_at["name"])
            named = {"also_named": Terms(frozenset({name}), complete=False)}
            tell.statements.extend(NodeStatement(one, source, named) for one in tell.holders)


def _emissions(tell: Telling, key: str, raw: Any) -> None:
    """Emissions of training in grams, alone or as the hub has them, with what the training was and what it ran on."""
    holder, inner = (raw, "emissions") if isinstance(raw, Map) else (tell.keys, key)
    if grams := amount(holder, inner, Fraction(1, 1000)):
        tell.state("model.training.co2_kg", grams, Source(tell.file, *holder.values_at[inner]), note="given in grams")
    elif says := str(holder.get(inner) or ""):
        tell.remark(key, "value", f"`{says[:40]}` is not a number of grams", "write the number of grams of CO2 equivalents")


READERS = {
    "license": _licence, "license_name": _licence_name, "base_model": _base_model, "base_model_relation": _relation,
    "datasets": _datasets, "language": _set_fact("model.languages"), "tags": _set_fact("model.tags"), "pipeline_tag": _task,
    "library_name": _library, "model-index": _model_index,
    "co2_eq_emissions": _emissions,
}  # fmt: skip


def _texts(tell: Telling, key: str, raw: Any) -> list[tuple[str, Source]]:
    """A value that may be one text or a list of them, with the place of each; placeholders and nothing are left out."""
    found: list[tuple[str, Source]] = []
    for item, place in _items(tell, key, raw):
        if isinstance(item, (Map, Seq)):
            message = f"`{key}` holds a mapping or list where a name was expected"
            tell.problems.append(Problem(place, "value", message, "write the name"))
        elif item is not None:
            text = ("true" if item else "false") if isinstance(item, bool) else str(item).strip()
            if text and not is_placeholder(text, tell.recognition):
                found.append((text, place))
            elif text:
                message = f"`{key}` holds only placeholder text"
                tell.problems.append(Problem(place, "placeholder", message, "fill it in or remove it"))
    return found


def _items(tell: Telling, key: str, raw: Any) -> Iterator[tuple[Any, Source]]:
    if isinstance(raw, Seq):
        yield from ((item, Source(tell.file, *mark)) for item, mark in zip(raw, raw.items_at, strict=True))
    else:
        yield raw, tell.place(key)


def state_labelled_licence(tell: Telling, top: Section) -> None:
    """A line `License: ...` of the card, where it holds the name of a known licence and nothing else."""
    for section in own_sections(top, tell.recognition):
        for label in section.labels:
            if heading_key(label.label) not in ("license", "licence", "model license", "model licence"):
                continue
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", label.value).strip(" .;*_`")
            known = all(find_licence(part, tell.licences) for part in licence_names(plain)) if plain else False
            name = canonical_licence(plain, tell.licences)
            if known and name.casefold() not in UNNAMED:
                source = Source(tell.file, label.line, label.column)
                tell.state("model.licence.name", name, source, note=f"written as `{plain}`")
                tell.named.append((name, source))
                tell.relate("licensed_under", node("licence", name), source, {"covers": "model"})


def _state_recipes(tell: Telling, one: Input) -> None:
    """Parents and data that a recipe in the card names and its keys do not."""
    known = {named.end for named in tell.statements if isinstance(named, EdgeStatement)}
    own = {name_of(holder).casefold() for holder in tell.holders}
    for found in find_recipes(one.text, one.name):
        end = node("model" if found.edge == "derived_from" else "dataset", found.name)
        if end not in known and found.name.rpartition("/")[2].casefold() not in own:
            tell.relate(found.edge, end, found.source, {"relation": found.relation} if found.relation else {})


def state_worded_licences(tell: Telling, one: Input, top: Section, *, code: bool = True) -> None:
    """Licences that the text names; one for the model only where no key and no label of the card does."""
    settled = bool(tell.named) or "license" in tell.keys
    names = tuple(name_of(holder) for holder in tell.holders)
    for told in find_worded(one, top, names, tell.licences, tell.recognition, code=code):
        if told.scope == MODEL and settled:
            continue
        others = [node("model", name) for name in told.models if name not in names]
        holders = [*(holder for holder in tell.holders if not told.models or name_of(holder) in told.models), *others]
        for holder in holders:
            tell.statements.append(FactStatement(holder, FACTS[told.scope], told.name, told.source))
            covers = {"covers": told.scope}
            tell.statements.append(EdgeStatement(holder, "licensed_under", node("licence", told.name), told.source, covers))
        if told.scope == MODEL and holders and not others:
            tell.named.append((told.name, told.source))


def _topics_of_keys(tell: Telling) -> frozenset[str]:
    """Topics that keys of the front matter answer: something must be said there."""
    facts = {one.fact for one in tell.statements if isinstance(one, FactStatement)}
    said = {
        "license": "model.licence.name" in facts, "language": "model.languages" in facts,
        "model-index": any(isinstance(e, Map) and e.take("results") for e in _list(tell.keys.get("model-index"))),
    }  # fmt: skip
    found = {topic.name for key, told in said.items() if told for topic in tell.recognition.by_key(key)}
    if "model.tasks" in facts:
        found |= {topic.name for topic in tell.recognition.by_key("pipeline_tag")}
        if "model.output_modalities" not in facts:
            found -= {"output_modalities", "modality_and_format"}
    return frozenset(found)


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []
