"""Card on a dataset as data hubs have it: what the front matter states of the data, which topics the text covers."""

from __future__ import annotations

import re
from typing import Any

from ..reading import Map, Mark, Seq, Source
from ..vocabulary import node
from .front_matter import FrontMatter
from .markdown import parse_markdown
from .page import Page, Setting, says_nothing
from .recognition import load_data_recognition
from .topics import find_topics, is_placeholder
from .types import Card, Input

LICENCE = "dataset.licence.name"
SETS = {
    "language": "dataset.languages", "annotations_creators": "dataset.annotated_by",
    "language_creators": "dataset.language_producers", "size_categories": "dataset.size_categories",
    "task_categories": "dataset.tasks",
}  # fmt: skip
_EXTENDED = re.compile(r"extended\|(.{1,200})\Z")


def read_data_card(one: Input, setting: Setting) -> Card:
    """Statements of a card; its facts are on the dataset `setting.owner`, never on a model."""
    front = one.front or FrontMatter(Map(Mark(1, 1)), one.text, 1, False)
    page = Page(one.name, setting)
    page.problems.extend(front.problems)
    keys = front.keys
    answered = {key for key, fact in SETS.items() if key in keys and _state_set(page, keys, key, fact)}
    if "license" in keys and _licences(page, keys):
        answered.add("license")
    for name, place in _texts(page, keys, "source_datasets"):
        if match := _EXTENDED.match(name):
            page.relate("derived_from", node("dataset", match[1].strip()), place)
    for name, place in _texts(page, keys, "pretty_name"):
        page.name([name], place)
    recognition = load_data_recognition()
    told = frozenset(topic.name for key in answered for topic in recognition.by_key(key))
    coverage = find_topics(parse_markdown(front.body, front.body_line), one.name, recognition, told)
    page.topics |= coverage.topics
    page.problems.extend(coverage.remarks)
    return page.close("data_card")


def _state_set(page: Page, keys: Map, key: str, fact: str) -> bool:
    names = [text for text, _ in _texts(page, keys, key)]
    page.state_terms(fact, names, page.place(keys.keys_at[key]))
    return bool(names)


def _licences(page: Page, keys: Map) -> bool:
    """One licence is the dataset's; of several it is not said whether all bind; `other` with a name is that name."""
    named = _texts(page, keys, "license")
    if len(named) == 1:
        return page.license(*named[0], covers="data", fact=LICENCE)
    place = page.place(keys.keys_at["license"])
    for name, at in named:
        page.license(name, at, covers="data", fact="")
    if named:
        hint = "join them with AND or OR"
        page.remark(place, "licence", f"{len(named)} licences, and not whether all bind or one may be chosen", hint)
        return True
    for key in ("license_name", "license_details"):
        for name, at in _texts(page, keys, key):
            return page.license(name, at, covers="data", fact=LICENCE)
    page.remark(place, "licence", "no licence is named here", "give `license_name`, or the text in a file LICENSE")
    return False


def _texts(page: Page, keys: Map, key: str) -> list[tuple[str, Source]]:
    """A text or a list of texts with the place of each; what says nothing is left out."""
    raw: Any = keys.get(key)
    items = list(zip(raw, raw.items_at, strict=True)) if isinstance(raw, Seq) else [(raw, keys.keys_at.get(key, keys.mark))]
    found = []
    for item, mark in items:
        if isinstance(item, Map):
            page.remark(page.place(mark), "value", f"`{key}` holds a mapping where a name was expected", "write the name")
        elif item is not None and not isinstance(item, Seq):
            text = ("true" if item else "false") if isinstance(item, bool) else str(item).strip()
            if not says_nothing(text) and not is_placeholder(text, page.setting.recognition):
                found.append((text, page.place(mark)))
    return found
