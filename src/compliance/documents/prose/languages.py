"""Languages that the model is meant to work in.

Accepted are the value of a label on languages, where it is a list of languages and nothing else, and lists of languages in
sentences about this model: of text that it was trained on, of a bilingual or `X language` model, of what it supports, of what
its use is limited to. Refused are numbers of languages, programming languages, languages of benchmarks and of other models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ...vocabulary import Terms
from ..recognition import load_fields
from .found import Found
from .passages import Passage
from .subject import Subject, speaks_of_others
from .words import rule_words

FACT = "model.languages"
CUE = (
    "english",
    "chinese",
    "german",
    "french",
    "spanish",
    "japanese",
    "bilingual",
    " language model",
    "mandarin",
    "arabic",
    "korean",
    "thai ",
    "dutch",
    "finnish",
)
_FILLER = re.compile(r"(?:and|or|&|primarily|mainly|mostly|only|both|also|language|languages|code|as well as|the)\Z", re.I)
_GENERIC = re.compile(
    r"^\W*(?:it|this|these|they|both|the first|introducing)(?![\w])|(?<![\w])(?:this|our|the|these|new"
    r"|base)\s(?:[\w-]{2,20}\s){0,3}?(?:model|llm|version|release)s?(?![\w])"
    r"|^\W*we (?:\w{3,12} )?(?:pre-?)?train|^\W*an? [^.;]{0,80}?model(?![\w])",
    re.I,
)
_COUNTED = re.compile(r"(?<![\w.])(?:\d|two|three|four|five|six) [^.;]{0,60}?models(?![\w])", re.I)


def read_languages(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Codes of languages."""
    text = passage.text.text
    if passage.label:
        if not passage.row and not subject.gives_up(passage) and (codes := _only(text)):
            yield Found(FACT, Terms(codes, complete=False), 0)
        return
    limited = _limited().search(text)
    if not limited and (rule_words("languages").refused.search(text) or subject.gives_up(passage)):
        return
    for pattern in _patterns():
        for match in (limited,) if limited else pattern.finditer(text):
            if limited or _is_own(passage, match.start("list"), subject):
                yield Found(FACT, Terms(_codes(match["list"]), complete=False), match.start("list"))
                return


def _is_own(passage: Passage, at: int, subject: Subject) -> bool:
    """Whether the model itself, and no other, stands before the languages."""
    text = passage.text.text
    before = text[:at]
    if speaks_of_others(before, subject) or (subject.group and _COUNTED.search(text) and not subject.own.search(text)):
        return False
    named = subject.own.search(before) or subject.kin.search(before) or subject.nick.search(before)
    return bool(named or _GENERIC.search(before) or re.search(r"lingual ?\(\Z", before))


def _only(text: str) -> frozenset[str]:
    """The languages of a list that names nothing else."""
    plain = re.sub(r"\([^()]{0,60}\)", " ", text).strip(" .;*_")
    codes = set()
    for part in re.split(r"\s*[,;/|&]\s*|\s+and\s+", plain):
        words = [word for word in part.split() if not _FILLER.match(word)]
        name = " ".join(words).casefold()
        if name in _names():
            codes.add(_names()[name])
        elif re.fullmatch(r"[a-z]{2}", name) and name in _names().values():
            codes.add(name)
        elif words:
            return frozenset()
    return frozenset(codes)


def _codes(text: str) -> frozenset[str]:
    return frozenset(_names()[found[0].casefold()] for found in _name().finditer(text))


@cache
def _names() -> Mapping[str, str]:
    names: Mapping[str, str] = load_fields("languages.yaml")["names"]
    return names


@cache
def _shape() -> str:
    """One language, written with a capital."""
    return "(?:" + "|".join(sorted((name.title() for name in _names()), key=len, reverse=True)) + r")(?![\w])"


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w]){_shape()}")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    one = rf"(?<![\w]){_shape()}"
    some = rf"(?P<list>{one}(?:(?:, and |, | and |/| & |-){one}){{0,12}})"
    many = rf"(?P<list>{one}(?:(?:, and |, | and |/| & ){one}){{1,12}})"
    return (
        re.compile(rf"(?i:bilingual|trilingual) ?\({many}\)"),
        re.compile(
            rf"{some}[ -](?:bilingual )?(?:(?:large |small |causal |foundation )?language (?:\d[\w.-]{{0,20}} )?)(?:model|LLM)"
        ),
        re.compile(rf"(?i:tokens|texts?|data) (?:in|of) (?:both )?{some}"),
        re.compile(
            rf"(?i:train|tun)(?i:ed|ing) [^.;]{{0,80}}?(?:on|in|with"
            rf"|using) [^.;]{{0,40}}?{some}(?:,? and code)? (?:preference |language |instruction |web )?(?i:data"
            rf"|text|texts|corpus|corpora|tokens)(?![\w])"
        ),
        re.compile(
            rf"(?i:support)(?i:s|ing|ed) (?:languages? )?(?:such as |including |in |for "
            rf"|both )?{some}(?= ?(?:[.,;)]|and|languages?|text|\Z))"
        ),
        re.compile(rf"(?i:primarily|mainly) (?:optimi[sz]ed |trained )?(?:for|in|on) {some}(?![\w])"),
    )


@cache
def _limited() -> re.Pattern[str]:
    one = rf"(?<![\w]){_shape()}"
    return re.compile(rf"use should be limited to (?P<list>{one}(?: and {one})?)(?: language)?(?: use cases|[.,;]|\Z)")
