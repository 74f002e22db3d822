"""Which importer takes a file, by its name and its content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from .formats import SUFFIXES, text_format
from .front_matter import FrontMatter
from .markdown import parse_markdown
from .recognition import Recognition, load_fields
from .types import Input

MANIFEST = "compliance.yaml"
JSON_FORMATS: Mapping[str, re.Pattern[bytes]] = {
    "cyclonedx": re.compile(rb'"bomFormat"\s*:\s*"CycloneDX"'),
    "spdx3": re.compile(rb'"@context"\s*:[^{}]{0,200}"https?://spdx\.org/rdf/3\.'),
    "croissant": re.compile(rb'"https?://mlcommons\.org/(?:croissant|schema)/'),
    "monai": re.compile(rb'"monai_version"\s*:'),
    "card_toolkit": re.compile(rb'\A\s*\{(?!\s*"\$schema").*?"model_details"\s*:\s*\{', re.S),
}
"""Formats written in JSON: what their specification puts into every file. The first that is found takes it."""


_IS_DATA = re.compile(
    r"\b(?:is|are|contains|consists of) (?:an?|the|of) (?:[\w,-]+ ){0,7}?(?:data ?sets?|corpus|corpora)\b(?! (?:and|for) )", re.I
)


_SIZED = re.compile(r"(?<![A-Za-z0-9])\d{1,4}(?:\.\d{1,3})?[bm](?![A-Za-z0-9])", re.I)


def candidate(name: str, recognition: Recognition) -> str:
    """The importer that the name alone suggests, or empty; decides whether the content is looked at."""
    path = PurePosixPath(name)
    words = recognition.words
    if name == MANIFEST:
        return "manifest"
    suffix = path.suffix[1:].casefold()
    if path.name.casefold() in words["config"]["names"]:
        return "config_json"
    if suffix in ("json", "jsonld"):
        return "json"
    if suffix in SUFFIXES:
        return "text"
    tokens = set(name_words(name))
    licence = words["licence_files"]
    plain = suffix in licence["suffixes"] or not re.fullmatch(r"[a-z]{1,5}", suffix)
    if plain and tokens & {*licence["words"], *licence["notices"]} and not _is_card_name(path, recognition):
        return "licence_file"
    return "card" if suffix in words["cards"]["suffixes"] else ""


def json_format(content: bytes) -> str:
    """The importer of a file in JSON, or empty for what is not understood."""
    return next((name for name, key in JSON_FORMATS.items() if key.search(content)), "")


def structured_format(guess: str, content: bytes) -> str:
    """The importer of a file whose content decides; the guess itself where the name has decided."""
    return json_format(content) if guess == "json" else text_format(content) if guess == "text" else guess


def detect(name: str, text: str, front: FrontMatter | None, recognition: Recognition) -> str:
    """The importer: manifest, model_card, readme, page, licence_file, config_json, one of JSON_FORMATS or FORMATS, or empty."""
    guess = candidate(name, recognition)
    if guess in ("json", "text"):
        return structured_format(guess, text.encode())
    if guess == "config_json":
        keys = recognition.words["config"]["architecture_keys"]
        return guess if any(re.search(rf'"{key}"\s*:', text) for key in (*keys, "model_type")) else ""
    if guess != "card":
        return guess
    path = PurePosixPath(name)
    if front and front.keys.get("form") in load_fields("forms.yaml"):
        return "provider_form"
    if front and front.present and is_dataset_card(front, recognition):
        return "data_card"
    if _is_named(path, recognition.words["cards"]["data_names"]) and not _in_card_folder(path, recognition):
        return "data_card"
    named, nested = _is_card_name(path, recognition), len(path.parts) > 1
    is_readme = "readme" in name_words(name)
    keys = set(front.keys) if front else set()
    broken = bool(front and front.problems)
    tagged = broken or bool(keys & set(recognition.words["cards"]["model_keys"]))
    telling = bool(keys & {*recognition.words["cards"]["model_only"], "license"})
    if named and (broken or not tagged) and is_plainly_data(path, front.body if front else text):
        return "data_card"
    if _in_card_folder(path, recognition) or (named and not is_readme) or (named and tagged) or (telling and not nested):
        return "model_card"
    if is_readme:
        return "readme" if nested or not named else "model_card"
    return "page" if nested and path.parent.name.casefold() in recognition.words["cards"]["pages"] else ""


def is_dataset_card(front: FrontMatter, recognition: Recognition) -> bool:
    """Whether the keys are those of a card on a dataset."""
    cards = recognition.words["cards"]
    return bool(set(front.keys) & set(cards["dataset_keys"])) and not set(front.keys) & set(cards["model_only"])


def is_plainly_data(path: PurePosixPath, text: str) -> bool:
    """Whether a text without front matter describes a dataset.

    It does by its folder, its title or its first sentences, or where it speaks of data and nowhere of a model.
    """
    words = load_fields("data-topics.yaml")["plainly"]
    kinds, unless = set(words["words"]), set(words["unless"])
    folder = set(name_words(path.parent.name))
    if folder & kinds and folder - kinds:
        return True
    sections = [one for one in parse_markdown(text[:20_000]).walk() if one.heading or one.blocks][:2]
    title = name_words(sections[0].heading) if sections and sections[0].level else ()
    first = next((word for word in title if word in kinds or word in unless), "")
    opening = " ".join(block.text for one in sections for block in one.blocks[:3])[:1000]
    if first or _IS_DATA.search(opening):
        return first in kinds or not first
    spoken = set(re.findall(r"[a-z]+", text.casefold()))
    return len(path.parts) == 1 and bool(spoken & kinds) and not spoken & unless


def name_words(name: str) -> tuple[str, ...]:
    """The words of a file name, without its suffix, in lower case."""
    path = PurePosixPath(name)
    stem = path.stem if re.fullmatch(r"\.[A-Za-z]{1,8}", path.suffix) else path.name
    return tuple(re.findall(r"[a-z]+|[^\W\d_]+|\d+(?:\.\d+)*", stem.casefold()))


def settle(inputs: Iterable[Input], recognition: Recognition) -> tuple[Input, ...]:
    """A README without front matter is no card where the folder has a file named as the card."""
    inputs = tuple(inputs)
    carded = {
        PurePosixPath(one.name).parent
        for one in inputs
        if one.importer == "model_card"
        and "readme" not in name_words(one.name)
        and not _in_card_folder(PurePosixPath(one.name), recognition)
    }
    return tuple(
        replace(one, importer="readme")
        if one.importer == "model_card" and PurePosixPath(one.name).parent in carded
        and "readme" in name_words(one.name) and not (one.front and one.front.present)
        else one
        for one in inputs
    )  # fmt: skip


def _in_card_folder(path: PurePosixPath, recognition: Recognition) -> bool:
    """Whether a folder holds cards, or models and the file is named after one of a size."""
    cards = recognition.words["cards"]
    if path.suffix[1:].casefold() not in cards["suffixes"]:
        return False
    folder = path.parent.name.casefold()
    return folder in cards["folders"] or (folder == "models" and bool(_SIZED.search(path.stem)))


def is_in_card_folder(name: str, recognition: Recognition) -> bool:
    """The same for the name of a file."""
    return _in_card_folder(PurePosixPath(name), recognition)


def _is_card_name(path: PurePosixPath, recognition: Recognition) -> bool:
    return path.suffix[1:].casefold() in recognition.words["cards"]["suffixes"] and _is_named(
        path, recognition.words["cards"]["names"]
    )


def _is_named(path: PurePosixPath, names: Iterable[str]) -> bool:
    """Whether the name of a file, without its suffix, is one of some names or begins or ends with it."""
    stem = re.sub(r"[-_]", " ", path.stem.casefold())
    return any(stem == name or stem.startswith(f"{name} ") or stem.endswith(f" {name}") for name in names)
