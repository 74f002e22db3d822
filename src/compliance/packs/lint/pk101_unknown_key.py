"""A key, operator or form that the grammar does not have.

The loader tells this while it reads; what is looked at here is `given`, where any subject may be a key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...reading import Problem, nearest
from .context import Context

SETTINGS = ("at", "as_known_on", "inventory", "cards")


def check(context: Context) -> Iterator[Problem]:
    """Keys of `given` that are neither a setting nor a subject with facts; settings that stand under `but`."""
    for _, card in context.cards():
        if card.tests is None:
            continue
        for key, value in (card.tests.given.model_extra or {}).items():
            if "." in key or (key in context.subjects and isinstance(value, Mapping)):
                continue  # a fact: PK201
            near = nearest(key, (*SETTINGS, *sorted(context.subjects)))
            listed = f"a setting ({', '.join(SETTINGS)}) or a subject with its facts"
            hint = f"did you mean `{near}`?" if near and near != key else listed
            yield context.problem_at("PK101", card.source.file, ("tests", "given", key), f"unknown key `{key}`", hint)
        for index, case in enumerate(card.tests.cases):
            for key in case.but:
                if key in SETTINGS:
                    path, hint = ("tests", "cases", index, "but", key), "a setting stands beside `but`"
                    yield context.problem_at("PK101", card.source.file, path, f"unknown key `{key}`", hint)
