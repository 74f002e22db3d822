"""The files of an instrument beside its cards: instrument, amendments, timeline, parameters, coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from ..vocabulary import parse_day
from .card import CONDITIONS, Card, Frozen, Open, Scalar, Text, Texts, read_conditions
from .conditions import Condition
from .pinpoints import Pinpoints

LEFT_OUT = ("no_duty", "addresses_authority", "procedural", "repealed", "same_as", "source_missing", "not_yet_written")


def _day(value: Any) -> date:
    return parse_day(value)


def _scope(value: Any, info: ValidationInfo) -> Mapping[str, tuple[Condition, ...]]:
    if not isinstance(value, dict):
        raise ValueError("a mapping by subject: write {model: [...]} or {}")
    return {str(key): read_conditions(lines, info) for key, lines in value.items()}


Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


class ForceRow(Frozen):
    """From when to when the instrument binds, and how."""

    from_: Text = Field(alias="from")
    """First day, a date or $timeline.name."""
    until: Text | None = None
    """Last day."""
    is_: Literal["binding", "soft", "voluntary", "proposed"] = Field(alias="is")
    """How it binds."""
    cite: Text = ""
    """Where the text says so."""


class EnforcementRow(Frozen):
    """When the instrument is *not* enforced; a `stay` of scope `all` that is not contested makes the force `stayed`."""

    kind: Literal["stay", "grace", "not_yet_enforced"]
    """A `stay` by a court or office, a `grace` period, or `not_yet_enforced`."""
    scope: Literal["all", "fines", "fact_finding"]
    """What is not enforced: `all`, `fines`, `fact_finding`."""
    by: Text = ""
    """The office."""
    from_: Text | None = Field(default=None, alias="from")
    """First day on which it is not enforced."""
    until: Text | Mapping[str, Text] | None = None
    """Last day, `unknown`, or `{at_earliest: date}`."""
    before: Text | None = None
    """The first day on which it is enforced."""
    cards: Texts = ()
    """Only these cards; patterns may be used."""
    cite: Text = ""
    """Where it stands."""
    certainty: Literal["high", "medium", "low", "contested"] = "high"
    """How sure it is; a contested stay changes no force."""


class Instrument(Frozen):
    """`instrument.yaml`."""

    instrument: Text
    """Its short name."""
    format: Literal[1]
    """The version of this grammar: 1."""
    title: Text = ""
    """Its full title."""
    identifiers: Mapping[Text, Text] = Field(default_factory=dict)
    """Numbers under which it is registered."""
    kind: Literal["regulation", "statute", "agency_rule", "local_law", "standard", "guidance", "code_of_practice", "bill"]
    """What sort of text it is."""
    force: Annotated[tuple[ForceRow, ...], Field(min_length=1)]
    """From when to when it binds, and how."""
    enforcement: tuple[EnforcementRow, ...] = ()
    """When it is not enforced."""
    roles: tuple[Text, ...] = ()
    """The roles it knows."""
    scope: Annotated[
        Mapping[str, tuple[Condition, ...]],
        PlainValidator(_scope),
        WithJsonSchema({"type": "object", "additionalProperties": CONDITIONS}),
    ]
    """Conditions by subject that every duty on that subject inherits; `{}` for none."""
    incomplete: tuple[Text, ...] = ()
    """Facts of which not every defining card is written: unknown in place of false."""
    replaces: Text | None = None
    """The instrument it stands in place of."""
    open: tuple[Open, ...] = ()
    """Doubts about the whole of it; they lower nothing."""
    citation: Mapping[Text, Text] = Field(default_factory=dict)
    """How its parts are cited."""
    url: Text = ""
    """Where the text is."""
    horizon: Day
    """Last day for which sources were read."""


class Amendment(Frozen):
    """A row of `amendments.yaml`; the first is the act itself."""

    id: Text
    """The name by which `since` and `until` refer to it."""
    title: Text = ""
    """Its title."""
    published: Day
    """Day of publication; from then on it is known."""
    in_force: Day | None = None
    """Day on which its text holds; left out, the day of publication."""
    cite: Text = ""
    """Where it was published."""


class DateEntry(Frozen):
    """One state of a date: known since an amendment."""

    date: Day
    """The date."""
    since: Text
    """The amendment that set it."""
    cite: Text = ""
    """Where it stands."""


class ParameterEntry(Frozen):
    """One state of a threshold or fine."""

    value: Scalar | Mapping[Text, Any]
    """A number, money, or a fine with its parts."""
    unit: Text = ""
    """The unit of a number."""
    since: Text
    """The amendment that set it."""
    cite: Text = ""
    """Where it stands."""
    from_: Day | None = Field(default=None, alias="from")
    """First day on which this value counts."""


class CoverageRow(Frozen):
    """A pinpoint of the text and the card that encodes it, or why there is none."""

    cite: Text
    """The pinpoint."""
    card: Text | None = None
    """The card that encodes it."""
    left_out: (
        Literal["no_duty", "addresses_authority", "procedural", "repealed", "same_as", "source_missing", "not_yet_written"] | None
    ) = None
    """Why there is no card."""
    note: Text = ""
    """What to know about it."""


class SurvivorRow(Frozen):
    """Mistakes that the cases of a card do not notice, and why that is so."""

    card: Text
    """The card."""
    mutants: Annotated[Texts, Field(min_length=1)]
    """What is wrong in each, as `packs mutate` names it."""
    because: Text
    """Why no case can tell, or need tell: the same conclusion by another way, a doubt that another row covers."""


@dataclass(frozen=True, slots=True)
class Pack:
    """An instrument as data. `cards` holds every version of every card, in the order of their files."""

    id: str
    instrument: Instrument
    amendments: tuple[Amendment, ...]
    timeline: Mapping[str, tuple[DateEntry, ...]]
    parameters: Mapping[str, tuple[ParameterEntry, ...]]
    cards: tuple[Card, ...]
    coverage: tuple[CoverageRow, ...] = ()
    digest: str = ""
    folder: str = ""
    unwritten: int = 0
    """How many pinpoints of the text have no card yet, by `coverage.yaml`."""
    pinpoints: Pinpoints | None = None
    """The places of the text, by `pinpoints.yaml`."""
    survivors: tuple[SurvivorRow, ...] = ()
    """Mutants that survive for a reason, by `survivors.yaml`."""

    @property
    def jurisdiction(self) -> str:
        """`eu` of `eu/ai-act`."""
        return self.id.partition("/")[0]

    def is_known(self, amendment: str, known: date) -> bool:
        """Whether an amendment had been published by that day; an id that is not listed counts as never."""
        return any(row.id == amendment and row.published <= known for row in self.amendments)

    def is_in_force(self, amendment: str, at: date, known: date) -> bool:
        """Published by `known` and in force by `at` (its publication, where no other day is given)."""
        rows = [row for row in self.amendments if row.id == amendment]
        return any(row.published <= known and (row.in_force or row.published) <= at for row in rows)

    def is_active(self, card: Card, at: date, known: date) -> bool:
        """Whether this version of the text is the one in force on `at`, as the law was known on `known`."""
        if self.amendments and self.amendments[0].published > known:
            return False
        if card.since and not self.is_in_force(card.since, at, known):
            return False
        return not (card.until and self.is_in_force(card.until, at, known))

    def resolve_date(self, name: str, known: date) -> date | None:
        """The latest state of a timeline entry published by `known`."""
        entries = [e for e in self.timeline.get(name, ()) if self.is_known(e.since, known)]
        return max(entries, key=lambda e: self._published(e.since)).date if entries else None

    def resolve_parameter(self, name: str, at: date, known: date) -> ParameterEntry | None:
        """The latest state of a parameter published by `known` (and begun by `at`, where it has a first day)."""
        entries = [
            e for e in self.parameters.get(name, ()) if self.is_known(e.since, known) and (e.from_ is None or e.from_ <= at)
        ]
        return max(entries, key=lambda e: (self._published(e.since), e.from_ or date.min)) if entries else None

    def _published(self, amendment: str) -> date:
        return next(row.published for row in self.amendments if row.id == amendment)
