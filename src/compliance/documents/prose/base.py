"""Which models this one was made from, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .found import PARENT, Found
from .passages import Passage, Text
from .subject import Subject, family, foreign
from .words import rule_words

_FORMATS = "gguf|ggml|ggcc|gptq|awq|exl2|exllamav2"
CUE = (
    "tun",
    "based",
    "built",
    "builds",
    "deriv",
    "distil",
    "merg",
    "quanti",
    *_FORMATS.split("|"),
    "adapter",
    "lora ",
    "trained from",
    "on top of",
    "initiali",
    "extension of",
)
_HOW = (
    ("quantize", r"quanti[sz]ed (?:version|variant|model|weights) (?:of|for)|quanti[sz]ed from|quanti[sz]ations? of"),
    (
        "quantize",
        rf"(?:{_FORMATS})(?:[ -]formats?)?(?: quanti[sz]ed)?(?: model)?(?: files| weights| version)? (?:for|of)",
    ),
    ("adapter", r"adapters? (?:for|of)|lora (?:weights )?(?:for|of)"),
    ("distil", r"distilled (?:version of|from)"),
    ("merge", r"merge (?:of|between)|merged from"),
    (
        "finetune",
        r"(?:(?:fine|instruct|instruction|preference|dpo|sft)[-\s]?)?tuned? (?:(?:version|variant|model) )?(?:of|from|on top of)",
    ),
    ("finetune", r"(?:fine[-\s]?)?tuned (?:version|variant) based on"),
    ("", r"based (?:up)?on|built (?:up)?on(?: top of)?|builds (?:up)?on|derived from|initiali[sz]ed (?:from|with)|on top of"),
    ("", r"extension of|trained from|continued from|using|uses"),
)
_PHRASES = tuple((relation, re.compile(rf"(?<![A-Za-z])(?:{shape})\s", re.I)) for relation, shape in _HOW)
_TUNED = re.compile(r"(?<![\w])(?:fine-?\s?tun(?:ed|e|ing)|instruct(?:ion)?[-\s]tuned|finetune)(?![\w])", re.I)
_GENERIC = re.compile(
    r"(?<![\w])(?:this|our|the)\s(?:[\w-]{2,20}\s){0,3}?(?:model|llm|adapter|version|checkpoint)s?(?![\w])"
    r"|^(?:it|this)\s(?:is|was|has been)\s",
    re.I,
)
_OBJECT = re.compile(r"(?<![\w])(?:from|of|by|with|using|on|upon|to|than|via|for|in|like)\s(?:the\s)?\Z", re.I)
_FILES = re.compile(r"^(?:this repo(?:sitory)?|these files|these are|this is|here are)(?![\w])", re.I)
_HUB = re.compile(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?P<name>[\w.-]{1,96}/[\w.-]{1,96})"
    r"(?:/(?:tree|blob)/[\w./-]{1,60})?/?(?:[?#].*)?\Z"
)
_RELATIVE = re.compile(r"[A-Za-z][\w-]{1,60}/[\w.-]{2,96}\Z")
_NO_MODEL = ("datasets", "spaces", "collections", "papers", "docs", "blog", "models", "posts", "learn", "organizations")
_PLAIN = re.compile(
    r"(?P<name>(?:[\w.-]{1,40}/)?[A-Za-z][\w.+]*(?:[-_ ](?:v?\d[\w.]*|[A-Z][\w.]*|base|instruct|chat|hf)(?![\w])){0,6})"
)
_SKIPPED = re.compile(
    r"(?:(?:checkpoint|version|weights) of|(?!(?:and|by|data|datasets?|for|from|in|of|on|or|outputs?|to|using|with)\s)"
    r"[a-z-]{1,20})\s"
)
_AS_BASE = re.compile(r"\sas (?:a|the|its|our) (?:base|backbone|foundation)(?![\w])", re.I)
_LEAD = re.compile(r"(?<![\w])(?:merge of|merged|included in (?:the|this) merge|used in th(?:is|e) merge\w{0,2})(?![\w])", re.I)
_RELATIONS = {
    "merged": "merge",
    "quantized": "quantize",
    "quantised": "quantize",
    "fine-tuned": "finetune",
    "finetuned": "finetune",
}


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a model, and where it begins and ends in the text."""

    text: str
    at: int
    end: int


def read_base(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Parents by the name of their repository, or as written. Architectures, data and families are no parents."""
    words = rule_words("base")
    if passage.row:
        return
    if passage.label:
        name = _name_at(passage.text, 0)
        if name and name.end >= len(passage.text.text.strip(" .")) - 1 and not subject.gives_up(passage):
            relation = next((one for word, one in _RELATIONS.items() if passage.label.startswith(word)), "")
            yield from _parent(subject, name, relation, is_named=True)
        return
    text, before = passage.text.text, passage.before.rstrip(" *")
    leads = before.endswith(":") and _LEAD.search(before)
    phrases = [(relation, match) for relation, phrase in _PHRASES for match in phrase.finditer(text)]
    if not (leads or phrases) or words.refused.search(text) or subject.gives_up(passage):
        return
    if leads:
        own = subject.own.search(before) or _GENERIC.search(before) or "models were" in before
        if own and (name := _name_at(passage.text, 0)) and "/" in name.text:
            yield from _parent(subject, name, "merge", is_named=True)
        return
    for relation, match in phrases:
        yield from _after(passage, subject, relation, match)


def says_tuned(passage: Passage, subject: Subject) -> bool:
    """Whether the passage speaks of this model and of tuning; so much is enough to leave out what may be its base's."""
    text = passage.text.text
    tuned = _TUNED.search(text)
    before = text[: tuned.start()] if tuned else ""
    return bool(tuned) and bool(subject.own.search(before) or subject.nick.search(before) or _GENERIC.search(before))


def _after(passage: Passage, subject: Subject, relation: str, match: re.Match[str]) -> Iterator[Found]:
    """The parent named after a phrase, if what stands before it is this model."""
    text = passage.text.text
    if not _is_own(passage, match.start(), subject, relation):
        return
    name = _next_name(passage.text, match.end())
    if (
        not name
        or _followed_by_other(text[name.end :])
        or (match[0].casefold().startswith("us") and not _AS_BASE.match(text, name.end))
    ):
        return
    tuned = relation or ("finetune" if _TUNED.search(text) else "")
    yield from _parent(subject, name, tuned, is_named=False)
    while relation == "merge" and (more := re.match(r"\s?(?:,|and|,\s?and|&|with)\s", text[name.end :])):
        name = _name_at(passage.text, name.end + more.end())
        if not name:
            return
        yield from _parent(subject, name, relation, is_named=False)


def _is_own(passage: Passage, at: int, subject: Subject, relation: str) -> bool:
    before = passage.text.text[:at]
    names = (*subject.own.finditer(before), *subject.nick.finditer(before))
    owns = [one.end() for one in names if not _OBJECT.search(before[: one.start()])]
    if owns:
        between = subject.mask(before)[max(owns) :]
        return not foreign(between) and not re.search(r"(?<![\w])models(?![\w])", between)
    generic = _GENERIC.search(before) or (relation == "quantize" and _FILES.search(before))
    return bool(generic) and (not subject.several or subject.continues(passage)) and not foreign(before)


def _next_name(text: Text, at: int) -> _Name | None:
    """The first name after an offset; words such as `the powerful` or `a checkpoint of` may stand before it."""
    for _ in range(5):
        if name := _name_at(text, at):
            return name
        skipped = _SKIPPED.match(text.text, at)
        if not skipped:
            return None
        at = skipped.end()
    return None


def _name_at(text: Text, at: int) -> _Name | None:
    """The name of a model that begins at an offset: a link to a hub, or a name of a known family with a number in it."""
    for begin, end, target in text.links:
        if begin <= at < end or (at <= begin <= at + 1):
            hub = _HUB.match(target)
            if hub and not hub["name"].startswith(tuple(f"{one}/" for one in _NO_MODEL)):
                return _Name(hub["name"].removesuffix(".git"), begin, end)
            if hub or "/datasets/" in target:
                return None
            if _RELATIVE.match(target) and target.endswith(f"/{text.text[begin:end].strip()}"):
                return _Name(target, begin, end)
    plain = _PLAIN.match(text.text, at)
    if not plain:
        return None
    name = plain["name"].rstrip(".,:;")
    known = family(name)
    if not re.search(r"\d", name) or (known is None or known.start() not in (0, name.find("/") + 1)) or len(name) > 80:
        return None
    return _Name(name, at, at + len(name))


def _followed_by_other(rest: str) -> bool:
    """Whether the name only qualifies something else: an architecture, a data set, a style."""
    return bool(rule_words("base").refused_after.match(rest))


def _parent(subject: Subject, name: _Name, relation: str, *, is_named: bool) -> Iterator[Found]:
    if not subject.own.fullmatch(name.text.rpartition("/")[2]) and not subject.own.fullmatch(name.text):
        yield Found(PARENT, name.text, name.at, is_named=is_named, attributes={"relation": relation} if relation else {})
