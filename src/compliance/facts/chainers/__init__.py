"""Forward chaining: small string atoms and clauses in, derived atoms and the firings that prove them out.

Two chainers share this interface and give identical traces: `builtin`, the default, and `durable`, which hands the work to
durable_rules where that is installed. Clauses are positive: they say what follows, never what follows from an absence, so
that learning more never takes a conclusion back. Numbers never come here; what is compared is compared before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from ...reading import InputError, Problem, Source
from ...vocabulary import kind_of

CHAINERS = ("builtin", "durable")


class Atom(NamedTuple):
    """`model:m` has the property `model.is_derived` with the value `true`, or the relation `derived_from` to `model:b`."""

    subject: str
    property: str
    value: str


class Pattern(NamedTuple):
    """What a premise looks for or a conclusion says: `subject` is a variable, `value` a constant or, with `$`, a variable."""

    kind: str
    subject: str
    property: str
    value: str

    def bind(self, atom: Atom, bound: dict[str, str]) -> dict[str, str] | None:
        """The bindings after this atom, or None where it does not fit them."""
        if atom.property != self.property or kind_of(atom.subject) != self.kind:
            return None
        if bound.get(self.subject, atom.subject) != atom.subject:
            return None
        if not self.value.startswith("$"):
            return {**bound, self.subject: atom.subject} if atom.value == self.value else None
        if bound.get(self.value, atom.value) != atom.value:
            return None
        return {**bound, self.subject: atom.subject, self.value: atom.value}

    def fill(self, bound: dict[str, str]) -> Atom:
        """The atom that the pattern says under these bindings."""
        return Atom(bound[self.subject], self.property, bound.get(self.value, self.value))


class Clause(NamedTuple):
    """One conclusion from premises that all hold, each met by an atom of its own. Several clauses may share a rule."""

    rule: str
    premises: tuple[Pattern, ...]
    conclusion: Pattern


class Firing(NamedTuple):
    """One use of a rule: the atoms that met its premises, in their order, and what followed."""

    rule: str
    premises: tuple[Atom, ...]
    conclusion: Atom


class Trace(NamedTuple):
    """All that followed and was not given, and every use of a rule, premises always before what rests on them."""

    derived: tuple[Atom, ...] = ()
    firings: tuple[Firing, ...] = ()


class Chainer(Protocol):
    """Runs clauses over atoms until nothing new follows. Deterministic: the trace does not depend on any order."""

    def run(self, rules: Sequence[Clause], atoms: Iterable[Atom]) -> Trace: ...


def choose_chainer(name: str) -> Chainer:
    """The chainer of a name. Raises `InputError` for an unknown name and where durable_rules cannot be imported."""
    if name == "builtin":
        from .builtin import Builtin

        return Builtin()
    if name == "durable":
        from .durable import Durable

        return Durable()
    hint = f"choose one of {', '.join(CHAINERS)}"
    raise InputError(Problem(Source("--chainer"), "usage", f"there is no chainer `{name}`", hint))


def arrange(given: Iterable[Atom], firings: Iterable[Firing]) -> Trace:
    """The trace of all firings, sorted within rounds: a round holds what follows from the rounds before it."""
    known = set(given)
    stated = frozenset(known)
    waiting: dict[Atom, list[Firing]] = {}
    missing: dict[Firing, int] = {}
    ready = []
    for firing in set(firings):
        absent = {atom for atom in firing.premises if atom not in known}
        missing[firing] = len(absent)
        for atom in absent:
            waiting.setdefault(atom, []).append(firing)
        if not absent:
            ready.append(firing)
    ordered: list[Firing] = []
    while ready:
        ready.sort()
        ordered.extend(ready)
        new = {firing.conclusion for firing in ready} - known
        known |= new
        ready = []
        for atom in new:
            for firing in waiting.get(atom, ()):
                missing[firing] -= 1
                if not missing[firing]:
                    ready.append(firing)
    return Trace(tuple(sorted(known - stated)), tuple(ordered))
