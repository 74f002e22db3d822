"""`compliance ask DIR`: the next best question, and its answer into compliance.yaml."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from .choices import At, Chainer, In, Known, MorePacks, as_day, exit_code, report_problems
from .dossiers import With, open_dossiers, refuse_hub

if TYPE_CHECKING:
    from ..flow import Run

Answers = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option("--answer", metavar="FACT=VALUE", help="Write an answer: FACT=VALUE or FACT@SUBJECT=VALUE. Repeatable."),
]


def ask(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A dossier.")],
    at: At = None,
    known: Known = None,
    names: In = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many questions to show or ask.")] = 10,
    answers: Answers = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who stands for answers that are judgements.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Day of the judgement.")] = "",
    standard: Annotated[str, typer.Option("--standard", metavar="TEXT", help="By which standard it was judged.")] = "",
    more: MorePacks = None,
    others: With = None,
    chainer: Chainer = "builtin",
) -> None:
    """Show the next best questions, or ask them one by one on a terminal; answers go into compliance.yaml at once."""
    from ..flow import assess_dossier
    from ..interview import converse, next_questions, read_judge, take_answers
    from ..interview.text import write_counts, write_questions
    from ..packs.cache import load_law_quickly

    folder, others = refuse_hub(folder), open_dossiers(others)
    law = load_law_quickly(more or ())
    codes = [report_problems(law.problems, 4)]

    def assess() -> Run:
        return assess_dossier(
            folder, law, as_day(at, "--at"), known=as_day(known, "--as-known-on", latest=True), names=names or (),
            chainer=chainer, others=others or (),
        )  # fmt: skip

    try:
        run = assess()
        judge = read_judge(by, on, standard) if by or on else None
    except ValueError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from None
    codes.append(report_problems(run.problems, 2))
    if answers:
        after, refused = take_answers(folder, law.catalogue, answers, judge, run, assess)
        codes.append(report_problems(refused, 2))
        sys.stdout.write(write_counts(run, after))
    elif _is_conversation():
        converse(folder, law.catalogue, limit, run, assess, typer.echo, input)
    else:
        sys.stdout.write(write_questions(*next_questions(run, law.catalogue), limit))
    raise typer.Exit(exit_code(codes))


def _is_conversation() -> bool:
    """Whether somebody can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()
