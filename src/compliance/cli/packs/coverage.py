"""`compliance packs coverage`: which places of a text have a card, and which are left out, why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from ...reading import InputError
from ..choices import Format, Where, exit_code, report_problems


def coverage(
    paths: Where = None,
    text: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--text", metavar="DIR", exists=True, help="The text as rows (*.jsonl), to find places that changed."),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="With --text: take its digests over, after the cards were read again.")
    ] = False,
    form: Format = "text",
) -> None:
    """Count the places of a legal text that cards encode. Exit code 1 where one is unaccounted for or its text changed."""
    from ...packs import load_packs
    from ...packs.coverage import accept_text, measure_coverage
    from ...packs.pinpoints import read_digests
    from ...reports.coverage_text import record_coverage, write_coverage

    loaded = load_packs(*(paths or ()))
    codes = [report_problems(loaded.problems, 4)]
    measured = []
    for pack in loaded.packs:
        digests = None
        if text is not None and pack.pinpoints is not None:
            try:
                digests = read_digests(text, pack.pinpoints.text)
            except InputError as error:
                codes.append(report_problems([error.problem], 2))
                continue
        if accept and digests is not None:
            pack = accept_text(pack, digests)
        measured.append(measure_coverage(pack, digests))
    typer.echo(record_coverage(measured) if form == "json" else write_coverage(measured), nl=False)
    codes.append(1 if any(one.unaccounted or one.changed for one in measured) else 0)
    raise typer.Exit(exit_code(codes))
