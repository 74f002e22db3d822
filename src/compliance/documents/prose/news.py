"""The day of release of a model from a list of news: items that begin with a day and say of the model that it is out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .found import Found
from .names import is_plain, name_parts, stem_of, without_size
from .passages import Passage
from .release import DAY, FACT, read_day_of
from .subject import Subject
from .words import rule_words

CUE = ("releas", "added", "open-sourc", "open sourc", "opensourc", "launch", "publish", "available", "is out", "are out", "model")

_HEADING = re.compile(
    r"(?<![\w])(?:news|updates?|change\s?log|what['’]s new|releases?|release notes|history|latest|timeline)(?![\w])", re.I
)
_FIRST = re.compile(rf"\W{{0,8}}{DAY}\W{{1,8}}", re.I)
_NAME = r"(?:[a-zA-Z][\w.-]{0,30}/)?[\x01\x02]{2,}"
_NAMES = rf"(?P<names>{_NAME}(?:(?:\s?,|\s?,? and|\s?&)\s(?:the\s)?{_NAME})*)"
_OUT = r"(?:released|open[\s-]?sourced|launched|published|available|publicly available|out)"
_ARE = (
    rf"\s?(?:,\s)?(?:\s?models?|\s?series|\s?checkpoints?)?,?\s(?:(?:is|are|was|were|has been|have been|is now|are now)\s"
    rf"(?:now\s|also\s|officially\s|publicly\s|finally\s|fully\s)?{_OUT}|released|is here)(?![\w])"
)
_WE = (
    r"(?:^|[,.!:]\s)(?:today,?\s)?we(?:['’]ve|\shave)?\s(?:(?:are|were)\s(?:excited|happy|thrilled|proud|pleased|delighted)\sto\s)?(?:also\s|officially\s|now\s|just\s)?"
    r"(?:releas(?:e|ed|ing)|open[\s-]?sourc(?:e|ed)|launch(?:ed)?|introduc(?:e|ed)|publish(?:ed)?)\s(?:the\s|our\s|an?\s)?(?:[\w-]{2,20}\s){0,4}?"
)
_SHAPES = (
    re.compile(rf"^(?P<lead>(?:[\w-]{{1,20}},?\s){{0,8}}?){_NAMES}{_ARE}", re.I),
    re.compile(
        rf"(?P<lead>{_WE}){_NAMES}(?=\s?$|[,.;:!(]|\s(?:models?|series|with|and|to|for|as|on|in|under|which|that|featuring)(?![\w]))",
        re.I,
    ),
    re.compile(rf"^(?P<lead>we\s(?:have\s)?added\s){_NAMES}\smodels(?![\w])", re.I),
    re.compile(rf"(?P<lead>{_WE}[^.!]{{0,80}}?,?\s(?:named|called)\s){_NAMES}(?![\w])", re.I),
    re.compile(
        rf"^(?P<lead>(?:the\s)?(?:[\w-]{{2,12}}\s){{0,2}}models?(?:\sof)?,?\s){_NAMES}(?:\swith\s[^.]{{1,40}})?\s?[.!]?\s?$", re.I
    ),
)
_VERSION = re.compile(r"(?:updated |new )?version of(?= .{1,80}(?:named|called) $)")
"""What is updated, where the new version has a name."""
_ALL_NEW = re.compile(r"(?<=released )an? new version of all (?=\x03)")
"""All models that the page is about, as they are now."""
_VARIANT = re.compile(r"(?:the\s)?(?P<variant>chat|base|instruct)(?=\smodels,?\s(?:are|were|have)(?![\w]))", re.I)
"""All models of a variant: `Chat models are released`."""
_SERIES = re.compile(
    rf"^(?:[\w-]{{1,20}},?\s){{0,3}}?\x03{{2,}}(?:\s(?:series|models|model family|family))?{_ARE}"
    rf"|{_WE}\x03{{2,}}(?:\s(?:series|models?|family|model family))?(?=\s?$|[,.;:!(]|\s(?:with|including)(?![\w]))",
    re.I,
)


def read_news(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Days on which an item says that the model, or its family without a word on another size, was released.

    Releases of papers, code, data, demos or quantized files, plans, and updates of what was out before are left out.
    """
    text = passage.text.text
    if passage.label or not any(_HEADING.search(one) for one in passage.headings) or not (first := _FIRST.match(text)):
        return
    day = read_day_of(first)
    rest = text[first.end() :]
    if day is None or subject.is_unsure(rest):
        return
    at = next(first.start(group) for group in ("y", "mname", "dday") if first[group])
    if _is_out(_marked(rest, subject)):
        yield Found(FACT, day, at, is_named=True)
    elif subject.group and is_plain(subject.name, "base", "chat", "instruct", "it", "hf") and _is_family_out(rest, subject):
        yield Found(FACT, day, at)


def _marked(rest: str, subject: Subject) -> str:
    """The text with the model's own names as runs of 1 and the names of others of the family as runs of 2."""

    def mark(found: re.Match[str]) -> str:
        return ("\1" if subject.own.fullmatch(found[0]) else "\2") * max(len(found[0]), 2)

    variant = _VARIANT.match(rest) if subject.group else None
    if variant and _is_variant(subject.name, variant["variant"].casefold()):
        rest = "\1" * variant.end("variant") + rest[variant.end("variant") :]
    return subject.mark_sizes((subject.group or subject.own).sub(mark, rest))


def _is_variant(name: str, variant: str) -> bool:
    """Whether a name is the family's with this variant alone; a plain one is `base`."""
    parts = name_parts(name)
    rest = without_size(parts)[len(stem_of(parts)) :]
    return rest == (variant,) or (variant == "base" and not rest)


def _is_out(said: str) -> bool:
    refused = rule_words("news").refused
    for shape in _SHAPES:
        found = shape.search(said)
        lead = _VERSION.sub(" ", found["lead"]) if found else ""
        if found and "\1" in found["names"] and not refused.search(lead) and not refused.match(said, found.end() + 1):
            return True
    return False


def _is_family_out(rest: str, subject: Subject) -> bool:
    """Whether the family as such is released: no name of one of its sizes stands in the item."""
    if subject.family is None or (subject.group and subject.group.search(rest)):
        return False
    said = _ALL_NEW.sub("", subject.family.sub(lambda found: "\3" * len(found[0]), rest))
    found = _SERIES.search(said)
    return bool(found) and not rule_words("news").refused.search(said)
