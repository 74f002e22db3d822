"""Tasks that the model is offered for.

Accepted are names of the tasks that hubs know (`rules/documents/recognition.yaml`): before `model` in a sentence on what this
model is, as the value of a label, and alone in an item of a list below a heading on its use; one word for a task as the value
of a label; what a sentence says that the model is for, where it is a name that ends with such a word. Refused are tasks of
benchmarks, of models made from it, and uses out of scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...vocabulary import Terms
from ..recognition import heading_key, load_recognition
from .found import Found
from .others import names_of_others
from .passages import Passage
from .subject import Subject, any_name, speaks_of_others
from .words import alternatives, rule_words

FACT = "model.tasks"
CUE = ("generation", "classification", "translation", "summarization", "detection", "recognition", "answering", "segmentation",
       "speech", "extraction", "similarity", "to-image", "to image", "registration", "synthesis", "tuning code for",
       "tuned ")  # fmt: skip
_IS = re.compile(r"(?:(?<![\w])(?:is|as) (?:an?|the)|^\W*(?:An?|The|This))(?: [\w,.%-]{1,24}){0,6}?\s?\Z", re.I)
_KINDS = (
    "segmentation|classification|detection|recognition|translation|summari[sz]ation|captioning|registration|retrieval|synthesis"
)
_ALONE = re.compile(rf"(?:{_KINDS})\Z", re.I)
_FOR = re.compile(
    rf"(?<![\w])models? (?:\([^()]{{1,80}}\) )?(?:for|towards(?: solving)?) (?P<task>(?:[A-Za-z-]{{3,15}} ){{1,2}}(?:{_KINDS}))"
    r"(?=\s(?:in|by|from|of)\s|[.,;]|\Z)",
    re.I,
)
_PART = re.compile(
    r"(?<![\w])(?:the|an?|this|our|and|or|both|tasks?|performing|of|on|in|as|such|improved|better|robust|fast|real)(?![\w])", re.I
)
_RELEASE = re.compile(r"(?:This is the )?(?:Official |Research )*(?:release|implementation|repository)\s(?:for|of)\s", re.I)
_TUNED = re.compile(
    r"\W{0,4}(?:x\]\s)?(?:Fine-?tuning code|Fine-?tuned (?:checkpoints|models|weights)) for (?P<list>[A-Z][\w-]*(?: [\w-]+){0,3}"
    r"(?:(?:, and|,| and) [A-Z][\w-]*(?: [\w-]+){0,3}){1,8})\s?\.?\Z",
    re.I,
)
"""A list of the tasks that checkpoints are there for; one with two known kinds is one of tasks."""
_USES = re.compile(
    r"(?:direct|intended|primary(?: intended)?|downstream) uses?\Z|intended use ?cases?\Z|tasks?\Z|supported tasks\Z"
)


def read_tasks(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Names of tasks as hubs write them."""
    text = passage.text.text
    listed = _TUNED.match(text) if not passage.label and len(passage.headings) < 2 and not subject.is_unsure(text) else None
    if listed:
        yield from _of_list(listed)
        return
    if passage.row or subject.gives_up(passage):
        return
    if passage.label or (passage.headings and _USES.match(heading_key(passage.headings[-1])) and len(text) < 60):
        alone = text.strip(" .;*`")
        if _task().fullmatch(alone) or (passage.label and _ALONE.match(alone)):
            yield _found(alone, text.index(alone))
        return
    if rule_words("tasks").refused.search(text):
        return
    for match in _model_of().finditer(text):
        before = text[: match.start()]
        if _IS.search(before) and not speaks_of_others(before, subject):
            yield _found(match["task"], match.start("task"))
            return
    told = _FOR.search(text)
    if told and not _PART.search(told["task"]) and _is_subject(passage, text[: told.start()], subject):
        yield _found(told["task"], told.start("task"))


def _of_list(listed: re.Match[str]) -> Iterator[Found]:
    """The members of a list of which two or more end with the word for a kind of task."""
    parts = list(re.finditer(r"(?:\A|, and | and |, )(?P<one>(?!and )(?:(?!, | and ).)+)", listed["list"]))
    if sum(bool(re.search(rf"(?<![\w])(?:{_KINDS})\Z", one["one"], re.I)) for one in parts) > 1:
        yield from (_found(one["one"], listed.start("list") + one.start("one")) for one in parts)


def _is_subject(passage: Passage, before: str, subject: Subject) -> bool:
    """Whether a text before `model` is on this model and says what it is, near the top of a card."""
    if len(passage.headings) > 2 or speaks_of_others(before, subject):
        return False
    named = subject.own.search(before) or subject.kin.search(before) or subject.nick.search(before)
    if subject.group is not None or _RELEASE.match(before):
        title = next((one.partition(":")[0].strip() for one in passage.headings), "")
        named = named or next((one for one in names_of_others(before) if subject.is_kin(one[0])), None)
        named = named or (any_name([title]).search(before) if 3 < len(title) < 40 else None)
    return bool(named and (_IS.search(before) or _RELEASE.match(before)))


def _found(task: str, at: int) -> Found:
    return Found(FACT, Terms(frozenset({re.sub(r"[\s_]", "-", task.casefold())}), complete=False), at)


@cache
def _names() -> str:
    """Tasks of two words and more, which mean nothing else."""
    tasks = [name for name in load_recognition().words["tasks"] if "-" in name and name != "any-to-any"]
    return alternatives(tasks)


@cache
def _task() -> re.Pattern[str]:
    return re.compile(_names(), re.I)


@cache
def _model_of() -> re.Pattern[str]:
    return re.compile(rf"(?P<task>{_names()})[\s-](?:language )?(?:model|network|application)(?![\w])", re.I)
