"""Answers one after the other: given all at once, or asked for question by question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..catalogue import Catalogue
from ..facts import NAMELESS
from ..flow import Run
from ..reading import InputError, Problem, Source
from .answers import Judge, read_answer, read_judge
from .questions import Asked, next_questions, question_on
from .record import name_organisation, record_answer
from .text import write_counts, write_question

NAME = "organisation.name"
"""What `--answer` takes beside the facts: who the organisation is."""

Assess = Callable[[], Run]
Say = Callable[[str], None]
Hear = Callable[[str], str]


def take_answers(
    folder: Path, catalogue: Catalogue, answers: Sequence[str], judge: Judge | None, run: Run, assess: Assess
) -> tuple[Run, tuple[Problem, ...]]:
    """Write answers `FACT=VALUE` in their order; one that is refused is a problem and leaves the others."""
    problems: list[Problem] = []
    for answer in answers:
        name, _, typed = answer.partition("=")
        try:
            if name.strip() == NAME:
                name_organisation(folder, typed)
            else:
                asked = question_on(run, catalogue, name.strip())
                if told := read_answer(asked.entry, typed, judge):
                    record_answer(folder, run, catalogue, asked, told)
            run = assess()
        except InputError as error:
            problems.append(error.problem)
        except ValueError as error:
            problems.append(Problem(Source(f"--answer {answer}"), "answer", str(error)))
    return run, tuple(problems)


def converse(folder: Path, catalogue: Catalogue, limit: int, run: Run, assess: Assess, say: Say, hear: Hear) -> None:
    """Ask up to `limit` questions, the best first, each after what was answered before; the end of input ends it."""
    say("Enter passes a question, ctrl+d ends. Every answer is written to compliance.yaml at once.")
    passed: set[tuple[str, str]] = set()
    for _ in range(limit):
        asked = next((one for one in next_questions(run, catalogue)[0] if (one.name, one.subject) not in passed), None)
        if asked is None:
            return
        passed |= {(asked.name, asked.subject)}
        say("\n" + "\n".join(write_question(asked)))
        try:
            if told := _hear_answer(asked, say, hear):
                if asked.subject == NAMELESS:
                    name_organisation(folder, hear("name of your organisation > "))
                    run = assess()
                    asked = next(one for one in next_questions(run, catalogue)[0] if one.name == asked.name)
                    passed.add((asked.name, asked.subject))
                record_answer(folder, run, catalogue, asked, told)
                before, run = run, assess()
                say(write_counts(before, run).rstrip("\n"))
        except InputError as error:
            say(str(error.problem))
        except EOFError:
            say("")
            return


def _hear_answer(asked: Asked, say: Say, hear: Hear) -> str:
    """The answer as YAML, asked for again until it is of the right form; empty where the question is passed."""
    while True:
        try:
            typed = hear("> ")
            told = read_answer(asked.entry, typed, _hear_judge(hear) if asked.entry.kind == "judged" and typed.strip() else None)
        except ValueError as error:
            say(f"  {error}")
        else:
            return told


def _hear_judge(hear: Hear) -> Judge:
    return read_judge(hear("judged by > "), hear("on (2026-08-02) > "), hear("by which standard > "))
