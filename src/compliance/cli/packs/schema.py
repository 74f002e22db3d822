"""`compliance packs schema`: JSON Schema of a file of a pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    name: Annotated[
        str, typer.Argument(help="card, instrument, amendments, timeline, parameters, coverage, pinpoints; or such a file.")
    ] = "card",
) -> None:
    """JSON Schema of a file of a pack, made from the types."""
    import json

    from ...packs.schema import SCHEMAS

    path = Path(name)
    kind = ("card" if path.parent.name == "provisions" else path.stem) if path.suffix == ".yaml" else name
    if kind not in SCHEMAS:
        typer.echo(f"error: no schema `{name}`; there are {', '.join(sorted(SCHEMAS))}", err=True)
        raise typer.Exit(2)
    typer.echo(json.dumps(SCHEMAS[kind](), indent=1))
