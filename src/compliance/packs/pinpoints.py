"""The places of a legal text: which of them bear on those whose duties are judged, and a digest of the words of each.

`pinpoints.yaml` beside `instrument.yaml` holds places and digests, never words. A text to compare with is a file of JSON rows
`{"cite": ..., "text": ...}`; rows of one place are joined in their order.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from ..reading import InputError, Problem, Source, decode, read_bytes
from .card import Frozen, Text

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
_SUBPARAGRAPH = re.compile(rf"\b(?:({'|'.join(ORDINALS)}) (?:sub)?para(?:graph|\.)?|subpara(?:graph|\.)? (\d+))")
_WORDS = re.compile(r"\b(?:art\.|article|points?|indent|section|sec\.|§)")
MAX_BYTES = 20_000_000


class Pinpoints(Frozen):
    """`pinpoints.yaml`. Each place has the first twelve hexadecimal digits of the SHA-256 of its words, or `no_text`."""

    text: Text = ""
    """Name of the file of rows from which the digests were made."""
    operative: Mapping[Text, Text] = Field(default_factory=dict)
    """Places that bear on a provider, deployer or another operator: duty, ban, definition, right, relief, date, penalty."""
    institutional: Mapping[Text, Text] = Field(default_factory=dict)
    """Places that address authorities, legislators or other acts."""
    deleted: tuple[Text, ...] = ()
    """Numbers that are kept though their content is gone."""


def key_of(cite: str) -> str:
    """A pinpoint in the form in which two spellings of it are equal: `Art. 9(5), second subpara., (a)` is `9.5.s2.a`."""
    text = _SUBPARAGRAPH.sub(lambda m: f" s{ORDINALS[m[1]] if m[1] else m[2]} ", cite.casefold())
    return ".".join(part for part in re.findall(r"[a-z0-9]+", _WORDS.sub(" ", text)) if part != "s1")


def text_digest(text: str) -> str:
    """Digest of words; white space does not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def read_digests(where: Path, name: str) -> Mapping[str, str]:
    """Digest by key of every place of a text: a file of rows, or a folder that holds the file `name` or just one `*.jsonl`.

    Raises `InputError` where there is no such file or a row is broken.
    """
    path = _find_rows(where, name)
    words: dict[str, list[str]] = {}
    for cite, text in _rows(path):
        words.setdefault(key_of(cite), []).append(text)
    return {key: text_digest(" ".join(parts)) for key, parts in words.items()}


def _find_rows(where: Path, name: str) -> Path:
    if where.is_file():
        return where
    if name and (where / name).is_file():
        return where / name
    found = sorted(where.glob("*.jsonl"))
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} files of rows" if found else "no file of rows (*.jsonl)"
    raise InputError(
        Problem(Source(str(where)), "path", f"{what}{f', none of them {name}' if name else ''}", "name the file itself")
    )


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    text = decode(read_bytes(path, path.parent, max_bytes=MAX_BYTES), path.name)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row["cite"]), str(row["text"])
        except (ValueError, KeyError, TypeError, RecursionError):
            hint = 'one JSON object a line: {"cite": "Art. 1(1)", "text": "..."}'
            raise InputError(Problem(Source(path.name, number, 1), "value", "not a row of a text", hint)) from None


def replace_digests(lines: str, digests: Mapping[str, str]) -> str:
    """A `pinpoints.yaml` with the digests of a text; everything else, comments too, stays as it is."""

    def renewed(match: re.Match[str]) -> str:
        return f'{match[1]}"{digests.get(key_of(match[2]), "no_text")}"'

    return re.sub(r'^(  "?([^"\n]+?)"?: )"(?:[0-9a-f]{12}|no_text)"$', renewed, lines, flags=re.MULTILINE)
