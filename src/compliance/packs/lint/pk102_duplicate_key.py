"""A key that stands twice in one mapping; the loader tells it, because YAML readers silently keep the last."""

from __future__ import annotations

from ...reading import Problem
from .context import Context


def check(context: Context) -> tuple[Problem, ...]:
    """Nothing is left to look at: a file with a duplicate key is not read any further."""
    del context
    return ()
