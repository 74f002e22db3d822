"""Lint: one module a rule, `pk201_unknown_fact.py`; the page on each is `docs/lint/pk201.md`.

The rules here need the packs and the catalogue alone. `engine.lint_cases` adds those that need the engine to run cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from ...catalogue import Catalogue
from ...reading import Problem
from ..instrument import Pack
from ..load import Loaded
from .context import Context
from .rule import Check, Rule, Severity, find_rules, severity_of

RULES = find_rules(__name__, __path__)
"""The rules of this folder, in the order of their codes."""


def lint_packs(
    loaded: Loaded,
    catalogue: Catalogue,
    *,
    day: date,
    references: Iterable[Path] = (),
    others: Iterable[Pack] = (),
    rules: Sequence[Rule] = RULES,
) -> tuple[Problem, ...]:
    """What is wrong or wanting beyond what the loader told, in the order of file, line, column and code.

    The warnings on a file wait until its errors are gone, for most would only repeat them.
    `day` is the day of the check; `references` are files or folders of legal texts to compare the prose with; `others` are
    packs that cards may refer to and that are not looked at themselves.
    """
    context = Context(loaded.packs, catalogue, day, tuple(references), tuple(others))
    found = {problem for rule in rules for problem in rule.check(context)}
    broken = {problem.source.file for problem in found if severity_of(problem.code) is Severity.ERROR}
    told = (p for p in found if severity_of(p.code) is not Severity.WARNING or p.source.file not in broken)
    return tuple(sorted(told, key=lambda problem: (problem.source, problem.code, problem.message)))


__all__ = ["RULES", "Check", "Context", "Rule", "Severity", "find_rules", "lint_packs", "severity_of"]
