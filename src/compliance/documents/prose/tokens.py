"""On how many tokens the model was trained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .figures import FIGURE, read_figure
from .found import Found, of_figure
from .names import is_plain
from .others import foreign
from .passages import Passage
from .subject import Subject
from .words import rule_words

CUE = ("token",)
FACT = "model.training.tokens"
_DATA = "training data"
"""A label whose value may be anything."""

_TRAINED = (
    r"(?<![\w])(?:(?<=we )pre-?train|pre-?trained|trained|pre-?training (?:was done )?"
    r"|training (?:was done |run)?|saw|seen|consumed)"
    r"(?![\w])"
)
_TOLD = re.compile(
    rf"{_TRAINED}[^.;]{{0,80}}?\s(?:on|with|over|for|using|saw|seen|consumed)\s(?:a total of\s)?"
    r"(?:about\s|around\s|approximately\s|roughly\s|~\s?)?"
    rf"(?P<figure>{FIGURE})\s(?:[\w-]{{2,20}},?\s){{0,4}}?tokens?(?![\w])",
    re.I,
)
_OF_SIZE = re.compile(
    rf"(?<![\w.-])(?P<size>\d{{1,4}}(?:\.\d{{1,3}})?[BM])(?:\sparameter)?\smodels?\s(?:was\s|were\s|is\s)?(?:pre-?)?trained\s(?:on|with)\s"
    rf"(?P<figure>{FIGURE})\s(?:[\w-]{{2,20}},?\s){{0,4}}?tokens(?![\w])",
    re.I,
)
"""One clause for each size: `the 9B model was trained with 8 trillion tokens`."""
_VALUE = re.compile(
    rf"(?:[~≈]\s?|about\s|approximately\s|around\s)?(?P<figure>{FIGURE})(?:\s?(?:training\s|text\s)?tokens?)?\s?\.?\Z", re.I
)


def read_tokens(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Tokens seen in all of training. A derived model's card speaks of its base or of one stage, so nothing is
    read there; where the card speaks of several epochs, a count may be that of one pass.
    """
    words = rule_words("tokens")
    text = passage.text.text
    if (
        subject.derived
        or (subject.repeats and not passage.row)
        or words.refused.search(text)
        or words.refused.search(passage.label)
    ):
        return
    if not passage.label and subject.size and (told := list(_OF_SIZE.finditer(text))):
        yield from _of_size(told, passage, subject)
        return
    if passage.label == _DATA and "token" not in text.casefold():
        return
    match = (
        _VALUE.match(text) if passage.label and words.labels.get(passage.label) else None if passage.label else _TOLD.search(text)
    )
    figure = read_figure(match["figure"]) if match else None
    if match and figure and figure.value >= 10**8 and subject.is_told_here(passage, match.start("figure")):
        yield of_figure(FACT, figure, match.start("figure"))


def _of_size(told: Iterable[re.Match[str]], passage: Passage, subject: Subject) -> Iterator[Found]:
    """The count of the clause on the size that the model's name has."""
    if subject.gives_up(passage) or foreign(subject.mask(passage.text.text)):
        return
    if subject.group is not None and not is_plain(subject.name, "base"):
        return
    for one in told:
        size, figure = read_figure(one["size"]), read_figure(one["figure"])
        if size and figure and float(size.value) == subject.size:
            yield of_figure(FACT, figure, one.start("figure"))
