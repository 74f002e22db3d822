"""`compliance packs new`: a scaffold whose first case fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer


def new(
    instrument: Annotated[str, typer.Argument(help="eu/ai-act")],
    pinpoint: Annotated[str, typer.Argument(help="art-55-1-a")],
    root: Annotated[Path, typer.Option("--in", metavar="DIR", help="Folder of jurisdictions.")] = Path("jurisdictions"),
) -> None:
    """Write a card whose first case fails, for the author to fill with law."""
    from ...packs.scaffold import scaffold_card

    try:
        typer.echo(str(scaffold_card(root, instrument, pinpoint, date.today())))
    except (ValueError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None
