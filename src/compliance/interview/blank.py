"""The compliance.yaml of a dossier that has none: the facts most useful to state, as comments, and nothing stated."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..catalogue import Catalogue
from ..reading import printable
from ..reports.outline import question_for

USEFUL = {
    "organisation": (
        "addressee.roles", "addressee.is_established_in.eu", "addressee.develops_it", "addressee.supplies_it_under_own_name",
        "addressee.places_it_on_market.eu", "addressee.annual_revenue",
    ),
    "model": (
        "model.is_general_purpose", "model.is_generative", "model.is_derived", "model.training_status",
        "model.is_on_market.eu", "model.market_date.eu", "model.release_date", "model.deployed_at",
        "model.is_available_to_third_party", "model.is_publicly_available.us-ca", "model.compute.own_training",
        "model.compute.upstream_training", "model.parameters.total", "model.training.tokens", "model.public.weights",
        "model.is_monetised", "model.evaluation_found_high_impact",
    ),
    "system": (
        "system.is_generative", "system.is_on_market.eu", "system.market_date.eu", "system.is_in_service.eu",
        "system.is_intended_to_interact_with_people", "system.synthetic_outputs", "system.is_listed_in_annex_iii.eu",
    ),
}  # fmt: skip
"""Facts by section. The region is an example; another stands as well."""

FORMS = {
    "boolean": "true or false", "number": "500000, 3.4*10^24 or {from: 2*10^24, to: 5*10^24}", "money": "500000000 USD",
    "date": "2026-08-02, or none", "instant": "2026-08-02T10:00+02:00, or none", "term": "one term, or none",
    "set": "a list: [provider, deployer]", "series": "[{period: 2025, amount: 500000000 USD}]",
}  # fmt: skip

HEAD = """\
# What no document of this folder says. Everything here is optional, and what is left out is unknown, never false.
# Take the # from a line to state it. `compliance ask DIR` asks for what settles most and writes the answers in here.
# Any value may be written {value: ..., source: ..., on: 2026-01-31, note: ...}; `none` says that there is no such thing.

format: 1

# inventory: {complete: true, by: WHO, on: DATE}      # a person's word that no document is left out
"""
SECTIONS = {
    "organisation": ("Whose duties are judged.", ("# name: YOUR ORGANISATION",)),
    "model": (
        "The model that this folder documents.",
        ("# name: {name}", "# base_model: OWNER/NAME", "# base_model_relation: finetune      # adapter, merge, quantize, distil"),
    ),
    "system": (
        "What the model is built into; write `system: none` if there is nothing.",
        ("# name: SYSTEM", "# models: [{name}]"),
    ),
}
DOCUMENTS = """\
  #
  # documents:
  #   - {kind: model_card, file: README.md, public: true}
  #   - {kind: copyright_policy, url: "https://...", public: true, date: DATE}
"""
FOOT = """
# accepted:                    # open terms of the law that somebody answers for
#   - {provision: eu/ai-act/..., term: ..., by: WHO, on: DATE, note: ...}
# waivers: []
"""


def blank_manifest(name: str, catalogue: Catalogue) -> str:
    """The text of a new compliance.yaml for the folder `name`."""
    parts = [HEAD]
    name = printable(" ".join(name.split())).replace("{", "").replace("}", "")
    for section, (title, first) in SECTIONS.items():
        parts.append(f"\n# {title}\n{section}:\n")
        parts += [f"  {line.replace('{name}', name)}\n" for line in first]
        parts += [f"{line}\n" for fact in USEFUL[section] for line in _fact(fact, catalogue)]
        parts.append(DOCUMENTS if section == "model" else "")
    return "".join([*parts, FOOT])


def _fact(fact: str, catalogue: Catalogue) -> Iterator[str]:
    """The question, how it is answered, and the line to uncomment."""
    entry = catalogue.fact(fact)
    if entry is None:
        return
    form = f"of {', '.join(entry.values)}" if entry.values else FORMS[entry.type]
    told = f"{question_for(fact, catalogue)} ({form})"
    yield "  #"
    yield from textwrap.wrap(told, 110, initial_indent="  # ", subsequent_indent="  #   ", break_on_hyphens=False)
    judged = "{value: unknown, judged: {by: WHO, on: DATE, standard: ...}}" if entry.kind == "judged" else "unknown"
    yield f"  # {fact.partition('.')[2]}: {judged}"
