"""`compliance assess DIR...`: the gap analysis."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from .choices import At, Chainer, FailOn, Format, In, Known, MorePacks, as_day, exit_code, is_colour, report_problems
from .dossiers import With, open_dossier, open_dossiers

Output = Annotated[Optional[list[str]], typer.Option("--output", help="Write a format to a file: json=gap.json. Repeatable.")]  # noqa: UP045


def assess(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Dossiers: folders of a model's documents, or hf:owner/name.")
    ],
    at: At = None,
    known: Known = None,
    names: In = None,
    organisation: Annotated[str, typer.Option("--as", metavar="ORG", help="Only the duties of this organisation.")] = "",
    output_format: Format = "text",
    output: Output = None,
    fail_on: FailOn = "gap",
    more: MorePacks = None,
    others: With = None,
    chainer: Chainer = "builtin",
    everything: Annotated[bool, typer.Option("--all", help="Also list one by one what is out of scope or undetermined.")] = False,
    proofs: Annotated[bool, typer.Option("--proofs/--no-proofs", help="JSON with or without the proofs.")] = True,
    colour: Annotated[Optional[bool], typer.Option("--color/--no-color", help="Default: on a terminal.")] = None,  # noqa: UP045
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No narration on stderr.")] = False,
) -> None:
    """Assess dossiers: per provision what is satisfied, missing, unknown or not owed, why, and what closes it."""
    from ..flow import assess_dossier
    from ..packs.cache import load_law_quickly
    from ..reports.blocking import blocking_findings
    from ..reports.outline import outline
    from .output import join_reports, render, write_outputs

    law = load_law_quickly(more or ())
    codes = [report_problems(law.problems, 4)]
    reports: list[str] = []
    if len(folders) > 1 and any("{dossier}" not in one for one in output or ()):
        raise typer.BadParameter("several dossiers need a name each: json={dossier}.json", param_hint="--output")
    for folder in folders:
        try:
            run = assess_dossier(
                open_dossier(folder), law, as_day(at, "--at"), known=as_day(known, "--as-known-on", latest=True),
                names=names or (), organisation=organisation, chainer=chainer, others=open_dossiers(others),
            )  # fmt: skip
        except ValueError as error:
            typer.echo(f"error: {error}", err=True)
            codes.append(2)
            continue
        codes.append(report_problems(run.problems, 2))
        view = outline(run.assessment, law.catalogue)
        blocking = blocking_findings(run.assessment.findings, fail_on)
        report = render(output_format, run, view, blocking, colour=is_colour(colour), everything=everything, proofs=proofs)
        reports.append(report)
        codes.append(write_outputs(output or (), run, view, blocking, proofs=proofs))
        codes.append(blocking.code)
        if not quiet and sys.stderr.isatty():
            typer.echo(blocking.sentence, err=True)
    sys.stdout.write(join_reports(output_format, reports))
    raise typer.Exit(exit_code(codes))
