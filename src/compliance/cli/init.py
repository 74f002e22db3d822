"""`compliance init DIR`: a compliance.yaml in which nothing is stated yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .choices import report_problems
from .dossiers import refuse_hub


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A dossier: the folder of a model's documents.")]) -> None:
    """Write a commented compliance.yaml into a dossier that has none. It states nothing until you uncomment a line."""
    from ..catalogue import load_catalogue
    from ..interview import blank_manifest
    from ..reading import write_whole

    path = refuse_hub(folder) / "compliance.yaml"
    catalogue, problems = load_catalogue()
    code = report_problems(problems, 4)
    if not folder.is_dir():
        typer.echo(f"error: {folder} is not a folder; name the folder of a model's documents", err=True)
        raise typer.Exit(2)
    if path.exists() or path.is_symlink():
        typer.echo(f"error: {path} is there already and stays as it is; `compliance ask` adds to it", err=True)
        raise typer.Exit(2)
    try:
        write_whole(path, blank_manifest(folder.resolve().name, catalogue).encode())
    except OSError as error:
        typer.echo(f"error: {path}: {error.strerror}", err=True)
        raise typer.Exit(2) from None
    typer.echo(str(path))
    raise typer.Exit(code)
