"""Applied model card of the Coalition for Health AI in XML, versions 0.1 and 0.2.

What the card says on sizes or data is prose and only a topic; foundation models are those that the product uses, which makes it
none that is derived from them. The developer is who the card names; that makes no
party to the case of whoever keeps the dossier and is stated of the model only.
"""

from __future__ import annotations

import re

from ..reading import InputError, Problem, Source, load_xml
from ..vocabulary import NodeStatement
from .page import Page, Setting, says_nothing
from .types import Imported, Input
from .written import read_day

TOPICS: dict[str, tuple[str, ...]] = {
    "DeveloperContact": ("contact_mechanism",),
    "IntendedUseAndWorkflow": ("intended_uses",),
    "HowToUse": ("integration_means",),
    "CautionedOutOfScopeSettings": ("use_restrictions",),
    "KnownRisksAndLimitations": ("limitations",),
    "OutputAndInputDataTypes": ("modality_and_format",),
    "DevelopmentDataCharacterization": ("training_data",),
    "ValidationProcessAndJustification": ("evaluation_strategies",),
    "Interpretation": ("evaluation_results",),
}
"""Elements and the topics that they answer."""
FIGURES = ("Result", "ValueJson")
"""Elements with results of tests, in version 0.1 and 0.2."""
TAKEN = frozenset({*TOPICS, *FIGURES, "ModelName", "ModelDeveloper", "ReleaseDate"})
_SPACE = re.compile(r"https?://mc\.chai\.org/v[0-9.]{1,8}/schema\.xsd\Z")


def read_applied_card(one: Input, setting: Setting) -> Imported:
    """Statements of one card."""
    try:
        top = load_xml(one.text, one.name)
    except InputError as error:
        return Imported(problems=(error.problem,))
    if top.name != "AppliedModelCard" or not _SPACE.match(top.space):
        message = "the outermost element is not an AppliedModelCard"
        return Imported(problems=(Problem(Source(one.name, 1, 1), "xml", message, "see the schema of the format"),))
    page = Page(one.name, setting, tree=top)
    for element in top.walk():
        text, source = element.text.replace("\u200b", "").strip(), page.place(element.mark)
        if says_nothing(text):
            continue
        element.taken = element.name in TAKEN
        if element.name in TOPICS:
            page.cover(TOPICS[element.name], text, source, element.name)
        elif element.name == "ModelName":
            page.name([text], source)
        elif element.name == "ModelDeveloper":
            developer = {"developer": " ".join(text.split())[:200]}
            page.statements.extend(NodeStatement(holder, source, developer) for holder in setting.holders)
        elif element.name in FIGURES and re.search(r"\d", text):
            page.topics.add("evaluation_results")
        elif element.name == "ReleaseDate" and (day := read_day(text)):
            page.state("model.release_date", day, source)
    return page.close("model_card")
