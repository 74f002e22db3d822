"""What a licence file is about: the model, the code, the data. The code's licence is not the model's licence.

The file's name says it, or a sentence of a card or README that names the file or its licence. Sentences are looked at one by
one; what is said of the model outweighs what is said of the code beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ..catalogue.licences import Licence, Licences, find_licence, licence_key
from .detect import name_words
from .markdown import Section, parse_markdown
from .recognition import Recognition
from .topics import links_of
from .types import Input

MODEL, CODE, DATA, NEITHER, OPEN = "model", "code", "data", "neither", ""
"""Scopes; NEITHER: the documents name another licence for the model; OPEN: nothing says."""

_SPLIT = re.compile(r"(?<=[.!?;。；])\s+|,\s+(?=(?:however|while|whereas|but)\b)")
_LICENCE = re.compile(r"licen[cs]|\b(?:released|distributed|available)\s+under\b|许可|协议", re.I)
_MODEL = re.compile(r"\b(models?|weights?|checkpoints?|parameters)\b|模型|权重", re.I)
_CODE = re.compile(r"\b(codes?|codebase|source|software|library|scripts?|package|toolkit)\b|代码", re.I)
_FOREIGN = re.compile(
    r"\b(model|models|weights?|community|research|non-?commercial|open model|non-?production|impact|rail)\b[^.\]|]{0,30}?\b"
    r"licen[cs]es?\b|许可协议|terms of use",
    re.I,
)
_CODE_HOME = re.compile(
    r"\b(this|the)\s+(\S+\s+)?(repo|repository|project)\b.{0,30}\b(contains?|hosts?|holds?|provides?|is|offers)\b.{0,50}"
    r"\b(code|codebase|implementation|library|package|toolkit)\b"
    r"|\bthis\s+is\s+(the|an?)\s+(official\s+)?(code|codebase|implementation|repository for the code)\b",
    re.I,
)
_RELEASED = re.compile(r"\b(weights?|checkpoints?|model release)\b", re.I)


def scope_of_name(name: str, model_name: str, licences: Licences, recognition: Recognition) -> str:
    """Scope that the file's own name states; NEITHER for a file that names something else (a third party, a part)."""
    words = recognition.words["licence_files"]
    tokens = [t for t in name_words(PurePosixPath(name).name) if t not in words["words"] and t not in words["neutral"]]
    for scope in (MODEL, DATA, CODE):
        if set(tokens) & set(words[scope]):
            return scope
    known = set(name_words(model_name))
    rest = [t for t in tokens if t not in known]
    if not rest or find_licence(" ".join(rest), licences) or all(_is_licence_word(t, licences) for t in rest):
        return OPEN
    return NEITHER


def _is_licence_word(word: str, licences: Licences) -> bool:
    return any(word in licence_key(one.id).split() for one in licences.values() if one.made_for == "software")


def scope_by_wording(name: str, licence: Licence | None, texts: Iterable[Input]) -> str:
    """Scope by what cards and READMEs say of the file or of its licence."""
    strong: set[str] = set()
    weak: set[str] = set()
    foreign = code_home = released = False
    for sentence in sentences_of(texts):
        if _CODE_HOME.search(sentence):
            code_home, released = True, released or bool(_RELEASED.search(sentence))
        if not _LICENCE.search(sentence):
            continue
        named, linked = names_licence(sentence, licence), _links_file(sentence, name)
        ours = linked == "beside" or (linked and named) or named
        other = bool(_FOREIGN.search(_without(sentence, licence)))
        if ours and other:
            (strong if linked else weak).add(NEITHER)
        elif ours:
            (strong if linked else weak).add(_subject(sentence))
        elif other:
            foreign = True
    for said in (strong, weak):
        if said >= {NEITHER}:
            return NEITHER
        if MODEL in said and (said is strong or not foreign):
            return MODEL
        if CODE in said:
            return CODE
    return NEITHER if foreign else CODE if code_home and not released else OPEN


def sentences_of(texts: Iterable[Input]) -> Iterator[str]:
    """Sentences of all texts; list items, table rows and lines of badges are kept apart."""
    for one in texts:
        top: Section = parse_markdown(one.front.body if one.front else one.text)
        for section in top.walk():
            for block in section.blocks:
                yield from _SPLIT.split(block.text)


def is_linked(name: str, texts: Iterable[Input]) -> bool:
    """Whether a sentence on a licence leads to this file."""
    return any(_LICENCE.search(sentence) and _links_file(sentence, name) for sentence in sentences_of(texts))


def names_licence(sentence: str, licence: Licence | None) -> bool:
    """Whether a sentence names this licence by a usual name, or with the words of its id (`version 2.0 of the Apache ...`)."""
    if licence is None:
        return False
    words = f" {licence_key(re.sub(r'[_%]20|[_]', ' ', sentence))} "
    keys = {licence_key(a) for a in (licence.id, licence.name, *licence.aliases)}
    return any(f" {key} " in words for key in keys if key) or set(licence_key(licence.id).split()) <= set(words.split())


def _links_file(sentence: str, name: str) -> str:
    """`beside` for a relative link or a file name in backticks, `elsewhere` for a link to a file of this name on the web."""
    stem = _file_key(name)
    for link in links_of(sentence):
        if _file_key(link.split("#")[0].split("?")[0]) == stem:
            return "elsewhere" if re.match(r"https?://", link) else "beside"
    quoted = re.findall(r"`([^`]{1,100})`", sentence)
    return "beside" if any(_file_key(one) == stem for one in quoted) else ""


def _file_key(name: str) -> str:
    path = PurePosixPath(name.strip("./"))
    stem = path.stem if path.suffix.casefold() in (".txt", ".md", ".rst") else path.name
    return stem.casefold().replace("licence", "license")


def _without(sentence: str, licence: Licence | None) -> str:
    """The sentence without link targets and without the name of our licence, so that only others remain."""
    plain = re.sub(r"\]\([^)]*\)|<[^>]*>|https?://\S+", "] ", sentence)
    for name in sorted({licence.name, *licence.aliases}, key=len, reverse=True) if licence else ():
        plain = re.sub(rf"\b{re.escape(name)}\b(\s+licen[cs]e)?", " ", plain, flags=re.I)
    return plain


def _subject(sentence: str) -> str:
    plain = re.sub(r"https?://\S+", " ", sentence)
    if _MODEL.search(plain):
        return MODEL
    return CODE if _CODE.search(plain) else OPEN
