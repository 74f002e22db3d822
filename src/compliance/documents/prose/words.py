"""The words of `rules/documents/prose`: what all rules share, and each rule's own words and cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ...catalogue import data_folder
from ...reading import Source, decode, load_yaml, read_bytes
from ..recognition import heading_key


@dataclass(frozen=True, slots=True)
class Case:
    """A text, the model that its card is about, and all that one rule must find in it: (fact, value as written, line:column)."""

    name: str
    text: str
    model: str
    states: tuple[tuple[str, str, str], ...]
    source: Source


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What one rule file holds. `labels` maps a label to the fact that it gives; `refused` are words that disqualify a
    passage, `refused_after` words that disqualify the name right before them.
    """

    means: str
    labels: Mapping[str, str]
    refused: re.Pattern[str]
    refused_after: re.Pattern[str]
    cases: tuple[Case, ...]


@cache
def shared_words() -> Mapping[str, Any]:
    """What `words.yaml` holds."""
    return _load("words")


@cache
def rule_words(name: str) -> RuleWords:
    """What the file of one rule holds."""
    data = _load(name)
    labels = {heading_key(label): fact for fact, names in (data.get("labels") or {}).items() for label in names}
    cases = tuple(
        Case(
            str(case["name"]), str(case["text"]), str(case.get("model") or "example-model"),
            tuple((str(fact), str(value), str(at)) for fact, value, at in case.get("states") or ()),
            Source(f"rules/documents/prose/{name}.yaml", *data["cases"].items_at[index]),
        )
        for index, case in enumerate(data["cases"])
    )  # fmt: skip
    after = re.compile(rf"[\s'’)-]{{0,3}}(?:s\s)?{alternatives(data.get('refused_after') or [chr(0)])}", re.I)
    return RuleWords(str(data["means"]), labels, any_of(data.get("refused") or [chr(0)]), after, cases)


@cache
def word_list(rule: str, key: str) -> tuple[str, ...]:
    """A list of words that one rule alone has."""
    return tuple(str(word) for word in _load(rule).get(key) or ())


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of these words or phrases, whole, in any case; blanks and hyphens may stand for one another."""
    return re.compile(alternatives(words), re.I)


def alternatives(words: Iterable[str]) -> str:
    """The same as text, for use inside other patterns."""
    shapes = (
        r"[\s-]".join(re.escape(part) for part in re.split(r"[\s-]", word)) for word in sorted(words, key=len, reverse=True)
    )
    return rf"(?<![\w]){'(?:' + '|'.join(shapes) + ')'}(?![\w])"


def _load(name: str) -> Mapping[str, Any]:
    root: Path = data_folder("rules")
    shown = f"rules/documents/prose/{name}.yaml"
    data: Mapping[str, Any] = load_yaml(decode(read_bytes(root / "documents" / "prose" / f"{name}.yaml", root), shown), shown)
    return data
