"""A duty that says an exemption does not reach it, and an exemption that says it does."""

from __future__ import annotations

from collections.abc import Iterator

from ...reading import Problem
from ..card import Duty, Exemption
from ..reach import reaches
from .context import Context


def check(context: Context) -> Iterator[Problem]:
    """Every name under `not_exempted_by`, against what that exemption reaches."""
    for pack, card in context.cards():
        if not isinstance(card, Duty):
            continue
        for index, name in enumerate(card.not_exempted_by):
            for exemption in context.by_id(name if "/" in name else f"{pack.id}/{name}"):
                if isinstance(exemption, Exemption) and any(reaches(exemption, card, role) for role in card.addressee):
                    hint = f"correct `reaches` in {exemption.source.file.rpartition('/')[2]}, or take the name out here"
                    place = ("not_exempted_by", index)
                    yield context.problem_at("PK301", card.source.file, place, f"`{name}` says that it reaches this card", hint)
                    break
