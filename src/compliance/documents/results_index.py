"""model-index.yml: models with their parameters, training data and results.

`FLOPs` there are those of the model on one input, not of its training, and are not read. A single model is that of the
dossier; several are models of their own. A model inherits from its collection what it does not say itself. Files that the
index imports are read by themselves where they are indexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..reading import InputError, Map, Mark, Problem, Seq, Source, load_yaml
from ..vocabulary import EdgeStatement, NodeStatement, Statement, Terms, node
from .page import Page, Setting, says_nothing
from .types import Imported, Input
from .written import read_count

_HARDWARE = re.compile(r"(?:\d{1,5} ?x? )?((?:NVIDIA |Google |AMD |Intel )?(?:Tesla )?[A-Z][\w-]{1,20})(?: GPUs?)?\Z")


def read_results_index(one: Input, setting: Setting) -> Imported:
    """Statements of all models in the file; keys may be written in any case."""
    try:
        data = load_yaml(one.text, one.name)
    except InputError as error:
        return Imported(problems=(error.problem,))
    if not isinstance(data, Map):
        return Imported(problems=(Problem(Source(one.name, 1, 1), "yaml", "the index is not a mapping", "begin with Models:"),))
    page = Page(one.name, setting, tree=data)
    collections = {str(_get(entry, "name")): entry for entry in _entries(page, data, "collections")}
    models = [entry for entry in _entries(page, data, "models") if isinstance(_get(entry, "name"), str)]
    said: list[Statement] = []
    for entry in models:
        name = _get(entry, "name").strip()
        holder = node("model", name)
        its = page if len(models) == 1 else Page(one.name, replace(setting, owner=holder, holders=(holder,)))
        if its is page:
            page.name([name], _place(page, entry, "name"))
        _read_model(its, entry, collections.get(str(_get(entry, "in collection"))))
        if its is not page:
            said += _attach(its, holder, _place(page, entry, "name"))
            page.topics |= its.topics
            page.problems += its.problems
    if not models:
        return Imported(problems=tuple(page.problems), tree=data)
    if len(models) > 1:
        page.setting = replace(setting, owner="", holders=())
    card = page.close("model_card")
    return replace(card, statements=(*card.statements, *said))


def names_several(one: Input) -> bool:
    """Whether a file is an index of more than one model."""
    try:
        data = load_yaml(one.text, one.name)
    except InputError:
        return False
    raw = _get(data, "models") if isinstance(data, Map) else None
    return isinstance(raw, Seq) and sum(isinstance(entry, Map) and isinstance(_get(entry, "name"), str) for entry in raw) > 1


def _attach(page: Page, holder: str, source: Source) -> list[Statement]:
    """A model of its own, documented by its entry: what the others' entries cover does not count for it."""
    document = node("document", f"{page.file}#{holder.partition(':')[2]}")
    attributes = {"kind": "model_card", "topics": Terms(frozenset(page.topics), complete=False)}
    return [
        NodeStatement(holder, source), NodeStatement(document, source, attributes),
        EdgeStatement(holder, "documented_by", document, source), *page.statements,
    ]  # fmt: skip


def _read_model(page: Page, entry: Map, collection: Map | None) -> None:
    metadata = [_get(one, "metadata") for one in (entry, collection) if one is not None]
    own = [one for one in metadata if isinstance(one, Map)]
    for key, read in (("parameters", _parameters), ("training data", _training_data), ("training resources", _hardware)):
        holder = next((one for one in own if _get(one, key) is not None), None)
        if holder is not None:
            read(page, _get(holder, key), _place(page, holder, key))
    if all(any(_get(one, key) is not None for one in own) for key in ("architecture", "parameters")):
        page.topics.add("architecture_and_parameters")
    results = _get(entry, "results")
    if isinstance(results, Seq) and any(isinstance(one, Map) and isinstance(_get(one, "metrics"), (Map, Seq)) for one in results):
        page.topics.add("evaluation_results")


def _parameters(page: Page, raw: Any, source: Source) -> None:
    count = read_count(str(raw))
    if count is None:
        page.remark(source, "value", f"`{str(raw)[:40]}` is not a number of parameters", "write the number")
    else:
        page.state("model.parameters.total", count, source)


def _training_data(page: Page, raw: Any, source: Source) -> None:
    for item in raw if isinstance(raw, Seq) else [raw]:
        if isinstance(item, str) and not says_nothing(item) and len(item.split()) <= 8:
            page.relate("trained_on", node("dataset", item.strip()), source)


def _hardware(page: Page, raw: Any, source: Source) -> None:
    match = _HARDWARE.match(" ".join(str(raw).split()))
    if match and not isinstance(raw, (Map, Seq)):
        page.state("model.training.accelerator", match[1], source, note=f"written as `{raw}`")


def _entries(page: Page, data: Map, key: str) -> Iterator[Map]:
    """Mappings of a list; a path to another file is passed over, anything else is a problem."""
    raw = _get(data, key)
    items = list(zip(raw, raw.items_at, strict=True)) if isinstance(raw, Seq) else []
    if raw is not None and not isinstance(raw, (Seq, str)):
        page.remark(_place(page, data, key), "value", f"`{key}` takes a list", "see the specification of model-index")
    for item, mark in items:
        if isinstance(item, Map):
            yield item
        elif not isinstance(item, str):
            page.remark(page.place(mark), "value", "a mapping with a name was expected", "see the specification of model-index")


def _get(entry: Map, key: str) -> Any:
    name = _written(entry, key)
    return entry.take(name) if name is not None else None


def _written(entry: Map, key: str) -> str | None:
    return next((name for name in entry if name.casefold() == key), None)


def _place(page: Page, entry: Map, key: str) -> Source:
    mark: Mark = entry.keys_at[_written(entry, key) or ""] if _written(entry, key) else entry.mark
    return page.place(mark)
