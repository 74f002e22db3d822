"""Which model of the dossier each file is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from ..reading import Source
from ..vocabulary import name_of, node
from .detect import is_in_card_folder
from .formats import find_owners
from .prose.names import name_parts
from .recognition import Recognition
from .sizes import find_sizes, names_sizes
from .types import Input

BILLS = ("cyclonedx", "spdx3")
"""Importers of bills of materials, which are about the model of the folder that they stand in."""


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
        folder, in_cards = path.parent.as_posix(), is_in_card_folder(card.name, recognition)
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
