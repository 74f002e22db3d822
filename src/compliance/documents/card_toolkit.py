"""Model Card Toolkit JSON, versions 0.0.1 and 0.0.2: details, parameters, considerations and results of one model.

Names of splits such as "Training Set" are no names of datasets, and the format does not say which data are for training;
data are therefore a topic and no relation, except where 0.0.1 keeps training data apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..reading import InputError, Map, Mark, Problem, Seq, Source, load_json
from ..vocabulary import node
from .page import Page, Setting, says_nothing
from .types import Imported, Input
from .written import read_day

TOPICS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("model_details", "owners", "contact"): ("contact_mechanism",),
    ("model_parameters", "model_architecture"): ("architecture_and_parameters",),
    ("model_parameters", "input_format"): ("modality_and_format",),
    ("model_parameters", "input_format_map", "value"): ("modality_and_format",),
    ("model_parameters", "output_format"): ("modality_and_format",),
    ("model_parameters", "output_format_map", "value"): ("modality_and_format",),
    ("model_parameters", "data", "description"): ("training_data",),
    ("model_parameters", "data", "train", "description"): ("training_data",),
    ("quantitative_analysis", "performance_metrics", "value"): ("evaluation_results",),
    ("considerations", "use_cases", "description"): ("intended_uses",),
    ("considerations", "use_cases"): ("intended_uses",),
    ("considerations", "limitations", "description"): ("limitations",),
    ("considerations", "limitations"): ("limitations",),
}
"""Fields of both versions, lists passed over, and the topics that they answer."""
LICENCES = (("license",), ("licenses", "identifier"), ("licenses", "custom_text"))


def read_card_toolkit(one: Input, setting: Setting) -> Imported:
    """Statements of one card."""
    try:
        data = load_json(one.text, one.name)
    except InputError as error:
        return Imported(problems=(error.problem,))
    if not isinstance(data, Map) or not isinstance(data.get("model_details"), Map):
        message = "no object `model_details` at the top"
        return Imported(problems=(Problem(Source(one.name, 1, 1), "json", message, "see the schema of the format"),))
    page, details = Page(one.name, setting), data["model_details"]
    for path, text, mark in leaves(data):
        for topics in filter(None, (TOPICS.get(path),)):
            page.cover(topics, text, page.place(mark), path[-1])
    for path, text, mark in leaves(details):
        if path == ("name",):
            page.name([text], page.place(mark))
        elif path == ("version", "date") and (day := read_day(text)):
            page.state("model.release_date", day, page.place(mark), note="date of the version")
    _licence(page, details)
    _training_data(page, data)
    return page.close("model_card")


def leaves(data: Map) -> Iterator[tuple[tuple[str, ...], str, Mark]]:
    """Every scalar with the keys that lead to it, lists passed over, in the order of the file; empty ones left out."""
    waiting: list[tuple[tuple[str, ...], Any, Mark]] = [((), data, data.mark)]
    while waiting:
        path, value, mark = waiting.pop()
        if isinstance(value, Map):
            waiting += [((*path, key), value[key], value.values_at[key]) for key in reversed(value)]
        elif isinstance(value, Seq):
            waiting += [(path, item, at) for item, at in reversed(list(zip(value, value.items_at, strict=True)))]
        elif value is not None and not isinstance(value, bool) and not says_nothing(str(value)):
            yield path, str(value), mark


def _licence(page: Page, details: Map) -> None:
    """One licence is the model's; of several it is not said whether all bind or one may be chosen."""
    named = [(text, page.place(mark)) for path, text, mark in leaves(details) if path in LICENCES]
    for text, source in named:
        fact = "model.licence.name" if len(named) == 1 else ""
        if page.license(text, source, fact=fact, covers="model" if fact else "part"):
            page.topics.add("licence")
    if len(named) > 1:
        message = f"{len(named)} licences, and not whether all bind or one may be chosen"
        page.remark(named[0][1], "licence", message, "join them with AND or OR in one identifier")


def _training_data(page: Page, data: Map) -> None:
    for path, text, mark in leaves(data):
        if path == ("model_parameters", "data", "train", "name"):
            page.relate("trained_on", node("dataset", " ".join(text.split())[:200]), page.place(mark))
