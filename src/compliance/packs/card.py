"""A provision of law as an object. The field docs are the grammar; `docs/grammar.md` has an example of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema

from ..reading import InputError, Source
from .conditions import OPERATORS, Condition, parse_conditions

FORCES = ("binding", "soft", "voluntary", "proposed")


def _text(value: Any) -> Any:
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


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_items)]
Scalar = bool | int | str
LINE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 2,
    "properties": {
        "limb": {"type": "string"},
        "any_of": {"$ref": "#/$defs/conditions"},
        "all_of": {"$ref": "#/$defs/conditions"},
        "none_of": {"$ref": "#/$defs/conditions"},
        "exempted_by": {"type": "string"},
        "binds": {"type": "string"},
    },
    "additionalProperties": {
        "anyOf": [
            {"type": ["boolean", "integer", "string"]},
            {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": False,
                "properties": {operator: {"type": ["boolean", "integer", "string", "array"]} for operator in OPERATORS},
            },
        ]
    },
}
Conditions = Annotated[
    tuple[Condition, ...], PlainValidator(read_conditions), WithJsonSchema({"$ref": "#/$defs/conditions"}, mode="validation")
]


class Frozen(BaseModel):
    """Closed and immutable: a key that is not here is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)


class Exception_(Frozen):
    """A row of `except`: any row true takes the case out."""

    cite: Text = ""
    when: Conditions
    since: Text | None = None


class Route(Frozen):
    """A first day that counts only for those of whom `when` holds."""

    date: Text
    when: Conditions


class Transition(Frozen):
    """Until `comply_by`, the last day, nothing is owed by those of whom `when` holds."""

    cite: Text = ""
    since: Text | None = None
    when: Conditions
    comply_by: Text


class Applies(Frozen):
    """The clock of a card: first day, last day, transitions."""

    from_: Text | tuple[Route, ...] | None = Field(default=None, alias="from")
    until: Text | None = None
    transition: tuple[Transition, ...] = ()


class Deadline(Frozen):
    """The clock of an event; `done` is the attribute of the fitting document, or with a dot a fact, that is compared."""

    within: Text | None = None
    after: tuple[Text, ...] = ()
    at_least: Text | None = None
    before: tuple[Text, ...] = ()
    on_or_before: tuple[Text, ...] = ()
    start: Literal["earliest", "latest", "contested"] = "earliest"
    done: Text
    calendar: Text | None = None
    cite: Text = ""
    repeat: Text | None = None


class Current(Frozen):
    """How long a document stays good: up to the same day one period later, or until the first event of `ends_on`."""

    for_: Text = Field(alias="for")
    counted_from: Text
    ends_on: tuple[Text, ...] = ()


class Demand(Frozen):
    """One thing that must be there: a document reached by `path` that meets `must`, or facts that hold."""

    demand: Text
    when: Conditions = ()
    path: Text | None = None
    must: Conditions = ()
    current: Current | None = None
    holds: Conditions = ()
    quantifier: Literal["any", "every"] = "any"
    inherits: Text | None = None


class Open(Frozen):
    """A doubt: what it is about, what settles it, what it lowers while it is not settled."""

    term: Text
    kind: Literal["judgement", "norm", "gap", "missing_document", "contested"]
    cite: Text = ""
    when: Conditions = ()
    settled_by: Conditions = ()
    lowers: Literal["conclusion", "applies", "deadline", "nothing"] = "conclusion"


class Cure(Frozen):
    """A chance to put things right before a penalty."""

    within: Text
    until: Text | None = None


class Penalty(Frozen):
    """What a breach may cost; the first row that fits counts. `amount` is a parameter, `none_stated` or `national_law`."""

    when: Conditions = ()
    amount: Text
    by: Text = ""
    cure: Cure | None = None
    note: Text = ""


class Yield(Frozen):
    """An exemption of another instrument that frees from this duty."""

    card: Text
    cite: Text


class OtherScope(Frozen):
    """Conditions that stand in place of the inherited scope, with the citation that allows it."""

    cite: Text
    instead: Conditions


class Review(Frozen):
    """How sure we are and when somebody last read the text."""

    status: Literal["draft", "reviewed", "contested"]
    checked: Text
    certainty: Literal["high", "medium", "low"]


class Given(Frozen):
    """Settings and facts that the cases of a card share; facts nested or dotted, by the first word of their name."""

    model_config = ConfigDict(frozen=True, extra="allow")
    at: Text
    as_known_on: Text | None = None
    inventory: Literal["complete", "open"] | None = None
    cards: Mapping[Text, Scalar] = Field(default_factory=dict)


class Case(Frozen):
    """One case: what differs from `given`, and the verdict the text demands."""

    name: Text
    at: Text | None = None
    as_known_on: Text | None = None
    inventory: Literal["complete", "open"] | None = None
    cards: Mapping[Text, Scalar] = Field(default_factory=dict)
    but: Mapping[Text, Any] = Field(default_factory=dict)
    expect: bool | Literal["satisfied", "not_satisfied", "undetermined", "not_applicable", "unknown"]
    because: Text | None = None
    force: Literal["binding", "soft", "voluntary", "proposed", "stayed", "lapsed"] | None = None
    source: Literal["text", "guidance", "case_law", "ours"] | None = None


class Tests(Frozen):
    """The cases of a card."""

    given: Given
    cases: tuple[Case, ...]


class Card(Frozen):
    """What all four kinds share. `id`, `pack` and `version` come from the path, never from the text."""

    title: Text
    cite: Text
    gist: Text
    subject: Text
    when: Conditions
    except_: tuple[Exception_, ...] = Field(default=(), alias="except")
    applies: Applies = Applies()
    open: tuple[Open, ...] = ()
    since: Text | None = None
    until: Text | None = None
    reading: Text = ""
    review: Review
    tests: Tests | None = None

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
    themes: Mapping[Text, Mapping[Text, Scalar]]
    scope: OtherScope | None = None
    penalty: tuple[Penalty, ...] = ()
    remedy: Text = ""
    severity: Literal["low", "medium", "high", "critical"] | None = None
    precondition_of: Texts = ()
    not_exempted_by: Texts = ()
    yields_to: tuple[Yield, ...] = ()


class Obligation(Duty):
    """A duty to do or to have something."""

    evidence: tuple[Demand, ...]
    deadline: Deadline | None = None


class Prohibition(Duty):
    """A ban: `breach` true is not satisfied."""

    breach: Conditions


class Reach(Frozen):
    """All duties on the subject, but for some pinpoints, and only of these roles."""

    all_of: Literal["instrument"]
    other_than: Texts = ()
    addressee: Texts = ()


class Exemption(Card):
    """Takes duties out, blocks exemptions, undoes definitions; says what it reaches."""

    reaches: Reach | Texts
    effect: Literal["lifted", "in_transition", "deemed"] = "lifted"


class Definition(Card):
    """Makes one fact, or `role NAME`, true."""

    defines: Text


KINDS: Mapping[str, type[Card]] = {
    "obligation": Obligation, "prohibition": Prohibition, "exemption": Exemption, "definition": Definition,
}  # fmt: skip
