"""How much of the fields of documents is made use of, as a table by format for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..documents.losses import EMPTY, REPORTED, Loss
from ..reading import printable

MOST_SHOWN = 20
"""Unexplained fields of one format that the table names."""
_KINDS = {EMPTY: "says nothing", REPORTED: "a problem or remark is shown"}


@dataclass
class _Format:
    """Sums over the files of one format."""

    files: int = 0
    mapped: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    unexplained: dict[str, list[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        return sum(self.reasons.values())

    @property
    def lost(self) -> int:
        return sum(map(len, self.unexplained.values()))


def write_losses(losses: Iterable[Loss]) -> str:
    """One line a format: files, fields, mapped, left out, unexplained; below it the reasons, and what has none."""
    formats = _add_up(losses)
    lines = [f"{'format':<20}{'files':>7}{'fields':>8}{'mapped':>8}{'left out':>10}{'unexplained':>13}"]
    for name, one in formats.items():
        read = one.mapped + one.left_out + one.lost
        lines.append(f"{name:<20}{one.files:>7}{read:>8}{one.mapped:>8}{one.left_out:>10}{one.lost:>13}")
        if one.reasons:
            reasons = sorted(one.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
            lines.append("    left out: " + ", ".join(f"{_KINDS.get(kind, kind)} {count}" for kind, count in reasons))
        for path, places in list(one.unexplained.items())[:MOST_SHOWN]:
            lines.append(f"    unexplained: {printable(path[:100])} ({len(places)}, first at {printable(places[0])})")
        if len(one.unexplained) > MOST_SHOWN:
            lines.append(f"    unexplained: {len(one.unexplained) - MOST_SHOWN} more fields")
        lines += [f"    not read: {printable(problem)}" for problem in one.refused]
    return "\n".join(lines if formats else ["no file with fields was understood"]) + "\n"


def write_losses_json(losses: Iterable[Loss]) -> str:
    """One object a file, in the order of the files."""
    return json.dumps([_as_json(one) for one in losses], ensure_ascii=False, indent=2) + "\n"


def _as_json(one: Loss) -> Mapping[str, Any]:
    return {
        "file": one.file, "format": one.importer, "fields": one.read, "mapped": one.mapped, "left_out": dict(one.left_out),
        "unexplained": [{"field": path, "line": place.line, "column": place.column} for path, place in one.unexplained],
        "refused": str(one.refused.message) if one.refused else None,
    }  # fmt: skip


def _add_up(losses: Iterable[Loss]) -> dict[str, _Format]:
    formats: dict[str, _Format] = {}
    for one in losses:
        its = formats.setdefault(one.importer, _Format())
        its.files += 1
        its.mapped += one.mapped
        its.reasons.update(one.left_out)
        for path, place in one.unexplained:
            its.unexplained.setdefault(path, []).append(str(place))
        if one.refused:
            its.refused.append(f"{one.refused.source} {one.refused.message}")
    return dict(sorted(formats.items()))
