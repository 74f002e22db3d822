"""Bills of materials: which of the models they list is the folder's own, and what they say of it, of datasets and licences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..catalogue.licences import Licences, canonical_licence, find_licence
from ..reading import Source
from ..vocabulary import EdgeStatement, NodeStatement, Statement, Terms, node
from .layout import Layout
from .licence_address import is_address, licence_of_address
from .page import Page, Setting, says_nothing
from .recognition import Recognition
from .topics import is_placeholder
from .types import Card

MODEL_LICENCE, DATA_LICENCE = "model.licence.name", "dataset.licence.name"
_HUB = re.compile(
    r"(?:https?://(?:www\.)?huggingface\.co/(?:datasets/)?|pkg:huggingface/)([\w.-]{1,96}/[\w.-]{1,96})(?:[@?#].*|/)?\Z"
)
_NO_LICENCE = re.compile(
    r"(?:other|unknown|unspecified|undefined|none|not |no |n/a|public\Z|custom\Z|see )|.*(?:©|\(c\))", re.I | re.S
)
"""How a text begins, or what it holds, that stands in place of a licence and names none."""


class Named(NamedTuple):
    """A licence as a bill names it: where, and the address given beside it."""

    name: str
    source: Source
    link: str = ""
    note: str = ""


def hub_name(address: str) -> str:
    """`owner/name` of a page on a model hub or of a package URL for it; empty for other addresses."""
    match = _HUB.match(address)
    return match[1] if match and not match[1].startswith("datasets/") else ""


def assign(listed: Sequence[tuple[str, ...]], layout: Layout, file: str, chief: int | None) -> list[str]:
    """The node of each model that a bill lists, given the names under which it goes, the fullest first.

    A model that alone bears the name of one of the dossier's models is that one. `chief` is the model that the bill is about
    as a whole, if there is one: it is the model of the folder. Every other one is a model of its own.
    """
    own = [node("model", names[0]) for names in listed]
    owners = list(own)
    for known in dict.fromkeys((layout.main, *layout.models, *(part for part, _ in layout.parts))):
        name = known.partition(":")[2].casefold()
        keys = {name, name.rpartition("/")[2]}
        same = [index for index, names in enumerate(listed) if keys & {one.casefold() for one in names}]
        if len(same) == 1:
            owners[same[0]] = known
    folder = layout.owner.get(file, "")
    if chief is not None and folder and folder not in owners and owners[chief] == own[chief]:
        owners[chief] = folder
    return owners


def open_page(file: str, owner: str, layout: Layout, licences: Licences, recognition: Recognition) -> Page:
    """A page for what a bill says of one model or dataset; what is said of a family holds for each of its sizes."""
    return Page(file, Setting(owner, layout.held(owner), licences, recognition))


def state_licences(page: Page, named: Iterable[Named], *, covers: str, fact: str) -> bool:
    """The licence that a bill names; of several it is not said whether all bind. Whether one was stated."""
    known = page.setting.licences
    found: dict[str, Named] = {}
    refused: Named | None = None
    for one in named:
        plain = licence_of_address(one.name) or one.name
        if _is_no_name(plain, page.setting.recognition):
            refused = refused or one
        else:
            found.setdefault(canonical_licence(plain, known), one)
    for name, one in found.items():
        page.relate(
            "licensed_under", node("licence", name), one.source, {"covers": covers, **({"link": one.link} if one.link else {})}
        )
    if len(found) > 1:
        message = f"{len(found)} licences, and not whether all bind or one may be chosen"
        page.remark(next(iter(found.values())).source, "licence", message, "join them with AND or OR")
    elif not found and refused:
        page.remark(refused.source, "licence", f"`{refused.name[:80]}` names no licence", "give its SPDX id or its name")
    for name, one in found.items():
        if len(found) == 1 and (not is_address(name) or find_licence(name, known)):
            page.state(fact, name, one.source, note="; ".join(filter(None, (f"written as `{one.name}`", one.note))))
            if covers == "model":
                page.named.append((name, one.source))
    return len(found) == 1


def _is_no_name(text: str, recognition: Recognition) -> bool:
    """What stands where a licence should be named and names none: nothing, a template, a pointer, a sentence."""
    is_sentence = len(text) > 200 or (" " in text and text.endswith((".", "?")))
    return is_sentence or says_nothing(text) or bool(_NO_LICENCE.match(text)) or is_placeholder(text, recognition)


def close_page(page: Page, kind: str, source: Source, *, only: bool) -> list[Statement]:
    """The document that a bill is for one of its models or datasets: the file, or a part of it if it is about several."""
    owner = page.setting.owner
    document = node("document", page.file if only else f"{page.file}#{owner.partition(':')[2]}")
    said = {"kind": kind, "topics": Terms(frozenset(page.topics), complete=False)}
    return [NodeStatement(document, source, said), EdgeStatement(owner, "documented_by", document, source), *page.statements]


def gather(chief: Sequence[Page], others: Sequence[Page], statements: Sequence[Statement], kind: str, layout: Layout) -> Card:
    """What a bill says as a whole. Topics are its own only where it is about one thing, `chief`."""
    problems = tuple(dict.fromkeys(problem for page in (*chief, *others) for problem in page.problems))
    topics = frozenset(chief[0].topics) if len(chief) == 1 else frozenset()
    dossier = {layout.main, *layout.models}
    named = tuple(one for page in chief if page.setting.owner in dossier for one in page.named)
    return Card(tuple(statements), problems, topics, named, kind)
