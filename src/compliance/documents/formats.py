"""Formats other than bills of materials: what their specification puts into every file, and which model a file is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..vocabulary import node
from .applied_card import read_applied_card
from .card_toolkit import read_card_toolkit
from .data_card import read_data_card
from .monai import read_monai
from .page import Setting
from .provider_form import read_form
from .results_index import names_several, read_results_index
from .transparency_index import read_transparency_index
from .types import Imported, Input
from .zoo_card import read_zoo_card

SUFFIXES = frozenset({"yml", "yaml", "csv", "xml"})
"""Suffixes of files whose content is looked at."""
MODEL, SHARED, DATASET = "model", "shared", "dataset"
"""A file is about one model of its own, about whatever model its folder is about, or about a dataset."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: `marks` must all be found in the content; `about` is what its files are about.

    `several` tells of a file that it is about several models, which it names itself.
    """

    read: Callable[[Input, Setting], Imported]
    about: str
    marks: tuple[re.Pattern[bytes], ...] = ()
    several: Callable[[Input], bool] = lambda _: False


def _marks(*patterns: bytes) -> tuple[re.Pattern[bytes], ...]:
    return tuple(re.compile(one, re.M) for one in patterns)


FORMATS: Mapping[str, Format] = {
    "data_card": Format(read_data_card, DATASET),
    "transparency_index": Format(
        read_transparency_index, SHARED,
        _marks(rb"\A(?:\xef\xbb\xbf)?[^\n]{0,200}\bDefinition\b[^\n]{0,200}\bDisclosure\b[^\n]{0,200}\bScore\b"),
    ),
    "provider_form": Format(
        read_form, SHARED,
        _marks(
            rb"^form[ \t]*:[ \t]*[\"']?(?:training-content-summary|model-documentation)\b"
            rb"|\A(?:\xef\xbb\xbf)?form,section,field,value\b"
        ),
    ),
    "card_toolkit": Format(read_card_toolkit, MODEL),
    "results_index": Format(
        read_results_index, SHARED,
        _marks(
            rb"^[Mm]odels[ \t]*:", rb"^[ \t-]*[Nn]ame[ \t]*:",
            rb"^[ \t-]*(?:[Mm]etadata|[Rr]esults|[Ii]n [Cc]ollection)[ \t]*:",
        ),
        names_several,
    ),
    "monai": Format(read_monai, MODEL),
    "applied_card": Format(read_applied_card, MODEL, _marks(rb"<(?:\w{1,20}:)?AppliedModelCard\b", rb"https?://mc\.chai\.org/")),
    "zoo_card": Format(read_zoo_card, MODEL, _marks(rb"^task_type[ \t]*:", rb"^files[ \t]*:", rb"^(?:framework|license)[ \t]*:")),
}  # fmt: skip
"""By the name of the importer. Those without marks are detected as cards or as JSON."""


def text_format(content: bytes) -> str:
    """The importer of a file in YAML, CSV or XML, or empty for what is not understood."""
    return next((name for name, one in FORMATS.items() if one.marks and all(m.search(content) for m in one.marks)), "")


def find_owners(inputs: Iterable[Input], folders: Mapping[str, str], main: str, *, carded: bool) -> dict[str, str]:
    """The node that each file in one of these formats is about; `folders` are those with a card, by their model.

    A file about a model of its own belongs to the card of its folder. Of files without a card one is about the main model;
    several are about several models, named after their folder or, where a folder holds several, after the file. A file that
    names several models itself is about none of these. `carded` says that the main model has a card of its own.
    """
    inputs = [one for one in inputs if one.importer in FORMATS]
    taken = [(PurePosixPath(one.name), one.importer) for one in inputs]
    owners = {str(path): _shared(path, folders, main) for path, name in taken if FORMATS[name].about == SHARED}
    owners |= {one.name: "" for one in inputs if FORMATS[one.importer].several(one)}
    name = main.partition(":")[2]
    for path, importer in taken:
        if FORMATS[importer].about == DATASET:
            owners[str(path)] = node("dataset", path.parent.name or name)
    lone = [(path, _home(path), importer) for path, importer in taken if FORMATS[importer].about == MODEL]
    crowded = Counter((home, importer) for _, home, importer in lone)
    groups = {path: (home, path.stem if crowded[home, importer] > 1 else "") for path, home, importer in lone}
    orphans = {group for group in groups.values() if group[1] or group[0] not in folders or (group[0] == "." and not carded)}
    for path, (home, stem) in groups.items():
        if (home, stem) not in orphans:
            owners[str(path)] = folders[home]
        elif len(orphans) == 1:
            owners[str(path)] = main
        else:
            owners[str(path)] = node("model", stem or PurePosixPath(home).name or name)
    return owners


def _home(path: PurePosixPath) -> str:
    """The folder of the model: that of the file, or the one above its folder of configurations."""
    folder = path.parent
    return (folder.parent if folder.name in ("configs", "docs") else folder).as_posix()


def _shared(path: PurePosixPath, folders: Mapping[str, str], main: str) -> str:
    """The model of the nearest folder with a card, else the main one."""
    return next((folders[one.as_posix()] for one in path.parents if folders.get(one.as_posix())), main)
