"""Who provides, modifies and deploys each model, as relations of the graph, from the roles and acts that are stated.

The one who makes a model from another modifies that other one; the relation says into what. What a law makes of it (who
becomes a provider by a modification) is for its packs to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..vocabulary import EdgeStatement, FactStatement, Statement, Terms, kind_of

ROLES = "addressee.roles"
BY_ROLE = {"provider": "provided_by", "developer": "provided_by", "deployer": "deployed_by"}
BY_ACT = {
    "addressee.supplies_it_under_own_name": "provided_by",
    "addressee.uses_it_under_own_authority": "deployed_by",
    "addressee.makes_substantial_modification": "modified_by",
}
MAKES = "addressee.develops_it"


def state_actors(statements: Iterable[Statement], subjects: Iterable[str]) -> tuple[EdgeStatement, ...]:
    """Relations of `subjects` to organisations; what is said of an organisation alone holds for each of them."""
    statements = tuple(statements)
    about = tuple(name for name in subjects if kind_of(name) in ("model", "system"))
    found = [edge for one in statements if isinstance(one, FactStatement) for edge in _acts(one, about)]
    makers = {(edge.start, edge.end) for edge in found if edge.edge == "provided_by"}
    said = (one for one in statements if isinstance(one, FactStatement) and one.fact == MAKES and one.value is True)
    makers |= {(name, one.subject) for one in said for name in _meant(one, about)}
    for one in statements:
        if isinstance(one, EdgeStatement) and one.edge == "derived_from":
            found += [
                EdgeStatement(one.end, "modified_by", maker, one.source, {"into": model})
                for model, maker in sorted(makers)
                if model == one.start
            ]
    return tuple(found)


def _acts(one: FactStatement, about: tuple[str, ...]) -> Iterator[EdgeStatement]:
    if one.fact == ROLES and isinstance(one.value, Terms):
        relations = {BY_ROLE[role] for role in one.value.known if role in BY_ROLE}
    else:
        relations = {BY_ACT[one.fact]} if one.fact in BY_ACT and one.value is True else set()
    for relation in sorted(relations):
        for name in _meant(one, about):
            yield EdgeStatement(name, relation, one.subject, one.source, {}, one.stated_on)


def _meant(one: FactStatement, about: tuple[str, ...]) -> tuple[str, ...]:
    return (one.pair,) if one.pair else about
