"""`compliance packs lint`: located problems of packs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from ..choices import Where, as_day


def lint(
    paths: Where = None,
    references: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option("--reference", metavar="DIR", help="A folder of legal texts to compare the prose with (PK402)."),
    ] = None,
    at: Annotated[Optional[str], typer.Option("--at", metavar="DATE", help="Day for PK401; default: today.")] = None,  # noqa: UP045
) -> None:
    """Check cards: typos, references, citations, missing cases, stale comments. Each code has a page in docs/lint."""
    from ...catalogue import load_catalogue
    from ...engine.lint_cases import lint_packs
    from ...packs import load_packs
    from ...packs.lint import severity_of

    loaded = load_packs(*(paths or ()))
    catalogue, problems = load_catalogue()
    day = as_day(at, "--at")
    others = load_packs().packs if paths else ()
    told = lint_packs(loaded, catalogue, day=day, references=tuple(references or ()), others=others)
    found = (*problems, *loaded.problems, *told)
    for problem in found:
        typer.echo(str(problem))
    errors = sum(severity_of(problem.code) == "error" for problem in found)
    typer.echo(f"{sum(len(p.cards) for p in loaded.packs)} cards, {errors} errors, {len(found) - errors} warnings")
    raise typer.Exit(4 if errors else 0)
