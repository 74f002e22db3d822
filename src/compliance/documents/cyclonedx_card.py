"""The `modelCard` of a CycloneDX component: which topics it covers with content, and the task of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..reading import Map
from .members import amount, number, objects, text, texts
from .page import Page, says_nothing
from .topics import is_placeholder

CONSIDERATIONS = {"useCases": "intended_uses", "technicalLimitations": "limitations"}
TRAINING = frozenset({"training", "fine-tuning"})
FIGURES = (
    ("activityEnergyCost", "kWh", 1, "model.training.energy_kwh"),
    ("co2CostEquivalent", "tCO2eq", 1000, "model.training.co2_kg"),
)
_DIGIT = re.compile(r"\d")


def read_model_card(page: Page, card: Map, *, generated: bool) -> None:
    """Topics and task of a model card. In a bill that a tool wrote the model parameters are left out."""
    for considerations in objects(card, "considerations"):
        for key, topic in CONSIDERATIONS.items():
            _cover(page, considerations, key, topic)
        _read_energy(page, objects(considerations, "environmentalConsiderations", "energyConsumptions"))
    metrics = objects(card, "quantitativeAnalysis", "performanceMetrics")
    if any(not says_nothing(text(one, "type")) and _has_figure(one) for one in metrics):
        page.topics.add("evaluation_results")
    for parameters in objects(card, "modelParameters"):
        if any(len(text(one, "description").split()) > 3 for one in objects(parameters, "datasets")):
            _cover_datasets(page, objects(parameters, "datasets"))
        if not generated:
            _read_parameters(page, parameters)


def _read_energy(page: Page, uses: Iterable[Map]) -> None:
    """Energy and emissions of training; of several entries for it nothing says whether they are parts of one sum."""
    told = [use for use in uses if text(use, "activity") in TRAINING]
    if any(number(cost, "value") for use in told for cost in objects(use, "activityEnergyCost")):
        page.topics.add("energy")
    training = [use for use in told if text(use, "activity") == "training"]
    if len(training) != 1:
        return
    for key, unit, factor, fact in FIGURES:
        for cost in objects(training[0], key)[:1]:
            if text(cost, "unit") == unit and (figure := amount(cost, "value", factor)):
                page.state(fact, figure, page.place(cost.values_at["value"]))


def _cover(page: Page, holder: Map, key: str, topic: str) -> None:
    """A list of texts; one that only asks is left over from a form."""
    answers = [(one, mark) for one, mark in texts(holder, key) if not one.endswith("?")]
    if answers:
        joined = "\n".join(one for one, _ in answers)
        page.cover([topic], joined, page.place(holder.keys_at[key]), key)


def _cover_datasets(page: Page, datasets: Iterable[Map]) -> None:
    for one in datasets:
        for words, mark in texts(one, "description"):
            page.cover(["training_data"], words, page.place(mark), "description")


def _has_figure(metric: Map) -> bool:
    value = text(metric, "value")
    return bool(_DIGIT.search(value)) or number(metric, "value") is not None


def _read_parameters(page: Page, parameters: Map) -> None:
    """The task, if it is one that hubs know, with the kinds of content that it means there; formats as a topic."""
    known = page.setting.recognition.words["tasks"]
    for raw, mark in texts(parameters, "task")[:1]:
        task = "-".join(raw.casefold().replace("_", " ").split())
        if task in known:
            place, note = page.place(mark), f"what hubs mean by `{task}`"
            page.state_terms("model.tasks", [task], place)
            page.state_terms("model.modalities", [*known[task]["in"], *known[task]["out"]], place, note)
            page.state_terms("model.output_modalities", known[task]["out"], place, note)
            page.topics.add("tasks")
    formats = [[text(one, "format") for one in objects(parameters, key)] for key in ("inputs", "outputs")]
    if all(any(_is_said(page, one) for one in side) for side in formats):
        page.topics.add("modality_and_format")


def _is_said(page: Page, words: str) -> bool:
    return not says_nothing(words) and not is_placeholder(words, page.setting.recognition)
