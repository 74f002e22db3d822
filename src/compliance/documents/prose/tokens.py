"""On how many tokens the model was trained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .figures import FIGURE, read_figure
from .found import Found, of_figure
from .passages import Passage
from .subject import Subject
from .words import rule_words

CUE = ("token",)
FACT = "model.training.tokens"

_TRAINED = r"(?<![\w])(?:pre-?trained|trained|pre-?training (?:was done )?|training (?:was done )?|saw|seen|consumed)(?![\w])"
_TOLD = re.compile(
    rf"{_TRAINED}[^.;]{{0,80}}?\s(?:on|with|over|for|using|saw|seen|consumed)\s(?:a total of\s)?"
    r"(?:about\s|around\s|approximately\s|roughly\s|~\s?)?"
    rf"(?P<figure>{FIGURE})\s(?:training\s|text\s|high-quality\s|multilingual\s|diverse\s)?tokens?(?![\w])",
    re.I,
)
_VALUE = re.compile(
    rf"(?:[~≈]\s?|about\s|approximately\s|around\s)?(?P<figure>{FIGURE})(?:\s?(?:training\s|text\s)?tokens?)?\s?\.?\Z", re.I
)


def read_tokens(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Tokens seen in all of training. A derived model's card speaks of its base or of one stage, so nothing is
    read there; where the card speaks of several epochs, a count may be that of one pass.
    """
    words = rule_words("tokens")
    text = passage.text.text
    if subject.derived or subject.repeats or words.refused.search(text) or words.refused.search(passage.label):
        return
    match = (
        _VALUE.match(text) if passage.label and words.labels.get(passage.label) else None if passage.label else _TOLD.search(text)
    )
    figure = read_figure(match["figure"]) if match else None
    if match and figure and figure.value >= 10**8 and subject.is_told(passage, match.start("figure")):
        yield of_figure(FACT, figure, match.start("figure"))
