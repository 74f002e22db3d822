"""Which writer makes which format, and where it goes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import typer

from ..flow import Run
from ..reading import write_whole
from ..reports.blocking import Blocking
from ..reports.outline import Outline
from ..reports.record import write_json
from ..reports.text import write_text

FORMATS = ("text", "json")


def render(form: str, run: Run, view: Outline, blocking: Blocking, *, colour: bool, everything: bool, proofs: bool) -> str:
    """The report in one format."""
    if form == "json":
        return write_json(run, view, proofs=proofs, blocking=blocking.ids)
    width = min(max(shutil.get_terminal_size((100, 40)).columns, 60), 120)
    return write_text(run, view, width=width, colour=colour, everything=everything)


def join_reports(form: str, reports: Sequence[str]) -> str:
    """Several reports as one output; of JSON a list, so that it stays JSON."""
    if form == "json" and len(reports) > 1:
        return "[\n" + ",\n".join(report.rstrip() for report in reports) + "\n]\n"
    return "\n".join(reports)


def write_outputs(outputs: Sequence[str], run: Run, view: Outline, blocking: Blocking, *, proofs: bool) -> int:
    """`json=gap.json`: each written whole or not at all; `{dossier}` in a name stands for the dossier's.

    Returns 2 where one cannot be written.
    """
    code = 0
    for output in outputs:
        form, _, path = output.partition("=")
        if form not in FORMATS or not path:
            typer.echo(f"error: --output {output}: write FORMAT=FILE with a format of {', '.join(FORMATS)}", err=True)
            code = 2
            continue
        path = path.replace("{dossier}", run.name)
        text = render(form, run, view, blocking, colour=False, everything=True, proofs=proofs)
        try:
            write_whole(Path(path), text.encode())
        except OSError as error:
            typer.echo(f"error: {path}: {error.strerror}", err=True)
            code = 2
    return code
