"""Card on a dataset as data hubs have it: what the front matter states of the data, which topics the text covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..reading import Map, Mark, Seq, Source
from ..vocabulary import node
from .front_matter import FrontMatter
from .markdown import Section, parse_markdown
from .page import Page, Setting, says_nothing
from .recognition import heading_key, load_data_recognition
from .topics import find_topics, is_placeholder
from .types import Card, Input

LICENCE = "dataset.licence.name"
SETS = {
    "language": "dataset.languages", "annotations_creators": "dataset.annotated_by",
    "language_creators": "dataset.language_producers", "size_categories": "dataset.size_categories",
    "task_categories": "dataset.tasks", "task_ids": "dataset.tasks",
}  # fmt: skip
OTHER = "other"
"""The term that hubs have, in sets, for what none of their terms says."""
CROWD = "crowdsourced"
_CROWDS = re.compile(r"(?<![\w])(?:crowd[\s-]?sourc\w{2,4}|crowd[\s-]?workers?|mechanical turk|mturk|amt)(?![\w])", re.I)
_DENIED = re.compile(r"(?<![\w])(?:not?|without|instead|unlike|rather|never|if|whether|describe|should)(?![\w])", re.I)
_EXTENDED = re.compile(r"extended\|(?:other-)?(.{1,200})\Z")
_LICENSED = re.compile(
    r"(?<![\w])(?:data ?set|corpus|data)\s(?:\w{1,12}\s){0,3}?(?:uses|under|is licen[cs]ed|is available)(?![\w])", re.I
)


def read_data_card(one: Input, setting: Setting) -> Card:
    """Statements of a card; its facts are on the dataset `setting.owner`, never on a model."""
    front = one.front or FrontMatter(Map(Mark(1, 1)), one.text, 1, False)
    page = Page(one.name, setting, tree=front.keys)
    page.problems.extend(front.problems)
    keys = front.keys
    top = parse_markdown(front.body, front.body_line)
    answered = {key for key, fact in SETS.items() if key in keys and _state_set(page, keys, key, fact)}
    if "license" in keys and _licences(page, keys, top):
        answered.add("license")
    _state_annotators(page, keys, top)
    for name, place in _texts(page, keys, "source_datasets"):
        if (match := _EXTENDED.match(name)) and not says_nothing(match[1]):
            page.relate("derived_from", node("dataset", match[1].strip()), place)
    for name, place in _texts(page, keys, "pretty_name"):
        page.name([name], place)
    recognition = load_data_recognition()
    told = frozenset(topic.name for key in answered for topic in recognition.by_key(key))
    coverage = find_topics(top, one.name, recognition, told)
    page.topics |= coverage.topics
    page.problems.extend(coverage.remarks)
    return page.close("data_card")


def _state_set(page: Page, keys: Map, key: str, fact: str) -> bool:
    names = [text for text, _ in _texts(page, keys, key, known=(OTHER,))]
    page.state_terms(fact, names, page.place(keys.keys_at[key]))
    return bool(names)


def _state_annotators(page: Page, keys: Map, top: Section) -> None:
    """That crowds labelled it, where a section on who did says so and the front matter does not."""
    if CROWD in str(keys.get("annotations_creators")):
        return
    for section in top.walk():
        if heading_key(section.heading) != "who are the annotators":
            continue
        for block in section.blocks:
            if _CROWDS.search(block.text) and not _DENIED.search(block.text):
                page.state_terms("dataset.annotated_by", [CROWD], Source(page.file, block.line, 1), note="said in the text")
                return


def _licences(page: Page, keys: Map, top: Section) -> bool:
    """One licence is the dataset's; of several it is not said whether all bind; `other` with a name is that name.

    Where the text says which of several is the dataset's own, the others are those of what it was made from.
    """
    named = _texts(page, keys, "license")
    details = [one for key in ("license_name", "license_details") for one in _texts(page, keys, key)]
    some = keys.take("license")
    unnamed = isinstance(some, Seq) and len(some) > len(named)
    if len(named) == 1 and not (unnamed and details):
        return page.license(*named[0], covers="data", fact=LICENCE)
    place = page.place(keys.keys_at["license"])
    if own := _own_licence(top, [name for name, _ in named]):
        return page.license(*next(one for one in named if one[0] == own), covers="data", fact=LICENCE)
    for name, at in named:
        page.license(name, at, covers="data", fact="")
    if named:
        for name, at in details[:1]:
            page.license(name, at, covers="data", fact="", titled=True)
        hint = "join them with AND or OR"
        page.remark(place, "licence", f"{len(named)} licences, and not whether all bind or one may be chosen", hint)
        return True
    for name, at in details:
        return page.license(name, at, covers="data", fact=LICENCE, titled=True)
    page.remark(place, "licence", "no licence is named here", "give `license_name`, or the text in a file LICENSE")
    return False


def _own_licence(top: Section, names: Sequence[str]) -> str:
    """The only one of some licences that a sentence of the text gives to the dataset, or empty."""
    found = set()
    for section in top.walk():
        if "licen" not in section.heading.casefold():
            continue
        for sentence in (part for block in section.blocks for part in re.split(r"(?<=[.;!?])\s", block.text)):
            if _LICENSED.search(sentence):
                found |= {one for one in names if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-]|\.\d)", sentence, re.I)}
    return found.pop() if len(found) == 1 else ""


def _texts(page: Page, keys: Map, key: str, known: Sequence[str] = ()) -> list[tuple[str, Source]]:
    """A text or a list of texts with the place of each; what says nothing is left out, unless it is a `known` term."""
    raw: Any = keys.take(key)
    items = list(zip(raw, raw.items_at, strict=True)) if isinstance(raw, Seq) else [(raw, keys.keys_at.get(key, keys.mark))]
    found = []
    for item, mark in items:
        if isinstance(item, Map):
            page.remark(page.place(mark), "value", f"`{key}` holds a mapping where a name was expected", "write the name")
        elif item is not None and not isinstance(item, Seq):
            text = ("true" if item else "false") if isinstance(item, bool) else str(item).strip()
            if text in known or not (says_nothing(text) or is_placeholder(text, page.setting.recognition)):
                found.append((text, page.place(mark)))
    return found
