"""How many sizes of a family a card speaks of, and which stand in a name."""

from __future__ import annotations

import re

from .figures import read_figure
from .others import SIZE, foreign

SIZED = re.compile(rf"(?<![A-Za-z\d.×])({SIZE})(?![A-Za-z0-9])")
_LIST = re.compile(
    rf"(?<![\w.-])({SIZE})(?:[- ]?param(?:eter)?s?)?(?:\s?[,/&、|]\s?(?:and\s)?|\s(?:and|or|to)\s)({SIZE})(?![A-Za-z0-9])"
)
_NUMBER = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|multiple|various"
    r"|an? (?:suite|family|series|collection|range) of)"
)
_MODELS = re.compile(
    rf"(?<![\w])(?:provid|releas|introduc|offer|open-sourc|available|com(?:es?|ing)|train)\w{{0,3}}\s(?:[\w-]{{1,12}}\s){{0,3}}?{_NUMBER}\s"
    r"(?:[\w-]{1,20}\s){0,3}?(?:models|sizes|variants|checkpoints)(?![\w])",
    re.I,
)
_NOUNS = re.compile(r"models|sizes|variants|checkpoints", re.I)
_PAIR = re.compile(rf"-{SIZE}-{SIZE}(?![A-Za-z0-9])")
"""Active and all parameters in one name."""


def size_in(name: str) -> float:
    """The size in a name, in parameters; 0 where there is none."""
    found = re.search(rf"(?<![\d.A-Za-z])({SIZE})(?![A-Za-z0-9])", name.replace("_", "-"))
    figure = read_figure(found[1]) if found else None
    return float(figure.value) if figure else 0.0


def sizes_in(names: list[str]) -> list[str]:
    """Sizes as names write them."""
    return [found[1] for one in names if (found := re.search(rf"(?<![\d.A-Za-z])({SIZE})(?![A-Za-z0-9])", one.replace("_", "-")))]


def speaks_of_sizes(name: str, size: float, body: str) -> bool:
    """Whether a text speaks of other sizes of the family than this one."""
    sizes = {size} if size else set()
    stem = re.match(r"[A-Za-z]{2,}", re.sub(r"^\W+", "", name))
    body = _PAIR.sub("", body)
    for found in SIZED.finditer(body):
        words = re.split(r"[\s()\[\]|,;:/\"'`]+", body[max(found.start() - 40, 0) : found.start()].casefold().rstrip())
        if stem and any(_is_kin(word, stem[0].casefold()) for word in words[-2:]) and (figure := read_figure(found[1])):
            sizes.add(float(figure.value))
    if len(sizes) > 1 or _offers_several(body):
        return True
    return any(_differ(found) for found in _LIST.finditer(body))


def _offers_several(body: str) -> bool:
    """Whether the text offers several models; only what stands before one of the words for them is looked at closely."""
    return any(_MODELS.search(body, max(one.start() - 170, 0), one.end()) for one in _NOUNS.finditer(body))


def _is_kin(word: str, stem: str) -> bool:
    """Whether a name is of the family; one that begins with another family's name is not."""
    other = foreign(word)
    return stem in word and (other is None or word.startswith(stem, other.start()))


def _differ(found: re.Match[str]) -> bool:
    first, second = read_figure(found[1]), read_figure(found[2])
    return bool(first and second and first.value != second.value)
