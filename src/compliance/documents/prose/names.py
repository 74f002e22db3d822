"""Names of models by their parts: the family's name, a size, variants such as `chat`, versions, dates and lengths."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from .words import shared_words

_SIZE = re.compile(r"(?:\d{1,2}x)?\d{1,4}(?:\.\d{1,3})?[bm]\Z", re.I)
_ACTIVE = re.compile(r"a\d{1,3}(?:\.\d{1,3})?[bm]\Z", re.I)
_PLAIN = re.compile(r"v?[1-9](?:\.\d){1,2}\Z|v[1-9]\Z|\d{4}\Z|\d{1,4}k\Z|exp\d{1,2}\Z", re.I)
"""A version, a date or a length of context behind a name."""

_VERSION = re.compile(r"v?[1-9](?:\.\d){1,2}\Z|v[1-9]\Z", re.I)


DECIMAL = re.compile(r"(?<=(?<![A-Za-z\d])\d)_(?=\d{1,2}[bB](?![A-Za-z0-9]))")
"""Where a size is written with a low line for the point: `1_8B`."""


def name_parts(name: str) -> tuple[str, ...]:
    """A name in lower case, split at hyphens, blanks and underscores."""
    return tuple(part for part in re.split(r"[\s_-]+", name.casefold()) if part)


def size_part(parts: Iterable[str]) -> str:
    """The part of a name that is a size, with that of its active parameters, or empty."""
    return "-".join(part for part in parts if _SIZE.match(part) or _ACTIVE.match(part))


def is_member(parts: tuple[str, ...], stem: tuple[str, ...]) -> bool:
    """Whether a name is the family's with a size or variants of it and nothing else."""
    at = [place for place, part in enumerate(parts) if _SIZE.match(part)]
    rest = without_size(parts)
    if len(at) > 1 or rest[: len(stem)] != stem:
        return False
    early = parts[: at[0] if at else len(parts)][len(stem) :]
    return not any(_PLAIN.match(part) for part in early) and all(is_variant(part) for part in rest[len(stem) :])


def without_size(parts: Iterable[str]) -> tuple[str, ...]:
    """The parts that say no size."""
    return tuple(part for part in parts if not _SIZE.match(part) and not _ACTIVE.match(part))


def stem_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The family's name: the parts up to the last that is neither a size nor a variant; a version before a size belongs to it."""
    sized = next((place for place, part in enumerate(parts) if _SIZE.match(part)), len(parts))
    rest = [(place, part) for place, part in enumerate(parts) if not size_part((part,))]
    while len(rest) > 1 and is_variant(rest[-1][1]) and (rest[-1][0] > sized or not _VERSION.match(rest[-1][1])):
        rest.pop()
    return tuple(part for _, part in rest)


def is_variant(part: str) -> bool:
    """Whether a part of a name says which variant of a model it is."""
    return part in _variants() or bool(_PLAIN.match(part))


def is_plain(name: str, *variants: str) -> bool:
    """Whether a name says nothing but the family, a size and one of some variants: no date, no version."""
    parts = name_parts(name)
    return all(part in variants for part in without_size(parts)[len(stem_of(parts)) :])


@cache
def _variants() -> frozenset[str]:
    return frozenset(shared_words()["variants"])
