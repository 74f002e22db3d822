"""From the sections of a card to statements, for each model that the card is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from ...reading import Source
from ...vocabulary import EdgeStatement, FactStatement, Statement, node
from ..markdown import Section
from ..recognition import Recognition
from ..topics import own_sections
from ..types import Input
from .base import says_tuned
from .found import PARENT, Found, Placed, settle
from .passages import Passage, read_passages
from .registry import RULES, Rule
from .subject import Subject, know_subject
from .words import any_of, shared_words

_CUES = tuple(dict.fromkeys(cue for rule in RULES for cue in rule.cue))
MAX_HOLDERS = 32
"""A card on a family of more sizes than this is not read for any of them."""
_DIGIT = re.compile(r"\d")


def read_prose(one: Input, top: Section, holders: Sequence[str], recognition: Recognition) -> tuple[Statement, ...]:
    """What the text of a card says of its models. `top` is the parsed text; parents that the front matter names stand alone."""
    body = one.front.body if one.front else one.text
    keys: Mapping[str, object] = one.front.keys if one.front else {}
    passages = tuple(read_passages(own_sections(top, recognition), one.text.split("\n"), _CUES, _labels()))
    statements: list[Statement] = []
    for holder in holders if len(holders) <= MAX_HOLDERS else ():
        subject = know_subject(holder, top, body, single=len(holders) == 1)
        parents = () if keys.get("base_model") else tuple(_parents(_apply(_rules(base=True), passages, subject)))
        made = any_of(shared_words()["derived_names"]).search(subject.name) or any(says_tuned(one, subject) for one in passages)
        derived = bool(keys.get("base_model") or parents or made)
        subject = replace(subject, derived=derived)
        found = (*settle(_apply(_rules(base=False), passages, subject)), *parents)
        statements.extend(_statement(holder, one.name, *each) for each in found)
    return tuple(statements)


def read_rule(rule: Rule, one: Input, top: Section, holder: str, recognition: Recognition) -> tuple[Placed, ...]:
    """What one rule alone finds, for its cases."""
    body = one.front.body if one.front else one.text
    passages = tuple(read_passages(own_sections(top, recognition), one.text.split("\n"), _CUES, _labels()))
    subject = know_subject(holder, top, body, single=True)
    found = _apply((rule,), passages, subject)
    return tuple(_parents(found) if rule.name == "base" else settle(found))


def _rules(*, base: bool) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if (rule.name == "base") == base)


def _apply(rules: Iterable[Rule], passages: Iterable[Passage], subject: Subject) -> Iterator[Placed]:
    rules = tuple(rules)
    for passage in passages:
        low = passage.text.text.casefold()
        digits = _DIGIT.search(low)
        for rule in rules:
            listed = rule.name == "base" and passage.text.links and passage.before.endswith(":")
            if (digits or not rule.numeric) and (listed or rule.looks_at(passage, low)):
                for found in rule.read(passage, subject):
                    yield replace(found, is_named=found.is_named or subject.is_named(passage)), passage


@cache
def _labels() -> frozenset[str]:
    return frozenset(label for rule in RULES for label in rule.words.labels)


def _parents(found: Iterable[Placed]) -> Iterator[Placed]:
    """Each parent once, under its fullest name. Several that are not the parents of one merge are kept only if labelled."""
    kept: dict[str, Placed] = {}
    for one in found:
        key = _key(str(one[0].value))
        same = next((other for other in kept if other.startswith(key) or key.startswith(other)), key)
        if same not in kept or len(str(one[0].value)) > len(str(kept[same][0].value)):
            earlier = kept.pop(same, None)
            relation = one[0].attributes or (earlier[0].attributes if earlier else {})
            kept[key] = replace(one[0], attributes=relation), one[1]
        elif one[0].attributes and not kept[same][0].attributes:
            kept[same] = replace(kept[same][0], attributes=one[0].attributes), kept[same][1]
    some = list(kept.values())
    if len(some) > 1 and any(one.attributes.get("relation") != "merge" for one, _ in some):
        labelled = [each for each in some if each[1].label]
        some = labelled if len(labelled) == 1 else []
    yield from some


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name.rpartition("/")[2].casefold())


def _statement(holder: str, file: str, found: Found, passage: Passage) -> Statement:
    source = Source(file, *passage.text.place(found.at))
    if found.fact == PARENT:
        return EdgeStatement(holder, PARENT, node("model", str(found.value)), source, dict(found.attributes))
    return FactStatement(holder, found.fact, found.value, source, note=found.note)
