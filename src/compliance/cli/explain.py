"""`compliance explain DIR PROVISION`: the proof of a finding."""

from __future__ import annotations

import shutil
import sys
from typing import Annotated, Optional

import typer

from .choices import At, Chainer, Format, Known, MorePacks, as_day, exit_code, is_colour, report_problems
from .dossiers import Dossier, With, open_dossier, open_dossiers


def explain(
    folder: Dossier,
    provision: Annotated[str, typer.Argument(metavar="PROVISION", help="eu/ai-act/art-53-1-d, or its last part art-53-1-d.")],
    at: At = None,
    known: Known = None,
    output_format: Format = "text",
    more: MorePacks = None,
    others: With = None,
    chainer: Chainer = "builtin",
    colour: Annotated[Optional[bool], typer.Option("--color/--no-color", help="Default: on a terminal.")] = None,  # noqa: UP045
) -> None:
    """Show why: every condition with its value and source, exemptions tried, demands, and what would settle it."""
    import json

    from ..flow import assess_dossier
    from ..packs.cache import load_law_quickly
    from ..reports.proof_text import write_conclusion, write_proof
    from ..reports.record import conclusion_record, finding_record

    law = load_law_quickly(more or ())
    codes = [report_problems(law.problems, 4)]
    try:
        found_id = law.find_card(provision)
        run = assess_dossier(
            open_dossier(folder), law, as_day(at, "--at"), known=as_day(known, "--as-known-on", latest=True), chainer=chainer,
            others=open_dossiers(others),
        )  # fmt: skip
    except ValueError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None
    codes.append(report_problems(run.problems, 2))
    found = run.describe(found_id)
    concluded = [] if found else run.conclude(found_id)
    if not found and not concluded:
        typer.echo(f"error: {found_id}: the dossier states nothing that it is about, or that text is not in force", err=True)
        raise typer.Exit(2)
    width = min(max(shutil.get_terminal_size((100, 40)).columns, 60), 120)
    if output_format == "json":
        records = [finding_record(f, proofs=True, blocking=False) for f in found] or [conclusion_record(*c) for c in concluded]
        sys.stdout.write(json.dumps(records, indent=1, ensure_ascii=False) + "\n")
    else:
        told = [write_proof(f, width=width, colour=is_colour(colour)) for f in found]
        told += [write_conclusion(*c, width=width, colour=is_colour(colour)) for c in concluded]
        sys.stdout.write("\n".join(told))
    raise typer.Exit(exit_code(codes))
