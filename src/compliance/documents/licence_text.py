"""Which licence a text is, and whether it is that licence unchanged: "modified MIT" is not MIT.

Text is compared as a run of lower-case words, so that line breaks, quotes and Markdown make no difference. Lines that name
a copyright holder are left out.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from ..catalogue.licences import Licence, Licences, LicenceText

_HOLDER = re.compile(
    r"^\W*(software |datasets |and )*copyright\s*(\(c\)|©|\(©\)|\[|\{|<|\d{4})"
    r"|^\W*\(c\)\s*(copyright|\d{4})|^\W*©|^\W*all rights reserved\W*$",
    re.I,
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Match:
    """A licence found in a text.

    `changed` is true where the body differs or words stand around it that the licence does not have, false where it is
    verbatim, None where we cannot tell. `others` are licences that follow in the same file (notices of third parties).
    """

    licence: Licence
    line: int
    changed: bool | None
    extra: int = 0
    others: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The id, or for a changed text `modified-` and the id: the label is not the licence."""
        return f"modified-{self.licence.id.lower()}" if self.changed else self.licence.id


@dataclass(frozen=True, slots=True)
class _Found:
    licence: Licence
    start: int
    end: int
    changed: bool | None


def match_text(text: str, licences: Licences) -> Match | None:
    """The licence that the text begins with, or None where no known one is recognised."""
    words, lines = _words(text)
    joined = f" {' '.join(words)} "
    found = [hit for one in licences.values() if one.text and (hit := _find(one, one.text, joined))]
    if not found:
        return None
    found.sort(key=lambda hit: (hit.start, -_weight(hit.licence), hit.licence.id))
    first = found[0]
    others = [hit for hit in found[1:] if hit.start >= first.end]
    extra = max(0, len(words) - (first.end - first.start) - _around(first))
    changed = first.changed
    if changed is False and extra and not others:
        changed = True
    named = tuple(sorted({hit.licence.id for hit in others}))
    return Match(first.licence, lines[min(first.start, len(lines) - 1)], changed, extra, named)


def fingerprint(text: str, begins: str, ends: str) -> tuple[str, int]:
    """Digest and number of words of the body between two phrases; for writing `rules/licences`."""
    words, _ = _words(text)
    joined = f" {' '.join(words)} "
    start = joined.index(f" {begins} ")
    body = joined[start : joined.index(f" {ends} ", start) + len(ends) + 1].strip()
    return _digest(body), len(body.split())


def _words(text: str) -> tuple[list[str], list[int]]:
    words: list[str] = []
    lines: list[int] = []
    for number, line in enumerate(text.casefold().split("\n"), 1):
        if not _HOLDER.match(line):
            found = _WORD.findall(line)
            words += found
            lines += [number] * len(found)
    return words, lines


def _find(licence: Licence, text: LicenceText, joined: str) -> _Found | None:
    at = [joined.find(f" {phrase} ") for phrase in text.phrases]
    begin = joined.find(f" {text.begins} ") if text.begins else min(at, default=-1)
    if begin < 0 or any(place < 0 for place in at):
        return None
    end = -1
    if text.ends:
        place = joined.find(f" {text.ends} ", begin)
        end = place + len(text.ends) + 1 if place >= 0 else -1
    body = joined[begin : end if end > 0 else len(joined)].strip()
    if any(f" {phrase} " in f" {body} " for phrase in text.without):
        return None
    start = joined[:begin].count(" ")
    size = len(body.split())
    changed: bool | None = None
    if text.ends and end < 0:
        changed = True
    elif text.fingerprints or text.words[1]:
        changed = _is_changed(body, size, text)
    return _Found(licence, start, start + size, changed)


def _is_changed(body: str, size: int, text: LicenceText) -> bool:
    """By its digest; by the number of words alone only where a holder's name inside allows no digest."""
    if text.fingerprints:
        return _digest(body) not in text.fingerprints
    return not text.words[0] <= size <= text.words[1]


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _around(hit: _Found) -> int:
    return hit.licence.text.around if hit.licence.text else 0


def _weight(licence: Licence) -> int:
    return len(licence.text.phrases) + len(licence.text.without) if licence.text else 0
