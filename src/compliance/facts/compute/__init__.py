"""Facts that are worked out from other facts: pure functions of the facts of one situation and of the day judged.

A function asks for what it needs by fact name and answers UNKNOWN where something is missing; it never answers for a fact
that was stated. What needs the graph (compute of the models that another one was derived from) is in `lineage`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .outputs import every_output_is_detectable, every_output_is_marked
from .revenue import group_revenue_preceding_calendar_year
from .training import (
    Compute,
    Estimate,
    Getter,
    cumulative_training,
    cumulative_with_synthetic,
    estimate_own_training,
    modification_share,
    own_training,
)

COMPUTE: Mapping[str, Compute] = MappingProxyType(
    {
        "addressee.group_revenue_preceding_calendar_year": group_revenue_preceding_calendar_year,
        "model.compute.cumulative_training": cumulative_training,
        "model.compute.cumulative_with_synthetic": cumulative_with_synthetic,
        "model.compute.modification_share": modification_share,
        "model.compute.own_training": own_training,
        "system.every_synthetic_output_is_detectable": every_output_is_detectable,
        "system.every_synthetic_output_is_marked": every_output_is_marked,
    }
)
"""Functions by the name of the fact that they work out."""

OF_THE_DAY = frozenset({"addressee.group_revenue_preceding_calendar_year"})
"""Facts that change with the day judged; they are worked out for each day and never kept."""

__all__ = ["COMPUTE", "OF_THE_DAY", "Compute", "Estimate", "Getter", "estimate_own_training"]
