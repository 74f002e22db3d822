"""What an importer of a structured format has said so far: facts, relations, topics, remarks, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..catalogue.licences import Licences, canonical_licence, find_licence, licence_names
from ..reading import Mark, Problem, Source
from ..vocabulary import EdgeStatement, FactStatement, NodeStatement, Statement, Terms, Value, node
from .recognition import Recognition
from .topics import judge_text
from .types import Card, Tree

NOTHING = frozenset({
    "", "-", "--", "?", "unknown", "none", "null", "nil", "n/a", "na", "n.a.", "not applicable", "noassertion", "other", "tbd",
    "not available", "not specified", "unspecified", "not disclosed",
})  # fmt: skip
"""Values that say nothing."""
_TITLE = re.compile(r"[A-Z][\w.'()-]{2,40}(?: (?:[A-Z][\w.'()-]{0,40}|v?\d[\w.]{0,8}|of|the|and|for)){1,9}(?<!\.)")
"""A title of a few words with capitals."""
_REMARKS = {
    "placeholder": "holds only placeholder text and counts as absent",
    "pointer": "only points to another place and counts as absent",
    "lacks": "lacks what it is asked for and counts as absent",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What an importer is told besides its file: the node that the file is about, the models for which its facts hold."""

    owner: str
    holders: tuple[str, ...]
    licences: Licences
    recognition: Recognition


@dataclass
class Page:
    """One file that is being read."""

    file: str
    setting: Setting
    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)
    named: list[tuple[str, Source]] = field(default_factory=list)
    tree: Tree | None = None

    def place(self, mark: Mark) -> Source:
        """A place of this file."""
        return Source(self.file, mark.line, mark.column)

    def state(self, fact: str, value: Value, source: Source, note: str = "") -> None:
        """A fact, for every model that the file is about."""
        self.statements.extend(FactStatement(one, fact, value, source, note=note) for one in self.setting.holders)

    def state_terms(self, fact: str, terms: Iterable[str], source: Source, note: str = "") -> None:
        """A set of terms, perhaps not all; nothing where there is none."""
        known = frozenset(terms)
        if known:
            self.state(fact, Terms(known, complete=False), source, note)

    def relate(self, edge: str, end: str, source: Source, attributes: Mapping[str, Any] | None = None) -> None:
        """A relation of every model that the file is about."""
        self.statements.extend(EdgeStatement(one, edge, end, source, attributes or {}) for one in self.setting.holders)

    def name(self, names: Iterable[str], source: Source) -> None:
        """Names under which the file speaks of what it is about."""
        known = frozenset(one for one in names if not says_nothing(one))
        if known:
            named = {"also_named": Terms(known, complete=False)}
            self.statements.extend(NodeStatement(one, source, named) for one in self.setting.holders)

    def remark(self, source: Source, code: str, message: str, hint: str = "") -> None:
        """A problem, or a remark that breaks nothing."""
        self.problems.append(Problem(source, code, message, hint))

    def cover(self, topics: Iterable[str], text: str, source: Source, label: str) -> bool:
        """Topics that a field answers, if its text has content; whether one is covered. What is only promised is remarked on."""
        missed = ""
        for topic in topics:
            how = "empty" if says_nothing(text) else judge_text(text, topic, self.setting.recognition)
            if how == "yes":
                self.topics.add(topic)
            else:
                missed = how
        if missed in _REMARKS:
            self.remark(source, missed, f"`{label}` {_REMARKS[missed]}")
        return not missed

    def license(
        self, text: str, source: Source, *, covers: str = "model", fact: str = "model.licence.name", titled: bool = False
    ) -> bool:
        """The licence of what the file is about, if the text names a known one or is one word; whether it was stated.

        `covers` is what it is the licence of; `fact` may be empty where only the relation is said. `titled` takes a title of
        several words, for keys that hold nothing but the name of a licence.
        """
        plain = " ".join(text.split())
        if says_nothing(plain) or "://" in plain or len(plain) > 120:
            return False
        known = all(find_licence(part, self.setting.licences) for part in licence_names(plain))
        if not known and not re.fullmatch(r"[A-Za-z][\w.+-]{2,60}", plain) and not (titled and _TITLE.fullmatch(plain)):
            return False
        name = canonical_licence(plain, self.setting.licences)
        if fact:
            self.state(fact, name, source, note=f"written as `{plain}`")
        if covers == "model":
            self.named.append((name, source))
        self.relate("licensed_under", node("licence", name), source, {"covers": covers})
        return True

    def close(self, kind: str, attributes: Mapping[str, Any] | None = None, *, source: Source | None = None) -> Card:
        """The file as a document of a kind, attached to what it is about, with all that was said."""
        document, place = node("document", self.file), source or Source(self.file, 1, 1)
        said = {"kind": kind, "topics": Terms(frozenset(self.topics), complete=False), **(attributes or {})}
        head: list[Statement] = [NodeStatement(document, place, said)]
        if self.setting.owner:
            head.append(EdgeStatement(self.setting.owner, "documented_by", document, place))
        return Card(
            (*head, *self.statements), tuple(dict.fromkeys(self.problems)), frozenset(self.topics), tuple(self.named), kind,
            tree=self.tree,
        )  # fmt: skip


def says_nothing(text: str) -> bool:
    """Empty, or a word that stands for nothing."""
    return " ".join(text.split()).strip(" .").casefold() in NOTHING
