"""A `$timeline` line whose comment does not give the date that the reference leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ...reading import Problem, Source
from ..card import Card
from ..instrument import Pack
from .context import Context

_REFERENCE = re.compile(r"\$timeline\.([a-z0-9_]+)")
_COMMENT = re.compile(r"(?:^|\s)#(.*)$")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check(context: Context) -> Iterator[Problem]:
    """Every line of a card; in instrument.yaml only where a comment gives a date at all."""
    for pack, card in context.cards():
        known = known_by(pack, card)
        yield from _lines(context, pack, card.source.file, known, wanted=True)
    for pack in context.packs:
        yield from _lines(context, pack, context.file_of(pack), date.max, wanted=False)


def known_by(pack: Pack, card: Card) -> date:
    """The last day of what was known while this text was the law: for a version that ended, the eve of its end."""
    ends = [row.published for row in pack.amendments if row.id == card.until]
    return ends[0] - timedelta(days=1) if ends else date.max


def _lines(context: Context, pack: Pack, file: str, known: date, *, wanted: bool) -> Iterator[Problem]:
    text = context.files.text(file)
    if "$timeline" not in text:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        names = list(_REFERENCE.finditer(line))
        comment = _COMMENT.search(line, names[-1].end()) if names else None
        said = _DATE.findall(comment[1]) if comment else []
        for match in names:
            if "#" in line[: match.start()]:
                continue  # the reference itself stands in a comment
            day = pack.resolve_date(match[1], known)
            if day is None or day.isoformat() in said or not (wanted or said):
                continue
            source = Source(file, number, match.start() + 1)
            what = f"the comment says {' and '.join(said)}, not {day}" if said else "the line does not end in a comment with it"
            yield context.problem("PK205", source, f"`{match[0]}` is {day}; {what}", f"write # {day} at the end of the line")
