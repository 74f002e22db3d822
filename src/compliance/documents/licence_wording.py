"""Licences that the text of a card or README names for the model or for the code beside it.

Accepted are sentences that say of what they license (`the weights are released under ...`), labels and badges that say it,
cells of a table in the row of the model. Refused are licences of data, of bases and of third parties, sentences that do not
say what is licensed, and names that are neither those of a known licence nor written as the name of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ..catalogue.licences import Licences, canonical_licence, find_licence
from ..reading import Source
from .markdown import Section
from .prose.passages import Passage, read_passages
from .prose.subject import any_name
from .recognition import Recognition, heading_key
from .topics import own_sections
from .types import Input

MODEL, CODE = "model", "code"
LABELS = {
    "license": MODEL, "licence": MODEL, "model license": MODEL, "model licence": MODEL, "weights license": MODEL,
    "weight license": MODEL, "license of weights": MODEL, "source code": CODE, "code license": CODE, "code licence": CODE,
    "source code license": CODE, "code": CODE,
}  # fmt: skip
"""Labels whose value is a licence, and of what."""
PLAIN = ("license", "licence")
"""Labels and headings that do not say of what; labels count in the rows of a table of models alone."""
_VERB = re.compile(
    r"(?<![\w])(?:has an? (?:[\w-]{1,16} ){0,3}licen[cs]e, (?:called|named) )"
    r"|(?<![\w])(?:licen[cs]ed|released|distributed|available|provided|published|open-?sourced|covered|governed|shared|subject)"
    r"(?: \w{1,12}){0,4}? (?:under|to|by|with)(?: the terms of)?(?: (?:the|an?|our|its))?(?: (?:terms of"
    r"|permissive|open|custom|same))*(?: the)?\s",
    re.I,
)
_MODEL = re.compile(
    r"(?<![\w])(?:models?|weights?|checkpoints?|LLMs?)(?![\w])(?! (?:code|card|zoo|hub|implementation|definition))", re.I
)
_CODE = re.compile(
    r"(?<![\w])(?:codes?(?! ?-?(?:models?|llms?)(?![\w]))|codebase|software|library|scripts?|package|toolkit"
    r"|repository|repo)(?![\w])",
    re.I,
)
_FOREIGN = re.compile(
    r"(?<![\w])(?:data ?sets?|corpus|corpora|data|annotations?|fonts?|images?|originally|formerly|previously"
    r"|third[- ]party|base model|which|"
    r"derived|based on|tokenizer|paper|documentation|adapted|autoencoder|encoder|decoder|vae|adapters?"
    r"|dependenc\w+|not|unless|outputs?|other|will be|were)(?![\w])",
    re.I,
)
_VERSION_OF = re.compile(r"version (\d(?:\.\d)?) of the ([A-Z]\w+) Licen[cs]e", re.I)
_CUSTOM = re.compile(
    r"(?=.{5,80}\Z)(?:[A-Z(][\w.()+-]* ){1,8}(?:LICEN[CS]E|Licen[cs]e|license)(?: (?:AGREEMENT|Agreement))?(?: v?\d(?:\.\d)?)?"
)
_SIZE = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d)?[BbMm](?![\w/])")
_VERSION = re.compile(r"(?<![\w])[Vv]\d(?![\w])|(?<![\w])[A-Za-z]{2,20}-\d{1,2}\.\d(?![\w])")
"""Sizes and versions, by which one model of a family is told from another."""
_BADGE = re.compile(
    r"(?:shields\.io/badge|badgen\.net/badge)/(?P<what>[^\s/?-]{0,40}?)licen[cs]e[-/](?P<name>[^\s/?)\"-]{2,40}(?:--[^\s/?)\"-]{1,20}){0,4})[-/]",
    re.I,
)
_APPLIES = re.compile(r"following licen[cs]e applies to (?P<what>[^.]{5,200})", re.I)
_NOTICE = re.compile(r"Licensed under the (?P<name>[A-Z]\w+ License, Version \d\.\d)")
_SIZED = r"[A-Za-z][\w.-]{0,40}?\d{1,3}(?:\.\d)?(?:x\d{1,3})?[Bb](?:[-_][\w.-]{1,40}?)?"
_NAMED = re.compile(
    rf"(?P<file>[A-Za-z][\w.-]{{3,80}}?)\.(?:tar|safetensors|gguf) has an? |(?P<list>{_SIZED}(?:(?:, and |, "
    rf"| and ){_SIZED}){{0,8}}) (?:is|are|has) "
)
"""A file of weights, or models of a family by their sizes, at the beginning of a sentence."""
_HAD = re.compile(
    r"(?<![\w])(?:is|are) (?P<name>[A-Z][\w.+-]{1,16}(?: \d[\w.]{0,4})?)[- ]licensed(?![\w])"
    r"|(?<![\w])(?:has|have) (?:an? |the )?(?P<have>[A-Z][\w.+ -]{2,30}?) licen[cs]e(?![\w])"
)
_LEADS_ON = re.compile(r":|\W+(?:provides|gives|grants)(?![\w])")
_LEAD = re.compile(r"(?:[A-Z][\w ]{2,30}: )?(?:permissive |open )?(?P<name>[A-Z][\w. -]{1,30}?) licen[cs]e", re.I)


@dataclass(frozen=True, slots=True)
class Worded:
    """A licence by its canonical name, of what it is (MODEL or CODE), for which of the models (all where none), and where."""

    name: str
    scope: str
    models: tuple[str, ...]
    source: Source


def find_worded(
    one: Input, top: Section, names: Sequence[str], licences: Licences, recognition: Recognition, *, code: bool = True
) -> tuple[Worded, ...]:
    """What a text says of licences. `names` are those of the models that it is about; `code` that code may stand beside it."""
    if "licen" not in one.text.casefold():
        return ()
    lines = one.text.split("\n")
    sections = tuple(own_sections(top, recognition))
    found: list[Worded] = []
    for passage in read_passages(sections, lines, ("licen",), frozenset(LABELS)):
        for scope, name, at in _told(passage, licences):
            if scope == PLAIN[0]:
                scope = "" if code else MODEL
            models = _models(passage, at, names)
            if models is not None and scope:
                found.append(Worded(name, scope, models, Source(one.name, *passage.text.place(at))))
    found += _applied(sections, one, licences)
    scopes = {worded.scope for worded in found}
    found += [badge for badge in _badges(lines, one.name, licences) if badge.scope not in scopes]
    return tuple(dict.fromkeys(found))


def _told(passage: Passage, licences: Licences) -> Iterator[tuple[str, str, int]]:
    """Scope, licence and its offset of what one passage says."""
    if passage.label:
        yield from _of_label(passage, licences)
        return
    text = passage.text.text
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else ""
    name = _known(lead["name"], licences) if lead and _LEADS_ON.match(rest) else ""
    if lead and name:
        yield MODEL, name, lead.start("name")
        if not rest.startswith(":") and _CODE.search(rest[:80]):
            yield CODE, name, lead.start("name")
        return
    heading = heading_key(passage.headings[-1]) if passage.headings else ""
    notice = _NOTICE.match(text) if heading in PLAIN else None
    if notice and (known := _known(notice["name"], licences)):
        yield PLAIN[0], known, notice.start("name")
    if (
        (had := _HAD.search(text))
        and not _FOREIGN.search(text[: had.start()])
        and (known := _known(had["name"] or had["have"], licences))
    ):
        before = text[: had.start()]
        yield from ((scope, known, had.start()) for scope, words in ((MODEL, _MODEL), (CODE, _CODE)) if words.search(before))
    for verb in _VERB.finditer(text):
        before = re.split(r"[;.]\s|, (?:however|while|whereas|but) ", text[: verb.start()])[-1]
        scopes = [scope for scope, words in ((MODEL, _MODEL), (CODE, _CODE)) if words.search(before)]
        if not scopes and verb.start() < 80 and _NAMED.match(text):
            scopes = [MODEL]
        if scopes and not _FOREIGN.search(before) and (name := _name_at(passage, verb.end(), licences)):
            yield from ((scope, name, verb.end()) for scope in scopes)


def _of_label(passage: Passage, licences: Licences) -> Iterator[tuple[str, str, int]]:
    """The value of a label on a licence; one that does not say of what counts in the row of a model alone."""
    scope = LABELS.get(passage.label, "")
    plain = re.sub(r"^licen[cs]e:? |[. ]+\Z", "", passage.text.text, flags=re.I)
    if (passage.label not in PLAIN or passage.row) and (known := _known(plain, licences)):
        yield scope, known, 0
    elif passage.row and scope == MODEL and _CUSTOM.fullmatch(plain):
        yield scope, canonical_licence(plain, licences), 0


def _name_at(passage: Passage, at: int, licences: Licences) -> str:
    """The licence named at an offset: a known one, or the text of a link that is the name of one."""
    text = passage.text.text
    if version := _VERSION_OF.match(text, at):
        return _known(f"{version[2]} {version[1]}", licences)
    words = re.split(r"(?<=[\w)+])(?:[,;:!?]|\.(?=\s|\Z))|\s(?:and|which|that|for|as|with|or|while)\s|\s\(", text[at : at + 120])[
        0
    ].split()
    for count in range(min(len(words), 9), 0, -1):
        if known := _known(" ".join(words[:count]).strip(" .'\"`"), licences):
            return known
    for begin, end, _ in passage.text.links:
        if at - 4 <= begin <= at + 2 and _CUSTOM.fullmatch(told := text[begin:end].strip().removeprefix("the ")):
            return canonical_licence(told, licences)
    return ""


def _known(name: str, licences: Licences) -> str:
    """The id of a known licence, or empty."""
    found = find_licence(name, licences) or find_licence(re.sub(r"[_\s]+", " ", name), licences)
    return found.id if found and found.id.casefold() not in ("other", "unknown") else ""


def _models(passage: Passage, at: int, names: Sequence[str]) -> tuple[str, ...] | None:
    """The models that a passage names before an offset; none for all of them, None where it speaks of another one."""
    if told := _NAMED.match(passage.text.text):
        listed = (told["file"],) if told["file"] else tuple(re.split(r",? and |, ", told["list"]))
        kin = [one for one in listed if told["file"] or any(_stem(one) == _stem(name) for name in names)]
        return tuple(next((name for name in names if any_name([name]).fullmatch(one)), one) for one in kin) or None
    if passage.row:
        named = [one for one in names if any_name([one]).fullmatch(passage.row.strip(" *:"))]
        return tuple(named) or None
    before = passage.text.text[:at]
    named = [one for one in names if any_name([one]).search(before)]
    if named:
        return tuple(named) if len(named) < len(names) else ()
    models = set(names)
    for kind in (_SIZE, _VERSION):
        if told_apart := {found[0].casefold() for found in kind.finditer(before)}:
            models &= {one for one in names if any(token in one.casefold() for token in told_apart)}
    return () if len(models) == len(names) else tuple(one for one in names if one in models) or None


def _stem(name: str) -> str:
    found = re.match(r"[^\W\d_]{2,}", name)
    return found[0].casefold() if found else ""


def _applied(sections: Sequence[Section], one: Input, licences: Licences) -> Iterator[Worded]:
    """A sentence that a licence follows which applies to something, and the notice of the licence below it."""
    for section in sections:
        for block in section.blocks:
            applies = _APPLIES.search(block.text)
            if not applies:
                continue
            below = one.text.split("\n")[block.line : block.line + 25]
            notices = [(number, found) for number, line in enumerate(below, block.line + 1) if (found := _NOTICE.search(line))]
            number, notice = notices[0] if notices else (0, None)
            name = _known(notice["name"], licences) if notice else ""
            for scope, words in ((MODEL, _MODEL), (CODE, _CODE)):
                if notice and name and words.search(applies["what"]):
                    yield Worded(name, scope, (), Source(one.name, number, notice.start("name") + 1))


def _badges(lines: Sequence[str], file: str, licences: Licences) -> Iterator[Worded]:
    """Badges that say of what the licence is."""
    for number, line in enumerate(lines[:120], 1):
        if "icense" not in line or "badge" not in line:
            continue
        for badge in _BADGE.finditer(line[:4000]):
            what = unquote(badge["what"]).replace("_", " ").casefold()
            name = _known(unquote(badge["name"]).replace("_", " ").replace("--", "-"), licences)
            scope = MODEL if re.search(r"model|weight", what) else CODE if "code" in what else ""
            if name and scope:
                yield Worded(name, scope, (), Source(file, number, badge.start() + 1))
