"""config.json of a model: the architecture by name, how many positions it allows for, whether it has several experts."""

from __future__ import annotations

from typing import Any

from ..reading import InputError, Map, Problem, Source, load_json
from ..vocabulary import FactStatement, Statement
from .recognition import Recognition
from .types import Imported, Input


def read_config(one: Input, holders: tuple[str, ...], recognition: Recognition) -> Imported:
    """Facts of a configuration file, each at the place of its key."""
    try:
        data = load_json(one.text, one.name)
    except InputError as error:
        return Imported(problems=(error.problem,))
    if not isinstance(data, Map):
        return Imported(problems=(Problem(Source(one.name, 1, 1), "json", "an object was expected", "begin with {"),))
    statements: list[Statement] = []
    for fact, key, value in _facts(data, recognition):
        place = Source(one.name, *data.keys_at[key])
        statements.extend(FactStatement(holder, fact, value, place) for holder in holders)
    return Imported(tuple(statements), tree=data)


def _facts(data: Map, recognition: Recognition) -> list[tuple[str, str, Any]]:
    found: list[tuple[str, str, Any]] = []
    for key in recognition.words["config"]["architecture_keys"]:
        names = data.take(key)
        if isinstance(names, list) and len(names) == 1 and isinstance(names[0], str) and names[0].strip():
            found.append(("model.architecture_name", key, names[0].strip()))
    for key in recognition.words["config"]["position_keys"]:
        count = data.take(key)
        if isinstance(count, int) and not isinstance(count, bool) and count > 0:
            found.append(("model.position_limit", key, count))
            break
    for key in recognition.words["config"]["expert_keys"]:
        count = data.take(key)
        if isinstance(count, int) and not isinstance(count, bool) and count > 1:
            found.append(("model.is_mixture_of_experts", key, True))
            break
    return found
