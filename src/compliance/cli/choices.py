"""Options that several commands share, and what their values mean."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Optional

import typer

from ..catalogue import data_folder
from ..reading import Problem, printable

NAME_OF_PACKS = re.compile(r"^[a-z0-9-]+(/[a-z0-9-]+)?$")

# typer reads `Optional[...]` on every supported Python, so these stay in that form.
At = Annotated[Optional[str], typer.Option("--at", metavar="DATE", help="Day of the check; default: today.")]  # noqa: UP045
Known = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--as-known-on", metavar="DATE", help="The law as published by that day; default: all that is in the packs."),
]
In = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--in",
        metavar="NAMES",
        help="Jurisdictions or instruments, by comma: eu,us-ca/sb-53. Default: all.",
        callback=lambda v: split(v),
    ),
]


def as_packs(raw: str) -> Path:
    """A path, or the folder of an instrument or jurisdiction that comes with the package."""
    path, own = Path(raw), data_folder("jurisdictions") / raw
    if path.exists():
        return path
    if NAME_OF_PACKS.match(raw) and own.is_dir():
        return own
    raise typer.BadParameter(f"no file, folder or instrument `{printable(raw)}`; `compliance packs list` names the instruments")


Where = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Argument(metavar="PATH...", parser=as_packs, help="eu/ai-act, eu, a folder of packs, or one card; default: all."),
]
MorePacks = Annotated[
    list[Path] | None, typer.Option("--packs", metavar="DIR", exists=True, help="A further folder of packs. Repeatable.")
]
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="Form of the report on stdout.")]
FailOn = Annotated[
    Literal["gap", "not_shown", "undetermined", "none"],
    typer.Option("--fail-on", help="What makes the exit code 1 (gaps) or 3 (unknowns)."),
]
Chainer = Annotated[Literal["builtin", "durable"], typer.Option("--chainer", help="Which engine derives facts.")]

SEVEREST = (5, 4, 2, 1, 3, 0)
"""Exit codes, the one that wins first: a broken pack or input makes every other answer doubtful."""


def split(values: Sequence[str] | None) -> list[str]:
    """`eu,us-ca` and repeated options alike."""
    return [name.strip() for value in values or () for name in value.split(",") if name.strip()]


def as_day(raw: str | None, option: str, *, latest: bool = False) -> date:
    """A date of the command line; today (or with `latest` the end of time) where none is given."""
    if raw is None:
        return date.max if latest else date.today()
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise typer.BadParameter(f"`{raw}` is not a date; write 2026-11-23", param_hint=option) from None


def report_problems(problems: Iterable[Problem], code: int) -> int:
    """Print located problems on stderr; the exit code they ask for, or 0."""
    found = list(problems)
    for problem in found:
        typer.echo("\n".join(printable(line) for line in str(problem).splitlines()), err=True)
    return code if found else 0


def exit_code(codes: Iterable[int]) -> int:
    """The most serious of several."""
    given = set(codes)
    return next((code for code in SEVEREST if code in given), 0)


def is_colour(asked: bool | None) -> bool:
    """Asked for, else on a terminal unless NO_COLOR is set (no-color.org)."""
    return asked if asked is not None else sys.stdout.isatty() and not os.environ.get("NO_COLOR")
