"""Which importer takes a file, by its name and its content; and which model of the dossier the file is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ..reading import Source
from ..vocabulary import name_of, node
from .formats import SUFFIXES, find_owners, text_format
from .front_matter import FrontMatter
from .markdown import parse_markdown
from .prose.names import name_parts
from .recognition import Recognition, load_fields
from .sizes import find_sizes, names_sizes
from .types import Input

MANIFEST = "compliance.yaml"
BILLS = ("cyclonedx", "spdx3")
"""Importers of bills of materials, which are about the model of the folder that they stand in."""
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


@dataclass(frozen=True, slots=True)
class Layout:
    """Which model each file is about.

    `main` is the model of the dossier. `owner` maps a file to its model, or to empty for a file about none of them.
    `parts` are sizes, with a card of their own or named in that of `main`, their family; what is said of it holds for each.
    `named` are the sizes that a card on a family names, if not all.
    `indexed` says that files describe other models and none is about the main one.
    """

    main: str
    owner: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[tuple[str, Source], ...] = ()
    indexed: bool = False
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def models(self) -> tuple[str, ...]:
        """Models that the dossier documents; the main one first, unless it is only the family of the others."""
        parts = (part for part, _ in self.parts)
        owners = [one for one in dict.fromkeys((*parts, *self.owner.values())) if one and one != self.main]
        own = [self.main] if self.main in self.owner.values() or not (owners or self.indexed) else []
        return tuple((own if not self.parts else []) + owners)

    def holders(self, file: str) -> tuple[str, ...]:
        """The models for which facts of a file hold."""
        return self.named.get(file) or self.held(self.owner.get(file, ""))

    def beside(self, file: str) -> tuple[str, ...]:
        """The models for which facts of the other files of a file's folder hold."""
        folder = PurePosixPath(file).parent
        return next((self.holders(one) for one in self.owner if PurePosixPath(one).parent == folder), ())

    def above(self, file: str) -> tuple[str, ...]:
        """The models for which facts of the files hold that stand beside the folder of a file."""
        return self.beside(PurePosixPath(file).parent.as_posix())

    def held(self, model: str) -> tuple[str, ...]:
        """The models for which holds what is said of one: the sizes of a family, else the model itself."""
        if model == self.main and self.parts:
            return tuple(part for part, _ in self.parts)
        return (model,) if model else ()


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


def lay_out(inputs: Iterable[Input], main_name: str, recognition: Recognition, *, declared: Sequence[str] = ()) -> Layout:
    """Assign files to models: the root folder is the dossier's model, a folder with a card of its own another one.

    Where the root has no card and there is one other, that one is the dossier's model. `declared` are the models of the
    manifest: where it speaks of one, cards of sizes are cards of that one, and where it speaks of several, no other sizes are
    looked for. A bill of materials is about the model of its folder, the only bill of a dossier with one model about that
    one; several bills of one format in a folder are about several models, and none of them about the folder's. A licence
    beside a card on a dataset is no model's.
    """
    inputs, single = list(inputs), len(declared) == 1
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
    bills = Counter((one.importer, folder) for one in inputs for folder in ("", PurePosixPath(one.name).parent.as_posix()))
    alone = set(owner.values()) <= {main}
    data = {PurePosixPath(one.name).parent.as_posix() for one in inputs if one.importer == "data_card"}
    data -= {PurePosixPath(one.name).parent.as_posix() for one in cards}
    for one in inputs:
        folder = PurePosixPath(one.name).parent.as_posix()
        if one.importer == "licence_file" and folder in data:
            owner[one.name] = ""
        elif one.importer in ("licence_file", "config_json"):
            owner[one.name] = folders.get(folder, "")
        elif one.importer in BILLS and bills[one.importer, folder] == 1:
            owner[one.name] = folders.get(folder) or (main if alone and bills[one.importer, ""] == 1 else "")
    has_root = any("/" not in name for name in owner)
    carded = any(one.importer == "model_card" and owner[one.name] == main for one in inputs)
    found = find_owners(inputs, folders, main, carded=carded)
    indexed = not carded and ((bool(found) and main not in found.values()) or _is_only_data(inputs))
    if indexed:
        owner = {name: "" if one == main else one for name, one in owner.items()}
    parts = tuple((one, Source(name, 1, 1)) for one, name in sizes) if has_root else ()
    layout = Layout(main, owner | found, parts, indexed)
    return layout if single or not carded else _with_sizes(layout, inputs, declared)


def _with_sizes(layout: Layout, inputs: Sequence[Input], declared: Sequence[str]) -> Layout:
    """The same, with the sizes that the only card names. Where one is called as the folder, the family gets another name."""
    if layout.parts or any(one not in (layout.main, "") and not one.startswith("dataset:") for one in layout.owner.values()):
        return layout
    folders = {PurePosixPath(name).parent for name, one in layout.owner.items() if one == layout.main}
    cards = [one for one in inputs if one.importer in ("model_card", "readme") and PurePosixPath(one.name).parent in folders]
    cards += [one for one in inputs if one.importer == "page" and PurePosixPath(one.name).parent.parent in folders]
    wanted = {name_parts(one) for one in declared}
    sizes = [one for one in find_sizes(name_of(layout.main), cards) if not wanted or name_parts(name_of(one.node)) in wanted]
    if not sizes:
        return layout
    own = {name_parts(name_of(one.node)) for one in sizes}
    family = node("model", f"{name_of(layout.main)}-family") if name_parts(name_of(layout.main)) in own else layout.main
    owner = {name: family if one == layout.main else one for name, one in layout.owner.items()}
    named = {one.name: names_sizes(one.text, (size.node for size in sizes)) for one in cards if one.front and one.front.present}
    return replace(layout, main=family, owner=owner, parts=tuple((one.node, one.source) for one in sizes), named=named)


def _is_only_data(inputs: Iterable[Input]) -> bool:
    """Whether the files describe datasets and nothing else."""
    kinds = {one.importer for one in inputs} - {"licence_file", "readme", "page", "manifest", ""}
    return kinds == {"croissant"}


def _folder_node(path: PurePosixPath, taken: Mapping[str, str]) -> str:
    name = node("model", path.parent.name)
    return node("model", path.parent.as_posix()) if name in taken.values() else name


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
