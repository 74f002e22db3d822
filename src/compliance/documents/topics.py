"""Which topics a card covers with real content. What is not found is unknown, not absent; what is only promised is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..reading import Problem, Source
from .markdown import Block, Section
from .recognition import Recognition, Topic, heading_key

_LINK = re.compile(
    r"\[(?P<text>[^\[\]]{0,300}(?:\[[^\[\]]{0,200}\][^\[\]]{0,100})?)\]\((?P<target>[^)\s]{1,1000}+)(?:\s[^)]{0,200}+)?\)"
    r"|(?P<bare>https?://[^\s)>\]\"']+)|href=[\"'](?P<href>[^\"']{1,1000})"
)
_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,1000}\)|<img\b[^>]{0,1000}>")
_END = re.compile(r"(?<=[.!?。])\s+")
_EMAIL = re.compile(r"[\w.+-]+(?:@|\s*\[at\]\s*)[\w-]+\.[\w.-]+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AMOUNT = re.compile(r"\d\s*(?:[kMGT]?Wh|kg|t|g|tons?|tonnes?|metric tons?)\b|\d\s*(?:t|kg)?\s*CO2", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}|\d+|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_SAID = {
    "placeholder": ("holds only placeholder text and counts as absent", "write the section"),
    "pointer": ("only points to another place and counts as absent", "put what it points to into the folder"),
    "empty": ("has no text and counts as absent", "write the section"),
    "lacks": ("lacks what it is asked for and counts as absent", ""),
    "denied": ("denies something; whether its topic is covered is left to people", "list the document's `topics`"),
}
_NEEDED = {
    "link": "give an address or a link",
    "website": "give the address of the website",
    "date": "give the date",
    "amount": "give the amount",
    "figure": "give the figure",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Topics found in a text, and remarks on sections that announce one and do not deliver it."""

    topics: frozenset[str]
    remarks: tuple[Problem, ...]


def find_topics(top: Section, file: str, recognition: Recognition, told: frozenset[str] = frozenset()) -> Coverage:
    """Topics that sections and labelled lines cover, and those already `told` by the front matter.

    Sections copied from another model's card are left out. A section is remarked on only if nothing else covers its topic.
    What one section denies no other one proves.
    """
    found, denied = set(told), set()
    missed: list[tuple[Section, Topic, str]] = []
    for section in own_sections(top, recognition):
        for topic in recognition.by_heading(section.heading) if section.level else ():
            how = _judge(_gather(section, topic, recognition), topic, recognition, code=_has_code(section))
            if how == "yes":
                found.add(topic.name)
            else:
                missed.append((section, topic, how))
                denied |= {topic.name} if how == "denied" else set()
        for label in section.labels:
            for topic in recognition.by_label(label.label):
                how = _judge([Block(label.line, label.value)], topic, recognition)
                if how == "yes":
                    found.add(topic.name)
                denied |= {topic.name} if how == "denied" else set()
    found -= denied
    remarks = [_remark(section, topic, how, file) for section, topic, how in missed if topic.name not in found]
    return Coverage(frozenset(found), tuple(dict.fromkeys(remarks)))


def own_sections(top: Section, recognition: Recognition) -> Iterable[Section]:
    """Sections up to the point where another model's card is repeated."""
    copied = tuple(recognition.words["cards"]["copied"])
    for section in top.walk():
        if section.level and heading_key(section.heading).startswith(copied):
            return
        yield section


def judge_text(text: str, topic: str, recognition: Recognition) -> str:
    """Whether a text says something on a topic: yes, or placeholder, pointer, empty, lacks. Each line counts by itself."""
    found = next((one for one in recognition.topics if one.name == topic), Topic(topic))
    return _judge([Block(1, line) for line in text.split("\n")], found, recognition)


def is_placeholder(text: str, recognition: Recognition) -> bool:
    """Text of an unfilled template, or a promise."""
    low = text.casefold()
    if any(mark in low for mark in recognition.anywhere):
        return True
    words = re.findall(r"[\w/]+", low)
    if len(words) > recognition.few_words:
        return False
    joined = f" {' '.join(words)} "
    bare = low.strip(" .*")
    return any(f" {mark} " in joined or mark == bare for mark in recognition.alone)


def links_of(text: str) -> tuple[str, ...]:
    """Targets of the links in a text."""
    return tuple(m["target"] or m["bare"] or m["href"] for m in _LINK.finditer(text))


def _gather(section: Section, topic: Topic, recognition: Recognition) -> list[Block]:
    """Blocks of a section and of its parts, except parts that announce other topics."""
    blocks = list(section.blocks)
    for part in section.parts:
        told = recognition.by_heading(part.heading)
        if not told or topic in told:
            blocks += _gather(part, topic, recognition)
    return blocks


def _has_code(section: Section) -> bool:
    return any(one.code for one in section.walk())


def _judge(blocks: list[Block], topic: Topic, recognition: Recognition, *, code: bool = False) -> str:
    """Stops at the first blocks that say enough."""
    if topic.code_counts and code:
        return "yes"
    if topic.denied_up_to and _denies(blocks, topic, recognition):
        return "denied"
    met, told, kept, promised = not topic.needs, topic.links_count, False, False
    for text in (block.text for block in blocks):
        plain = _IMAGE.sub(" ", text)
        if not (_WORD.search(plain) or links_of(plain)):
            continue
        if is_placeholder(text, recognition):
            promised = True
        elif not text.rstrip(" *_").endswith(":"):
            kept = True
            met = met or _meets(text, topic.needs, recognition)
            told = told or any(not _is_pointer(one, recognition) for one in _sentences(text))
            if met and told:
                return "yes"
    if not kept:
        return "placeholder" if promised else "empty"
    return "pointer" if met else "lacks"


def _denies(blocks: list[Block], topic: Topic, recognition: Recognition) -> bool:
    """Whether the text, if it is short enough for the topic, says of something that it is not so."""
    if not any(recognition.denial.search(block.text) for block in blocks):
        return False
    return sum(len(_WORD.findall(block.text)) for block in blocks) <= topic.denied_up_to


def _meets(text: str, needs: str, recognition: Recognition) -> bool:
    if needs == "amount":
        return bool(_AMOUNT.search(text))
    if needs == "figure":
        return bool(re.search(r"\d", text))
    if needs == "date":
        return bool(_YEAR.search(text))
    links = [link for link in links_of(text) if not link.startswith(("#", "./", "../"))]
    if needs == "website":
        hosts = [link.split("/")[2] for link in links if re.match(r"https?://", link)]
        return any(not host.endswith(recognition.hubs) for host in hosts)
    return bool(links or _EMAIL.search(text))


def _sentences(text: str) -> list[str]:
    return [one for one in _END.split(_IMAGE.sub(" ", text)) if _WORD.search(one)]


def _is_pointer(plain: str, recognition: Recognition) -> bool:
    """A sentence that says little but where to look."""
    links = links_of(plain)
    rest = len(_WORD.findall(_LINK.sub(" ", plain)))
    if links and rest <= 4:
        return True
    total = len(_WORD.findall(re.sub(r"https?://\S+", " ", plain)))
    elsewhere = links or re.search(r"\b(paper|section|report|above|below|repository|appendix)\b", plain.casefold())
    low = f" {' '.join(re.findall(r'[^ ,.;:()]+', plain.casefold()))} "
    return bool(elsewhere) and total <= 30 and any(f" {word} " in low for word in recognition.pointers)


def _remark(section: Section, topic: Topic, how: str, file: str) -> Problem:
    said, hint = _SAID[how]
    return Problem(Source(file, section.line, 1), how, f"`{section.heading[:80]}` {said}", _NEEDED.get(topic.needs, hint))
