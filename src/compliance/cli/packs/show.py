"""`compliance packs show`: one instrument or card for a reader."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..choices import report_problems


def show_pack(name: Annotated[str, typer.Argument(help="eu/ai-act, eu/ai-act/art-53-1-d, its last part, or a path.")]) -> None:
    """One instrument or one card, as a reader wants it."""
    from ...packs import find_instruments, load_packs
    from ...packs.law import load_law
    from ...reports.pack_text import write_card, write_pack

    path, law = Path(name), load_law()
    if path.exists() and find_instruments(path):
        loaded = load_packs(path)
        cards = [c for p in loaded.packs for c in p.cards if path.is_file() and Path(c.source.file).name == path.name]
        shown = [write_card(card) for card in cards] or [write_pack(pack) for pack in loaded.packs]
        sys.stdout.write("\n".join(shown))
        raise typer.Exit(report_problems(loaded.problems, 4))
    pack = law.loaded.pack(name)
    if pack is not None:
        sys.stdout.write(write_pack(pack))
        return
    try:
        found = law.find_card(name)
    except ValueError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None
    sys.stdout.write("\n".join(write_card(card) for p in law.loaded.packs for card in p.cards if card.id == found))
