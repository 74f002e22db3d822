"""How much of a text the cards of a pack encode: every operative pinpoint has a card or a reason, or is unaccounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..reading import load_yaml, write_whole
from .instrument import CoverageRow, Pack
from .pinpoints import Pinpoints, key_of, replace_digests

OPEN_REASONS = ("not_yet_written",)
"""Reasons that are none: the place stays unaccounted for."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A place whose words are no longer those that the cards were written from."""

    cite: str
    cards: tuple[str, ...]
    gone: bool
    """Whether the text has no such place any more."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The measure of one pack. Counts are of pinpoints; a place with a card and a reason counts as encoded."""

    instrument: str
    indexed: bool
    """Whether the pack lists the places of its text; without a list only the rows of coverage.yaml are counted."""
    operative: int
    institutional: int
    deleted: int
    encoded: Mapping[str, tuple[str, ...]]
    """Cards by pinpoint."""
    left_out: Mapping[str, tuple[str, ...]]
    """Pinpoints by reason."""
    unaccounted: tuple[str, ...]
    """Operative pinpoints with neither."""
    unknown: tuple[str, ...]
    """Rows of coverage.yaml on places that the list does not have."""
    changed: tuple[Changed, ...] = ()
    """Places whose text changed; only where a text was given."""


def measure_coverage(pack: Pack, digests: Mapping[str, str] | None = None) -> Coverage:
    """The coverage of a pack; `digests` by key of a text (`pinpoints.read_digests`) also tells which places changed."""
    index, rows = pack.pinpoints, _by_place(pack.coverage)
    if index is None:
        operative = {key: found[0].cite for key, found in rows.items()}
        institutional, deleted = {}, 0
    else:
        operative = {key_of(cite): cite for cite in index.operative}
        institutional, deleted = {key_of(cite): cite for cite in index.institutional}, len(index.deleted)
    known = {*operative, *institutional, *(map(key_of, index.deleted) if index else ())}
    encoded, left_out, unaccounted = {}, dict[str, list[str]](), []
    for key, cite in operative.items():
        found = rows.get(key, [])
        cards = tuple(dict.fromkeys(row.card for row in found if row.card))
        reasons = [row.left_out for row in found if row.left_out and row.left_out not in OPEN_REASONS]
        if cards:
            encoded[cite] = cards
        elif reasons:
            left_out.setdefault(reasons[0], []).append(cite)
        else:
            unaccounted.append(cite)
    return Coverage(
        pack.id, index is not None, len(operative), len(institutional), deleted, encoded,
        {reason: tuple(cites) for reason, cites in sorted(left_out.items())}, tuple(unaccounted),
        tuple(found[0].cite for key, found in rows.items() if key not in known),
        _changes(pack, digests) if digests is not None else (),
    )  # fmt: skip


def _by_place(rows: tuple[CoverageRow, ...]) -> dict[str, list[CoverageRow]]:
    places: dict[str, list[CoverageRow]] = {}
    for row in rows:
        places.setdefault(key_of(row.cite), []).append(row)
    return places


def _changes(pack: Pack, digests: Mapping[str, str]) -> tuple[Changed, ...]:
    index, rows = pack.pinpoints, _by_place(pack.coverage)
    if index is None:
        return ()
    changed = []
    for cite, was in {**index.operative, **index.institutional}.items():
        key = key_of(cite)
        if digests.get(key, "no_text") != was:
            cards = tuple(dict.fromkeys(row.card for row in rows.get(key, ()) if row.card))
            changed.append(Changed(cite, cards, key not in digests))
    return tuple(changed)


def accept_text(pack: Pack, digests: Mapping[str, str]) -> Pack:
    """Write the digests of a text into `pinpoints.yaml`; the pack as it is then."""
    path = Path(pack.folder) / "pinpoints.yaml"
    written = replace_digests(path.read_text("utf-8"), digests)
    write_whole(path, written.encode())
    pinpoints = Pinpoints.model_validate(load_yaml(written, path.name))
    return replace(pack, pinpoints=pinpoints)
