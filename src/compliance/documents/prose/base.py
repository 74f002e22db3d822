"""Which models this one was made from, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..recognition import heading_key
from .found import PARENT, Found
from .others import compares, family, foreign
from .passages import Passage
from .subject import Subject
from .text import Text
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
    "version of",
    "variant of",
)
_HOW = (
    ("quantize", r"quanti[sz]ed (?:version|variant|model|weights) (?:of|for)|quanti[sz]ed from|quanti[sz]ations? of"),
    (
        "quantize",
        rf"(?:{_FORMATS})(?:[ -]formats?)?(?: quanti[sz]ed)?(?: model)?(?: files| weights| version)? (?:for|of)",
    ),
    ("adapter", r"adapters? (?:for|of)|lora (?:weights )?(?:for|of)"),
    ("distil", r"distilled (?:version of|from)"),
    ("merge", r"merge[rd]? (?:of|between)|merged (?:version|model) of|merged from|merging(?: of)?"),
    (
        "finetune",
        r"(?:(?:fine|instruct|instruction|preference|dpo|sft)[-\s]?)?tuned? "
        r"(?:(?:versions?|variants?|models?) )?(?:of|from|on top of)",
    ),
    ("finetune", r"(?:fine[-\s]?)?tuned (?:version|variant) based on"),
    ("", r"based (?:up)?on|built (?:up)?on(?: top of)?|builds (?:up)?on|derived from|initiali[sz]ed (?:from|with)|on top of"),
    (
        "",
        r"(?:post-?trained|aligned|improved|updated|upscaled) (?:version|variant) of|(?:continually|continuously"
        r"|further) (?:pre-?)?trained (?:from|based on)",
    ),
    ("", r"extension of|trained from|continued from|using|uses"),
    ("linked", r"tuned on|is the same as"),
)
_PHRASES = tuple((relation, re.compile(rf"(?<![A-Za-z])(?:{shape})\s", re.I)) for relation, shape in _HOW)
_TUNED = re.compile(r"(?<![\w])(?:fine-?\s?tun(?:ed|e|ing)|instruct(?:ion)?[-\s]tuned|finetune)(?![\w])", re.I)
_GENERIC = re.compile(
    r"(?<![\w])(?:this|our|the)\s(?:[\w-]{2,20}\s){0,3}?(?:model|llm|adapter|version|checkpoint)s?(?![\w])"
    r"|^(?:it|this)\s(?:is|was|has been)\s|^\W*(?:crafted|created|made|built|obtained)\s(?:through|by|via)\s",
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
    r"[a-z-]{1,20}|(?:SFT|DPO|LLM|AI)(?= model)|[A-Z]\w{1,20}['’]s)\s"
)
_AS_BASE = re.compile(r"\sas (?:a|the|its|our) (?:base|backbone|foundation)(?![\w])", re.I)
_OPENING = re.compile(r"\W*(?:(?:This is )?(?:An?|The|Model)(?: first)?\s)?\Z", re.I)
_KIND = re.compile(
    r"(?<![\w])(?:addition to|part of|member of) (?:the |our )?[\w.-]{2,30} (?:\w{2,12} )?(?:family|series|collection)(?![\w])",
    re.I,
)
_ANNOUNCED = re.compile(r"\W*(?:(?:early )?preview|release|version) of\s", re.I)
_ITEM = re.compile(r"[\w.-]{1,40}/[\w.-]{2,60}|[A-Za-z][\w.+-]{2,60}")
_KIND_OF = re.compile(
    r"(?P<name>(?<![\w/-])[A-Z][\w.+]{1,20}(?:[-_ ](?:v?\d[\w.]*|[A-Z][\w.]*|base|instruct|chat|hf)(?![\w-])){0,4})(?:"
    r"[-\s]based,? (?:fine-?tuned|instruct\w*|chat|language|large) (?:[\w-]{1,20} ){0,2}?models?"
    r"|\s(?:base )?model (?:that (?:is|was|has been) )?(?:fine-?tuned|instruction-tuned) (?:to|on|for|with|using))(?![\w])",
    re.I,
)
_BEGUN = re.compile(
    r"\W*(?P<name>[A-Z][\w.+-]{1,40}(?: \d[\w.]{0,5})?(?: [A-Z]\w{2,10})?) fine-?tuned (?:on|with|for"
    r"|using) (?!.*(?<![\w])(?:is|was|are|were|can)(?![\w]))"
)
_ON_BASE = re.compile(r"(?<![\w])fine-?tuned (?:on|from) (?:a|the) base (?P<name>[A-Z][A-Za-z]{2,20}) model(?![\w])")
_CARD = re.compile(r"(?:[^\s?#]{0,300}/)?(?P<name>[\w.×-]{2,96})\.md\Z")
_LEAD = re.compile(
    r"(?<![\w])(?:merge of|merged|included in (?:the|this) merge|used in th(?:is|e) merge\w{0,2})(?![\w])|^\W*models used\W*\Z",
    re.I,
)
_NAMES = re.compile(r"(?:[\w.-]{2,60}/[\w.-]{2,96}(?:\s+|\Z)){2,24}\Z")
"""Lines that hold nothing but names of a hub."""
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
    if passage.row and not subject.is_named(passage):
        return
    if passage.label:
        name = _name_at(passage.text, 0) or _card_at(passage.text)
        if name and name.end >= len(passage.text.text.strip(" .")) - 1 and not subject.gives_up(passage):
            relation = next((one for word, one in _RELATIONS.items() if passage.label.startswith(word)), "")
            yield from _parent(subject, name, relation, is_named=True)
        return
    text, before = passage.text.text, passage.before.rstrip(" *")
    if before.endswith(":") and heading_key(before) in _labelled():
        yield from _of_lead(passage, subject, heading_key(before))
        return
    leads = before.endswith(":") and _LEAD.search(before)
    phrases = [(relation, match) for relation, phrase in _PHRASES for match in phrase.finditer(text)]
    kinds = _KIND_OF.search(text)
    if not (leads or phrases or kinds or "base" in text) or subject.gives_up(passage):
        return
    if leads and words.refused.search(text):
        return
    if leads:
        own = subject.own.search(before) or _GENERIC.search(before) or "odels were" in before or "odels used" in before
        if own and _NAMES.match(text):
            for one in re.finditer(r"\S+", text):
                yield from _parent(subject, _Name(one[0], *one.span()), "merge", is_named=True)
            return
        if own and (name := _name_at(passage.text, 0)) and "/" in name.text:
            yield from _parent(subject, name, "merge", is_named=True)
        return
    for relation, match in phrases:
        yield from _after(passage, subject, relation, match)
    yield from _before(passage, subject)


def _of_lead(passage: Passage, subject: Subject, label: str) -> Iterator[Found]:
    """An item of a list below `Base model:` that is nothing but the name of a model."""
    name = _name_at(passage.text, 0)
    if name and "/" in name.text and name.end >= len(passage.text.text.strip(" .")) - 1 and not subject.gives_up(passage):
        relation = next((one for word, one in _RELATIONS.items() if label.startswith(word)), "")
        yield from _parent(subject, name, relation, is_named=True)


@cache
def _labelled() -> frozenset[str]:
    """Labels that lead to the parents of a model, where a list follows."""
    return frozenset(label for label in rule_words("base").labels if " " in label)


def _before(passage: Passage, subject: Subject) -> Iterator[Found]:
    """The parent in `is a Llama 2 based model` or `is a Llama 2 model fine-tuned on ...`."""
    text = passage.text.text
    begun = _BEGUN.match(text) if len(passage.headings) < 2 else None
    first = _name_at(passage.text, begun.start("name")) if begun else None
    if begun and first and first.end == begun.end("name"):
        yield from _parent(subject, first, "finetune", is_named=False)
    on_base = _ON_BASE.search(text)
    if on_base and _is_own(passage, on_base.start(), subject, "finetune"):
        known = family(on_base["name"])
        if known and known[0].casefold() == on_base["name"].casefold():
            yield from _parent(subject, _Name(on_base["name"], *on_base.span("name")), "finetune", is_named=False)
    for match in _KIND_OF.finditer(text):
        before = text[: match.start()]
        if not _OPENING.match(before) and not _is_own(passage, match.start(), subject, "finetune"):
            continue
        begun = family(match["name"])
        name = _name_at(passage.text, match.start("name") + begun.start()) if begun else None
        if name is None or compares(text[: name.at]) or rule_words("base").refused.search(before):
            return
        if name.end <= match.end("name") + 1:
            yield from _parent(subject, name, "finetune", is_named=False)


def says_tuned(passage: Passage, subject: Subject) -> bool:
    """Whether the passage speaks of this model and of tuning; so much is enough to leave out what may be its base's."""
    text = passage.text.text
    tuned = _TUNED.search(text)
    before = text[: tuned.start()] if tuned else ""
    if subject.group:
        return bool(tuned and subject.own.search(before))
    return bool(tuned) and bool(subject.own.search(before) or subject.nick.search(before) or _GENERIC.search(before))


def _after(passage: Passage, subject: Subject, relation: str, match: re.Match[str]) -> Iterator[Found]:
    """The parent named after a phrase, if what stands before it is this model."""
    text, words = passage.text.text, rule_words("base")
    if match.start() == 0 and _leads_to_own(passage, subject, match):
        yield from _parent(subject, _next_name(passage.text, match.end()), relation, is_named=False)
        return
    if not _is_own(passage, match.start(), subject, relation):
        return
    name = _next_name(passage.text, match.end())
    if relation == "merge" and (name is None or "/" not in name.text) and (listed := list(_listed(text, match.end()))):
        for one in listed:
            yield from _parent(subject, one, relation, is_named=False)
        return
    if relation == "linked":
        relation = "finetune" if name and "tuned" in match[0] else ""
        if not name or "/" not in name.text or ("same" in match[0] and not re.match(r",? but(?![\w])", text[name.end :])):
            return
    if (
        not name
        or words.refused.search(text[: name.end])
        or _followed_by_other(text[name.end :])
        or (match[0].casefold().startswith("us") and not _AS_BASE.match(text, name.end))
        or _is_within_family(subject, text[: match.start()], name)
    ):
        return
    tuned = relation or ("finetune" if _TUNED.search(text) else "")
    yield from _parent(subject, name, tuned, is_named=False)
    while relation == "merge" and (more := re.match(r"\s?(?:,|and|,\s?and|&|with)\s", text[name.end :])):
        name = _name_at(passage.text, name.end + more.end())
        if not name:
            return
        yield from _parent(subject, name, relation, is_named=False)


def _is_within_family(subject: Subject, before: str, name: _Name) -> bool:
    """Whether a sentence on a family, and not on this model of it, names another one of the family."""
    said = subject.family.search(before) if subject.family and not subject.own.search(before) else None
    kin, other = said[0].casefold() if said else "", name.text.rpartition("/")[2].casefold()
    return bool(kin) and (kin.startswith(other) or other.startswith(kin))


def _leads_to_own(passage: Passage, subject: Subject, match: re.Match[str]) -> bool:
    """Whether a sentence begins as `Based on X, this model is ...`."""
    name = _next_name(passage.text, match.end())
    rest = re.match(r",\s(?P<own>[^,.;]{2,60}?)\s(?:is|was|has)(?![\w])", passage.text.text[name.end :]) if name else None
    return rest is not None and bool(subject.own.fullmatch(rest["own"]) or _GENERIC.fullmatch(rest["own"]))


def _listed(text: str, at: int) -> Iterator[_Name]:
    """At least two plain names of a merge, up to the end of the clause: `A, B, and C-7b.`"""
    end = re.search(r"\s(?:with|using|by|via|in|that|which)\s|[;:(!?]|\.(?:\s|\Z)|\Z", text[at:])
    rest = text[at : at + end.start()] if end else ""
    begin, names = 0, []
    for stop in (*re.finditer(r",? and |, |\s?&\s", rest), None):
        part = rest[begin : stop.start() if stop else len(rest)].strip()
        if not _ITEM.fullmatch(part):
            return
        found = at + rest.index(part, begin)
        names.append(_Name(part, found, found + len(part)))
        begin = stop.end() if stop else begin
    yield from names if len(names) > 1 else ()


def _is_own(passage: Passage, at: int, subject: Subject, relation: str) -> bool:
    before = passage.text.text[:at]
    if told := _ANNOUNCED.match(before):
        before = " " * told.end() + before[told.end() :]
    if relation and not subject.several and _OPENING.fullmatch(before):
        return True
    near = subject.family.finditer(before) if subject.family else subject.kin_of_size(before)
    names = (*subject.own.finditer(before), *subject.nick.finditer(before), *near)
    owns = [one.end() for one in names if not _OBJECT.search(before[max(one.start() - 20, 0) : one.start()])]
    if subject.is_spelled(before):
        return True
    if owns:
        between = _KIND.sub(" ", subject.mask(before)[max(owns) :])
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
                return _Name(hub["name"].removesuffix(".git").rstrip("."), begin, end)
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


def _card_at(text: Text) -> _Name | None:
    """A link to the card of another model, with the name of its file as text."""
    for begin, end, target in text.links:
        card = _CARD.match(target)
        if card and begin == 0 and text.text.startswith(card["name"]):
            return _Name(card["name"], 0, max(end, len(card["name"])))
    return None


def _followed_by_other(rest: str) -> bool:
    """Whether the name only qualifies something else: an architecture, a data set, a style."""
    return bool(rule_words("base").refused_after.match(rest))


def _parent(subject: Subject, name: _Name | None, relation: str, *, is_named: bool) -> Iterator[Found]:
    if name and not subject.own.fullmatch(name.text.rpartition("/")[2]) and not subject.own.fullmatch(name.text):
        yield Found(PARENT, name.text, name.at, is_named=is_named, attributes={"relation": relation} if relation else {})
