"""`compliance packs`: the law as data, listed, shown, checked and tested."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

packs = typer.Typer(no_args_is_help=True, help="Look at, check and test the packs: the law as data.")
Where = Annotated[Optional[list[Path]], typer.Argument(help="Folders of packs, an instrument, or one card; default: all.")]  # noqa: UP045  (typer reads this form on every Python)


@packs.command("test")
def test_packs(
    paths: Where = None, verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every case.")] = False
) -> None:
    """Run the inline cases of every card in the real engine."""
    from ..catalogue import load_catalogue
    from ..engine.cases import Cases
    from ..packs import load_packs

    loaded = load_packs()
    chosen = load_packs(*paths) if paths else loaded
    catalogue, problems = load_catalogue()
    for problem in (*problems, *chosen.problems):
        typer.echo(str(problem), err=True)
    others = [p for p in loaded.packs if all(p.id != c.id for c in chosen.packs)]
    cases = Cases((*chosen.packs, *others), catalogue)
    only = {p.stem.partition("@")[0] for p in paths or () if p.is_file() and p.parent.name == "provisions"}
    count = failed = 0
    for pack in chosen.packs:
        for card in pack.cards:
            if only and card.pinpoint not in only:
                continue
            for result in cases.run_card(card):
                count += 1
                failed += not result.passed
                if verbose or not result.passed:
                    state = "ok" if result.passed else f"FAILED: {result.problem}"
                    typer.echo(f"{result.source.file}: {result.case}: {state}")
    typer.echo(f"{count} cases, {failed} failed")
    if problems or chosen.problems:
        raise typer.Exit(4)
    raise typer.Exit(1 if failed else 0)
