"""Whom a passage is about: the card's own model, another one, or one of several sizes.

A model is known by the name it has in the dossier and by the title of its card. A card speaks of several sizes where names
of its family with different sizes, or lists of sizes, stand in it; then only what names the very model counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...vocabulary import name_of
from ..markdown import Section
from .figures import read_figure
from .passages import Passage, clean
from .words import alternatives, any_of, shared_words

_SIZE = r"\d{1,4}(?:\.\d{1,3})?\s?(?:[BbMm]|million|billion)"
_SIZED = re.compile(rf"(?<![A-Za-z\d.×])({_SIZE})(?![A-Za-z0-9])")
_LIST = re.compile(
    rf"(?<![\w.-])({_SIZE})(?:[- ]?param(?:eter)?s?)?(?:\s?[,/&、|]\s?(?:and\s)?|\s(?:and|or|to)\s)({_SIZE})(?![A-Za-z0-9])"
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
_TITLE = re.compile(
    r"(?i)^\W*(?:(?:the\s)?(?:hugging\s?face\s)?model\s?cards?(?:\s(?:for|of)(?=\s)|\s?[:–-])?|welcome to|introducing)?\s*"
    r"|\s(?:model\s?card|model)\s*\Z"
)
_EPOCHS = re.compile(
    r"(?<![\w.])(?:[2-9]|1\d|two|three|four|five|multiple|several)\s?epochs|epochs?\W{0,8}(?:[2-9]|1\d)(?![\w.])", re.I
)
_PRONOUN = re.compile(r"^(?:It|They|These|Both|This (?:one|version|variant))\b")


@dataclass(frozen=True, slots=True)
class Subject:
    """The model that a card is about. `size` is the count of parameters in its name; `several` that the card speaks of sizes.

    `nick` is the first word of the name where no family of models is called so; `derived` says that the card names another
    model that it was made from, `repeats` that it speaks of more than one epoch.
    """

    name: str
    title: str
    own: re.Pattern[str]
    kin: re.Pattern[str]
    nick: re.Pattern[str]
    size: float
    several: bool
    repeats: bool
    derived: bool = False

    def is_told(self, passage: Passage, at: int) -> bool:
        """Whether what stands at `at` of the passage is said of this very model and is a plain statement."""
        return self.would_tell(passage, at) and (self.is_named(passage) or not (self.several or passage.row))

    def would_tell(self, passage: Passage, at: int) -> bool:
        """Whether it is said plainly and not of another model; where the card speaks of sizes it may be any of them."""
        text = passage.text.text
        if self.gives_up(passage) or self._follows_another(passage):
            return False
        return bool(passage.label) or not _starts_late(self.mask(text), at)

    def gives_up(self, passage: Passage) -> bool:
        """Whether it is a plan, advice or a denial, or stands under a heading about others."""
        if _unsure().search(passage.text.text):
            return True
        return self._is_elsewhere(passage) and not (passage.row and self.is_named(passage))

    def is_named(self, passage: Passage) -> bool:
        """Whether the passage, its row or the heading above it has the very name of the model, and no other of its family.

        Where the card speaks of sizes, a name without one is that of the family, except in the row of a table.
        """
        if passage.row:
            return bool(self.own.fullmatch(passage.row.strip(" *:†‡§¹²³")))
        if self.several and not self.size:
            return False
        text = passage.text.text
        if not passage.label and (self._names(text) or (_PRONOUN.match(text) and self._names(passage.before))):
            return True
        return any(heading != self.title and self.own.fullmatch(heading.strip(" *:")) for heading in passage.headings[-2:])

    def _names(self, text: str) -> bool:
        """By the name in full, or by the family's with this size and no other."""
        if _foreign().search(self.mask(text)):
            return False
        if self.own.search(text):
            return True
        sizes = {figure.value for found in _SIZED.finditer(text) if (figure := read_figure(found[1]))}
        return bool(self.size) and sizes == {self.size} and bool(self.kin.search(text))

    def mask(self, text: str) -> str:
        """The text with the model's own names blotted out, so that names which remain are those of others."""
        return self.kin.sub(_blot, self.own.sub(_blot, text))

    def _is_elsewhere(self, passage: Passage) -> bool:
        """Whether a heading above announces others."""
        return any(_elsewhere().search(one) or _foreign().search(self.mask(one)) for one in passage.headings)

    def continues(self, passage: Passage) -> bool:
        """Whether the sentence before named this model and no other."""
        return bool(self.own.search(passage.before)) and not _foreign().search(self.mask(passage.before))

    def _follows_another(self, passage: Passage) -> bool:
        """Whether a pronoun points back to a sentence on another model."""
        return bool(_PRONOUN.match(passage.text.text) and _foreign().search(self.mask(passage.before)))


def know_subject(node: str, top: Section, body: str, *, single: bool) -> Subject:
    """What a card lets us know of its model `node`; `single` says that the card is about this model alone."""
    name = name_of(node)
    heading = next((section.heading for section in top.walk() if section.level and section.heading.strip()), "") if single else ""
    title = (
        _TITLE.sub("", re.sub(r"<[^>]{0,300}>|[*_`#]|!?\[|\]\([^)]{0,300}\)|\]", " ", heading).strip())
        .partition(":")[0]
        .strip(" .-–")
    )
    title = title if 0 < len(title.split()) <= 6 else ""
    size = _size_in(name) or _size_in(title)
    several = not single or _speaks_of_sizes(name, size, body)
    names = [name, title] if title and (not several or (size and _size_in(title) == size)) else [name]
    kin = [one for one in (title, *(_without_size(one) for one in names)) if len(one) > 2]
    words = [found[0] for one in names if (found := re.match(r"[A-Za-z]{4,30}", one)) and not _foreign().search(found[0])]
    kin += [f"{word} {one}" for word in words for one in _written_sizes(names)]
    return Subject(
        name, clean_words(heading), _any_name(names), _any_name(kin), _any_name(words), size, several, bool(_EPOCHS.search(body))
    )


def clean_words(heading: str) -> str:
    """A heading as passages carry it."""
    return clean(heading, ((0, 1, 1),)).text.strip()


def _any_name(names: list[str]) -> re.Pattern[str]:
    shapes = "|".join(shape for one in names if (shape := _shape(one)))
    return re.compile(rf"(?<![\w.-])(?:{shapes})(?![\w]|[-.–/][\w]|\s\d)" if shapes else r"(?!)", re.I)


def _without_size(name: str) -> str:
    """The family's name: what stands before the size, where nothing but a version follows it."""
    found = re.fullmatch(rf"(.{{2,60}}?)[\s_-](?:{_SIZE})(?:[\s_-](?:v?\d[\w.]{{0,8}}|base|hf)){{0,3}}", name)
    return found[1] if found else ""


def _written_sizes(names: list[str]) -> list[str]:
    return [
        found[1] for one in names if (found := re.search(rf"(?<![\d.A-Za-z])({_SIZE})(?![A-Za-z0-9])", one.replace("_", "-")))
    ]


def _blot(found: re.Match[str]) -> str:
    return "\1" * len(found[0])


def foreign(text: str) -> re.Match[str] | None:
    """The first name of a model in a text from which the own name was blotted out."""
    return _foreign().search(text)


def family(name: str) -> re.Match[str] | None:
    """The first word of a text that is the name of a known family of models."""
    return _families().search(name)


def _shape(name: str) -> str:
    """A pattern for a name in any spelling: blanks, hyphens and underscores may stand for one another or be left out."""
    return r"[\s_()\[\]-]{0,2}".join(re.escape(word) for word in re.findall(r"[^\W\d_]+|\d+(?:\.\d+)*|[^\w\s()\[\]-]", name)[:24])


def _size_in(name: str) -> float:
    found = re.search(rf"(?<![\d.A-Za-z])({_SIZE})(?![A-Za-z0-9])", name.replace("_", "-"))
    figure = read_figure(found[1]) if found else None
    return float(figure.value) if figure else 0.0


def _speaks_of_sizes(name: str, size: float, body: str) -> bool:
    sizes = {size} if size else set()
    stem = re.match(r"[A-Za-z]{2,}", re.sub(r"^\W+", "", name))
    for found in _SIZED.finditer(body):
        words = re.split(r"[\s()\[\]|,;:/\"'`]+", body[max(found.start() - 40, 0) : found.start()].casefold().rstrip())
        if stem and any(_is_kin(word, stem[0].casefold()) for word in words[-2:]) and (figure := read_figure(found[1])):
            sizes.add(float(figure.value))
    if len(sizes) > 1 or _MODELS.search(body):
        return True
    return any(_differ(found) for found in _LIST.finditer(body))


def _is_kin(word: str, stem: str) -> bool:
    """Whether a name is of the family; one that begins with another family's name is not."""
    other = _foreign().search(word)
    return stem in word and (other is None or word.startswith(stem, other.start()))


def _differ(found: re.Match[str]) -> bool:
    first, second = read_figure(found[1]), read_figure(found[2])
    return bool(first and second and first.value != second.value)


def _starts_late(said: str, end: int) -> bool:
    """Whether a comparison, an origin or the name of another model stands before the figure."""
    if (found := _comparisons().search(said)) and found.start() < end:
        return True
    if (found := _origins().search(said)) and found.start() < end:
        return True
    return bool((found := _foreign().search(said)) and found.start() < end)


@cache
def _families() -> re.Pattern[str]:
    return re.compile(_family_names(), re.I)


@cache
def _foreign() -> re.Pattern[str]:
    """A name of a known family, or any name that ends in a size."""
    sized = rf"(?<![\w.-])[A-Z][\w.]{{1,30}}(?:[-_][\w.]{{1,20}}){{0,5}}?[-_]{_SIZE}(?![A-Za-z0-9])"
    return re.compile(rf"{_family_names()}|{sized}", re.I)


def _family_names() -> str:
    names = alternatives(shared_words()["families"]).removesuffix(r"(?![\w])")
    return rf"{names}(?=[\s\d_.,;:)'’/-]|$|s\b)"


@cache
def _comparisons() -> re.Pattern[str]:
    return any_of(shared_words()["comparisons"])


@cache
def _origins() -> re.Pattern[str]:
    return any_of(shared_words()["origins"])


@cache
def _unsure() -> re.Pattern[str]:
    return any_of(shared_words()["unsure"])


@cache
def _elsewhere() -> re.Pattern[str]:
    return any_of(shared_words()["elsewhere"])
