"""`compliance packs test`: the inline cases and their twins, run in the engine."""

from __future__ import annotations

from typing import Annotated

import typer

from ..choices import Where, report_problems


def test_packs(
    paths: Where = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every case.")] = False,
) -> None:
    """Run the inline cases of every card in the real engine, and the twins that hide one fact at a time."""
    from ...catalogue import load_catalogue
    from ...engine.cases import Cases
    from ...packs import load_packs

    loaded = load_packs()
    chosen = load_packs(*paths) if paths else loaded
    catalogue, problems = load_catalogue()
    broken = report_problems((*problems, *chosen.problems), 4)
    others = [p for p in loaded.packs if all(p.id != c.id for c in chosen.packs)]
    cases = Cases((*chosen.packs, *others), catalogue)
    only = {p.stem.partition("@")[0] for p in paths or () if p.is_file() and p.parent.name == "provisions"}
    cards = [card for pack in chosen.packs for card in pack.cards if not only or card.pinpoint in only]
    results = [result for card in cards for result in cases.run_card(card)]
    twins = [twin for card in cards for twin in cases.run_twins(card)]
    failed = [r for r in (*results, *twins) if not r.passed]
    for result in (*results, *twins) if verbose else failed:
        typer.echo(f"{result.source.file}: {result.case}: {'ok' if result.passed else f'FAILED: {result.problem}'}")
    typer.echo(f"{len(results)} cases and {len(twins)} twins with a fact unknown, {len(failed)} failed")
    raise typer.Exit(broken or (1 if failed else 0))
