"""Instruments and cards for a reader: what they say, when they bind, how sure we are."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..packs import Card, Condition, Definition, Duty, Exemption, Group, Line, Look, Obligation, Pack, Prohibition
from ..packs.card import Reach
from ..packs.conditions import Test

WORDS = {
    "is": "is", "more_than": "is more than", "at_least": "is at least", "less_than": "is less than", "at_most": "is at most",
    "before": "is before", "on_or_before": "is on or before", "on_or_after": "is on or after", "one_of": "is one of",
    "includes": "includes",
}  # fmt: skip
GROUPS = {"any_of": "at least one of:", "all_of": "all of:", "none_of": "none of:"}


def write_pack(pack: Pack) -> str:
    """The instrument, its dates and figures with their history, and its cards by kind."""
    instrument = pack.instrument
    lines = [
        f"{instrument.instrument}  {pack.id}",
        instrument.title or "",
        f"{instrument.kind}; sources read up to {instrument.horizon}",
    ]
    lines += [f"amendment {row.id}: {row.title}, published {row.published}" for row in pack.amendments]
    for name, entries in sorted(pack.timeline.items()):
        lines += [f"date {name}: {e.date} since {e.since} [{e.cite}]" for e in entries]
    for name, figures in sorted(pack.parameters.items()):
        lines += [f"figure {name}: {f.value} {f.unit} since {f.since} [{f.cite}]" for f in figures]
    lines.append("")
    for card in pack.cards:
        version = f" (from {card.since})" if card.since else (f" (up to {card.until})" if card.until else "")
        lines.append(f"{card.kind:<12} {card.pinpoint:<28} {card.cite}: {card.title}{version}")
    return "\n".join(line for line in lines if line is not None) + "\n"


def write_card(card: Card) -> str:
    """One card in sentences."""
    lines = [f"{card.cite}: {card.title}  {card.id}", *_wrap(card.gist), f"  {card.kind} on {card.subject}"]
    if isinstance(card, Duty):
        lines.append(f"  owed by {' or '.join(card.addressee)}")
    if isinstance(card, Definition):
        lines.append(f"  defines {card.defines}")
    if isinstance(card, Exemption):
        reach = card.reaches
        shown = f"all duties but {', '.join(reach.other_than) or 'none'}" if isinstance(reach, Reach) else ", ".join(reach)
        lines.append(f"  reaches {shown}; effect {card.effect}")
    lines += ["  when:", *_conditions(card.when, "    ")] if card.when else ["  when: always, within role and scope"]
    for row in card.except_:
        lines += [f"  except{f' by {row.cite}' if row.cite else ''}:", *_conditions(row.when, "    ")]
    if card.applies.from_ and isinstance(card.applies.from_, str):
        lines.append(f"  from {card.applies.from_}" + (f" until {card.applies.until}" if card.applies.until else ""))
    lines += [f"  transition {t.cite}: last day {t.comply_by}" for t in card.applies.transition]
    if isinstance(card, Obligation):
        for demand in card.evidence:
            lines += [f"  evidence: {demand.demand}" + (f" ({demand.path})" if demand.path else "")]
            lines += _conditions((*demand.must, *demand.holds), "    ")
    if isinstance(card, Prohibition):
        lines += ["  broken if:", *_conditions(card.breach, "    ")]
    lines += [f"  open ({d.kind}, lowers {d.lowers}): {d.term}" for d in card.open]
    if card.reading:
        lines += _wrap(f"reading: {card.reading}")
    cases = len(card.tests.cases) if card.tests else 0
    lines.append(f"  {card.review.status}, read {card.review.checked}, certainty {card.review.certainty}; {cases} cases")
    return "\n".join(lines) + "\n"


def _conditions(conditions: tuple[Condition, ...], indent: str) -> Iterator[str]:
    for condition in conditions:
        limb = f"  [{condition.limb}]" if condition.limb else ""
        if isinstance(condition, Group):
            yield f"{indent}{GROUPS[condition.kind]}{limb}"
            yield from _conditions(condition.lines, indent + "  ")
        elif isinstance(condition, Look):
            yield f"{indent}{condition.kind.replace('_', ' ')} {condition.card}{limb}"
        elif isinstance(condition, Line):
            yield f"{indent}{condition.fact} {' and '.join(_phrase(t) for t in condition.tests)}{limb}"


def _phrase(test: Test) -> str:
    operand = test.operand
    if isinstance(operand, bool):
        shown = "true" if operand else "false"
    else:
        shown = ", ".join(str(o) for o in operand) if isinstance(operand, tuple) else str(operand)
    return f"{WORDS[test.operator]} {shown}"


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="  ", subsequent_indent="  ")
