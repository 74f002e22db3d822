"""One situation as the cards read it: facts stated, defined by cards, computed, or official acts nobody made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..facts.compute import COMPUTE
from ..vocabulary import NONE, UNKNOWN, Fact, Situation, Subject, Terms, Truth, Value, day_of

if TYPE_CHECKING:
    from .program import Program

MISSING: Any = object()
ROLES = "addressee.roles"


class View:
    """Values and truths of one situation under one program, each worked out once.

    `stubs` are conclusions of cards that a case sets. A `timeless` view reads definitions and exemptions as if they had
    begun: where a condition fails only in the real view, the duty is not yet applicable rather than out of scope.
    """

    __slots__ = ("_later", "facts", "known", "memo", "program", "proofs", "situation", "stubs", "timeless", "trials", "truths")

    def __init__(self, program: Program, situation: Situation, stubs: Mapping[str, Truth], *, timeless: bool = False) -> None:
        self.program = program
        self.situation = situation
        self.stubs = stubs
        self.timeless = timeless
        self._later: View | None = None
        self.facts: dict[str, Fact] = dict(situation.addressee.facts)
        if situation.parent is not None:
            self.facts.update(situation.parent.facts)
        self.facts.update(situation.subject.facts)
        self.facts.update(situation.pair)
        self.known: dict[str, Value] = {name: fact.value for name, fact in self.facts.items()}
        self.memo: dict[str, Value] = dict(self.known)
        self.truths: dict[Any, Truth] = {}
        self.proofs: dict[Any, Any] = {}
        self.trials: dict[Any, View] = {}

    @property
    def later(self) -> View:
        """The timeless twin."""
        if self._later is None:
            self._later = View(self.program, self.situation, self.stubs, timeless=True)
        return self._later

    def value(self, name: str) -> Value:
        """The value of a fact, or UNKNOWN."""
        found = self.memo.get(name, MISSING)
        if found is MISSING:
            self.memo[name] = UNKNOWN  # a fact that needs itself is not known
            found = self.memo[name] = self._resolve(name)
        result: Value = found
        return result

    def _resolve(self, name: str) -> Value:
        entry = self.program.catalogue.fact(name)
        if entry is None:
            return UNKNOWN
        if entry.suffix == "region" and entry.type == "boolean":
            nested = self._nested(name)
            if nested is not None:
                return nested
        if entry.kind == "act":
            return False
        if entry.kind == "defined" or name in self.program.definitions:
            truth = self.program.defined(self, name)
            return UNKNOWN if truth is None else truth
        if entry.kind == "computed" and (compute := COMPUTE.get(entry.name)):
            value: Value = compute(self.value, day_of(self.program.at))
            return value
        return UNKNOWN

    def _nested(self, name: str) -> bool | None:
        """Regions nest: true in a city is true in its state; false in the state is false in its cities."""
        stem, _, region = name.rpartition(".")
        prefix = f"{stem}.{region}-"
        if any(value is True for other, value in self.known.items() if other.startswith(prefix)):
            return True
        while "-" in region:
            region = region.rpartition("-")[0]
            if self.known.get(f"{stem}.{region}") is False:
                return False
        return None

    def role(self, pack: str, role: str) -> Truth:
        """Whether the organisation has a role of an instrument: as stated, else by the definitions of that law."""
        stated = self.known.get(f"{ROLES}@{pack}", self.known.get(ROLES, MISSING))
        if stated is MISSING:
            key = ("role", pack, role)
            if key not in self.truths:
                self.truths[key] = None
                self.truths[key] = self.program.role(self, pack, role)
            return self.truths[key]
        if not isinstance(stated, Terms):
            return False if stated is NONE else None
        return True if role in stated.known else (False if stated.complete else None)

    def accept(self, accepted: Iterable[tuple[str, str]]) -> None:
        """Doubts that a person settled on record, by provision and term."""
        for provision, term in accepted:
            self.truths[(provision, term)] = True

    def start(self, kind: str) -> Subject | None:
        """Where a path begins: the organisation, the subject, or the subject it belongs to."""
        if kind == "addressee":
            return self.situation.addressee
        for subject in (self.situation.subject, self.situation.parent):
            if subject is not None and subject.kind == kind:
                return subject
        return None
