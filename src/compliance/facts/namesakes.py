"""The licence of a base that no document of the dossier states, known for models of its hub name by `rules/licences`.

It enters the graph as a relation whose source is the line of that file. What a document states on a base comes first: then
nothing is added. The models a dossier is about have to state their licence themselves, unless others are built on them.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..catalogue.licences import Licences, licence_of_model
from ..vocabulary import EdgeStatement, Statement, name_of, node
from .atoms import covers_model, is_built_on


def name_licences(statements: Iterable[Statement], licences: Licences) -> tuple[EdgeStatement, ...]:
    """A `licensed_under` for each base without one whose name tells its licence; `known` says for which names."""
    edges = [one for one in statements if isinstance(one, EdgeStatement)]
    bases = {one.end for one in edges if one.edge == "derived_from" and is_built_on(one)}
    licensed = {one.start for one in edges if one.edge == "licensed_under" and covers_model(one)}
    found = []
    for base in sorted(bases - licensed):
        if known := licence_of_model(name_of(base), licences):
            licence, names, source = known
            attributes = {"covers": "model", "known": f"for models of this name: {names}"}
            found.append(EdgeStatement(base, "licensed_under", node("licence", licence.id), source, attributes))
    return tuple(found)
