"""`compliance packs mutate`: would the cases of a card notice a mistake in it?"""

from __future__ import annotations

from typing import Annotated

import typer

from ..choices import Format, Where, exit_code, report_problems


def mutate(
    paths: Where = None,
    least: Annotated[float, typer.Option("--least", min=0, max=1, help="Share of mutants that the cases must notice.")] = 0.9,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Processes to use.")] = 2,
    form: Format = "text",
) -> None:
    """Put mistakes into cards one at a time and see whether their cases fail.

    Exit code 1 where too few are noticed, or one is not and survivors.yaml gives no reason.
    """
    from ...catalogue import load_catalogue
    from ...engine.mutation import mutate_packs
    from ...packs import load_packs
    from ...reports.mutation_text import record_mutation, write_mutation

    chosen = load_packs(*(paths or ()))
    catalogue, problems = load_catalogue()
    codes = [report_problems((*problems, *chosen.problems), 4)]
    only = {p.stem.partition("@")[0] for p in paths or () if p.is_file() and p.parent.name == "provisions"}
    others = [p for p in load_packs().packs if all(p.id != c.id for c in chosen.packs)]
    scores = mutate_packs(chosen.packs, others, catalogue, only=frozenset(only), jobs=jobs)
    typer.echo(record_mutation(scores) if form == "json" else write_mutation(scores), nl=False)
    codes.append(1 if any(score.share < least or score.unexplained for score in scores) else 0)
    raise typer.Exit(exit_code(codes))
