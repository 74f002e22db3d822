"""A file name that does not fit the pinpoint in `cite`.

Both are taken apart into numbers and letters: `22757-12-b-1` and `B&P 22757.12(b)(1)` are 22757, 12, b, 1. Words that only
tell cards apart (`art-55-1-c-report`) count for nothing, and a label in front (`430 ILCS 185/`) may stand in `cite` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...reading import Problem
from .context import Context

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
SENTENCE = re.compile(r"(?:^|-)(?:s|sentence-|subpara-|para-)(\d+)(?=-|$)")
_HOURS = re.compile(r"\d+h\Z")
_SPAN = re.compile(r"\b\d+ hours?\b")
_PART = re.compile(r"\d+|[a-z]{1,2}\Z|[ivx]+\Z")
_RANGE = re.compile(r"[-–]\s*\([^)]*\)|,\s*\([^)]*\)")
_CITED = re.compile(r"\((\d+[a-z]?|[a-zA-Z]{1,2}|[ivx]+)\)|(\d+)([a-z]\b)?|\b([IVX]+)\b(?!\.)|\b([A-Z])(?=\.\d)")
_MORE = re.compile(r";| and (?=[A-Z0-9])")


def check(context: Context) -> Iterator[Problem]:
    """Only what is surely wrong: a name that no reading of the citation gives, or a version without its `since`."""
    for _, card in context.cards():
        stem = card.source.file.rpartition("/")[2].removesuffix(".yaml")
        pinpoint, _, version = stem.partition("@")
        if not fits(pinpoint, card.cite):
            what = f"`{card.cite}` is not what the file is named after"
            hint = f"the file says `{pinpoint}`; rename it, or correct the citation"
            yield context.problem_at("PK103", card.source.file, ("cite",), what, hint)
        if version and card.since != version:
            hint = f"write `since: {version}`, the amendment that brought this text"
            what = f"the file is the version `{version}`, the card is not"
            yield context.problem_at("PK103", card.source.file, ("since",), what, hint)


def fits(pinpoint: str, cite: str) -> bool:
    """Whether a file name can stand for a citation. Where either has no numbers, nothing can be told and it fits."""
    names = name_parts(pinpoint)
    readings = [parts for one in _MORE.split(cite) for parts in cite_parts(one)]
    if not any(names) or not any(readings):
        return True
    if not any(parts[-len(tail) :] == tail for parts in readings for tail in names if tail):
        return False
    return _label_fits(pinpoint, cite) and _sentence_fits(pinpoint, cite)


def name_parts(pinpoint: str) -> list[tuple[str, ...]]:
    """The numbers and letters of a file name: all of them, those before the first word that is only a description, and both
    without a letter in front, which may be a label (`s-9`).
    """
    words = SENTENCE.sub("", pinpoint).strip("-").split("-")
    whole: list[str] = []
    head: list[str] | None = None
    for index, word in enumerate(words):
        if _HOURS.match(word):
            continue
        if match := re.fullmatch(r"(\d+)([a-z])", word):
            whole.extend(match.groups())
        elif _PART.match(word):
            whole.append(word)
        elif index and head is None:
            head = list(whole)
    found = [tuple(whole), tuple(whole if head is None else head)]
    return [*found, *(parts[1:] for parts in found if parts and parts[0].isalpha())]


def cite_parts(cite: str) -> list[tuple[str, ...]]:
    """The numbers and letters of a citation: of all of it, and of it without the further items of a row or range."""
    cite = _SPAN.sub("", cite)
    return [_parts(cite), _parts(_RANGE.sub("", cite))]


def _parts(cite: str) -> tuple[str, ...]:
    found: list[str] = []
    for bracket, number, letter, roman, capital in _CITED.findall(cite):
        if bracket and (match := re.fullmatch(r"(\d+)([a-z])", bracket)):
            found.extend(match.groups())
        else:
            found.extend(part.lower() for part in (bracket, number, letter, roman, capital) if part)
    return tuple(found)


def _label_fits(pinpoint: str, cite: str) -> bool:
    """A name that begins with a word (`art`, `decree`) wants that word, or one it shortens, in the citation."""
    first = pinpoint.partition("-")[0]
    if not first.isalpha() or len(first) < 3:
        return True
    words = re.findall(r"[a-z]+", cite.lower())
    return any(word.startswith(first) or (len(word) > 2 and first.startswith(word)) for word in words)


def _sentence_fits(pinpoint: str, cite: str) -> bool:
    named = {int(number) for number in SENTENCE.findall(pinpoint)}
    said = {ORDINALS.index(word) + 1 for word in re.findall(r"[a-z]+", cite.lower()) if word in ORDINALS}
    return not named or not said or bool(named & said)
