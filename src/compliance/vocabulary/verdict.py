"""Verdicts, reasons and forces: closed lists, in their order of precedence."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What an assessment says of one provision, one subject and one organisation."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class Reason(StrEnum):
    """Why. The order is the precedence within each verdict."""

    OUT_OF_SCOPE = "out_of_scope"
    NO_LONGER_APPLICABLE = "no_longer_applicable"
    NOT_YET_APPLICABLE = "not_yet_applicable"
    EXEMPT = "exempt"
    IN_TRANSITION = "in_transition"
    NOT_YET_DUE = "not_yet_due"
    DEEMED = "deemed"
    CONTRADICTION = "contradiction"
    UNKNOWN_FACT = "unknown_fact"
    CONTESTED = "contested"
    JUDGEMENT = "judgement"
    NOT_SHOWN = "not_shown"
    LATE = "late"
    NOT_CURRENT = "not_current"


LATER = frozenset({Reason.NOT_YET_APPLICABLE, Reason.IN_TRANSITION, Reason.NOT_YET_DUE})
"""Reasons that carry an outlook: the day the duty will bind and the verdict it would then have."""


class Force(StrEnum):
    """How the provision binds; found beside the verdict, never changing it."""

    BINDING = "binding"
    SOFT = "soft"
    VOLUNTARY = "voluntary"
    PROPOSED = "proposed"
    STAYED = "stayed"
    LAPSED = "lapsed"
