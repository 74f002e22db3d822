"""What of the documents was not made use of, field by field, and why: `rules/documents/left-out.yaml` holds the reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..reading import Problem, Source
from .dossier import import_files
from .fields import Field, list_fields
from .page import says_nothing
from .recognition import Recognition, load_fields, load_recognition
from .topics import is_placeholder
from .types import Imported

EMPTY, REPORTED = "empty", "reported"
"""Reasons that need no entry: the field says nothing; a problem or remark stands at its place."""


@dataclass(frozen=True, slots=True)
class Loss:
    """The fields of one file: how many its importer made use of, how many were left out for which reason, and the rest.

    `refused` is the problem for which nothing of the file was read.
    """

    file: str
    importer: str
    mapped: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    unexplained: tuple[tuple[str, Source], ...] = ()
    refused: Problem | None = None

    @property
    def read(self) -> int:
        """Number of fields in the file."""
        return self.mapped + sum(self.left_out.values()) + len(self.unexplained)


def read_losses(root: Path) -> tuple[Loss, ...]:
    """One entry for each file of a folder that has fields, in the order of the files. Never raises for what stands there."""
    recognition = load_recognition()
    files, read = import_files(root)
    importers = {one.name: one.importer for one in files}
    taken = ((name, importers[name], one) for name, one in read.items())
    return tuple(_loss(name, importer, one, recognition) for name, importer, one in taken if _has_fields(one, importer))


def _has_fields(one: Imported, importer: str) -> bool:
    """Whether a file is one of fields: it was parsed, or it is of a format for which it could not be."""
    return one.tree is not None or (importer in load_fields("left-out.yaml")["formats"] and bool(one.problems))


def _loss(file: str, importer: str, imported: Imported, recognition: Recognition) -> Loss:
    if imported.tree is None or (imported.problems and not imported.statements):
        return Loss(file, importer, refused=next(iter(imported.problems)))
    remarked = {(one.source.line, one.source.column) for one in imported.problems}
    reasons: Counter[str] = Counter()
    mapped, unexplained = 0, []
    for one in list_fields(imported.tree):
        if reason := _reason(one, importer, remarked, recognition):
            reasons[reason] += 1
        elif one.taken:
            mapped += 1
        else:
            unexplained.append((one.path, Source(file, *one.places[-1])))
    return Loss(file, importer, mapped, dict(sorted(reasons.items())), tuple(unexplained))


def _reason(one: Field, importer: str, remarked: set[tuple[int, int]], recognition: Recognition) -> str:
    """Why a field states nothing, or empty where it does or nobody knows."""
    if all(_is_empty(value, recognition) for value in one.values):
        return EMPTY
    if one.taken:
        return ""
    if any((mark.line, mark.column) in remarked for mark in one.places):
        return REPORTED
    return next((reason for reason, pattern in _patterns(importer) if pattern.fullmatch(one.path)), "")


def _is_empty(value: object, recognition: Recognition) -> bool:
    return value is None or (isinstance(value, str) and (says_nothing(value) or is_placeholder(value, recognition)))


@cache
def _patterns(importer: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Reasons with the fields that each one explains, in the order of the file; `*` stands for anything."""
    known: Mapping[str, Iterable[str]] = load_fields("left-out.yaml")["formats"].get(importer, {})
    return tuple((reason, re.compile("|".join(map(_pattern, paths)), re.I | re.S)) for reason, paths in known.items())


def _pattern(path: str) -> str:
    return ".*".join(re.escape(part) for part in path.split("*"))
