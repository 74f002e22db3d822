"""Forms that a provider fills in: the AI Office's summary of training content, and the Model Documentation Form.

What a section says, and what each field of a summary says, is a topic of the document; a few fields are facts of the model.
A summary is said to be on the official template only where every section is filled in. That a form exists says nothing of
who has it: see `published_at` and `recipients`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ..reading import InputError, Problem, Source
from ..vocabulary import EdgeStatement, NodeStatement, Terms, node
from .form_entries import HEADER, Entry, Sheet, form_name, read_entries
from .page import Page, Setting, says_nothing
from .recognition import load_fields
from .topics import is_placeholder, links_of
from .types import Imported, Input
from .written import read_count, read_day, read_operations

MODALITIES = frozenset({"text", "image", "audio", "video"})
_MWH = re.compile(r"\s*(\d{1,12}(?:\.\d{1,6})?) ?(?:MWh)?\s*\Z")
SOURCES = (
    "public_datasets", "licensed_data", "private_third_party_data", "crawled_data", "model_interactions", "other_service_data",
    "synthetic_data", "other_sources",
)  # fmt: skip
"""Sources of data that the summary asks for with yes or no; each is a fact `model.trained_on_...`."""
Filled = Mapping[tuple[str, str], list[Entry]]


def read_form(one: Input, setting: Setting) -> Imported:
    """The form as a document, its topics, and the facts that it states. An unfilled form is no document, only a remark."""
    name = form_name(one)
    form = load_fields("forms.yaml").get(name)
    if form is None:
        known = ", ".join(load_fields("forms.yaml"))
        return Imported(problems=(Problem(Source(one.name, 1, 1), "value", f"unknown form `{name}`", f"one of {known}"),))
    page = Page(one.name, setting)
    sheet = Sheet(form, page)
    try:
        read_entries(one, sheet)
    except InputError as error:
        return Imported(problems=(error.problem,))
    page.tree = sheet.listed
    filled: dict[tuple[str, str], list[Entry]] = {}
    for entry in sheet.entries:
        if _says(entry, form, setting):
            filled.setdefault((entry.section, entry.field), []).append(entry)
    if not any(section for section, _ in filled):
        page.remark(Source(one.name, 1, 1), "placeholder", "the form is not filled in and counts as absent", "fill it in")
        return Imported(problems=tuple(page.problems), tree=page.tree)
    for (section, name), entries in filled.items():
        fact = form["sections"][section]["fields"][name].get("fact") if section else None
        if fact:
            FACTS[fact](page, entries)
    if form.get("second") is not None:
        return _close_documentation(page, form, filled)
    page.topics |= _item_topics(form, sheet.entries, filled)
    return _close_summary(page, form, filled)


def _says(entry: Entry, form: Mapping[str, Any], setting: Setting) -> bool:
    """Whether an answer has content; a bare link has it where the field asks for one."""
    if says_nothing(entry.text) or is_placeholder(entry.text, setting.recognition):
        return False
    asked = form["sections"][entry.section]["fields"][entry.field] if entry.section else {"link": True}
    bare = entry.text.split()
    return bool(asked.get("link")) or not (len(bare) == 1 and links_of(entry.text))


def _item_topics(form: Mapping[str, Any], entries: list[Entry], filled: Filled) -> set[str]:
    """What single fields speak of: those that are filled in, and those that the word none answers."""
    items = {name for section, name in filled if section == HEADER} & set(form["header_topics"])
    for entry in entries:
        asked = form["sections"][entry.section]["fields"][entry.field] if entry.section else {}
        none = asked.get("none") and entry.text.strip(" .").casefold() == "none"
        if "topic" in asked and (none or (entry.section, entry.field) in filled):
            items.add(asked["topic"])
    return items


def _close_summary(page: Page, form: Mapping[str, Any], filled: Filled) -> Imported:
    missing = []
    for number, section in form["sections"].items():
        if _is_filled(number, section, filled):
            page.topics.add(section["topic"])
        elif not section.get("optional"):
            missing.append(number)
    attributes: dict[str, Any] = {}
    if missing:
        message = f"sections {', '.join(missing)} are not filled in; the summary does not count as one on the template"
        page.remark(Source(page.file, 1, 1), "lacks", message, "fill them in; `used: no` answers where nothing was used")
    else:
        attributes["template"] = form["template"]
    return page.close(form["document"], {**attributes, **_published(page, filled)})


def _is_filled(number: str, section: Mapping[str, Any], filled: Filled) -> bool:
    if not all((number, name) in filled for name in section["needs"]):
        return False
    used = filled.get((number, "used"), [])
    if any(one.text.casefold() not in ("yes", "no") for one in used):
        return False
    if any(one.text.casefold() == "yes" for one in used) and not any((number, name) in filled for name in section["then"]):
        return False
    either = section.get("then_any")
    return either is None or any((number, name) in filled for name in either)


def _published(page: Page, filled: Filled) -> dict[str, Any]:
    """Date and address of the document; one with a public address is public."""
    said: dict[str, Any] = {}
    for entry in filled.get((HEADER, "last_update"), []):
        day = read_day(entry.text)
        if day is None:
            page.remark(entry.source, "value", f"`{entry.text[:40]}` is not a date", "write 2026-08-02")
        else:
            said["date"] = day
    if any(entry.text.startswith(("https://", "http://")) for entry in filled.get((HEADER, "published_at"), [])):
        said["public"] = True
    return said


def _close_documentation(page: Page, form: Mapping[str, Any], filled: Filled) -> Imported:
    """One document for authorities; a second for downstream providers where the form says that they have it."""
    fields = {name for section, name in filled if section}
    covered = {
        kind: frozenset(topic for topic, needed in topics.items() if fields.issuperset(needed))
        for kind, topics in form["topics"].items()
    }
    recipients = frozenset(entry.text for entry in filled.get((HEADER, "recipients"), []))
    attributes = {**_published(page, filled), "template": form["template"]}
    if recipients:
        attributes["recipients"] = Terms(recipients, complete=False)
    page.topics |= covered[form["document"]]
    second = form["second"]
    if second["for"] in recipients and page.setting.owner:
        other, place = node("document", f"{page.file}#{second['document']}"), Source(page.file, 1, 1)
        topics = Terms(covered[second["document"]], complete=False)
        page.statements.append(NodeStatement(other, place, {**attributes, "kind": second["document"], "topics": topics}))
        page.statements.append(EdgeStatement(page.setting.owner, "documented_by", other, place))
    return page.close(form["document"], attributes)


def _name(page: Page, entries: list[Entry]) -> None:
    page.name([entry.text for entry in entries], entries[0].source)


def _base_model(page: Page, entries: list[Entry]) -> None:
    for entry in entries:
        if len(entry.text.split()) <= 6:
            page.relate("derived_from", node("model", entry.text), entry.source)
        else:
            page.remark(entry.source, "value", "a sentence where the name of a model was expected", "write owner/name, or none")


def _trained_on(page: Page, entries: list[Entry]) -> None:
    for entry in entries:
        if len(entry.text.split()) <= 8 and not links_of(entry.text):
            page.relate("trained_on", node("dataset", entry.text), entry.source)


def _day(fact: str) -> Callable[[Page, list[Entry]], None]:
    def read(page: Page, entries: list[Entry]) -> None:
        for entry in entries:
            if (day := read_day(entry.text)) is None:
                page.remark(entry.source, "value", f"`{entry.text[:40]}` is not a date", "write 2026-08-02")
            else:
                page.state(fact, day, entry.source)

    return read


def _modalities(fact: str) -> Callable[[Page, list[Entry]], None]:
    """Kinds of content, one word each, alone or in a list with commas."""

    def read(page: Page, entries: list[Entry]) -> None:
        words = {word.strip().casefold() for entry in entries for word in entry.text.replace(" and ", ",").split(",")}
        page.state_terms(fact, words & MODALITIES, entries[0].source)
        if fact != "model.modalities":
            page.state_terms("model.modalities", words & MODALITIES, entries[0].source)

    return read


def _number(fact: str, read_number: Callable[[str], Any], expected: str) -> Callable[[Page, list[Entry]], None]:
    def read(page: Page, entries: list[Entry]) -> None:
        for entry in entries:
            if (number := read_number(entry.text)) is None:
                page.remark(entry.source, "value", f"`{entry.text[:40]}` is not {expected}", "write the number")
            else:
                page.state(fact, number, entry.source)

    return read


def _licence(page: Page, entries: list[Entry]) -> None:
    for entry in entries:
        page.license(entry.text, entry.source)


def _yes_no(fact: str) -> Callable[[Page, list[Entry]], None]:
    def read(page: Page, entries: list[Entry]) -> None:
        for entry in entries:
            if entry.text.casefold() in ("yes", "no"):
                page.state(fact, entry.text.casefold() == "yes", entry.source)

    return read


def _training_modalities(page: Page, entries: list[Entry]) -> None:
    """Kinds of content of one source; words that are none of the kinds are left out."""
    words = {word.strip().casefold() for entry in entries for word in entry.text.replace(" and ", ",").split(",")}
    page.state_terms("model.training_modalities", words & {*MODALITIES, "other"}, entries[0].source)


def _energy(page: Page, entries: list[Entry]) -> None:
    """Megawatt hours of training, as kilowatt hours."""
    for entry in entries:
        match = _MWH.match(entry.text.replace(",", ""))
        if match is None:
            page.remark(entry.source, "value", f"`{entry.text[:40]}` is not a number", "write the number of MWh")
        else:
            energy = Fraction(match[1]) * 1000
            said = int(energy) if energy.denominator == 1 else energy
            page.state("model.training.energy_kwh", said, entry.source, note="given in MWh")


FACTS: Mapping[str, Callable[[Page, list[Entry]], None]] = {
    "name": _name, "base_model": _base_model, "trained_on": _trained_on, "licence": _licence,
    "release_date": _day("model.release_date"), "eu_market_date": _day("model.market_date.eu"),
    "modalities": _modalities("model.modalities"), "output_modalities": _modalities("model.output_modalities"),
    "parameters": _number("model.parameters.total", read_count, "a number of parameters"),
    **{f"trained_on_{kind}": _yes_no(f"model.trained_on_{kind}") for kind in SOURCES},
    "training_modalities": _training_modalities,
    "training_energy": _energy,
    "training_flop": _number("model.compute.cumulative_training", read_operations, "a number of operations in FLOP"),
}  # fmt: skip
