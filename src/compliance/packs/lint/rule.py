"""One rule of lint: its code, its name, how much it matters, and the function that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules

from ...reading import Problem
from .context import Context


class Severity(StrEnum):
    """An error makes a pack invalid; a warning is work that is left; a notice says what could not be looked at."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


Check = Callable[[Context], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`code` (`PK201`), `name` (`unknown fact`), `says` (one sentence), and the check."""

    code: str
    name: str
    says: str
    check: Check

    @property
    def severity(self) -> Severity:
        """What a finding of this rule means for the pack."""
        return severity_of(self.code)

    @property
    def page(self) -> str:
        """Its page in the documentation, from the root of the project."""
        return f"docs/lint/{self.code.lower()}.md"


def severity_of(code: str) -> Severity:
    """How much a problem with this code matters; whatever keeps a file from being read is an error."""
    if code == "notice":
        return Severity.NOTICE
    wanting = code.startswith(("PK3", "PK4")) and code != "PK301"
    return Severity.WARNING if wanting else Severity.ERROR


def find_rules(package: str, folder: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of a folder, in the order of their codes: `pk201_unknown_fact.py` is PK201, "unknown fact".

    The first line of a module's docstring is what the rule says; its function `check` looks.
    """
    rules = []
    for name in sorted(info.name for info in iter_modules(folder)):
        if name.startswith("pk"):
            code, _, words = name.partition("_")
            module = import_module(f"{package}.{name}")
            says = (module.__doc__ or "").strip().splitlines()[0]
            rules.append(Rule(code.upper(), words.replace("_", " "), says, module.check))
    return tuple(rules)
