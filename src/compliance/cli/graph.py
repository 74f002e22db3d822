"""`compliance graph DIR`: what the documents say of models, bases, datasets, licences, documents and organisations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn, Optional

import typer

from .choices import At, Chainer, as_day, exit_code, is_colour, report_problems
from .dossiers import Dossier, With, open_dossier, open_dossiers


def graph(
    folder: Dossier,
    at: At = None,
    others: With = None,
    output_format: Annotated[Literal["text", "json", "dot", "svg"], typer.Option("--format", help="Form on stdout.")] = "text",
    losses: Annotated[
        bool, typer.Option("--losses", help="Instead: fields of the documents that state nothing, and why.")
    ] = False,
    chainer: Chainer = "builtin",
    colour: Annotated[Optional[bool], typer.Option("--color/--no-color", help="Default: on a terminal.")] = None,  # noqa: UP045
) -> None:
    """Show the documentation graph: every node and relation with the line that states it, and where documents disagree."""
    if losses:
        _show_losses(folder, output_format)
    from ..catalogue import load_catalogue
    from ..flow import learn_dossier
    from ..reports.graph import view_graph, write_dot, write_node_link, write_svg, write_tree

    catalogue, problems = load_catalogue()
    codes = [report_problems(problems, 4)]
    try:
        learned = learn_dossier(
            open_dossier(folder), catalogue, as_day(at, "--at"), chainer=chainer, others=open_dossiers(others)
        )
    except ValueError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None
    codes.append(report_problems(learned.problems, 2))
    view = view_graph(learned)
    writers = {"json": write_node_link, "dot": write_dot, "svg": write_svg}
    if output_format in writers:
        sys.stdout.write(writers[output_format](view))
    else:
        sys.stdout.write(write_tree(view, colour=is_colour(colour)))
    raise typer.Exit(exit_code(codes))


def _show_losses(folder: Path, output_format: str) -> NoReturn:
    """A table by format, or JSON by file. An unexplained field is no error of the user."""
    from ..documents.losses import read_losses
    from ..reports.losses import write_losses, write_losses_json

    try:
        root = open_dossier(folder)
        if output_format not in ("text", "json"):
            raise ValueError("--losses takes --format text or json")
        if not root.is_dir():
            raise ValueError(f"{root}: there is no such folder")
    except ValueError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None
    found = read_losses(root)
    sys.stdout.write(write_losses_json(found) if output_format == "json" else write_losses(found))
    raise typer.Exit(0)
