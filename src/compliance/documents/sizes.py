"""The sizes of a family that one card is about: models that bear the family's name, a size and nothing else but known variants.

A hub keeps one model in a repository, so a card with front matter is about one; a README without it often is about several.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..reading import Source
from ..vocabulary import name_of, node
from .prose.names import DECIMAL, is_member, name_parts, size_part, without_size
from .prose.others import foreign
from .prose.parameters import TOTAL
from .prose.tables import html_rows, path_names, weights_name
from .prose.words import rule_words
from .recognition import heading_key
from .types import Input

MAX_SIZES = 32
"""A card that names more sizes than this is a list of models and no family's card."""

MAX_LINE = 20_000
_HUB = re.compile(r"(?:huggingface\.co|hf\.co)/(?P<owner>[\w.-]{1,40})/(?P<name>[A-Za-z][\w.-]{2,95})(?![\w/-])")
_CELL = re.compile(
    r"^\|\s*(?:\*\*|`|\[)*(?P<name>[A-Za-z][\w. -]{2,60}?)(?:\*\*|`|\])*\s*(?:<br\s?/?>\s*)?(?:\([^|]{0,400}\))?\s*\|"
)
_ITEM = re.compile(
    r"^\s*(?:[-*+]|\d{1,2}[.)])\s+(?:\*\*|`|\[|<code>)+(?:(?P<owner>[\w.-]{1,40})/)?"
    r"(?P<name>[A-Za-z][\w. -]{2,60}?)(?:\*\*|`|\]|</code>)"
)
_FILES = frozenset({"gguf", "ggml", "gptq", "awq", "int4", "int8", "fp8", "4bit", "8bit", "4bits", "8bits"})
"""Parts of names of files that hold a model in other numbers."""
_MARKS = re.compile(r"[*`]|</?(?:b|strong|code)>")
_COUNT = r"\d{1,4}(?:\.\d{1,3})?[BM](?:-A\d{1,3}B)?"
_WORDED = r"\d{1,4}(?:\.\d{1,3})? (?:million|billion)"
_ALSO = re.compile(
    rf"(?P<own>{_WORDED})[ -]param[^.]{{1,80}}\. (?:We|we) have also released "
    rf"(?P<sizes>{_WORDED}(?:(?:,| and|, and) {_WORDED}){{1,8}})[ -]param\w* models"
)
"""The card of one size that tells of the others: `1.5 billion parameters. We have also released 124 million and ...`."""
_COUNTS = rf"{_COUNT}(?:(?:,| and|, and| or|/)\s?{_COUNT}){{1,11}}"
_LISTED = re.compile(
    r"(?:available in|comes? in|sizes?(?: of|:)?|in sizes)\s(?:of\s)?"
    rf"(?P<sizes>{_COUNTS})(?![\w-])"
)
_TITLE = re.compile(r"^\s*(?:#\s+|<h1[^>]*>)\s*(?P<title>[A-Za-z][\w. -]{1,40}?)\s*(?::|#|$|</h1>|\()")


@dataclass(frozen=True, slots=True)
class _Told:
    """A name, whose it is on a hub (empty where it is no link), where it stands, and whether a table gives its parameters."""

    name: str
    owner: str
    source: Source
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    """One model of a family: its node and where the card first names it."""

    node: str
    source: Source


def find_sizes(name: str, texts: Sequence[Input]) -> tuple[Size, ...]:
    """The models that the cards of a folder called `name` are about, if they are several of one family; else none.

    A card with front matter is about one. Names are taken from links to one owner's models on a hub, from first cells of
    tables and from heads of list items; at least two sizes must be among them, or two rows of a table with parameters.
    """
    texts = [one for one in texts if not (one.front and one.front.present)]
    titles = tuple(_titles(texts))
    stems = {stem for one in (name, re.sub(r"[-_ ](?:1|family)$", "", name), *titles) if (stem := _stem(one))}
    told = [one for text in texts for one in _told(text, stems)]
    owners = Counter(one.owner for one in told if one.owner)
    found: dict[tuple[str, ...], Size] = {}
    for one in told:
        if not one.owner or one.owner == owners.most_common(1)[0][0]:
            found.setdefault(name_parts(one.name), Size(node("model", one.name.replace(" ", "-")), one.source))
    known = {size_part(parts) for parts in found}
    family = titles[0] if titles else name
    for size in (one for text in texts for one in _listed(text, family, known)):
        found.setdefault(name_parts(name_of(size.node)), size)
    counted = {name_parts(one.name) for one in told if one.counted}
    if max(len({size_part(parts) for parts in found} - {""}), len(counted)) < 2 or len(found) > MAX_SIZES:
        return ()
    return tuple(found.values())


def names_sizes(text: str, sizes: Iterable[str]) -> tuple[str, ...]:
    """Those of some models whose very names stand in a text; all of them where none does."""
    sizes = tuple(sizes)
    joined = f" {' '.join(word.strip('.') for word in re.split(r'[^A-Za-z0-9.]+', text.casefold()))} "
    named = tuple(one for one in sizes if f" {' '.join(name_parts(name_of(one)))} " in joined)
    return named or sizes


def _told(card: Input, stems: set[tuple[str, ...]]) -> Iterator[_Told]:
    """Names of the family's models, as the card writes them."""
    in_table = counts = False
    lines = card.text.split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            continue
        if line.lstrip().startswith("<table"):
            yield from _filed(card.name, lines, number, stems)
        elif "`" in line and "|" in line and (name := _path_name(line, stems)):
            yield _Told(name, "", Source(card.name, number, 1), counted=True)
        row = line.startswith("|")
        if row and not in_table:
            counts = any(_labels().get(heading_key(cell)) == TOTAL for cell in line.split("|")[2:])
        in_table, counts = row, counts and row
        place = Source(card.name, number, 1)
        cell = _CELL.match(line)
        for one in (*_HUB.finditer(line), cell, _ITEM.match(line)):
            if one and (told := _member(one, stems, place, counts and one is cell)):
                yield told


def _path_name(line: str, stems: set[tuple[str, ...]]) -> str:
    """The name of a model of the family, with a size, that ends the path in a row `| 2B | ... | `zoo/lion/lion3-2b` |`."""
    names = path_names([cell.strip() for cell in line.strip().strip("|").split("|")])
    parts = name_parts(names[0]) if len(names) == 1 else ()
    if not size_part(parts) or _FILES & set(parts):
        return ""
    begun = any(stem and parts[: len(stem) - 1] == stem[:-1] and _numbered(parts, stem) for stem in stems)
    return names[0] if begun else ""


def _numbered(parts: tuple[str, ...], stem: tuple[str, ...]) -> bool:
    """Whether a name begins with the family's, perhaps with a number of its version at the end: `lion3-2b` of `lion`."""
    return len(parts) >= len(stem) and bool(re.fullmatch(rf"{re.escape(stem[-1])}\d?(?:\.\d)?", parts[len(stem) - 1]))


def _filed(file: str, lines: Sequence[str], begin: int, stems: set[tuple[str, ...]]) -> Iterator[_Told]:
    """The names of weights that the rows of a table of parameters in HTML link to, one for each row."""
    rows = html_rows(lines, begin)
    top = next(rows, None)
    if top is None or not any(_labels().get(heading_key(cell.text)) == TOTAL for cell in top[1]()[1:]):
        return
    for _, cells in rows:
        row = cells()
        names = {name for cell in row for _, _, link in cell.links if (name := weights_name(link))}
        if len(names) == 1 and any(_begins(name_parts(one), stem) for one in names for stem in stems):
            yield _Told(names.pop(), "", Source(file, row[0].place(0)[0], 1), counted=True)


def _member(found: re.Match[str], stems: set[tuple[str, ...]], place: Source, counted: bool) -> _Told | None:
    """The name of a model of the family: in a table of parameters any that begins with it, elsewhere only known variants."""
    name, owner = DECIMAL.sub(".", found["name"].rstrip(".").strip()), found.groupdict().get("owner") or ""
    parts = name_parts(name)
    if name.endswith(("-", "_")) or _FILES & set(parts):
        return None
    if counted and any(_begins(parts, stem) for stem in stems):
        return _Told(name, owner, place, counted=True)
    in_full = owner or size_part(parts)
    return _Told(name, owner, place) if in_full and any(is_member(parts, stem) for stem in stems) else None


def _begins(parts: tuple[str, ...], stem: tuple[str, ...]) -> bool:
    """Whether a name begins with the family's, perhaps with a version right behind it: `example2.1-large` of `example2`."""
    at = len(stem) - 1
    if at < 0 or len(parts) <= at or parts[:at] != stem[:at]:
        return False
    return parts[at] == stem[at] or bool(re.match(rf"{re.escape(stem[at])}\.\d", parts[at]))


def _listed(card: Input, family: str, known: set[str]) -> Iterator[Size]:
    """Sizes of a list, called by the family's name and the size; none where models are named for all of them."""
    own = re.compile(rf"(?<![\w.-]){re.escape(family)}(?![\w]|[.-]\w)", re.I)
    bracketed = re.compile(rf"{own.pattern}\s(?:models|series|family|suite)\s\((?P<sizes>{_COUNTS})\)", re.I)
    for number, line in enumerate(_MARKS.sub("", card.text).split("\n"), 1):
        listed = _LISTED.search(line) or bracketed.search(line) or _ALSO.search(line) if len(line) <= MAX_LINE else None
        if not listed or foreign(own.sub("", line)):
            continue
        told = [*re.split(r",? and |,? or |[,/]\s?", listed["sizes"]), listed.groupdict().get("own") or ""]
        sizes = [re.sub(r" ?([mb])illion\Z", lambda unit: unit[1].upper(), size.strip()) for size in told if size]
        for size in sizes if any(size.casefold() not in known for size in sizes) else ():
            if f"{size[:-1]}." in {one[: len(size)] for one in known}:  # a rounded 3B where the model is called 3.7B
                continue
            yield Size(node("model", f"{family.replace(' ', '-')}-{size}"), Source(card.name, number, 1))


def _titles(cards: Sequence[Input]) -> Iterator[str]:
    for card in cards:
        lines = card.text[:4000].split("\n")[:40]
        yield from (found["title"] for line in lines if (found := _TITLE.match(line)))


def _stem(name: str) -> tuple[str, ...]:
    return tuple(part for part in without_size(name_parts(name)) if part not in ("llms", "models", "model"))


@cache
def _labels() -> Mapping[str, str]:
    return rule_words("parameters").labels
