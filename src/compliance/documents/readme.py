"""README of a repository that has a card besides it: only what such a page says of the model as surely as a card does."""

from __future__ import annotations

from ..catalogue.licences import Licences
from ..reading import Map, Mark
from .markdown import parse_markdown
from .model_card import Telling, state_library, state_worded_licences
from .prose import read_prose
from .recognition import Recognition
from .types import Imported, Input


def read_readme(one: Input, owner: str, holders: tuple[str, ...], licences: Licences, recognition: Recognition) -> Imported:
    """Facts in its prose, licences that it names; at the top of the dossier, the library that its code loads the model with."""
    keys = one.front.keys if one.front else Map(Mark(1, 1))
    tell = Telling(one.name, holders, keys, recognition, licences)
    top = parse_markdown(one.front.body if one.front else one.text)
    if "/" not in one.name:
        state_library(tell, one, top, owner)
    state_worded_licences(tell, one, top, code=not one.name.startswith("docs/") and "/docs/" not in one.name)
    tell.statements += read_prose(one, top, holders, recognition)
    return Imported(tuple(tell.statements), tuple(tell.problems))


def read_page(one: Input, holders: tuple[str, ...], recognition: Recognition) -> Imported:
    """What a page of documentation says of one of several models by its name; of one model alone a page says nothing surely."""
    top = parse_markdown(one.front.body if one.front else one.text)
    return Imported(read_prose(one, top, holders, recognition, named=True) if len(holders) > 1 else ())
