"""MLCommons Croissant (0.8 to 1.1) with its vocabulary for responsible AI: a dataset, its licence, makers, topics of a card.

Files, record sets and fields of the dataset are told apart from none; only what the dataset as a whole is said to be counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..catalogue.licences import Licences
from ..reading import Map, Problem, Source
from ..vocabulary import NodeStatement, Statement, Terms, node
from .bill import DATA_LICENCE, Named, close_page, gather, hub_name, open_page, state_licences
from .layout import Layout
from .licence_address import licence_of_address
from .members import objects, read_objects, text, texts, values
from .page import Page, says_nothing
from .recognition import Recognition
from .types import Imported, Input

TOPICS: Mapping[str, str] = {
    "dataCollection": "collection_process", "dataCollectionType": "collection_process",
    "dataCollectionRawData": "sources_or_owners", "dataCollectionRaw": "sources_or_owners",
    "dataCollectionTimeframe": "collection_period", "dataCollectionTimeFrame": "collection_period",
    "dataCollectionMissingData": "limitations", "dataLimitations": "limitations",
    "dataPreprocessingProtocol": "cleaning_and_processing", "dataManipulationProtocol": "cleaning_and_processing",
    "dataImputationProtocol": "cleaning_and_processing",
    "dataAnnotationProtocol": "annotation", "dataAnnotationPlatform": "annotation", "dataAnnotationAnalysis": "annotation",
    "annotationsPerItem": "annotation", "annotatorDemographics": "annotation", "machineAnnotationTools": "annotation",
    "dataReleaseMaintenancePlan": "maintenance", "dataReleaseMaintenance": "maintenance",
    "personalSensitiveInformation": "personal_information", "dataSocialImpact": "social_impact", "dataBiases": "biases",
    "dataUseCases": "intended_uses",
}  # fmt: skip
"""Properties of the vocabulary, and the topic of a data card that each one answers."""
PREFIXES = ("rai:", "http://mlcommons.org/croissant/RAI/", "cr:", "ml:", "")
MOST_WORDS = 8
"""Most words of a name; more are a sentence on the dataset."""
MAKERS = ("creator", "author", "publisher")


def read_croissant(one: Input, layout: Layout, licences: Licences, recognition: Recognition) -> Imported:
    """Statements on the dataset that the file describes, or on several of a list; what is no dataset is a problem."""
    found, problems = read_objects(one)
    datasets = [(data, name) for data in found if (name := _name(data)) and _is_dataset(data)]
    remarks = [_refuse(one.name, data) for data in found if not _name(data) or not _is_dataset(data)]
    pages: list[Page] = []
    statements: list[Statement] = []
    for data, name in datasets:
        page = open_page(one.name, node("dataset", name), layout, licences, recognition)
        _read_dataset(page, data)
        pages.append(page)
        statements += close_page(page, "data_card", page.place(data.mark), only=len(datasets) == 1)
    card = gather(pages, [], statements, "data_card", layout)
    return replace(card, problems=(*problems, *remarks, *card.problems), tree=found)


def _is_dataset(data: Map) -> bool:
    kinds = [kind.rpartition("/")[2].removeprefix("sc:") for kind, _ in texts(data, "@type") + texts(data, "type")]
    return "Dataset" in kinds


def _refuse(file: str, data: Map) -> Problem:
    """What keeps an object from being read as a dataset."""
    if not _is_dataset(data):
        place = Source(file, *data.keys_at.get("@type", data.mark))
        return Problem(place, "value", f"`{text(data, '@type')[:80]}` is no dataset", 'write "@type": "sc:Dataset"')
    return Problem(Source(file, *data.mark), "value", "the dataset has no name", "give its `name`")


def _read_dataset(page: Page, data: Map) -> None:
    place = page.place(data.mark)
    page.statements.append(NodeStatement(page.setting.owner, place, _attributes(data)))
    names = [said for key in ("name", "alternateName") for said, _ in texts(data, key)]
    page.name([said for said in names if len(said.split()) <= MOST_WORDS], place)
    if state_licences(page, _licences(page, data), covers="data", fact=DATA_LICENCE):
        page.topics.add("licence")
    _state_languages(page, data)
    for source in objects(data, "prov:wasDerivedFrom") + objects(data, "isBasedOn"):
        if parent := next(filter(None, (hub_name(text(source, key)) for key in ("prov:locatedAt", "url", "@id"))), ""):
            page.relate("derived_from", node("dataset", parent), page.place(source.mark))
    _cover(page, data, "description", "summary")
    for key in data:
        prefix = next(one for one in PREFIXES if key.startswith(one))
        if topic := TOPICS.get(key.removeprefix(prefix)):
            _cover(page, data, key, topic)


def _name(data: Map) -> str:
    """The name of the dataset on its hub, else its own."""
    name = next((said for said, _ in texts(data, "name") if not says_nothing(said)), "")
    return next(filter(None, (hub_name(url) for key in ("url", "sameAs") for url, _ in texts(data, key))), "") or name


def _attributes(data: Map) -> dict[str, object]:
    """Address, version and makers; whether a maker owes anything is for others to say."""
    found: dict[str, object] = {key: text(data, key) for key in ("url", "version") if not says_nothing(text(data, key))}
    for key in MAKERS:
        people = [*(text(one, "name") for one in objects(data, key)), *(said for said, _ in texts(data, key))]
        known = frozenset(one for one in people if not says_nothing(one))
        if known:
            found[key] = Terms(known, complete=False)
    return found


def _licences(page: Page, data: Map) -> list[Named]:
    """Names or addresses of licences; in an object, its address or its name."""
    found = [Named(said, page.place(mark)) for said, mark in texts(data, "license")]
    for one in objects(data, "license"):
        url, name = text(one, "url") or text(one, "@id"), text(one, "name")
        said = url if licence_of_address(url) or not name else name
        found += [Named(said, page.place(one.mark))] if said else []
    return found


def _state_languages(page: Page, data: Map) -> None:
    said = [one for one, _ in texts(data, "inLanguage")]
    said += [text(one, "name") or text(one, "alternateName") for one in objects(data, "inLanguage")]
    known = [one for one in said if not says_nothing(one)]
    if known:
        page.state_terms("dataset.languages", known, page.place(data.keys_at["inLanguage"]))
        page.topics.add("languages")


def _cover(page: Page, data: Map, key: str, topic: str) -> None:
    said = "\n".join(one for one, _ in texts(data, key))
    if said:
        page.cover([topic], said, page.place(data.keys_at[key]), key)
    elif any(isinstance(one, int) and one > 1 for one, _ in values(data, key)):
        page.topics.add(topic)
