"""How much of a text is encoded, for a reader and for a pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ..packs.coverage import Coverage


def write_coverage(measured: Sequence[Coverage]) -> str:
    """Counts, then every place that is unaccounted for, not in the list of places, or changed."""
    return "\n".join(line for one in measured for line in _lines(one)) + "\n"


def _lines(one: Coverage) -> Iterator[str]:
    left = sum(map(len, one.left_out.values()))
    where = "" if one.indexed else " in coverage.yaml (the pack has no pinpoints.yaml)"
    yield f"{one.instrument}: {one.operative} operative pinpoints{where}"
    cards = {card for found in one.encoded.values() for card in found}
    yield f"  encoded       {len(one.encoded):>5}  by {len(cards)} cards"
    yield f"  left out      {left:>5}  " + ", ".join(f"{len(cites)} {reason}" for reason, cites in one.left_out.items())
    yield f"  unaccounted   {len(one.unaccounted):>5}"
    if one.indexed:
        yield f"  institutional {one.institutional:>5}  and {one.deleted} deleted, not counted"
    yield from (f"  unaccounted: {cite}" for cite in one.unaccounted)
    yield from (f"  not in pinpoints.yaml: {cite}" for cite in one.unknown)
    for row in one.changed:
        what = "gone" if row.gone else "changed"
        yield f"  {what}: {row.cite}: read again {', '.join(row.cards) or 'its row in coverage.yaml'}"


def record_coverage(measured: Sequence[Coverage]) -> str:
    """The same as JSON: a list, one object an instrument."""
    return json.dumps([_record(one) for one in measured], indent=1, ensure_ascii=False) + "\n"


def _record(one: Coverage) -> dict[str, object]:
    return {
        "instrument": one.instrument,
        "indexed": one.indexed,
        "operative": one.operative,
        "institutional": one.institutional,
        "deleted": one.deleted,
        "encoded": {cite: list(cards) for cite, cards in one.encoded.items()},
        "left_out": {reason: list(cites) for reason, cites in one.left_out.items()},
        "unaccounted": list(one.unaccounted),
        "unknown": list(one.unknown),
        "changed": [{"cite": row.cite, "cards": list(row.cards), "gone": row.gone} for row in one.changed],
    }
