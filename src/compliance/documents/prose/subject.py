"""Whom a passage is about: the card's own model, another one, or one of several sizes.

A model is known by the name it has in the dossier and by the title of its card. A card speaks of several sizes where names
of its family with different sizes, or lists of sizes, stand in it; then only what names the very model counts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...vocabulary import name_of
from ..markdown import Section
from .figures import read_figure
from .names import is_plain, name_parts, stem_of, without_size
from .others import SIZE, comparison, family, foreign, is_elsewhere, is_unsure, names_of_others, origin
from .passages import Passage
from .text import clean
from .words import shared_words
from .written_sizes import SIZED, size_in, sizes_in, speaks_of_sizes

_TITLE = re.compile(
    r"(?i)^\W*(?:(?:the\s)?(?:hugging\s?face\s)?model\s?cards?(?:\s(?:for|of)(?=\s)|\s?[:–-])?|welcome to|introducing)?\s*"
    r"|\s(?:model\s?card|model)\s*\Z"
)
_EPOCHS = re.compile(
    r"(?<![\w.])(?:[2-9]|1\d|two|three|four|five|multiple|several)\s?epochs|epochs?\W{0,8}(?:[2-9]|1\d)(?![\w.])", re.I
)
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_MADE_FROM = re.compile(
    r"(?<![\w])(?:based (?:up)?on|built (?:up)?on|on top of|(?:tuned|trained|distilled|initiali[sz]ed|derived|continued) from|"
    r"(?:version|variant|merg(?:e|ing)|merged|checkpoint|adapter|fine-?tune) of|starting from|initiali[sz]ed with|"
    r"(?:pre-?training|tuning))(?![\w])",
    re.I,
)
_BARE = re.compile(r"(?:pre|post|re|and|which)-?\Z")
_LIKE = re.compile(r"^(?:just\s)?(?:like|unlike|as with|similar to|in contrast to)\s[^,.]{1,60},\s(?=\x01)", re.I)
"""Others to which a sentence likens the model that it then names."""
_AND = re.compile(r"[\s,&/()]{0,4}(?:and |& )?(?:the )?", re.I)
_ONE_SIZE = re.compile(SIZE)
_SIZED_MODELS = re.compile(
    rf"(?<![\w.-]){SIZE}(?:(?:,|/|,? and| &)\s?{SIZE})*[\s-](?:param(?:eter)?s?[\s-])?"
    r"(?:[A-Za-z-]{2,10}\s)?(?:models?|versions?)(?![\w])"
)
_SIZED_ROW = re.compile(rf"^{SIZE}\s(?:series\s)?models?\Z", re.I)
_THE_MODEL = re.compile(r"(?:the|this|our)\s(?:[\w-]{2,20}\s){0,2}model(?![\w])", re.I)
_LINKS = re.compile(
    r"\s?\((?:(?:config|checkpoint|ckpt|weights?|download|link|paper|code|hf|hugging\s?face|model\scard)s?[,/|\s]{0,3}){1,6}\)\Z",
    re.I,
)
"""What links behind a name in a table are called."""
_VERBS = (("is",), ("are",), ("has",), ("have",), ("supports",), ("was",), ("were",), ("models",))
_PRONOUN = re.compile(r"^(?:It|They|These|Both|This (?:one|version|variant))\b")


@dataclass(frozen=True, slots=True)
class Subject:
    """The model that a card is about. `size` is the count of parameters in its name; `several` that the card speaks of sizes.

    `nick` is the first word of the name where no family of models is called so; `derived` says that the card names another
    model that it was made from, `repeats` that it speaks of more than one epoch. `group` finds the names of all models of a
    family, where the card is about several, and `family` its name without a size.
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
    group: re.Pattern[str] | None = None
    family: re.Pattern[str] | None = None

    def is_told(self, passage: Passage, at: int) -> bool:
        """Whether what stands at `at` of the passage is said of this very model and is a plain statement."""
        return self.would_tell(passage, at) and (self.is_named(passage) or not (self.several or passage.row))

    def is_told_of_all(self, passage: Passage, at: int) -> bool:
        """Whether a labelled line, outside tables of several models, gives a value without a word on a size."""
        text = passage.text.text
        if not passage.label or passage.row or not self.would_tell(passage, at):
            return False
        return not SIZED.search(text) and not foreign(self.mask(text))

    def is_told_here(self, passage: Passage, at: int) -> bool:
        """The same, or in a labelled line or a sentence on the family in a card of this size that gives no size."""
        if self.is_told(passage, at):
            return True
        if self.group is not None or not self.size:
            return False
        return self.is_told_of_all(passage, at) or (self.begins(passage) and self.would_tell(passage, at))

    def begins(self, passage: Passage) -> bool:
        """Whether a sentence begins with the model or its family, and no other name and no size stands in it."""
        text = passage.text.text
        if self.group is not None or passage.label or passage.row or SIZED.search(text) or foreign(self.mask(text)):
            return False
        named = next((found for shape in (self.own, self.kin, _THE_MODEL) if (found := shape.search(text))), None)
        return named is not None and named.start() <= 4

    def would_tell(self, passage: Passage, at: int) -> bool:
        """Whether it is said plainly and not of another model; where the card speaks of sizes it may be any of them."""
        text = passage.text.text
        if self.gives_up(passage) or self._follows_another(passage):
            return False
        return bool(passage.label) or not _starts_late(self.mask(text), at)

    def gives_up(self, passage: Passage) -> bool:
        """Whether it is a plan, advice or a denial, or stands under a heading about others."""
        if self.is_unsure(passage.text.text):
            return True
        return self._is_elsewhere(passage) and not (passage.row and self.is_named(passage))

    def is_unsure(self, text: str) -> bool:
        """Whether a text has a word of a plan, a condition, advice or a denial."""
        return is_unsure(text)

    def is_named(self, passage: Passage) -> bool:
        """Whether the passage, its row or the heading above it has the very name of the model, and no other of its family.

        Where the card speaks of sizes, a name without one is that of the family, except in the row of a table.
        """
        if passage.row:
            names = (_LINKS.sub("", passage.row.strip(" *:†‡§¹²³")), *passage.linked)
            if any(self.own.fullmatch(one) for one in names) or self._is_of_size(_SIZED_ROW, passage.row):
                return True
            return self._is_family_of_size(names[0], passage.size)
        if self.several and not self.size:
            return False
        text = passage.text.text
        leads = _PRONOUN.match(text) or passage.before.endswith(":")
        if not passage.label and (self._names(text) or (leads and self._names(passage.before))):
            return True
        return any(heading != self.title and self.own.fullmatch(heading.strip(" *:")) for heading in passage.headings[-2:])

    def _is_family_of_size(self, row: str, written: str) -> bool:
        """Whether a row is called as the family and says of its parameters what the name of this model says."""
        figure = read_figure(written.strip()) if self.size and written else None
        if figure is None or abs(float(figure.value) - self.size) > self.size / 20:
            return False
        return name_parts(re.sub(r"\s?\([^()]*\)\Z", "", row)) == stem_of(name_parts(self.name))

    def _names(self, text: str) -> bool:
        """By the name in full, or by the family's with this size and no other."""
        if foreign(self.mask(text)):
            return False
        if self.own.search(text):
            return True
        if self._is_of_size(_SIZED_MODELS, text) or self._is_variant(text):
            return True
        sizes = {figure.value for found in SIZED.finditer(text) if (figure := read_figure(found[1]))}
        return bool(self.size) and sizes == {self.size} and bool(self.kin.search(text))

    def _is_variant(self, text: str) -> bool:
        """Whether a text begins with the name without its size, if a variant is left: `Example-Chat` of `Example-7B-Chat`."""
        rest = without_size(name_parts(self.name))
        if self.group is None or not self.size or rest == stem_of(name_parts(self.name)):
            return False
        words = tuple(word.strip(".,:") for word in re.split(r"[\s_-]+", text.casefold()[:200]))
        return words[: len(rest)] == rest and words[len(rest) : len(rest) + 1] in _VERBS

    def _is_of_size(self, shape: re.Pattern[str], text: str) -> bool:
        """Whether a text speaks of `the 7B and 13B models` of the family, and this is the plain model of one of these sizes."""
        if self.group is None or not self.size or not is_plain(self.name, "base"):
            return False
        told = list(shape.finditer(text))
        return len(told) == 1 and self.size in {
            float(one.value) for one in map(read_figure, _ONE_SIZE.findall(told[0][0])) if one
        }

    def mark_sizes(self, text: str) -> str:
        """The text with each size of `the 7B and 13B models` as a run of 1 if it is that of this plain model, else of 2."""
        if self.group is None or not self.size or not is_plain(self.name, "base") or not (told := _SIZED_MODELS.search(text)):
            return text

        def mark(found: re.Match[str]) -> str:
            figure = read_figure(found[0])
            return ("\1" if figure and float(figure.value) == self.size else "\2") * len(found[0])

        return text[: told.start()] + _ONE_SIZE.sub(mark, told[0]) + text[told.end() :]

    def mask(self, text: str) -> str:
        """The text with the model's own names blotted out, so that names which remain are those of others."""
        return _masked(text, self)

    def _is_one_of(self, text: str) -> bool:
        """Whether the text names this model in a row of models of its family, such as `A, B and C`, and these nowhere else."""
        found = list(self.group.finditer(text)) if self.group else []
        if len(found) < 2 or "respectively" in text or not any(self.own.fullmatch(one[0]) for one in found):
            return False
        between = (text[one.end() : other.start()] for one, other in itertools.pairwise(found))
        return all(_AND.fullmatch(one) for one in between)

    def is_kin(self, name: str) -> bool:
        """Whether a name begins with the first word of this model's: it is that of the family or of a relative."""
        stem = re.match(r"[^\W\d_]{2,}", self.name)
        return stem is not None and name.casefold().startswith(stem[0].casefold())

    def _is_elsewhere(self, passage: Passage) -> bool:
        """Whether a heading above announces others."""
        return any(
            is_elsewhere(one) or (foreign(self.mask(one)) and not (at == 0 and self._is_title(one)))
            for at, one in enumerate(passage.headings)
        )

    def _is_title(self, heading: str) -> bool:
        """Whether a first heading names, of all models, only relatives of this one of a family, and so the family."""
        named = names_of_others(self.mask(heading)) if self.group else []
        return bool(named) and all(self.is_kin(one[0]) for one in named)

    def kin_of_size(self, text: str) -> Iterator[re.Match[str]]:
        """Names of the family in a text; where the card speaks of several sizes, those with the size of this model alone."""
        found = self.kin.finditer(text)
        return (one for one in found if not self.several or (self.size and size_in(one[0]) == self.size))

    def is_spelled(self, before: str) -> bool:
        """Whether a sentence begins with the parts of the name in another order, a date in it with a month in words."""
        told = re.match(r"(?:The )?([\w. -]{4,60}?)(?: model)? (?:is|was)(?: an?)? ?\Z", before)
        if not told or self.group is not None:
            return False
        months = shared_words()["months"]
        words = [word for word in name_parts(told[1]) if word not in months and not re.fullmatch(r"20\d\d", word)]
        parts = [part for part in name_parts(self.name) if not re.fullmatch(r"\d{4}", part)]
        return len(parts) > 2 and sorted(words) == sorted(parts)

    def continues(self, passage: Passage) -> bool:
        """Whether the sentence before named this model and no other."""
        return bool(self.own.search(passage.before)) and not foreign(self.mask(passage.before))

    def _follows_another(self, passage: Passage) -> bool:
        """Whether a pronoun points back to a sentence on another model."""
        return bool(_PRONOUN.match(passage.text.text) and foreign(self.mask(passage.before)))


def know_subject(node: str, top: Section, body: str, *, single: bool, group: Sequence[str] = ()) -> Subject:
    """What a card lets us know of its model `node`; `single` says that it is about this model alone and not a `group`."""
    name = name_of(node)
    others = [name_of(one) for one in group]
    heading = next((section.heading for section in top.walk() if section.level and section.heading.strip()), "") if single else ""
    title = (
        _TITLE.sub("", re.sub(r"<[^>]{0,300}>|[*_`#]|!?\[|\]\([^)]{0,300}\)|\]", " ", heading).strip())
        .partition(":")[0]
        .strip(" .-–")
    )
    title = title if 0 < len(title.split()) <= 6 else ""
    size = size_in(name) or size_in(title)
    several = not single or speaks_of_sizes(name, size, body)
    alias = _only_size(name, body) if single and several and not size else ""
    size = size or size_in(alias)
    titles = [one.strip() for one in re.split(r"\s\(|\)", title) if len(one.strip()) > 3]
    names = [name, *titles] if title and (not several or (size and size_in(title) == size)) else [name]
    names += [short for one in names if (short := _abbreviation(one, body))]
    names += [one.removesuffix("-hf") for one in names if one.endswith("-hf")]
    names = [alias] if alias else names
    kin = [one for one in (title, *(_without_size(one) for one in names)) if len(one) > 2]
    kin += [rest for one in names if (rest := _sizeless(one))]
    words = [found[0] for one in names if (found := re.match(r"[A-Za-z]{4,30}", one)) and not foreign(found[0])]
    kin += [f"{word} {one}" for word in words for one in sizes_in(names)]
    family = _family_name(others) if len(others) > 1 else None
    members = any_name(sorted(others, key=len, reverse=True)) if len(others) > 1 else None
    return Subject(
        name, clean_words(heading), any_name(names, others), any_name(kin), any_name(words), size, several,
        "poch" in body.casefold() and bool(_EPOCHS.search(body)), group=members, family=family,
    )  # fmt: skip


def _abbreviation(name: str, body: str) -> str:
    """The short name that the text gives in brackets behind the full one, if its letters are those that the words begin with."""
    told = re.search(rf"(?<![\w.-]){_shape(name)}\s\((?P<short>[A-Z][\w.-]{{1,12}})\)", body, re.I)
    if not told or family(told["short"]):
        return ""
    letters = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1).casefold()
    short = re.match(r"[A-Za-z]+", told["short"])
    return told["short"] if short and len(letters) > 1 and short[0].casefold() == letters else ""


def clean_words(heading: str) -> str:
    """A heading as passages carry it."""
    return clean(heading, ((0, 1, 1),)).text.strip()


def any_name(names: list[str], others: Sequence[str] = ()) -> re.Pattern[str]:
    """A pattern for names; where one of the `others` is a name with more behind it, only for what is not that one."""
    shapes = "|".join(shape for one in names if (shape := _shape(one)))
    longer = [rest for one in names for other in others if (rest := other.removeprefix(one).strip(" -_")) not in (other, "")]
    behind = "".join(rf"|[\s_-]{{1,2}}{_shape(one)}(?![\w])" for one in longer)
    end = rf"(?![\w]|[-.–/][\w]|\s\d{behind})"
    return re.compile(rf"(?<![\w.-])(?:{shapes}){end}" if shapes else r"(?!)", re.I)


def _family_name(names: Sequence[str]) -> re.Pattern[str]:
    """The name that all have in common, with variants but without a size behind it."""
    stems = sorted({" ".join(stem_of(name_parts(one))) for one in names}, key=len, reverse=True)
    variants = "|".join(re.escape(one) for one in shared_words()["variants"])
    shapes = "|".join(_shape(one) for one in stems)
    end = rf"(?![\w]|[-.–/][\w]|\s(?!{SIZE}(?![A-Za-z0-9]))\d)"
    return re.compile(rf"(?<![\w.-])(?:{shapes})(?:[\s_-](?:{variants}|\d{{4}}|models?|series|family))*{end}", re.I)


def _without_size(name: str) -> str:
    """The family's name: what stands before the size, where nothing but a version follows it."""
    found = re.fullmatch(rf"(.{{2,60}}?)[\s_-](?:{SIZE})(?:[\s_-](?:v?\d[\w.]{{0,8}}|base|hf|alpha|beta)){{0,3}}", name)
    return found[1] if found else ""


def _sizeless(name: str) -> str:
    """The name without its size, where a word on the variant is left: `Example-Chat` of `Example-7B-Chat`."""
    rest = without_size(name_parts(name))
    return " ".join(rest) if rest != name_parts(name) and rest != stem_of(name_parts(name)) else ""


def _only_size(name: str, body: str) -> str:
    """The name with a size, if a text links to a model so called and names no other size of it: `example-7b` of `example`."""
    shape = _shape(name)
    if not shape or len(name) < 3:
        return ""
    named = re.compile(rf"(?<![\w.-])(?P<name>{shape}[\s_-]{SIZE})(?![\w]|[-.–][\w])", re.I)
    found = [one["name"] for one in named.finditer(body)]
    keys = {name_parts(one) for one in found}
    if len(keys) != 1 or not re.search(rf"(?:huggingface\.co|hf\.co)/[\w.-]{{1,40}}/{named.pattern}", body, re.I):
        return ""
    return found[0]


def _blot(found: re.Match[str]) -> str:
    return "\1" * len(found[0])


def speaks_of_others(before: str, subject: Subject) -> bool:
    """Whether text before a word names a model that is the subject there: not this one, and not what it was made from."""
    named = [found for found in names_of_others(subject.mask(before)) if not subject.is_kin(found[0])]
    if any(not _MADE_FROM.search(before[: found.start()]) for found in named):
        return True
    return bool(named) and not re.search(r"\w{2}", _BARE.sub("", before[named[-1].end() :].strip()))


def _shape(name: str) -> str:
    """A pattern for a name in any spelling: blanks, hyphens and underscores may stand for one another or be left out."""
    return r"[\s_()\[\]-]{0,2}".join(re.escape(word) for word in re.findall(r"[^\W\d_]+|\d+(?:\.\d+)*|[^\w\s()\[\]-]", name)[:24])


def _starts_late(said: str, end: int) -> bool:
    """Whether a comparison, an origin or the name of another model stands before the figure."""
    said = _LIKE.sub(_blot, said)
    said = _BRACKETS.sub(lambda one: _blot(one) if one.end() <= end else one[0], said)
    if (found := comparison(said)) and found.start() < end:
        return True
    if (found := origin(said)) and found.start() < end:
        return True
    return bool((found := foreign(said)) and found.start() < end)


@lru_cache(maxsize=64)
def _masked(text: str, subject: Subject) -> str:
    """What `Subject.mask` gives; all rules ask for it of one passage after the other."""
    if subject.group and subject._is_one_of(text):
        text = subject.group.sub(_blot, text)
    if subject.family:
        text = subject.family.sub(_blot, text)
    return subject.kin.sub(_blot, subject.own.sub(_blot, text))
