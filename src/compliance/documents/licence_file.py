"""LICENSE, COPYING and NOTICE files: which licence the text is, and what it is the licence of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..catalogue.licences import Licences
from ..reading import Problem, Source
from ..vocabulary import EdgeStatement, FactStatement, NodeStatement, Statement, node
from .detect import is_in_card_folder, name_words
from .layout import Layout
from .licence_scope import CODE, MODEL, NEITHER, OPEN, is_linked, scope_by_wording, scope_of_name
from .licence_text import Match, match_text
from .recognition import Recognition
from .types import Card, Imported, Input

_HAS_CODE = re.compile(
    r"(?<![\w/:.])(?:\./)?(?:[\w-]{1,40}/){0,6}[\w-]{1,60}\.(?:py|sh|ipynb)(?![\w/])|pip3? install (?:-e |git\+|\.)"
)
FACTS = {MODEL: "model.licence.name", CODE: "model.code_licence.name"}
OTHER = "the documents name another licence for the model, or several"
UNSAID = "neither this file nor a card says whether it is for the code or the weights"


def read_licence_file(
    one: Input,
    layout: Layout,
    texts: Sequence[Input],
    cards: Sequence[tuple[str, Card]],
    licences: Licences,
    recognition: Recognition,
) -> Imported:
    """Statements of one licence file.

    `texts` are cards and READMEs of the dossier, whose wording may say what the file is about; `cards` are those read, by
    file. A text that follows no known licence states nothing and is remarked on, likewise one that leaves its subject open.
    """
    if set(name_words(one.name)) & set(recognition.words["licence_files"]["notices"]):
        return Imported()
    holders = layout.holders(one.name)
    match = match_text(one.text, licences)
    if match is None:
        message = "no known licence is recognised here"
        remark = Problem(Source(one.name, 1, 1), "licence", message, "name it in compliance.yaml: `licence: {name: ...}`")
        return Imported(problems=(remark,) if holders else ())
    source = Source(one.name, match.line, 1)
    statements: list[Statement] = [NodeStatement(node("licence", match.name), source)]
    if not holders:
        return Imported(tuple(statements))
    problems = _changes(match, source)
    scopes, doubt = _scopes(one, match, layout, texts, cards, licences, recognition)
    if not scopes:
        message = f"{match.name} stands here, but {doubt}"
        problems.append(
            Problem(source, "scope", message, "say in compliance.yaml or in the card which one holds for the weights")
        )
    for holder in holders:
        for scope in scopes:
            statements.append(EdgeStatement(holder, "licensed_under", node("licence", match.name), source, {"covers": scope}))
            if scope in FACTS:
                statements.append(FactStatement(holder, FACTS[scope], match.name, source))
    return Imported(tuple(statements), tuple(problems))


def _scopes(
    one: Input,
    match: Match,
    layout: Layout,
    texts: Sequence[Input],
    cards: Sequence[tuple[str, Card]],
    licences: Licences,
    recognition: Recognition,
) -> tuple[tuple[str, ...], str]:
    """Of what the file is the licence; for none, what speaks against it.

    A licence of software at the top of a repository of code is that of the code, unless a page links it as something else's.
    In a folder that holds a model's configuration and no such code it is the model's.
    """
    scope, doubt = _scope(one, match, layout, texts, licences, recognition), OTHER
    weights = any(name == "config.json" for name in layout.owner)
    software = match.licence.made_for == "software"
    loose = scope in (OPEN, NEITHER) or (scope == MODEL and not is_linked(one.name, texts))
    code = loose and software and not weights and "/" not in one.name and _is_repository(texts, recognition)
    if scope == OPEN and (not software or weights):
        scope = MODEL
    elif scope == OPEN:
        named = _named(layout.holders(one.name), cards, layout)
        doubt = next((f"{place} names {name} for the model" for name, place in named if name != match.licence.id), "")
        scope = NEITHER if doubt else MODEL if named else OPEN
        doubt = doubt or UNSAID
    found = (() if scope in (OPEN, NEITHER) else (scope,)) + ((CODE,) if code else ())
    return tuple(dict.fromkeys(found)), doubt


def _scope(one: Input, match: Match, layout: Layout, texts: Sequence[Input], licences: Licences, recognition: Recognition) -> str:
    """Scope by the file's name, else by what is written near it; OPEN where nothing says."""
    owner = layout.owner.get(one.name, "").partition(":")[2]
    scope = scope_of_name(one.name, owner, licences, recognition)
    if scope != OPEN:
        return scope
    folder = one.name.rpartition("/")[0]
    near = [text for text in texts if not folder or text.name.startswith(f"{folder}/")]
    return scope_by_wording(one.name, match.licence, near)


def _is_repository(texts: Sequence[Input], recognition: Recognition) -> bool:
    """Whether the folder is a repository of code: its pages name scripts or say how to install it.

    A hub's card has front matter, and a folder of cards holds no code. The licence of software at the top is that of the code.
    """
    if any((text.front and text.front.present) or _is_of_card(text.name, recognition) for text in texts):
        return False
    return any(_HAS_CODE.search(text.text) for text in texts)


def _is_of_card(name: str, recognition: Recognition) -> bool:
    """Whether a text stands in a folder of cards, or is the documentation of a bundle of weights."""
    return is_in_card_folder(name, recognition) or name.casefold() == "docs/readme.md"


def _named(holders: tuple[str, ...], cards: Sequence[tuple[str, Card]], layout: Layout) -> list[tuple[str, Source]]:
    """The licences that the models' own cards name, with the places."""
    return [found for file, card in cards if set(layout.holders(file)) & set(holders) for found in card.licences]


def _changes(match: Match, source: Source) -> list[Problem]:
    if match.changed:
        message = f"this is {match.licence.id} with changed or added text; the label is not the licence"
        return [Problem(source, "licence", message, "read what was added and state what it permits")]
    if match.others:
        message = f"after {match.licence.id} follow notices under {', '.join(match.others)}"
        return [Problem(source, "licence", message, "these are taken as notices of third parties")]
    return []
