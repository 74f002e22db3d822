"""The size of a model as one of a list of sizes: `available in sizes of 3B, 8B and 20B parameters`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .figures import read_figure
from .found import Found, of_figure
from .names import name_parts, stem_of
from .passages import Passage
from .subject import Subject
from .words import rule_words

CUE = ("param", "size", "model", "version", "variant", "checkpoint", "available in", "comes in", "come in")
FACT = "model.parameters.total"

_SIZE = r"\d{1,4}(?:\.\d{1,3})?\s?(?:[BM]|billion|million)"
_ACTIVE = r"(?:-A\d{1,3}(?:\.\d)?[BM])?"
_NOUN = r"[\s-]?(?:param(?:eter)?s?(?:[\s-](?:models?|versions?|sizes|(?:[\w-]{2,12}\s){0,2}models?))?)"
_ITEM = rf"{_SIZE}{_ACTIVE}(?:{_NOUN})?(?:\s?\([^()]{{1,60}}\))?"
_LIST = re.compile(rf"(?<![\w.,/-])(?P<list>{_ITEM}(?:(?:,|/|,?\sand|,?\sor)\s?(?:an?\s)?{_ITEM}){{1,12}})(?![\w.]|-\w)")
_ONE = re.compile(rf"(?P<figure>{_SIZE})")
_AFTER = re.compile(
    r"[\s-](?:[\w-]{2,12}\s){0,2}?(?:model\ssizes|sizes|models?|versions|variants|checkpoints|language\smodels?)(?![\w])", re.I
)
_NOT_SIZES = re.compile(
    r"\s?(?:training\s|text\s)?(?:tokens|images|samples|pages|pairs|rows|documents|steps|GB|words)(?![\w])", re.I
)
_BEFORE = re.compile(r"(?:(?<![\w])sizes?(?:\sof)?|available\sin|comes?\sin|offered\sin)[:,]?\s(?:both\s)?\Z", re.I)
_BRACKET = re.compile(r"\x01(?:\s(?:models|series|family|suite))?\s\(\Z")
"""The family's models with their sizes in brackets: `Example models (2B, 6B)`."""
_KIND = re.compile(r"\s(?:models?|series|family)\Z", re.I)


def read_size_list(passage: Passage, subject: Subject) -> Iterator[Found]:
    """The member of a list that the name of the model has too. Ranges, data, memory and lists of others' sizes are left out."""
    text = passage.text.text
    if passage.label or not subject.size or rule_words("size_lists").refused.search(text):
        return
    for told in _LIST.finditer(text):
        end = told.end()
        if _NOT_SIZES.match(text, end):
            continue
        before = subject.mask(text)[: told.start()]
        led = before.endswith("\1 ") or _BEFORE.search(before) or _BRACKET.search(before)
        if not ("param" in told["list"] or led or _AFTER.match(text, end)):
            continue
        if not _is_of_family(passage, subject) or not subject.would_tell(passage, told.start()):
            return
        for one in _ONE.finditer(told["list"]):
            figure = read_figure(one["figure"])
            if figure and float(figure.value) == subject.size:
                yield of_figure(FACT, figure, told.start() + one.start())
                return


def _is_of_family(passage: Passage, subject: Subject) -> bool:
    """Whether the sentence is about the model or its family: it says so, or the card is about the family alone."""
    text = passage.text.text
    if subject.group is None or subject.family is None:
        return any(shape.search(text) for shape in (subject.kin, subject.own, subject.nick))
    named = [stem_of(name_parts(_KIND.sub("", found[0]))) for found in subject.family.finditer(text)]
    return not named or stem_of(name_parts(subject.name)) in named
