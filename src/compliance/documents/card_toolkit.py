"""Model Card Toolkit JSON, versions 0.0.1 and 0.0.2: details, parameters, considerations and results of one model.

Names of splits such as "Training Set" are no names of datasets, and the format does not say which data are for training;
data are therefore a topic and no relation, except where 0.0.1 keeps training data apart.
"""

from __future__ import annotations

from ..reading import InputError, Map, Problem, Source, load_json
from ..vocabulary import NodeStatement, Terms, node
from .members import leaves
from .page import Page, Setting
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
    page, details = Page(one.name, setting, tree=data), data["model_details"]
    for leaf in leaves(data):
        if topics := TOPICS.get(leaf.path):
            page.cover(topics, leaf.take(), page.place(leaf.mark), leaf.path[-1])
    for leaf in leaves(details):
        if leaf.path == ("name",):
            page.name([leaf.take()], page.place(leaf.mark))
        elif leaf.path == ("version", "date") and (day := read_day(leaf.take())):
            page.state("model.release_date", day, page.place(leaf.mark), note="date of the version")
    owners = frozenset(leaf.take() for leaf in leaves(details) if leaf.path == ("owners", "name"))
    if owners:
        made = {"owner": Terms(owners, complete=False)}
        place = page.place(details.keys_at["owners"])
        page.statements.extend(NodeStatement(one, place, made) for one in setting.holders)
    _licence(page, details)
    _training_data(page, data)
    return page.close("model_card")


def _licence(page: Page, details: Map) -> None:
    """One licence is the model's; of several it is not said whether all bind or one may be chosen."""
    named = [(leaf.take(), page.place(leaf.mark)) for leaf in leaves(details) if leaf.path in LICENCES]
    for text, source in named:
        fact = "model.licence.name" if len(named) == 1 else ""
        if page.license(text, source, fact=fact, covers="model" if fact else "part"):
            page.topics.add("licence")
    if len(named) > 1:
        message = f"{len(named)} licences, and not whether all bind or one may be chosen"
        page.remark(named[0][1], "licence", message, "join them with AND or OR in one identifier")


def _training_data(page: Page, data: Map) -> None:
    for leaf in leaves(data):
        if leaf.path == ("model_parameters", "data", "train", "name"):
            page.relate("trained_on", node("dataset", " ".join(leaf.take().split())[:200]), page.place(leaf.mark))
