"""Which importer takes a file, by its name and its content; and which model of the dossier the file is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ..vocabulary import node
from .front_matter import FrontMatter
from .recognition import Recognition
from .types import Input

MANIFEST = "compliance.yaml"


def candidate(name: str, recognition: Recognition) -> str:
    """The importer that the name alone suggests, or empty; decides whether the content is looked at."""
    path = PurePosixPath(name)
    words = recognition.words
    if name == MANIFEST:
        return "manifest"
    suffix = path.suffix[1:].casefold()
    if path.name.casefold() in words["config"]["names"]:
        return "config_json"
    tokens = set(name_words(name))
    licence = words["licence_files"]
    plain = suffix in licence["suffixes"] or not re.fullmatch(r"[a-z]{1,5}", suffix)
    if plain and tokens & {*licence["words"], *licence["notices"]} and not _is_card_name(path, recognition):
        return "licence_file"
    return "card" if suffix in words["cards"]["suffixes"] else ""


def detect(name: str, text: str, front: FrontMatter | None, recognition: Recognition) -> str:
    """The importer: manifest, model_card, readme, licence_file, config_json, or empty for what is not understood."""
    guess = candidate(name, recognition)
    if guess == "config_json":
        keys = recognition.words["config"]["architecture_keys"]
        return guess if any(re.search(rf'"{key}"\s*:', text) for key in (*keys, "model_type")) else ""
    if guess != "card":
        return guess
    path = PurePosixPath(name)
    if front and front.present and is_dataset_card(front, recognition):
        return ""
    named, nested = _is_card_name(path, recognition), len(path.parts) > 1
    is_readme = "readme" in name_words(name)
    keys = set(front.keys) if front else set()
    broken = bool(front and front.problems)
    tagged = broken or bool(keys & set(recognition.words["cards"]["model_keys"]))
    telling = bool(keys & {*recognition.words["cards"]["model_only"], "license"})
    if _in_card_folder(path, recognition) or (named and not is_readme) or (named and tagged) or (telling and not nested):
        return "model_card"
    if is_readme:
        return "readme" if nested or not named else "model_card"
    return ""


def is_dataset_card(front: FrontMatter, recognition: Recognition) -> bool:
    """Whether the keys are those of a card on a dataset."""
    cards = recognition.words["cards"]
    return bool(set(front.keys) & set(cards["dataset_keys"])) and not set(front.keys) & set(cards["model_only"])


def name_words(name: str) -> tuple[str, ...]:
    """The words of a file name, without its suffix, in lower case."""
    path = PurePosixPath(name)
    stem = path.stem if re.fullmatch(r"\.[A-Za-z]{1,8}", path.suffix) else path.name
    return tuple(re.findall(r"[a-z]+|[^\W\d_]+|\d+(?:\.\d+)*", stem.casefold()))


@dataclass(frozen=True, slots=True)
class Layout:
    """Which model each file is about.

    `main` is the model of the dossier. `owner` maps a file to its model, or to empty for a file about none of them.
    `parts` are sizes with a card of their own, of which `main` is the family; what is said of the family holds for each.
    """

    main: str
    owner: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def models(self) -> tuple[str, ...]:
        """Models that the dossier documents; the main one first, unless it is only the family of the others."""
        owners = [one for one in dict.fromkeys(self.owner.values()) if one and one != self.main]
        own = [self.main] if self.main in self.owner.values() or not owners else []
        return tuple((own if not self.parts else []) + owners)

    def holders(self, file: str) -> tuple[str, ...]:
        """The models for which facts of a file hold."""
        owner = self.owner.get(file, "")
        if owner == self.main and self.parts:
            return tuple(part for part, _ in self.parts)
        return (owner,) if owner else ()


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


def lay_out(inputs: Iterable[Input], main_name: str, recognition: Recognition, *, single: bool = False) -> Layout:
    """Assign files to models: the root folder is the dossier's model, a folder with a card of its own another one.

    Where the root has no card and there is one other, that one is the dossier's model. With `single` (the manifest speaks
    of one model) cards of sizes are cards of the main model.
    """
    inputs = list(inputs)
    cards = [one for one in inputs if one.importer == "model_card"]
    main = node("model", main_name)
    folders: dict[str, str] = {}
    owner: dict[str, str] = {}
    sizes: list[tuple[str, str]] = []
    for card in cards:
        path = PurePosixPath(card.name)
        folder, in_cards = path.parent.as_posix(), _in_card_folder(path, recognition)
        if folder == ".":
            owner[card.name] = main
        elif in_cards:
            owner[card.name] = node("model", path.stem)
            sizes.append((owner[card.name], card.name))
        else:
            owner[card.name] = folders.setdefault(folder, _folder_node(path, folders))
            if not (card.front and card.front.present):
                sizes.append((owner[card.name], card.name))
    merged = {one for one, _ in sizes} if single else set()
    others = {one for one in owner.values() if one != main} - merged
    if main not in owner.values() and len(others) == 1:
        merged |= others
    owner = {name: main if one in merged else one for name, one in owner.items()}
    folders = {folder: main if one in merged else one for folder, one in folders.items()}
    sizes = [(one, name) for one, name in sizes if one not in merged]
    folders["."] = main
    for one in inputs:
        if one.importer in ("licence_file", "config_json"):
            owner[one.name] = folders.get(PurePosixPath(one.name).parent.as_posix(), "")
    has_root = any("/" not in name for name in owner)
    return Layout(main, owner, tuple(sizes) if has_root else ())


def _folder_node(path: PurePosixPath, taken: Mapping[str, str]) -> str:
    name = node("model", path.parent.name)
    return node("model", path.parent.as_posix()) if name in taken.values() else name


def _in_card_folder(path: PurePosixPath, recognition: Recognition) -> bool:
    cards = recognition.words["cards"]
    return path.parent.name.casefold() in cards["folders"] and path.suffix[1:].casefold() in cards["suffixes"]


def _is_card_name(path: PurePosixPath, recognition: Recognition) -> bool:
    stem = re.sub(r"[-_]", " ", path.stem.casefold())
    return path.suffix[1:].casefold() in recognition.words["cards"]["suffixes"] and any(
        stem == name or stem.startswith(f"{name} ") or stem.endswith(f" {name}") for name in recognition.words["cards"]["names"]
    )
