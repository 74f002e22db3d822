"""Properties of AI packages and dataset packages of SPDX 3.0: which topics they cover, and when a model was released."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..reading import Map
from ..vocabulary import parse_day
from .members import amount, number, objects, text, texts
from .page import Page, says_nothing

MODEL_TOPICS: Mapping[str, str] = {"ai_limitation": "limitations", "ai_informationAboutTraining": "design_and_training"}
DATA_TOPICS: Mapping[str, str] = {
    "dataset_intendedUse": "intended_uses", "dataset_knownBias": "biases",
    "dataset_dataCollectionProcess": "collection_process", "dataset_dataPreprocessing": "cleaning_and_processing",
    "dataset_datasetNoise": "limitations", "dataset_datasetUpdateMechanism": "maintenance",
    "dataset_anonymizationMethodUsed": "personal_information",
}  # fmt: skip
ENERGY = ("ai_trainingEnergyConsumption", "ai_finetuningEnergyConsumption")
UNITS = {"kilowattHour": Fraction(1), "megajoule": Fraction(10, 36)}
"""Kilowatt hours in one of a unit."""
_DIGIT = re.compile(r"\d")


def read_model_package(page: Page, element: Map) -> None:
    """Topics of an AI package, and its release. Domain, type, autonomy and the risk level state nothing here."""
    _cover(page, element, MODEL_TOPICS)
    uses = [use for key in ENERGY for use in objects(element, "ai_energyConsumption", key)]
    if any(text(use, "ai_energyUnit") in UNITS and number(use, "ai_energyQuantity") for use in uses):
        page.topics.add("energy")
    _state_energy(page, objects(element, "ai_energyConsumption", ENERGY[0]))
    metrics = objects(element, "ai_metric")
    if any(not says_nothing(text(one, "key")) and _DIGIT.search(text(one, "value")) for one in metrics):
        page.topics.add("evaluation_results")
    for said, mark in texts(element, "releaseTime"):
        try:
            page.state("model.release_date", parse_day(said.partition("T")[0]), page.place(mark))
        except ValueError:
            page.remark(page.place(mark), "value", f"`{said[:40]}` is not a date", "write 2026-08-02T00:00:00Z")


def read_data_package(page: Page, element: Map) -> None:
    """Topics of a dataset package. Its size is one in bytes and says nothing of how many entries it has."""
    _cover(page, element, DATA_TOPICS)
    for said, mark in texts(element, "dataset_hasSensitivePersonalInformation")[:1]:
        if said in ("yes", "no"):
            page.topics.add("personal_information")
        if said == "yes":  # `no` leaves open whether there are personal data that are not sensitive
            page.state("dataset.contains_personal_data", True, page.place(mark))


def _state_energy(page: Page, uses: Sequence[Map]) -> None:
    """Energy of training; of several entries nothing says whether they are parts of one sum."""
    for use in uses if len(uses) == 1 else ():
        unit = text(use, "ai_energyUnit")
        figure = amount(use, "ai_energyQuantity", UNITS[unit]) if unit in UNITS else None
        if figure:
            page.state(
                "model.training.energy_kwh", figure, page.place(use.values_at["ai_energyQuantity"]), note=f"given in {unit}"
            )


def _cover(page: Page, element: Map, topics: Mapping[str, str]) -> None:
    for key, topic in topics.items():
        said = "\n".join(one for one, _ in texts(element, key))
        if said:
            page.cover([topic], said, page.place(element.keys_at[key]), key)
