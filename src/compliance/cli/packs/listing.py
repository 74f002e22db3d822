"""`compliance packs list`: instruments with cards, cases, force, horizon."""

from __future__ import annotations

import typer

from ..choices import Where, report_problems


def list_packs(paths: Where = None) -> None:
    """Instruments with their number of cards and cases, force and horizon."""
    from ...packs import load_packs

    loaded = load_packs(*(paths or ()))
    rows = [("instrument", "cards", "cases", "not written", "in force", "read up to", "title")]
    for pack in loaded.packs:
        cases = sum(len(card.tests.cases) for card in pack.cards if card.tests)
        force = pack.instrument.force[0]
        name = pack.instrument.instrument
        rows.append(
            (pack.id, str(len(pack.cards)), str(cases), str(pack.unwritten), force.is_, pack.instrument.horizon.isoformat(), name)
        )
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    for row in rows:
        typer.echo("  ".join(text.ljust(width) for text, width in zip(row, [*widths, 0], strict=True)).rstrip())
    raise typer.Exit(report_problems(loaded.problems, 4))
