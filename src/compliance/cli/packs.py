"""`compliance packs`: the law as data, listed, shown, checked, tested, scaffolded."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from .choices import report_problems

packs = typer.Typer(no_args_is_help=True, help="Look at, check and test the packs: the law as data.")
# typer reads `Optional[...]` on every supported Python, so these stay in that form.
Where = Annotated[Optional[list[Path]], typer.Argument(help="Folders of packs, an instrument, or one card; default: all.")]  # noqa: UP045


@packs.command("list")
def list_packs(paths: Where = None) -> None:
    """Instruments with their number of cards and cases, force and horizon."""
    from ..packs import load_packs

    loaded = load_packs(*(paths or ()))
    rows = [("instrument", "cards", "cases", "in force", "read up to", "title")]
    for pack in loaded.packs:
        cases = sum(len(card.tests.cases) for card in pack.cards if card.tests)
        force = pack.instrument.force[0]
        name = pack.instrument.instrument
        rows.append((pack.id, str(len(pack.cards)), str(cases), force.is_, pack.instrument.horizon.isoformat(), name))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    for row in rows:
        typer.echo("  ".join(text.ljust(width) for text, width in zip(row, [*widths, 0], strict=True)).rstrip())
    raise typer.Exit(report_problems(loaded.problems, 4))


@packs.command("show")
def show_pack(name: Annotated[str, typer.Argument(help="eu/ai-act, eu/ai-act/art-53-1-d, or its last part.")]) -> None:
    """One instrument or one card, as a reader wants it."""
    from ..packs.law import load_law
    from ..reports.pack_text import write_card, write_pack

    law = load_law()
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


@packs.command("test")
def test_packs(
    paths: Where = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every case.")] = False,
) -> None:
    """Run the inline cases of every card in the real engine, and the twins that hide one fact at a time."""
    from ..catalogue import load_catalogue
    from ..engine.cases import Cases
    from ..packs import load_packs

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


@packs.command("lint")
def lint(
    paths: Where = None,
    references: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option("--reference", metavar="DIR", help="A folder of legal texts to compare the prose with (PK402)."),
    ] = None,
    at: Annotated[Optional[str], typer.Option("--at", metavar="DATE", help="Day for PK401; default: today.")] = None,  # noqa: UP045
) -> None:
    """Check cards: typos, references, citations, missing cases, stale comments. Each code has a page in docs/lint."""
    from ..catalogue import load_catalogue
    from ..engine.lint_cases import lint_packs
    from ..packs import load_packs
    from ..packs.lint import severity_of

    loaded = load_packs(*(paths or ()))
    catalogue, problems = load_catalogue()
    day = date.fromisoformat(at) if at else date.today()
    others = load_packs().packs if paths else ()
    told = lint_packs(loaded, catalogue, day=day, references=tuple(references or ()), others=others)
    found = (*problems, *loaded.problems, *told)
    for problem in found:
        typer.echo(str(problem))
    errors = sum(severity_of(problem.code) == "error" for problem in found)
    typer.echo(f"{sum(len(p.cards) for p in loaded.packs)} cards, {errors} errors, {len(found) - errors} warnings")
    raise typer.Exit(4 if errors else 0)


@packs.command("new")
def new(
    instrument: Annotated[str, typer.Argument(help="eu/ai-act")],
    pinpoint: Annotated[str, typer.Argument(help="art-55-1-a")],
    root: Annotated[Path, typer.Option("--in", metavar="DIR", help="Folder of jurisdictions.")] = Path("jurisdictions"),
) -> None:
    """Write a card whose first case fails, for the author to fill with law."""
    from ..packs.scaffold import scaffold_card

    try:
        typer.echo(str(scaffold_card(root, instrument, pinpoint, date.today())))
    except (ValueError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None


@packs.command("schema")
def schema(
    name: Annotated[str, typer.Argument(help="card, instrument, amendments, timeline, parameters, coverage")] = "card",
) -> None:
    """JSON Schema of a file of a pack, made from the types."""
    import json

    from ..packs.schema import SCHEMAS

    if name not in SCHEMAS:
        typer.echo(f"error: no schema `{name}`; there are {', '.join(sorted(SCHEMAS))}", err=True)
        raise typer.Exit(2)
    typer.echo(json.dumps(SCHEMAS[name](), indent=1))
