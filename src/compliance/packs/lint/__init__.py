"""Lint: one module a rule, `pk201_unknown_fact.py`; the page on each is `docs/lint/pk201.md`.

The rules here need the packs and the catalogue alone. `engine.lint_cases.lint_packs` runs them together with those that
need the engine.
"""

from .context import Context
from .rule import Check, Rule, Severity, find_rules, severity_of

RULES = find_rules(__name__, __path__)

__all__ = ["RULES", "Check", "Context", "Rule", "Severity", "find_rules", "severity_of"]
