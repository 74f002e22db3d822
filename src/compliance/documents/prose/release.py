"""On which day the model was released; a month alone is no day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .found import Found
from .names import name_parts, stem_of
from .passages import Passage
from .subject import Subject
from .words import rule_words, shared_words

CUE = ("releas", "publish", "launch")
FACT = "model.release_date"

_NAMES = [name for month in shared_words()["months"] for name in (month, month[:3])]
_MONTH = rf"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))}|sept)\.?"
DAY = (
    r"(?:(?P<y>(?:19|20)\d\d)(?P<sep>[-./])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)"
    rf"|(?P<mname>{_MONTH})\s(?P<mday>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<myear>(?:19|20)\d\d)"
    rf"|(?P<dday>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<dname>{_MONTH}),?\s(?P<dyear>(?:19|20)\d\d))(?![\d])"
)
_VALUE = re.compile(rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?{DAY}\s?\.?\Z", re.I)
_TOLD = re.compile(
    rf"(?<![\w])(?:was|were|been|model)\s(?:first\s|publicly\s|officially\s|initially\s)?(?:released|launched|published)\s(?:publicly\s)?on\s(?:the\s)?{DAY}",
    re.I,
)


_NAMED = re.compile(
    r"(?<![\w.-])(?!(?:The|Our|These|All)\s)"
    rf"(?P<name>[A-Z][\w.]{{0,20}}(?:[ -][\w.]{{1,12}}){{0,2}})\s(?:models|checkpoints)\s(?:were\s)?"
    rf"(?:publicly\s|first\s)?released\son\s(?:the\s)?(?i:{DAY})"
)
"""Models called by the family's name, perhaps with a version: `Example 2 checkpoints released on ...`."""


def read_release(passage: Passage, subject: Subject) -> Iterator[Found]:
    """The day of release of this very model, not of a file, a data set, a paper or another version."""
    words = rule_words("release")
    text = passage.text.text
    if not passage.label and subject.group and (named := _NAMED.search(text)) and (said := read_day_of(named)):
        if _is_begun_by(subject, named["name"]) and not subject.is_unsure(text):
            yield Found(FACT, said, next(named.start(group) for group in ("y", "mname", "dday") if named[group]))
        return
    if words.refused.search(text) or (passage.label and passage.label not in words.labels):
        return
    match = _VALUE.match(text) if passage.label else _TOLD.search(text)
    told = read_day_of(match) if match else None
    if (
        match
        and told
        and subject.is_told(passage, match.start())
        and (passage.label or subject.is_named(passage) or _SUBJECT.match(text))
    ):
        at = next(match.start(group) for group in ("y", "mname", "dday") if match[group])
        yield Found(FACT, told, at)


def _is_begun_by(subject: Subject, words: str) -> bool:
    """Whether a name is that of the model's family or of a version of it, with which its own name begins."""
    joined, own = (re.sub(r"[^a-z0-9.]", "", one.casefold()) for one in (words, subject.name))
    stem = "".join(stem_of(name_parts(subject.name)))
    known = own.startswith(joined) and not re.match(r"[.\d]", own[len(joined) :])
    return known and (joined.startswith(stem) or bool(re.search(r"\d", joined)))


_SUBJECT = re.compile(r"(?:The|This) model\s", re.I)


def read_day_of(match: re.Match[str]) -> date | None:
    """The date that `DAY` matched, or None for one that the calendar does not have."""
    if match["y"]:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    else:
        name = (match["mname"] or match["dname"]).casefold()[:3]
        month = [one[:3] for one in shared_words()["months"]].index(name) + 1
        year, day = int(match["myear"] or match["dyear"]), int(match["mday"] or match["dday"])
    try:
        return date(year, month, day)
    except ValueError:
        return None
