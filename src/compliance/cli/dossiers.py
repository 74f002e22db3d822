"""Dossiers on the command line: folders, or repositories of the hub that are downloaded because they are named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer

from ..hub import fetch_dossier, is_on_hub
from ..reading import InputError

Dossier = Annotated[Path, typer.Argument(metavar="DIR", help="A dossier: a folder, or hf:owner/name with the extra `hub`.")]
With = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Option(
        "--with", metavar="DIR", help="A dossier of a base or relative, a folder of dossiers, or hf:owner/name. Repeatable."
    ),
]


def open_dossier(folder: Path) -> Path:
    """The folder of a dossier; `hf:owner/name` is downloaded. Raises `ValueError` with what went wrong."""
    if not is_on_hub(folder.as_posix()):
        return folder
    try:
        return fetch_dossier(folder.as_posix())
    except InputError as error:
        raise ValueError(str(error.problem)) from None


def open_dossiers(folders: Sequence[Path] | None) -> list[Path]:
    """The same for each."""
    return [open_dossier(folder) for folder in folders or ()]


def refuse_hub(folder: Path) -> Path:
    """A folder that something is written into."""
    if is_on_hub(folder.as_posix()):
        raise typer.BadParameter(
            "answers are written into the dossier; clone the repository and name its folder", param_hint="DIR"
        )
    return folder
