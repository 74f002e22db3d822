"""`compliance graph DIR`: what the documents say of models, bases, datasets, licences, documents and organisations."""

from __future__ import annotations

import sys
from typing import Annotated, Literal, Optional

import typer

from .choices import At, Chainer, as_day, exit_code, is_colour, report_problems
from .dossiers import Dossier, With, open_dossier, open_dossiers


def graph(
    folder: Dossier,
    at: At = None,
    others: With = None,
    output_format: Annotated[Literal["text", "json", "dot", "svg"], typer.Option("--format", help="Form on stdout.")] = "text",
    chainer: Chainer = "builtin",
    colour: Annotated[Optional[bool], typer.Option("--color/--no-color", help="Default: on a terminal.")] = None,  # noqa: UP045
) -> None:
    """Show the documentation graph: every node and relation with the line that states it, and where documents disagree."""
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
