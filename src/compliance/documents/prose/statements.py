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
from .found import RELATED, TRAINED, Found, Placed, settle
from .others import family
from .passages import Passage, read_passages
from .registry import RULES, Rule
from .subject import Subject, know_subject
from .words import any_of, shared_words

_CUES = tuple(dict.fromkeys(cue for rule in RULES for cue in rule.cue))
MAX_HOLDERS = 32
"""A card on a family of more sizes than this is not read for any of them."""
_WITHOUT = re.compile(r"^the |\s(?:data ?sets?|data|corpus)\Z", re.I)
_HUB = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/((?!datasets/|spaces/|docs/|papers/)[\w.-]{1,96}/[\w.-]{1,96})")
MAX_READ = 12_000
"""Passages of a card on a family that are read, each counted once for every size."""
_DIGIT = re.compile(r"\d")


def read_prose(
    one: Input, top: Section, holders: Sequence[str], recognition: Recognition, *, named: bool = False
) -> tuple[Statement, ...]:
    """What the text of a card says of its models. `top` is the parsed text; parents that the front matter names stand alone.

    `named` keeps only what is said where the very name of a model stands.
    """
    body = one.front.body if one.front else one.text
    keys: Mapping[str, object] = one.front.keys if one.front else {}
    passages = tuple(read_passages(own_sections(top, recognition), one.text.split("\n"), _CUES, _labels()))
    if len(holders) > 1:
        passages = passages[: MAX_READ // len(holders)]
    statements: list[Statement] = []
    for holder in holders if len(holders) <= MAX_HOLDERS else ():
        subject = know_subject(holder, top, body, single=len(holders) == 1, group=holders)
        parents = tuple(_new_parents(_parents(_apply(_rules(base=True), passages, subject), body), keys.get("base_model")))
        made = any_of(shared_words()["derived_names"]).search(subject.name) or any(says_tuned(one, subject) for one in passages)
        derived = bool(keys.get("base_model") or parents or made)
        subject = replace(subject, derived=derived)
        found = (*settle(_apply(_rules(base=False), passages, subject)), *parents)
        found = tuple(_new_data(found, _names(keys.get("datasets"))))
        statements.extend(_statement(holder, one.name, *each) for each in found if each[0].is_named or not named)
    return tuple(statements)


def read_rule(rule: Rule, one: Input, top: Section, holder: str, recognition: Recognition) -> tuple[Placed, ...]:
    """What one rule alone finds, for its cases."""
    body = one.front.body if one.front else one.text
    passages = tuple(read_passages(own_sections(top, recognition), one.text.split("\n"), _CUES, _labels()))
    subject = know_subject(holder, top, body, single=True)
    found = _apply((rule,), passages, subject)
    return tuple(_parents(found, body) if rule.name == "base" else settle(found))


def _rules(*, base: bool) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if (rule.name == "base") == base)


def _apply(rules: Iterable[Rule], passages: Iterable[Passage], subject: Subject) -> Iterator[Placed]:
    rules = tuple(rules)
    for passage in passages:
        low = passage.text.text.casefold()
        digits = _DIGIT.search(low)
        for rule in rules:
            listed = rule.name == "base" and passage.before.endswith(":") and (passage.text.links or "/" in low)
            if (digits or not rule.numeric) and (listed or rule.looks_at(passage, low)):
                for found in rule.read(passage, subject):
                    yield replace(found, is_named=found.is_named or subject.is_named(passage)), passage


@cache
def _labels() -> frozenset[str]:
    return frozenset(label for rule in RULES for label in rule.words.labels)


def _parents(found: Iterable[Placed], body: str) -> Iterator[Placed]:
    """Each parent once, under its fullest name.

    Several that are not the parents of one merge are kept only if they are of one family (a parent and its own), or labelled.
    """
    kept: dict[str, Placed] = {}
    for one in found:
        key = _key(str(one[0].value))
        full = "/" in str(one[0].value)
        same = next((o for o in kept if _is_same(key, o) and not (full and o != key and "/" in str(kept[o][0].value))), key)
        if same not in kept or len(str(one[0].value)) > len(str(kept[same][0].value)):
            earlier = kept.pop(same, None)
            relation = one[0].attributes or (earlier[0].attributes if earlier else {})
            kept[key] = replace(one[0], attributes=relation), one[1]
        elif one[0].attributes and not kept[same][0].attributes:
            kept[same] = replace(kept[same][0], attributes=one[0].attributes), kept[same][1]
    some = list(kept.values())
    families = {begun[0].casefold() if (begun := family(str(one.value).rpartition("/")[2])) else "" for one, _ in some}
    told = [each[1].label or each[1].before.rstrip(" *").endswith(":") for each in some]
    merged = all(one.attributes.get("relation") == "merge" or by for (one, _), by in zip(some, told, strict=True))
    merged = merged and any(one.attributes.get("relation") == "merge" for one, _ in some)
    if len(some) > 1 and not merged and (len(families) > 1 or "" in families):
        labelled = [each for each in some if each[1].label]
        some = labelled if len(labelled) == 1 else []
    yield from ((replace(one, value=_linked(str(one.value), body)), passage) for one, passage in some)


def _is_same(one: str, other: str) -> bool:
    """Whether one name is the other with more behind it."""
    return other.startswith(one) or one.startswith(other)


def _new_parents(found: Iterable[Placed], named: object) -> Iterator[Placed]:
    """Parents that the front matter does not name; one without its owner only if its name is no part of one that is named."""
    known = _names(named)
    keys = [_key(name) for name in known]
    for one in found:
        name = str(one[0].value)
        if name not in known and ("/" in name or not any(_key(name) in key or key in _key(name) for key in keys)):
            yield one


def _linked(name: str, body: str) -> str:
    """The name with its owner, where a link of the card leads to a model of that name on a hub."""
    if "/" in name:
        return name
    return next((one[1] for one in _HUB.finditer(body) if _key(one[1]) == _key(name)), name)


def _names(raw: object) -> list[str]:
    """A name or a list of names of the front matter."""
    return [one for one in (raw if isinstance(raw, list) else [raw]) if isinstance(one, str)]


def _new_data(found: Iterable[Placed], named: Sequence[str]) -> Iterator[Placed]:
    """Everything, but a dataset only once and under its fullest name; what the front matter names needs no second mention."""
    found = tuple(found)
    owned = [str(one.value) for one, _ in found if one.fact == TRAINED and "/" in str(one.value)]
    full = {_key(name) for name in (*named, *owned)}
    seen = set(named)
    for one, passage in found:
        name, plain = str(one.value), _key(_WITHOUT.sub("", str(one.value)))
        if one.fact == TRAINED:
            if name in seen or ("/" not in name and any(plain in other or other in plain for other in full)):
                continue
            seen.add(name)
        yield one, passage


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name.rpartition("/")[2].casefold())


def _statement(holder: str, file: str, found: Found, passage: Passage) -> Statement:
    source = Source(file, *passage.text.place(found.at))
    if found.fact in RELATED:
        return EdgeStatement(holder, found.fact, node(RELATED[found.fact], str(found.value)), source, dict(found.attributes))
    return FactStatement(holder, found.fact, found.value, source, note=found.note)
