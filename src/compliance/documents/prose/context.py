"""How many tokens the model takes in at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...vocabulary import Range
from .figures import FIGURE, read_figure
from .found import Found
from .passages import Passage
from .subject import Subject
from .words import rule_words

CUE = ("context", "n_ctx", "seq", "up to")
FACT = "model.context_length"

_WINDOW = r"context[\s-]?(?:lengths?|windows?|sizes?|limits?)"
_UP = r"(?:up to\s|as (?:long|much) as\s|a maximum of\s|about\s|approximately\s|~\s?)?"
_TOLD = re.compile(
    rf"(?:context of\s{_UP}(?P<fourth>{FIGURE})\stokens"
    rf"|{_WINDOW}\s(?:\([^()]{{1,40}}\)\s)?(?:of|is|up to|to|:|with)\s{_UP}(?P<first>{FIGURE})(?![\w.,])(?:\stokens?)?"
    rf"|(?P<second>{FIGURE})(?:[\s-]tokens?[\s-](?:long\s)?context(?:[\s-](?:length|window|size|limit))?"
    rf"|(?:[\s-](?:long|maximum))?[\s-]context[\s-](?:length|window|size|limit))(?![\w])"
    rf"|(?:handle|process|support|accept|take)\w{{0,5}}\s(?:[\w-]{{2,20}}\s){{0,3}}?up to\s(?P<third>{FIGURE})"
    rf"\s(?:input\s)?tokens?(?![\w])|supports?\s(?:an?\s)?(?P<fifth>{FIGURE})\scontext(?![\w-])"
    rf"|(?:handle|process)(?:es)?\s[^.;]{{0,100}}?(?:texts?|documents?|inputs?)\sof\sup\sto\s(?P<seventh>{FIGURE})\stokens(?![\w])"
    rf"|(?P<sixth>{FIGURE})[\s-](?:tokens?[\s-])?long[\s-]context(?![\w]))",
    re.I,
)
_LENGTH = re.compile(rf"^(?:a\s)?(?:maximum\s)?sequence length of\s(?P<first>{FIGURE})\stokens(?![\w])", re.I)
"""Under a heading on the architecture a sequence length is no setting of training."""
_ANY = "max length"
"""A label that only in a table of models is not that of a setting."""
_ABLE = re.compile(r"(?<![\w])supports?(?![\w])", re.I)
_SETTING = re.compile(r"(?<![\w])(?:training|hyper-?parameters|fine-?tuning|pre-?training)(?![\w])", re.I)
_VALUE = re.compile(
    rf"(?:up to\s|[~≈]\s?)?(?P<figure>{FIGURE})(?:\s?\((?P<exact>{FIGURE})(?:\stokens)?\))?(?:\s?tokens?)?\s?\.?\Z", re.I
)


def read_context(passage: Passage, subject: Subject) -> Iterator[Found]:
    """The longest input. "32K" may be 32000 or 32768, so it is a range; lengths in training or after stretching are left out."""
    words = rule_words("context")
    text = passage.text.text
    if (
        words.refused.search(text)
        or (passage.label == _ANY and not passage.row)
        or (passage.label and passage.label not in words.labels)
    ):
        return
    if any(_SETTING.search(one) for one in (*passage.headings, passage.before)):
        return
    matches = [one for one in (_VALUE.match(text),) if one] if passage.label else list(_TOLD.finditer(text))
    if not passage.label and any("architecture" in one.casefold() for one in (*passage.headings[-1:], passage.before)):
        matches += list(_LENGTH.finditer(text))
    for match in matches:
        groups = [name for name, written in match.groupdict().items() if written]
        found = _found(match[groups[-1]], match.start(groups[-1]))
        if found and (subject.is_told_here(passage, found.at) or _is_able(passage, subject)):
            yield found


def _is_able(passage: Passage, subject: Subject) -> bool:
    """Whether a sentence on what the model supports begins with its name, under whatever heading it stands."""
    return bool(_ABLE.search(passage.text.text)) and subject.begins(passage) and not subject.is_unsure(passage.text.text)


def _found(written: str, at: int) -> Found | None:
    figure = read_figure(written)
    if figure is None or not 128 <= figure.value <= 2 * 10**7:
        return None
    last = written.strip()[-1].casefold()
    if last not in "kmn":
        return Found(FACT, figure.value, at)
    binary = figure.value * 1024 // 1000 if last == "k" else figure.value * 1024 * 1024 // 10**6
    return Found(FACT, Range(figure.value, binary), at, note=f"written as `{written.strip()}`")
