"""Names of models in a text from which the own name was blotted out, and the words by which a text turns to others."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .words import alternatives, any_of, shared_words

SIZE = r"\d{1,4}(?:\.\d{1,3})?\s?(?:[BbMm]|million|billion)"
"""A size as it stands in names and in prose."""


def foreign(text: str) -> re.Match[str] | None:
    """The first name of a model in a text from which the own name was blotted out."""
    return _foreign().search(text)


def names_of_others(text: str) -> list[re.Match[str]]:
    """All names of models in a text from which the own name was blotted out."""
    return list(_foreign().finditer(text))


def family(name: str) -> re.Match[str] | None:
    """The first word of a text that is the name of a known family of models."""
    return _families().search(name)


def compares(text: str) -> bool:
    """Whether a text has a word of a comparison."""
    return bool(_comparisons().search(text))


def comparison(text: str) -> re.Match[str] | None:
    """The first word of a comparison."""
    return _comparisons().search(text)


def origin(text: str) -> re.Match[str] | None:
    """The first word that tells what something was made from."""
    return _origins().search(text)


@lru_cache(maxsize=64)
def is_unsure(text: str) -> bool:
    """Whether a text only supposes."""
    return bool(_unsure().search(text))


def is_elsewhere(heading: str) -> bool:
    """Whether a heading turns to something else."""
    return bool(_elsewhere().search(heading))


@cache
def _families() -> re.Pattern[str]:
    return re.compile(_family_names(), re.I)


@cache
def _foreign() -> re.Pattern[str]:
    """A name of a known family, or any name that ends in a size."""
    sized = rf"(?<![\w.-])[A-Z][\w.]{{1,30}}(?:[-_][\w.]{{1,20}}){{0,5}}?[-_]{SIZE}(?![A-Za-z0-9])"
    return re.compile(rf"{_family_names()}|{sized}", re.I)


def _family_names() -> str:
    names = alternatives(shared_words()["families"]).removesuffix(r"(?![\w])")
    return rf"{names}(?=[\s\d_.,;:)'’/-]|$|s\b)"


@cache
def _comparisons() -> re.Pattern[str]:
    return any_of(shared_words()["comparisons"])


@cache
def _origins() -> re.Pattern[str]:
    return any_of(shared_words()["origins"])


@cache
def _unsure() -> re.Pattern[str]:
    return any_of(shared_words()["unsure"])


@cache
def _elsewhere() -> re.Pattern[str]:
    return any_of(shared_words()["elsewhere"])
