"""How many operations training took, where the text says training and gives a count; never a rate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .figures import FIGURE, POWER, Figure, read_figure, read_power
from .found import Found, of_figure
from .passages import Passage
from .subject import Subject
from .words import rule_words

CUE = ("flop", "compute", "floating point", "floating-point")
FACT = "model.compute.own_training"
LEAST = 10**15
"""Below this a count is that of one pass, not of training."""

_PREFIX = {"": 1, "giga": 10**9, "g": 10**9, "tera": 10**12, "t": 10**12, "peta": 10**15, "p": 10**15, "exa": 10**18, "e": 10**18,
           "zetta": 10**21, "z": 10**21, "yotta": 10**24, "y": 10**24}  # fmt: skip
_DAYS = r"p(?:eta)?flops?(?:/s(?:ec(?:ond)?)?)?[\s-]days"
_COUNT = r"(?P<prefix>giga|tera|peta|exa|zetta|yotta|[GTPEZY])?[\s-]?flops?(?![\w])(?!\s?(?:/|per\b|\s?s\s?[-^]))"
_AMOUNT = re.compile(
    rf"(?P<figure>{POWER}|{FIGURE})\s?(?:(?P<days>{_DAYS})|{_COUNT}|floating[\s-]point operations(?!\s?(?:/|per\b)))", re.I
)
_TRAINING = re.compile(r"(?<![\w])(?:pre-?|)train(?:ed|ing)(?![\w])", re.I)
_BARE = re.compile(rf"[~≈]?\s?(?P<figure>{POWER})\s?\Z")


def read_compute(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Operations of training. Rates, figures for one pass and derived models' cards are left out."""
    words = rule_words("compute")
    text = passage.text.text
    fact = words.labels.get(passage.label)
    if subject.derived or words.refused.search(text) or (passage.label and not fact):
        return
    if not passage.label and not _TRAINING.search(text):
        return
    matches = list(_AMOUNT.finditer(text))
    if fact and not matches and "flop" in passage.label and (bare := _BARE.match(text)):
        matches = [bare]
    if len(matches) != 1:
        return
    match = matches[0]
    figure = read_power(match["figure"]) or read_figure(match["figure"])
    count = _count(figure, match.groupdict()) if figure else None
    if count and count.value >= LEAST and subject.is_told(passage, match.start("figure")):
        yield of_figure(FACT, count, match.start("figure"))


def _count(figure: Figure, told: dict[str, str]) -> Figure:
    if told.get("days"):
        return figure.times(10**15 * 86_400)
    return figure.times(_PREFIX[(told.get("prefix") or "").casefold()])
