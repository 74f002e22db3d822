"""A provision of law as an object. The field docs are the grammar; `docs/grammar.md` has an example of each.

The line below a field says what it means; `packs.schema` hands it to editors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema

from ..reading import InputError, Source, printable
from .conditions import Condition, parse_conditions


def _text(value: Any) -> Any:
    plain = " ".join(value.splitlines()) if isinstance(value, str) else ""
    if printable(plain) != plain:
        raise ValueError("control characters in the text; take them out")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _items(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def read_conditions(value: Any, info: ValidationInfo) -> tuple[Condition, ...]:
    """Conditions as pydantic reads them: what is wrong inside a line carries its own place."""
    try:
        return parse_conditions(value, (info.context or {}).get("file", "card"))
    except InputError as error:
        if error.problem.source.line:
            raise
        raise ValueError(f"{error.problem.message}: {error.problem.hint}") from None  # pydantic knows the key, and so the line


WORDS = {"type": ["string", "integer"]}
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(WORDS)]
Texts = Annotated[
    tuple[Text, ...], BeforeValidator(_items), WithJsonSchema({"anyOf": [WORDS, {"type": "array", "items": WORDS}]})
]
Scalar = bool | int | str
CONDITIONS = {"$comment": "conditions"}
"""Where conditions stand in a JSON Schema; `packs.schema` puts the schema of conditions in its place."""
Conditions = Annotated[tuple[Condition, ...], PlainValidator(read_conditions), WithJsonSchema(CONDITIONS)]


class Frozen(BaseModel):
    """Closed and immutable: a key that is not here is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)


class Exception_(Frozen):
    """A row of `except`: any row true takes the case out."""

    cite: Text = ""
    """Where the exception stands."""
    when: Conditions
    """Conditions; all must hold."""
    since: Text | None = None
    """The amendment that brought this row."""


class Route(Frozen):
    """A first day that counts only for those of whom `when` holds."""

    date: Text
    """First day, a date or $timeline.name."""
    when: Conditions
    """Who begins on that day."""


class Transition(Frozen):
    """Until `comply_by`, the last day, nothing is owed by those of whom `when` holds."""

    cite: Text = ""
    """Where the transition stands."""
    since: Text | None = None
    """The amendment that brought it."""
    when: Conditions
    """Who is in it."""
    comply_by: Text
    """The last day on which nothing is owed, a date or $timeline.name."""


class Applies(Frozen):
    """The clock of a card: first day, last day, transitions."""

    from_: Text | tuple[Route, ...] | None = Field(default=None, alias="from")
    """First day: a date, $timeline.name, or a list of routes."""
    until: Text | None = None
    """Last day."""
    transition: tuple[Transition, ...] = ()
    """Who has more time."""


class Deadline(Frozen):
    """The clock of an event; `done` is the attribute of the fitting document, or with a dot a fact, that is compared."""

    within: Text | None = None
    """A period after the event: `72 hours`, `15 days`, `10 business_days`, `2 weeks`, `3 months`, `1 year`."""
    after: tuple[Text, ...] = ()
    """Facts that are dates; the period runs from them."""
    at_least: Text | None = None
    """A period that must lie between the document and the event in `before`."""
    before: tuple[Text, ...] = ()
    """Events; strictly earlier than them."""
    on_or_before: tuple[Text, ...] = ()
    """Events; the same date will do."""
    start: Literal["earliest", "latest", "contested"] = "earliest"
    """Which of several events counts; `contested` works every one out."""
    done: Text
    """The attribute of the fitting document that is compared; with a dot, a fact."""
    calendar: Text | None = None
    """Which days are business days, and whether a last day moves."""
    cite: Text = ""
    """Where the clock stands, if in another instrument."""
    repeat: Text | None = None
    """A period after which the duty returns."""


class Current(Frozen):
    """How long a document stays good: up to the same day one period later, or until the first event of `ends_on`."""

    for_: Text = Field(alias="for")
    """How long: `1 year`, `6 months`."""
    counted_from: Text
    """The attribute of the document from which it is counted."""
    ends_on: tuple[Text, ...] = ()
    """Facts that are dates; the first later one ends it sooner."""


class Demand(Frozen):
    """One thing that must be there: a document reached by `path` that meets `must`, or facts that hold."""

    demand: Text
    """What must be there, in a few words."""
    when: Conditions = ()
    """Asked for only then."""
    path: Text | None = None
    """`model -documented_by-> model_card | transparency_report`: where the document hangs and what it may be."""
    must: Conditions = ()
    """Conditions on the attributes of the document."""
    current: Current | None = None
    """How long the document stays good."""
    holds: Conditions = ()
    """A demand on facts, in place of `path` and `must`."""
    quantifier: Literal["any", "every"] = "any"
    """`any` document will do, or `every` one has to meet it."""
    inherits: Text | None = None
    """The citation by which a document of a parent model serves too."""


class Open(Frozen):
    """A doubt: what it is about, what settles it, what it lowers while it is not settled."""

    term: Text
    """What is doubtful, in the words of the text or our own."""
    kind: Literal["judgement", "norm", "gap", "missing_document", "contested"]
    """`judgement`, `norm` (a standard fills it), `gap`, `missing_document`, `contested`."""
    cite: Text = ""
    """Where the doubtful words stand."""
    when: Conditions = ()
    """The doubt arises only then."""
    settled_by: Conditions = ()
    """Facts, or KIND.attribute of the fitting document, that settle it."""
    lowers: Literal["conclusion", "applies", "deadline", "nothing"] = "conclusion"
    """What becomes unknown while it is not settled: the `conclusion`, whether it `applies`, the `deadline`, or `nothing`."""


class Cure(Frozen):
    """A chance to put things right before a penalty."""

    within: Text
    """The period."""
    until: Text | None = None
    """Last day on which there is such a chance."""


class Penalty(Frozen):
    """What a breach may cost; the first row that fits counts. `amount` is a parameter, `none_stated` or `national_law`."""

    when: Conditions = ()
    """For whom this row is; left out, for everybody else."""
    amount: Text
    """`$parameters.name`, `none_stated` or `national_law`."""
    by: Text = ""
    """The office that imposes it."""
    cure: Cure | None = None
    """A chance to put things right first."""
    note: Text = ""
    """What else to know."""


class Yield(Frozen):
    """An exemption of another instrument that frees from this duty."""

    card: Text
    """The exemption, jurisdiction/instrument/card."""
    cite: Text
    """Where the text says so."""


class OtherScope(Frozen):
    """Conditions that stand in place of the inherited scope, with the citation that allows it."""

    cite: Text
    """The provision that leaves the scope of the instrument."""
    instead: Conditions
    """The conditions that count here."""


class Review(Frozen):
    """How sure we are and when somebody last read the text."""

    status: Literal["draft", "reviewed", "contested"]
    """`draft`, `reviewed` by a second person, or `contested`."""
    checked: Text
    """Day on which the card was last compared with the text."""
    certainty: Literal["high", "medium", "low"]
    """`high`, `medium` or `low`."""


class Given(Frozen):
    """Settings and facts that the cases of a card share; facts nested or dotted, by the first word of their name."""

    model_config = ConfigDict(frozen=True, extra="allow")
    at: Text
    """The day of the check."""
    as_known_on: Text | None = None
    """The state of the law: what had been published by that day."""
    inventory: Literal["complete", "open"] | None = None
    """`complete`: the documents listed are all there are."""
    cards: Mapping[Text, Scalar] = Field(default_factory=dict)
    """Conclusions of other cards, set by hand: `{art-2-3: false}`."""


class Case(Frozen):
    """One case: what differs from `given`, and the verdict the text demands."""

    name: Text
    """What this case is about."""
    at: Text | None = None
    """The day of the check, where it differs."""
    as_known_on: Text | None = None
    """The state of the law, where it differs."""
    inventory: Literal["complete", "open"] | None = None
    """`complete` or `open`, where it differs."""
    cards: Mapping[Text, Scalar] = Field(default_factory=dict)
    """Conclusions of other cards, where they differ."""
    but: Mapping[Text, Any] = Field(default_factory=dict)
    """Facts that differ from `given`, by their full names."""
    expect: bool | Literal["satisfied", "not_satisfied", "undetermined", "not_applicable", "unknown"]
    """A verdict for a duty; true, false or unknown for a definition or exemption."""
    because: Text | None = None
    """A reason, or what would settle it."""
    force: Literal["binding", "soft", "voluntary", "proposed", "stayed", "lapsed"] | None = None
    """The force that is expected."""
    source: Literal["text", "guidance", "case_law", "ours"] | None = None
    """Who decides this case: the `text`, `guidance`, `case_law`, or `ours`."""


class Tests(Frozen):
    """The cases of a card."""

    given: Given
    """What all cases share."""
    cases: tuple[Case, ...]
    """The cases, each with what differs."""


class Card(Frozen):
    """What all four kinds share. `id`, `pack` and `version` come from the path, never from the text."""

    title: Text
    """What it demands, bans, lifts or defines, as a title."""
    cite: Text
    """The pinpoint in the text; the file is named after it."""
    gist: Text
    """What it says, in our own words."""
    subject: Text
    """What it is about: `model`, `system`, ..., or a pair such as `incident of model`."""
    when: Conditions
    """Conditions; all must hold. `[]` if the scope or the role says it all."""
    except_: tuple[Exception_, ...] = Field(default=(), alias="except")
    """Rows, any of which takes the case out."""
    applies: Applies = Applies()
    """The clock: first day, last day, transitions. Left out: always."""
    open: tuple[Open, ...] = ()
    """Every doubt, and what it makes unknown."""
    since: Text | None = None
    """The amendment from which on this text exists."""
    until: Text | None = None
    """The amendment that ended this text."""
    reading: Text = ""
    """How we read it, and why."""
    review: Review
    """How sure we are."""
    tests: Tests | None = None
    """The cases."""

    id: str = Field(default="", exclude=True)
    pack: str = Field(default="", exclude=True)
    source: Source = Field(default=Source(""), exclude=True)
    digest: str = Field(default="", exclude=True)

    @property
    def kind(self) -> str:
        """`obligation`, `prohibition`, `exemption` or `definition`."""
        return type(self).__name__.lower()

    @property
    def pinpoint(self) -> str:
        """The last part of the id, as in the file name without its version."""
        return self.id.rpartition("/")[2]

    @property
    def subjects(self) -> tuple[str, ...]:
        """`("incident", "model")` for `incident of model`, `("model",)` for `model`."""
        return tuple(self.subject.split(" of "))


class Duty(Card):
    """What obligations and prohibitions share."""

    addressee: Texts
    """The role that owes it, or a list of roles with one finding each; `unassigned` where the text leaves it open."""
    themes: Mapping[Text, Mapping[Text, Scalar]]
    """Themes of jurisdictions/themes.yaml with their facets; `unstated` where the law is silent."""
    scope: OtherScope | None = None
    """Conditions in place of the scope of the instrument; only with a citation."""
    penalty: tuple[Penalty, ...] = ()
    """What a breach may cost; the first row that fits."""
    remedy: Text = ""
    """What to do about a gap."""
    severity: Literal["low", "medium", "high", "critical"] | None = None
    """How much a gap weighs."""
    precondition_of: Texts = ()
    """Activities that are unlawful without it: `develop`, `deploy`, `operate`, `use`."""
    not_exempted_by: Texts = ()
    """Exemptions that do not reach it; compared with what they say."""
    yields_to: tuple[Yield, ...] = ()
    """Exemptions of other instruments that free from it."""


class Obligation(Duty):
    """A duty to do or to have something."""

    evidence: tuple[Demand, ...]
    """The demands; all are needed."""
    deadline: Deadline | None = None
    """The clock of an event; it governs every demand with a `path`."""


class Prohibition(Duty):
    """A ban: `breach` true is not satisfied."""

    breach: Conditions
    """Conditions; if they hold, the ban is broken."""


class Reach(Frozen):
    """All duties on the subject, but for some pinpoints, and only of these roles."""

    all_of: Literal["instrument"]
    """Every duty of the instrument on the same subject."""
    other_than: Texts = ()
    """Cards that are left out; patterns such as `art-5-*` may be used."""
    addressee: Texts = ()
    """Only as owed in these roles."""


class Exemption(Card):
    """Takes duties out, blocks exemptions, undoes definitions; says what it reaches."""

    reaches: Reach | Texts
    """The cards it takes out, or all of the instrument with exceptions."""
    effect: Literal["lifted", "in_transition", "deemed"] = "lifted"
    """`lifted`: nothing is owed; `in_transition`: not yet; `deemed`: taken as done."""


class Definition(Card):
    """Makes one fact, or `role NAME`, true."""

    defines: Text
    """One fact, or `role NAME`."""


KINDS: Mapping[str, type[Card]] = {
    "obligation": Obligation, "prohibition": Prohibition, "exemption": Exemption, "definition": Definition,
}  # fmt: skip
