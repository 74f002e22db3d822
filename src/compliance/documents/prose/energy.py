"""Energy that training took, in kWh, and what it emitted, in kg of CO2 equivalents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from .figures import FIGURE, Figure, read_figure
from .found import Found, of_figure
from .passages import Passage
from .subject import Subject
from .words import rule_words

CUE = ("co2", "co₂", "carbon", "wh")
ENERGY, EMISSIONS = "model.training.energy_kwh", "model.training.co2_kg"

_KWH = {"wh": Fraction(1, 1000), "kwh": Fraction(1), "mwh": Fraction(1000), "gwh": Fraction(10**6)}
_KG = {"g": Fraction(1, 1000), "kg": Fraction(1), "t": Fraction(1000), "ton": Fraction(1000), "tons": Fraction(1000),
       "tonne": Fraction(1000), "tonnes": Fraction(1000), "metric tons": Fraction(1000), "metric tonnes": Fraction(1000),
       "kgs": Fraction(1), "kilograms": Fraction(1), "grams": Fraction(1, 1000)}  # fmt: skip
_ENERGY = re.compile(rf"(?P<figure>{FIGURE})\s?(?P<unit>[kMG]?Wh)(?![\w/])", re.I)
_CO2 = r"(?:of\s)?(?:CO2|CO₂|carbon)(?:[\s-]?(?:eq|e|equivalents?)\.?)?(?![\w/])"
_EMISSIONS = re.compile(
    rf"(?P<figure>{FIGURE})\s?(?P<unit>{'|'.join(sorted(_KG, key=len, reverse=True))})\s?(?P<gas>{_CO2})?(?![\w/])", re.I
)
_TRAINING = re.compile(r"(?<![\w])(?:pre-?|fine-?|)(?:train|tun)(?:ed|ing)(?![\w])", re.I)

_UNIT = re.compile(r"\((?P<unit>t|tons|tonnes|metric tons|kg)\s?co", re.I)


def read_energy(passage: Passage, subject: Subject) -> Iterator[Found]:
    """Amounts of training in all; a rate, a share or an inference figure is left out."""
    words = rule_words("energy")
    text = passage.text.text
    fact = words.labels.get(passage.label)
    if words.refused.search(text) or (passage.label and not fact) or (not passage.label and not _TRAINING.search(text)):
        return
    for name, shape, factors in ((ENERGY, _ENERGY, _KWH), (EMISSIONS, _EMISSIONS, _KG)):
        matches = [one for one in shape.finditer(text) if name == ENERGY or one["gas"] or fact == EMISSIONS]
        if name == fact == EMISSIONS and not matches and (bare := _bare(passage)):
            yield from (of_figure(EMISSIONS, one, at) for one, at in bare if subject.is_told(passage, at))
        figure = read_figure(matches[0]["figure"]) if len(matches) == 1 else None
        if figure and subject.is_told(passage, matches[0].start()):
            yield of_figure(name, figure.times(factors[matches[0]["unit"].casefold()]), matches[0].start())


def _bare(passage: Passage) -> list[tuple[Figure, int]]:
    """A figure without its unit, where the label has one: `carbon emitted (tCO2eq)`."""
    unit, match = _UNIT.search(passage.label), re.match(rf"({FIGURE})\s?\Z", passage.text.text, re.I)
    figure = read_figure(match[1]) if unit and match else None
    return [(figure.times(_KG[unit["unit"].casefold()]), 0)] if unit and figure else []
