"""The words by which documents are recognised, from `rules/documents`: file names, headings, keys, placeholders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ..catalogue import data_folder
from ..reading import decode, load_yaml, read_bytes

FEW_WORDS, MANY_WORDS = 25, 1_000_000
"""Length of a text that denies what its heading announces where the topic is descriptive, and where it is not: any length."""


@dataclass(frozen=True, slots=True)
class Topic:
    """How one topic of a document is recognised; see the head of `topics.yaml`.

    A text of at most `denied_up_to` words that denies something does not count.
    """

    name: str
    headings: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    needs: str = ""
    links_count: bool = False
    code_counts: bool = False
    denied_up_to: int = 0


@dataclass(frozen=True, slots=True)
class Recognition:
    """All of it, ready for look-ups. `words` is the raw content of `recognition.yaml`, `denial` finds words that deny."""

    topics: tuple[Topic, ...]
    anywhere: tuple[str, ...]
    alone: tuple[str, ...]
    few_words: int
    pointers: tuple[str, ...]
    hubs: tuple[str, ...]
    words: Mapping[str, Any]
    denial: re.Pattern[str] = re.compile(r"(?!)")

    def by_heading(self, heading: str) -> tuple[Topic, ...]:
        """Topics that a heading announces."""
        key = heading_key(heading)
        return tuple(t for t in self.topics if key in t.headings or key.startswith(t.beginnings))

    def by_label(self, label: str) -> tuple[Topic, ...]:
        """Topics that a labelled line answers."""
        key = heading_key(label)
        return tuple(t for t in self.topics if key in t.labels)

    def by_key(self, key: str) -> tuple[Topic, ...]:
        """Topics that a key of the front matter answers."""
        return tuple(t for t in self.topics if key in t.keys)


@cache
def load_recognition(root: Path | None = None) -> Recognition:
    """Read `rules/documents`. Raises `InputError` where the rules themselves are damaged."""
    root = root or data_folder("rules")
    topics, words = (_load(root, name) for name in ("topics.yaml", "recognition.yaml"))
    marks = topics["placeholders"]
    return Recognition(
        _topics(topics), tuple(marks["anywhere"]), tuple(marks["alone"]), int(marks["few_words"]), tuple(topics["pointers"]),
        tuple(topics["hubs"]), words,
    )  # fmt: skip


@cache
def load_data_recognition(root: Path | None = None) -> Recognition:
    """The same with the topics of cards on datasets. Raises `InputError` where the rules themselves are damaged."""
    return replace(load_recognition(root), topics=_topics(_load(root or data_folder("rules"), "data-topics.yaml")))


@cache
def load_kind_recognition(kind: str, root: Path | None = None) -> Recognition | None:
    """The same with the topics of documents of a kind, or None for a kind without words (`rules/documents/topics-of`).

    Raises `InputError` where the rules themselves are damaged.
    """
    root = root or data_folder("rules")
    name = f"topics-of/{kind}.yaml"
    if not (root / "documents" / name).is_file():
        return None
    raw, cards = _load(root, name), load_recognition(root)
    wanted = frozenset(raw.get("as_cards") or ())
    told = {name for name, entry in raw["topics"].items() if entry.get("descriptive", raw.get("descriptive"))}
    own = tuple(replace(one, denied_up_to=FEW_WORDS if one.name in told else MANY_WORDS) for one in _topics(raw))
    denials = "|".join(re.escape(word) for word in cards.words["denials"])
    shared = tuple(one for one in cards.topics if one.name in wanted)
    return replace(cards, topics=(*own, *shared), denial=re.compile(rf"(?<!\w)(?:{denials})(?!\w)", re.IGNORECASE))


@cache
def load_fields(name: str, root: Path | None = None) -> Mapping[str, Any]:
    """Raw content of another file of `rules/documents`: the fields of forms, the indicators of an index."""
    return _load(root or data_folder("rules"), name)


def _topics(raw: Mapping[str, Any]) -> tuple[Topic, ...]:
    found = []
    for name, entry in raw["topics"].items():
        headings = [heading_key(h) if not h.endswith("*") else h for h in entry.get("headings") or ()]
        found.append(
            Topic(
                name, frozenset(h for h in headings if not h.endswith("*")),
                tuple(heading_key(h[:-1]) + " " for h in headings if h.endswith("*")),
                frozenset(heading_key(label) for label in entry.get("labels") or ()), frozenset(entry.get("keys") or ()),
                str(entry.get("needs") or ""), bool(entry.get("links_count")),
                bool(entry.get("code_counts")),
            )
        )  # fmt: skip
    return tuple(found)


@lru_cache(maxsize=4096)
def heading_key(heading: str) -> str:
    """A heading reduced to its words: no numbering, markup, emoji, links, `[optional]`, trailing colon or case."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = re.sub(r"<[^>]*>|\[optional\]|[*_`#]", " ", text.casefold())
    text = re.sub(r"^[\W\d_]*?(?:\d+(?:\.\d+)*[.):]?\s+)?(?=[^\W\d_]|\d)", "", text.strip())
    return " ".join(re.sub(r"[^\w\s()&/,'?-]", " ", text).split()).strip(" ,-?/")


def _load(root: Path, name: str) -> Mapping[str, Any]:
    path = root / "documents" / name
    shown = f"rules/documents/{name}"
    data: Mapping[str, Any] = load_yaml(decode(read_bytes(path, root), shown), shown)
    return data
