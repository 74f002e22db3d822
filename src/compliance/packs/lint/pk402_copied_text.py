"""Prose of a card that repeats a legal text word for word.

A run counts from 14 consecutive words that the text holds too, eight different ones among them of four letters or more;
numbers and signs do not count. It is looked for only where folders of legal texts are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...reading import InputError, Problem, Source, decode, list_files, read_bytes
from .context import Context

WORDS = 14
TELLING = 8
TEXTS = (".txt", ".md", ".json", ".jsonl", ".html", ".xml", ".csv")
_WORD = re.compile(r"[a-z][a-z'-]*")
Run = tuple[str, ...]


def check(context: Context) -> Iterator[Problem]:
    """Every file of the packs against every text of the references; each copied stretch once, at its first word."""
    if not context.references:
        return
    files = [context.file_of(pack, name) for pack in context.packs for name in ("instrument.yaml", "coverage.yaml")]
    files.extend(card.source.file for _, card in context.cards())
    runs: dict[Run, str] = {}
    for file in files:
        runs.update((run, "") for _, run in runs_of(context.files.text(file)))
    for root in context.references:
        for name, text in _texts(root):
            for _, run in runs_of(text):
                if runs.get(run) == "":
                    runs[run] = name
    for file in files:
        yield from _copied(context, file, runs)


def _copied(context: Context, file: str, runs: dict[Run, str]) -> Iterator[Problem]:
    text, last = context.files.text(file), -2
    starts = [match.start() for match in _WORD.finditer(text.lower())]
    for index, run in runs_of(text):
        if not runs[run]:
            continue
        if index > last + 1:
            at = starts[index]
            source = Source(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
            yield context.problem("PK402", source, f"repeats {runs[run]}: {' '.join(run[:8])} ...", "say it in your own words")
        last = index


def runs_of(text: str) -> Iterator[tuple[int, Run]]:
    """Every run of words that would count if it were found elsewhere, with the index of its first word."""
    words = _WORD.findall(text.lower())
    for index in range(len(words) - WORDS + 1):
        run = tuple(words[index : index + WORDS])
        if len({word for word in run if len(word) > 3}) >= TELLING:
            yield index, run


def _texts(root: Path) -> Iterator[tuple[str, str]]:
    for path in [root] if root.is_file() else list_files(root):
        if path.suffix in TEXTS:
            folder = root.parent if root.is_file() else root
            try:
                yield path.name, decode(read_bytes(path, folder), path.name)
            except InputError:
                continue  # a reference that is no text holds no sentence
