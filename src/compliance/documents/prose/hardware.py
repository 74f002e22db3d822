"""On which accelerator the model was trained, and for how many hours summed over all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..recognition import heading_key
from .figures import FIGURE, Figure, read_figure
from .found import Found, of_figure
from .passages import Passage
from .subject import Subject
from .words import alternatives, rule_words, shared_words

CUE = ("hour", "hrs", "train", "tun", "used", "a100", "h100", "v100", "tpu")
ACCELERATOR, HOURS = "model.training.accelerator", "model.training.accelerator_hours"

_TRAINED = re.compile(
    r"(?<![\w])(?:pre-?train(?:ed|ing)|(?:fine-?)?tun(?:ed|ing)|fine-?tuned|train(?:ed|ing)|fine-?tune(?=\s(?:it|the|this)\s))(?![\w])",
    re.I,
)
_WHERE = re.compile(r"(?<![\w])(?:on|with|using|used|utili[sz]ed|across|over|took|x|×)(?![\w])", re.I)
_GPU_HOURS = re.compile(
    rf"(?P<figure>{FIGURE})\s(?P<kind>(?:[\w-]{{1,12}}\s){{0,3}}?(?:[\w-]{{1,12}})?)[\s-]?(?:hours|hrs)(?![\w])", re.I
)
_WE = re.compile(r"(?:we|i)\s(?:[\w-]{2,12}\s){0,3}?(?:fine-?tuned|trained|tuned|used)(?![\w])", re.I)
_COMMAND = re.compile(
    r"\W{0,4}(?:run|launch|start|execute|submit|(?:to )?(?:pre-?|fine-?)?(?:train|tune)(?=\s(?:the|an?|your)\s)"
    r"|to (?:run|start|launch|reproduce))(?![\w])",
    re.I,
)
"""How a sentence begins that tells readers what to do."""
_ANY = "hardware"
"""A label that needs a heading on training."""
_OF_TRAINING = re.compile(
    r"(?<![\w])(?:technical specifications?|compute infrastructure|(?:pre-?)?training|environmental impact)(?![\w])", re.I
)
_DEVICE = re.compile(r"(?<![\w])(?:gpu|tpu|accelerator|device|chip|card)s?(?![\w])", re.I)
_COUNT = re.compile(r"(?<![\w.,])(?P<count>\d{1,6}(?:,\d{3})?|single|one)\s?(?:x|×|\*)?\s?(?:[\w-]{1,10}\s){0,2}?\Z", re.I)
_TIME = re.compile(r"(?<![\w.,])(?P<time>\d{1,4}(?:\.\d{1,3})?)\s?(?P<unit>hours|hrs|h|days|weeks)(?![\w])", re.I)
_SHARED = re.compile(r"(?<![\w])(?:nodes?|pods?|per|each|instances?|machines?|servers?)(?![\w])", re.I)
_UNIT = {"hours": 1, "hrs": 1, "h": 1, "days": 24, "weeks": 168}
_VAGUE = re.compile(
    r"(?:up to|more than|over|at least|nearly|almost|under|less than|another|additional|first|last|every|within)\s\Z", re.I
)


def read_hardware(passage: Passage, subject: Subject) -> Iterator[Found]:
    """The product that trained the model and its hours; not what inference, evaluation or a user's own training needs."""
    words = rule_words("hardware")
    text = passage.text.text
    fact = words.labels.get(passage.label)
    if passage.label == _ANY and not _is_of_training(passage, 0):
        return
    if (
        words.refused.search(text)
        or _COMMAND.match(text)
        or (passage.label and not fact)
        or (not passage.label and not (_TRAINED.search(text) or _heads(passage)))
    ):
        return
    names = list(_products().finditer(text))
    if names and not (passage.label and fact == HOURS) and (fact or _heads(passage) or _is_where(text, names[0])):
        found = {_canonical(one[0]) for one in names}
        at = names[0].start()
        told = subject.is_told_here(passage, at) or subject.is_told_of_all(passage, at)
        if len(found) == 1 and (told or _we_tuned(passage, subject)):
            yield Found(ACCELERATOR, found.pop(), at)
    yield from _hours(passage, subject, names, fact)


def _we_tuned(passage: Passage, subject: Subject) -> bool:
    """Whether the makers say how they tuned their model, whose base they may name; not where the card is about several."""
    return not passage.label and subject.group is None and bool(_WE.match(passage.text.text)) and not subject.gives_up(passage)


def _heads(passage: Passage) -> bool:
    """Whether the heading right above says that what follows is the hardware of training."""
    key = heading_key(passage.headings[-1]) if passage.headings else ""
    return rule_words("hardware").labels.get(key) == ACCELERATOR and (key != _ANY or _is_of_training(passage, 1))


def _is_of_training(passage: Passage, inner: int) -> bool:
    """Whether a heading above says that the hardware is that of training; the `inner` nearest are not asked."""
    return any(_OF_TRAINING.search(one) for one in passage.headings[: len(passage.headings) - inner])


def _is_where(text: str, name: re.Match[str]) -> bool:
    """Whether `on`, `using` or the like leads from the training to the product."""
    trained = _TRAINED.search(text)
    return bool(trained and trained.end() <= name.start() and _WHERE.search(text, trained.end(), name.start()))


def _hours(passage: Passage, subject: Subject, names: list[re.Match[str]], fact: str | None) -> Iterator[Found]:
    text = passage.text.text
    told = [one for one in _GPU_HOURS.finditer(text) if _DEVICE.search(one["kind"]) or _products().search(one["kind"])]
    figure, at, note = None, 0, ""
    if (
        fact == HOURS
        and not told
        and (bare := re.match(rf"[~≈]?\s?({FIGURE})(?:\s?hours)?\s?\Z", text))
        and _DEVICE.search(passage.label)
    ):
        figure, at = read_figure(bare[1]), bare.start(1)
    elif len(told) == 1:
        figure, at = read_figure(told[0]["figure"]), told[0].start("figure")
    elif not told and len(names) == 1 and not _SHARED.search(text) and (count := _COUNT.search(text[: names[0].start()])):
        times = list(_TIME.finditer(text))
        if len(times) == 1 and not _VAGUE.search(text[: times[0].start()]):
            number, time = read_figure(re.sub("(?i)single|one", "1", count["count"])), read_figure(times[0]["time"])
            if number and time:
                figure = Figure(time.value, time.step).times(number.value * _UNIT[times[0]["unit"].casefold()])
                at, note = times[0].start(), f"{count['count']} x {times[0][0]}"
    if figure and not _VAGUE.search(text[:at]) and subject.is_told(passage, at):
        yield of_figure(HOURS, figure, at, note=note)


@cache
def _products() -> re.Pattern[str]:
    names = [name for some in shared_words()["accelerators"].values() for name in some]
    return re.compile(alternatives(names).replace(r"(?<![\w])", r"(?:(?<![\w])|(?<=\d[x×]))", 1), re.I)


def _canonical(written: str) -> str:
    spelled = re.sub(r"[\s-]", " ", written.casefold())
    for name, spellings in shared_words()["accelerators"].items():
        if spelled in {re.sub(r"[\s-]", " ", one) for one in spellings}:
            return str(name)
    return written
