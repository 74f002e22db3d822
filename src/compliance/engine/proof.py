"""A proof is a tree of sentences, each with its truth, its sources, and what would settle it where it is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..reading import Source
from ..vocabulary import Reason, Truth

PRECEDENCE = (Reason.CONTRADICTION, Reason.UNKNOWN_FACT, Reason.CONTESTED, Reason.JUDGEMENT, Reason.NOT_SHOWN)


@dataclass(frozen=True)
class Proof:
    """One sentence of a proof.

    `name` is what the sentence is about (a fact, `KIND.attribute`, a term, a card); on an unknown leaf it is what would
    settle it, and `reason` says in which way it is unknown. `weighs` is false for what is shown only for information.
    """

    text: str
    truth: Truth
    children: tuple[Proof, ...] = ()
    sources: tuple[Source, ...] = ()
    name: str = ""
    reason: Reason | None = None
    weighs: bool = True
    part: str = ""

    @cached_property
    def leaves(self) -> tuple[Proof, ...]:
        """The deepest unknown sentences below, each once, in order. Proofs share their parts, and parts remember theirs."""
        if self.truth is not None or not self.weighs:
            return ()
        found: dict[int, Proof] = {}
        open_below = any(child.truth is None and child.weighs and (child.name or child.children) for child in self.children)
        if self.name and (not open_below or self.part == "open"):
            found[id(self)] = self
        for child in self.children:
            for leaf in child.leaves:
                found.setdefault(id(leaf), leaf)
        return tuple(found.values())

    @cached_property
    def places(self) -> tuple[Source, ...]:
        """Every place it rests on, in order of appearance."""
        found = dict.fromkeys(self.sources)
        for child in self.children:
            found.update(dict.fromkeys(child.places))
        return tuple(found)


def unknown_leaves(proof: Proof) -> Iterator[Proof]:
    """The deepest unknown sentences, in order: what is asked next. A doubt counts beside the facts it hangs on."""
    return iter(proof.leaves)


def unknown_names(proof: Proof) -> Iterator[str]:
    """Every name on the unknown paths, inner and outer."""
    told: set[int] = set()
    stack = [proof]
    while stack:
        one = stack.pop()
        if one.truth is not None or not one.weighs or id(one) in told:
            continue
        told.add(id(one))
        if one.name:
            yield one.name
        stack.extend(reversed(one.children))


def sources_of(proof: Proof) -> tuple[Source, ...]:
    """Every place the proof rests on, in order of appearance."""
    return proof.places


def main_reason(proofs: list[Proof]) -> Reason:
    """Why it is undetermined: the first unknown station, and in it the reason that stands first in precedence."""
    for proof in proofs:
        reasons = {leaf.reason for leaf in unknown_leaves(proof) if leaf.reason}
        for reason in PRECEDENCE:
            if reason in reasons:
                return reason
    return Reason.UNKNOWN_FACT
