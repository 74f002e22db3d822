"""Models of their own that a README in a folder below is about: one section each, headed by the model's name, or several sizes.

Accepted is a section whose heading is a name and whose first words link this name to the model on a hub, of a model that bears
the name of the dossier's family. What stands in it is read as a card. A README headed by the name of a relative of the family
is read for the sizes that it names. Everything else of such a README states nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalogue.licences import Licences
from ..reading import Map, Mark
from ..vocabulary import Statement, name_of, node
from .markdown import Section, parse_markdown, title_of
from .model_card import Telling, state_labelled_licence, state_worded_licences
from .prose import read_prose
from .recognition import Recognition
from .sizes import find_sizes
from .types import Imported, Input

_LINK = re.compile(
    r"\W{0,4}\[(?P<text>[^\[\]]{2,80})\]\(https?://(?:huggingface\.co|hf\.co)/[\w.-]{1,60}/(?P<name>[\w.-]{2,96})\)"
)


def read_relatives(one: Input, family: str, licences: Licences, recognition: Recognition) -> Imported:
    """Statements on every model that a section is about. `family` is the node of the dossier's model."""
    statements = []
    for name, section in _own_sections(parse_markdown(one.text), name_of(family)):
        tell = Telling(one.name, (node("model", name),), Map(Mark(1, 1)), recognition, licences)
        state_labelled_licence(tell, section)
        state_worded_licences(tell, one, section)
        statements += [*tell.statements, *read_prose(one, section, tell.holders, recognition)]
    return Imported((*statements, *(() if statements else _of_sizes(one, family, recognition))))


def _of_sizes(one: Input, family: str, recognition: Recognition) -> tuple[Statement, ...]:
    """What the prose says of several sizes, if the README is headed by the name of a relative of the family and names them."""
    top = parse_markdown(one.text)
    title, stem = title_of(top), re.match(r"[^\W\d_]{3,}", name_of(family))
    if stem is None or len(title.split()) > 2 or not title.casefold().startswith(stem[0].casefold()):
        return ()
    sizes = find_sizes(title, [one])
    return read_prose(one, top, tuple(size.node for size in sizes), recognition) if len(sizes) > 1 else ()


def _own_sections(top: Section, family: str) -> Iterator[tuple[str, Section]]:
    stem = re.match(r"[^\W\d_]{2,}", family)
    for section in top.walk():
        first = section.blocks[0].text if section.blocks and section.level else ""
        link = _LINK.match(first) if stem else None
        heading = section.heading.strip(" *`")
        if stem and link and heading == link["text"] == link["name"] and heading.casefold().startswith(stem[0].casefold()):
            yield heading, section
