"""How many parameters the model has, and how many of them are active for each token."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .figures import FIGURE, read_figure
from .found import Found, of_figure
from .others import foreign
from .passages import Passage
from .subject import Subject
from .words import rule_words

CUE = ("param", "total", "active", "model", "llm", "transformer")
TOTAL, ACTIVE = "model.parameters.total", "model.parameters.active"

_PARAMETERS = r"[\s-]{0,2}(?:of\s)?(?:total\s|model\s|trainable\s)?param(?:eter)?s?(?![\w])"
_TOTAL = re.compile(
    rf"(?P<figure>{FIGURE})(?:{_PARAMETERS}(?!\s?(?:are\s)?(?:active|activated|per token))"
    rf"|[\s-]total(?=\s?(?:param|\(|/|,|and\s|with\s)))",
    re.I,
)
_ACTIVE = re.compile(
    rf"(?P<figure>{FIGURE})\s(?:active(?![\w])|activated(?![\w])|param(?:eter)?s\s(?:are\s)?(?:active|activated|being activated))"
    rf"|activat(?:es|ing)\s(?:only\s|about\s)?(?P<later>{FIGURE})(?:{_PARAMETERS})",
    re.I,
)
_IS_A = re.compile(
    rf"(?:\bis|\bare|\bpresent|\bintroduc\w{{1,3}}|\brelease)\s(?:\x01{{1,60}}[,:]?\s)?(?:an?|the\sfirst)\s(?:[\w,'-]{{2,20}}\s){{0,4}}?"
    rf"(?P<figure>{FIGURE})[\s-](?:[\w,()'-]{{2,20}}\s){{0,5}}?(?:language model|llm|model|transformer)(?![\w])",
    re.I,
)
_VAGUE = re.compile(
    r"(?:(?:up to|more than|over|at least|at most|nearly|almost|under|below|less than|fewer than|beyond|between|of up to)\s"
    r"|\d[\w.]{0,8}\s(?:to|and|or)\s|[<>≤≥+–—]\s?|\d-)\Z",
    re.I,
)
_AFTER = re.compile(r"\s?\+|\s?(?:to|-|–|—|or)\s?\d|\s?/\s?\d|\s?\((?:non|without|excluding)", re.I)
_VALUE = re.compile(
    rf"(?:[~≈]\s?|about\s|approximately\s|around\s)?(?P<figure>{FIGURE})"
    r"(?:\s?(?:total|active|activated)?\s?(?:model\s)?param(?:eter)?s?)?(?:\s\(.{0,80}\))?\s?\.?\Z",
    re.I,
)
_KIND = "model type"
"""A label whose value begins with the size or has none."""
_OF_KIND = re.compile(
    rf"(?:an?\s)?(?:[\w-]{{2,15}}-like\s)?(?P<figure>{FIGURE})[\s-](?:param(?:eter)?s?[\s-])?(?:(?:chat|instruct|language|text|code|base|dense|large)\s){{0,3}}(?:model|llm|transformer)(?![\w])",
    re.I,
)
_UNIT = re.compile(r"\((m|b|millions?|billions?)\)\Z")
_LIKE = re.compile(r"-?(?:like|style|based|type)")
_BREAK = re.compile(r"[.,;:]|(?<![\w])(?:from|on|of)(?![\w])")


def read_parameters(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Totals and active parameters; not those of parts, of embeddings, of adapters, or "7B+"."""
    words = rule_words("parameters")
    text = passage.text.text
    if passage.label == _KIND:
        match = _OF_KIND.match(text)
        if match and not words.refused.search(text):
            yield from _found(passage, subject, match, "figure", TOTAL)
        return
    if passage.label:
        fact = words.labels.get(passage.label)
        if fact and (unit := _UNIT.search(passage.label)):
            yield from _in_unit(passage, subject, fact, unit[1])
            return
        match = _VALUE.match(text) if fact else None
        if fact and match and not words.refused.search(text):
            yield from _found(passage, subject, match, "figure", fact)
        return
    if words.refused.search(text):
        return
    for match in _ACTIVE.finditer(text):
        yield from _found(passage, subject, match, "figure" if match["figure"] else "later", ACTIVE)
    for match in (*_TOTAL.finditer(text), *_IS_A.finditer(subject.mask(text))):
        yield from _found(passage, subject, match, "figure", TOTAL)


def _in_unit(passage: Passage, subject: Subject, fact: str, unit: str) -> Iterator[Found]:
    """A bare number below a heading that has the unit: `Params (M)`."""
    bare = re.fullmatch(r"\s?[~≈]?\s?(\d{1,6}(?:,\d{3})*(?:\.\d{1,4})?)\s?", passage.text.text)
    figure = read_figure(f"{bare[1]} {unit.rstrip(chr(115))}") if bare else None
    if bare and figure and figure.value >= 10**5 and subject.is_told(passage, bare.start(1)):
        fits = not subject.size or abs(float(figure.value) - subject.size) <= subject.size / 5
        if fits or fact != TOTAL:
            yield of_figure(fact, figure, bare.start(1))


def _found(passage: Passage, subject: Subject, match: re.Match[str], group: str, fact: str) -> Iterator[Found]:
    text, at = passage.text.text, match.start(group)
    figure = read_figure(match[group])
    if figure is None or figure.value < 10**5 or _VAGUE.search(text[:at]) or _AFTER.match(text, match.end(group)):
        return
    rest = subject.mask(text)[match.end() :]
    if _is_anothers(text[:at], rest, subject):
        return
    fits = bool(subject.size) and abs(float(figure.value) - subject.size) <= subject.size / 5
    if fact == TOTAL and subject.size and not fits:
        return
    if subject.is_told(passage, at) or (fits and fact == TOTAL and _is_only_size(passage, subject, at)):
        yield of_figure(fact, figure, at)


def _is_anothers(before: str, rest: str, subject: Subject) -> bool:
    """Whether the figure is that of a model named right after it: `all 13B parameters of X`, `the 13B-parameter X`."""
    owner = foreign(rest[:60])
    if owner is None:
        return False
    between = rest[: owner.start()]
    if re.match(r"\s(?:of|in|by|from)\s(?:the\s)?\Z", between):
        return True
    if _LIKE.match(rest, owner.end()) or len(between.split()) > 3 or _BREAK.search(between):
        return False
    return not any(shape.search(before) for shape in (subject.own, subject.kin, subject.nick))


def _is_only_size(passage: Passage, subject: Subject, at: int) -> bool:
    """Whether the sentence gives one size alone, which the caller knows to be that in the model's name."""
    if passage.label or not subject.would_tell(passage, at):
        return False
    written = (read_figure(one) for one in re.findall(FIGURE, passage.text.text, re.I))
    return len({one.value for one in written if one and one.value >= 10**7}) == 1
