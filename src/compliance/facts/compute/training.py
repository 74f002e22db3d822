"""Training compute, in operations: what adds up, and what can be estimated where nobody stated a figure.

The estimate takes what documents give. From counts: six operations per parameter that is active and per token seen
(Kaplan et al. 2020; Commission guidelines C(2025) 7719, Annex A). From hardware: hours times peak rate times utilisation
(same annex). Its width is chosen from figures in the open: the guidelines tolerate 30 % below; above, developers' own
figures for language models lie up to 1.5 times higher than the count (Gopher 1.25, BloombergGPT 1.37, InCoder 1.44), for
attention, embeddings and later stages are left out, and a further third is allowed. The 30 utilisations that Epoch AI lists
(epoch.ai, CC-BY-4.0) lie between 17 and 55 %.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ...vocabulary import UNKNOWN, Range, Value, show
from .hardware import peak_rate
from .ranges import add, bounds, divide, join, multiply, round_outward

Getter = Callable[[str], Value]
Compute = Callable[[Getter, date], Value]

PER_PARAMETER_AND_TOKEN = 6
COUNT_WIDTH = Range(Fraction(7, 10), Fraction(2))
UTILISATION = Range(Fraction(15, 100), Fraction(60, 100))

OWN = "model.compute.own_training"
UPSTREAM = "model.compute.upstream_training"
CUMULATIVE = "model.compute.cumulative_training"
SYNTHETIC = "model.compute.synthetic_data"


class Estimate(NamedTuple):
    """A range of operations, the facts that it was made from, and how, in words."""

    value: Value
    because: tuple[str, ...]
    note: str


NOTHING = Estimate(UNKNOWN, (), "")


def cumulative_training(get: Getter, at: date) -> Value:
    """Own training and that of the models built on; own training alone only where the model is known not to be derived."""
    del at
    if bounds(get(UPSTREAM)) is not None:
        return add((get(OWN), get(UPSTREAM)))
    return add((get(OWN),)) if get("model.is_derived") is False else UNKNOWN


def cumulative_with_synthetic(get: Getter, at: date) -> Value:
    """All training and the making of synthetic data, both known; all training alone would only be a lower bound."""
    del at
    return add((get(CUMULATIVE), get(SYNTHETIC)))


def modification_share(get: Getter, at: date) -> Value:
    """Own training as a share of the training of the models built on."""
    del at
    return divide(get(OWN), get(UPSTREAM))


def own_training(get: Getter, at: date) -> Value:
    """The estimate of own training alone, without its words."""
    del at
    return estimate_own_training(get).value


def estimate_own_training(get: Getter) -> Estimate:
    """Own training from counts, from hardware, or, where both are there, the range that covers both."""
    found = [one for one in (_from_counts(get), _from_hardware(get)) if one is not NOTHING]
    if len(found) < 2:
        return found[0] if found else NOTHING
    ends = [pair for one in found if (pair := bounds(one.value))]
    value = round_outward(min(low for low, _ in ends), max(high for _, high in ends))
    because = tuple(dict.fromkeys(name for one in found for name in one.because))
    return Estimate(value, because, "; ".join(one.note for one in found))


def count_operations(parameters: Value, tokens: Value) -> Value:
    """Six operations per active parameter and token seen, without any margin; UNKNOWN where one is not a number."""
    return multiply((PER_PARAMETER_AND_TOKEN, parameters, tokens))


def hardware_operations(hours: Value, accelerator: Value, utilisation: Value = UTILISATION) -> Value:
    """Accelerator hours times 16-bit peak rate times utilisation; UNKNOWN for an accelerator without a known rate."""
    peak = peak_rate(accelerator) if isinstance(accelerator, str) else None
    return UNKNOWN if peak is None else multiply((hours, 3600, join(*peak), utilisation))


def _from_counts(get: Getter) -> Estimate:
    """Six per active parameter and token. A derived model's card often repeats the tokens of its base: then nothing."""
    tokens, active, total = (get(f"model.{name}") for name in ("training.tokens", "parameters.active", "parameters.total"))
    if bounds(tokens) is None or get("model.is_derived") is True:
        return NOTHING
    if bounds(active) is not None:
        parameters, name, note = active, "model.parameters.active", f"{show(active)} active parameters"
    elif (pair := bounds(total)) is not None and get("model.is_mixture_of_experts") is not True:
        dense = get("model.is_mixture_of_experts") is False
        parameters, name, note = total if dense else join(0, pair[1]), "model.parameters.total", f"{show(total)} parameters"
        note += "" if dense else " (whether all are active is unknown, so only the upper end holds)"
    else:
        return NOTHING
    value = multiply((count_operations(parameters, tokens), COUNT_WIDTH))
    return _sensible(
        value, (name, "model.training.tokens"), f"estimate: 6 x {note} x {show(tokens)} tokens, taken 0.7 to 2 times"
    )


def _from_hardware(get: Getter) -> Estimate:
    """Accelerator hours times peak rate times utilisation."""
    hours, accelerator = get("model.training.accelerator_hours"), get("model.training.accelerator")
    note = f"estimate: {show(hours)} hours of {show(accelerator)} at its 16-bit peak rate, used to 15 to 60 %"
    value = hardware_operations(hours, accelerator)
    return _sensible(value, ("model.training.accelerator", "model.training.accelerator_hours"), note)


def _sensible(value: Value, because: tuple[str, ...], note: str) -> Estimate:
    """Nothing for what is not known, and for figures that no training can have: none at all."""
    pair = bounds(value)
    return Estimate(round_outward(*pair), because, note) if pair is not None and pair[1] > 0 else NOTHING
