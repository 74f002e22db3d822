"""Which datasets the model was trained on.

Accepted are, where the sentence is about this model and its training: links to datasets of a hub, names of well-known
datasets, a name right before `dataset` or `corpus`; the value of a label on training data if it is a name; links of a list
below a heading on training data; a link whose text says that it leads to training data. Refused is what follows a word on
evaluation or comparison, what networks besides the model saw, software and hardware, and data without a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..recognition import heading_key
from .figures import read_figure
from .found import TRAINED, Found
from .others import names_of_others
from .passages import Passage
from .subject import Subject, speaks_of_others
from .words import alternatives, any_of, rule_words, word_list

CUE = (
    "datasets/",
    "trained",
    "tuned",
    "training",
    "tuning",
    "aligned",
    "we train",
    "then train",
    "train a ",
    "train our ",
    "datasets such",
    "datasets (",
    "datasets incl",
)
_TRAINED = re.compile(
    r"(?<![\w-])(?:(?:pre|post|re|further|continually|continuously|jointly)[-\s]?)?train(?:ed|ing)(?![\w-])"
    r"|(?<![\w])(?:(?:fine|instruct|instruction|preference|safety)[-\s]?)?tun(?:ed|ing)(?![\w])|(?<![\w-])aligned(?![\w-])"
    r"|(?<![\w])we (?:\w{3,12} )?(?:pre-?)?train(?: and release)?(?![\w])",
    re.I,
)
_ON = re.compile(r"[^.;:]{0,90}?(?<![\w])(?:on|with|using|over|from|of)(?![\w])", re.I)
_STOP = re.compile(
    r"(?<![\w])(?:evaluat\w*|test(?:ed|ing)?|benchmark\w*|compar\w+|outperform\w*|than|better|unlike|similar|beats?|surpass\w*|"
    r"performance|results?|scores?|gains?|measured|validat\w+|improv\w+|boost\w*)(?![\w])",
    re.I,
)
_OBJECT = re.compile(r"\s(?:the|our|these|this) models?(?![\w])", re.I)
_EXPLICIT = re.compile(r"(?:This|The|Our) model (?:was|is|has been) (?:\w+ly )?(?:pre-?|fine-?)?(?:trained|tuned) on(?![\w])")
_FURTHER = re.compile(
    r"(?<![\w])(?:which|that|includ\w+|generated|represents?|gathered|extracted|collected|derived|created"
    r"|inspired|using)(?![\w])",
    re.I,
)
_ASIDE = re.compile(r"\([^()A-Z]{1,80}\)")
_OTHER = re.compile(r"(?:which|that|who)(?: \w+ly)? (?:was|were|is|are|has been|have been|had been)? ?(?:\w+ly )?\Z", re.I)
_COUNTED = re.compile(
    r"(?<![\w.])(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (?:model )?(?:sizes|models)(?![\w])", re.I
)
_SIZE = re.compile(r"(?<![\w.])\d{1,4}(?:\.\d{1,3})?[BM](?![\w-])")
_LOOSE = re.compile(r"(?<![\w])models\s(?:pre-?|fine-?)?\Z", re.I)
_HUB = re.compile(r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/datasets/(?P<name>[\w.-]{1,96}(?:/[\w.-]{1,96})?)")
_BEFORE_DATA = re.compile(
    r"(?<![\w-])(?P<name>(?:[A-Z][\w.+'-]{0,40}|\d{1,4}[A-Za-z][\w-]{1,20})(?:[\s-](?:[A-Z][\w.+-]{0,30}"
    r"|v?\d[\w.]{0,8}|de|of)){0,4})"
    r"\s(?:instruction |conversation |preference |training |speech |image )?(?:data ?sets?|corpus|corpora)(?![\w])"
)
_DATA_TEXT = re.compile(
    r"(?<![\w])(?:pre-?|post-?)?training (?:data(?:set)?s?|set|corpus|mix(?:ture)?)(?![\w])|(?<![\w])(?:sft"
    r"|fine-?tuning|instruction[- ]tuning) data(?:set)?s?(?![\w])",
    re.I,
)
_HEADINGS = re.compile(
    r"(?:(?:bootstrapped )?(?:pre-?|post-?|fine-?|instruction[- ])?(?:training|tuning|train)|sft|dpo|trained on) ?(?:data ?sets?"
    r"|data|set|corpus|mix\w*)?(?: \(?s?\)?)?(?: used| downloads?)?\Z"
    r"|data ?mix(?:ture)?\Z|data ?sets?(?: used)?(?: for training)?\Z"
)
_SUCH_AS = re.compile(r"(?<![\w])data ?(?:sets?|sources)?,? ?\(?(?:such as|including|includes?|like|e\.g\.,?)(?![\w])", re.I)
_GATHERED = re.compile(
    r"(?<![\w])(?:this|it|data) (?:was|is|were|includes?|consists?|came|comes)(?![\w])"
    r"|(?<![\w])we (?:\w{3,12} )?(?:collect|use|gather|combine|draw)(?:e?d)?(?![\w])",
    re.I,
)
_DATA_HEADING = re.compile(
    r"(?:training|pre-?training|fine-?tuning)? ?data(?:sets?)?(?: collection| sources?)?\Z|(?:model )?training(?: details)?\Z"
)
_OWNERS = re.compile(
    r"\s(?P<owner>[A-Z][\w-]{2,30})['’]s (?P<list>[A-Z]\w{2,20}(?:(?:, and|,| and) [A-Z]\w{2,20}){1,9})(?=[.;)]|\Z)"
)
"""Several sets of one maker: `Maker's Physics, Chemistry and Math`."""
_WORD = re.compile(r"[A-Z]\w{2,20}")
_NO_NAME = re.compile(
    r"(?<![\w])(?:see|above|below|paper|n/?a|none|unknown|not|internal|private|proprietary|various|mix|our|web"
    r"|text|more|tbd|todo)(?![\w])",
    re.I,
)
_PART = re.compile(r"\s*(?:,|;|&|\+|(?<![\w])and(?![\w]))\s*")
_NAME = re.compile(r"(?:the )?[A-Za-z0-9][\w.+'-]{0,60}(?:[\s:](?:[\w.+'-]{1,40})){0,3}\Z")
_OWNED = re.compile(r"[A-Za-z0-9][\w.-]{1,60}/[\w.-]{2,96}\Z")


def read_trained(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Datasets of a hub as `owner/name`, others as written."""
    if _refused(passage.text.text) or (
        subject.gives_up(passage) and not (_EXPLICIT.match(passage.text.text) and not subject.is_unsure(passage.text.text))
    ):
        return
    if passage.label:
        yield from _of_label(passage, subject)
        return
    yield from _of_sentence(passage, subject)
    yield from _of_heading(passage, subject)
    yield from _of_examples(passage, subject)


def _refused(text: str) -> bool:
    return bool(rule_words("trained").refused.search(text))


def _of_label(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Links to datasets, or a value that is one name or a list of names."""
    rows = passage.label.startswith("rows of ")
    if rows and not (passage.headings and _HEADINGS.match(heading_key(passage.headings[-1]))):
        return
    if passage.row and not subject.is_told(passage, 0):
        return
    text = passage.text.text
    linked = [(begin, name) for begin, _, target in passage.text.links if (name := _hub_name(target))]
    for begin, name in linked:
        yield Found(TRAINED, name, begin)
    plain = re.sub(r"\s*\([^()]*\)", lambda found: " " * len(found[0]), text).rstrip(" .;*")
    if rows and not linked and _OWNED.match(plain):
        yield Found(TRAINED, plain, 0)
    elif rows and not linked and plain and passage.label != "rows of subset" and not _NO_NAME.search(plain):
        parts_at = [(one.start(), one[0].strip()) for one in re.finditer(r"[^+&,]+", plain)]
        if all(_known().fullmatch(part) for _, part in parts_at):
            yield from (Found(TRAINED, part, begin) for begin, part in parts_at)
    if rows or linked or not plain or _NO_NAME.search(plain):
        return
    at, parts = 0, []
    for stop in (*_PART.finditer(plain), None):
        part = plain[at : stop.start() if stop else len(plain)]
        parts.append((at + len(part) - len(part.lstrip()), part.strip()))
        at = stop.end() if stop else at
    if all(_is_name(part) for _, part in parts):
        for begin, part in parts:
            yield Found(TRAINED, part, begin)


def _is_name(text: str) -> bool:
    """A name of a hub, a well-known one, or a few words of which one has a capital or a digit within."""
    if _OWNED.match(text) or _known().fullmatch(text):
        return True
    words = text.split()
    if not _NAME.match(text) or len(words) > 4 or words[0].casefold() in _generic():
        return False
    return any(re.search(r"[a-z\d-][A-Z]|\w\d|[A-Z]{3}", word) for word in words) or (
        len(words) > 1 and all(word[0].isupper() or word[0].isdigit() or re.match(r"v\d", word) for word in words)
    )


def _of_sentence(passage: Passage, subject: Subject) -> Iterator[Found]:
    text = passage.text.text
    for verb in _TRAINED.finditer(text):
        on = _ON.match(text, verb.end())
        if not on or _OBJECT.match(text, on.end()) or not _is_own(passage, verb, subject):
            continue
        begin = on.end()
        rest = _ASIDE.sub(lambda found: " " * len(found[0]), text)
        stop = _STOP.search(rest, begin)
        end = stop.start() if stop else len(text)
        yield from _linked(passage, begin, end)
        yield from _plain(passage, begin, end)
        return


def _is_own(passage: Passage, verb: re.Match[str], subject: Subject) -> bool:
    """Whether what is trained is this model, and not a part, a model that it is compared with or that it was made from."""
    before = passage.text.text[: verb.start()]
    if _OTHER.search(before[-60:]) or _LOOSE.search(before[-20:]) or _STOP.search(before) or _COUNTED.search(passage.text.text):
        return False
    if speaks_of_others(before, subject):
        return False
    if re.match(r"(?:It|They|This|These|Both)\b", before):
        others = [found for found in names_of_others(subject.mask(passage.before)) if not subject.is_kin(found[0])]
        if others and not subject.own.search(passage.before):
            return False
    return _fits(before, subject)


def _fits(before: str, subject: Subject) -> bool:
    """Whether the variant or size that a sentence speaks of (`instruct models are ...`) is the one that the model's name has."""
    if subject.group is None:
        return True
    sizes = {figure.value for one in _SIZE.findall(before) if (figure := read_figure(one))}
    if sizes and subject.size and subject.size not in sizes:
        return False
    variants = {found[0].casefold() for found in _variant().finditer(before)}
    return not variants or any(one in subject.name.casefold() for one in variants)


def _of_examples(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Datasets named as examples, right after a sentence on the training of this model or below a heading on its data."""
    text = passage.text.text
    named = _SUCH_AS.search(text)
    if not named or _STOP.search(text) or not _GATHERED.search(text[: named.start()]):
        return
    verb = _TRAINED.search(passage.before)
    told = verb and _ON.match(passage.before, verb.end()) and not names_of_others(subject.mask(passage.before[: verb.start()]))
    if subject.group and subject.derived and not told:
        return
    if told or (passage.headings and _DATA_HEADING.match(heading_key(passage.headings[-1]))):
        if owned := _OWNERS.match(text, named.end()):
            yield from (
                Found(TRAINED, f"{owned['owner']} {one[0]}", one.start()) for one in _WORD.finditer(text, *owned.span("list"))
            )
            return
        yield from _linked(passage, named.end(), len(text))
        yield from _plain(passage, named.end(), len(text))


def _linked(passage: Passage, begin: int, end: int) -> Iterator[Found]:
    for start, stop, target in passage.text.links:
        name = _hub_name(target) if begin <= start <= end else ""
        if name and not rule_words("trained").refused_after.match(passage.text.text[stop:]):
            yield Found(TRAINED, name, start)


def _plain(passage: Passage, begin: int, end: int) -> Iterator[Found]:
    """Names that are no links to a hub: well-known ones, and what stands before `dataset`."""
    text = passage.text.text
    hubs = [(start, stop) for start, stop, target in passage.text.links if "/datasets/" in target]
    after = rule_words("trained").refused_after
    taken: list[tuple[int, int]] = list(hubs)
    for pattern, group in ((_BEFORE_DATA, "name"), (_known(), 0)):
        for found in pattern.finditer(text, begin, end):
            start, stop = found.span(group)
            if any(start < b and a < stop for a, b in taken) or (group == 0 and after.match(text[stop:])):
                continue
            if _FURTHER.search(text, begin, start) or start - begin > 120:
                break
            if group and found[group].split()[0].casefold() in _generic() and not _known().fullmatch(found[group]):
                continue
            taken.append((start, stop))
            yield Found(TRAINED, found[group], start)


def _of_heading(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Links to datasets in a list below a heading on training data, or that say themselves that they lead to such."""
    if not passage.text.links or "/datasets/" not in str(passage.text.links):
        return
    heading = heading_key(passage.headings[-1]) if passage.headings else ""
    listed = bool(_HEADINGS.match(heading)) or (passage.before.endswith(":") and _led(passage.before))
    text = passage.text.text
    for start, stop, target in passage.text.links:
        name = _hub_name(target)
        if not name:
            continue
        told = text[start:stop]
        stage = re.match(r"(?:pre-?|post-?)?training\W", text, re.I) and told.casefold() in ("data", "dataset", "datasets")
        alone = listed and (len(text) < 120 or start < 4) and not _STOP.search(text[:start])
        if alone or stage or (_DATA_TEXT.search(told) and not subject.derived):
            yield Found(TRAINED, name, start)


def _led(before: str) -> bool:
    """Whether a line that leads to a list is a label on training data."""
    return heading_key(before) in rule_words("trained").labels


def _hub_name(target: str) -> str:
    found = _HUB.match(target)
    return found["name"].removesuffix(".git") if found else ""


@cache
def _known() -> re.Pattern[str]:
    return re.compile(rf"(?<![/-]){alternatives(word_list('trained', 'names'))}(?![-/.]\w)")


@cache
def _generic() -> frozenset[str]:
    return frozenset(word_list("trained", "generic"))


@cache
def _variant() -> re.Pattern[str]:
    return any_of(["instruct", "chat", "base", "sft", "dpo", "reward", "safe"])
