"""From statements to what is taken as known: graph, facts with what follows from them, situations to be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ..catalogue import Catalogue
from ..catalogue.licences import Licences
from ..graph import Graph, build_graph, cycle_problems, problems_of
from ..reading import Problem
from ..vocabulary import Situation, Statement
from .atoms import atoms_of
from .chainers import Trace, choose_chainer
from .conclude import conclude
from .derivations import Derivation, load_derivations
from .lineage import compute_facts
from .resolve import Facts, known_on, resolve_facts
from .situations import build_situations


@dataclass(frozen=True)
class Known:
    """All that is known of a dossier on a day.

    `facts` are by subject, stated, derived and computed; `pairs` those of an organisation on one subject. `trace` is every
    use of a derivation, for the proof. Facts that change with the day judged are left to whoever judges.
    """

    graph: Graph
    facts: Mapping[str, Facts] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], Facts] = field(default_factory=dict)
    situations: tuple[Situation, ...] = ()
    problems: tuple[Problem, ...] = ()
    trace: Trace = field(default_factory=Trace)


def derive_facts(
    statements: Iterable[Statement],
    catalogue: Catalogue,
    licences: Licences,
    at: date,
    chainer: str = "builtin",
    *,
    closed: bool = False,
    without_system: bool = False,
    derivations: tuple[Derivation, ...] | None = None,
) -> Known:
    """What is known on a day from all statements, the same for any order of them.

    `closed` says that the dossier lists all its documents, `without_system` that no system is to be assumed;
    `derivations` stand in for the installed ones. Raises `InputError` for a chainer that is not there.
    """
    runner = choose_chainer(chainer)
    problems: list[Problem] = []
    if derivations is None:
        derivations, found = load_derivations(catalogue)
        problems.extend(found)
    said = known_on(statements, at)
    graph = build_graph(said)
    resolved = resolve_facts(said, catalogue, at)
    evidence = atoms_of(graph, resolved.facts, licences)
    trace = runner.run([clause for rule in derivations for clause in rule.clauses], evidence)
    facts = compute_facts(graph, conclude(resolved.facts, evidence, trace), at)
    situations, faults = build_situations(
        graph, facts, resolved.pairs, catalogue, closed=closed, without_system=without_system
    )  # fmt: skip
    problems.extend((*problems_of(graph), *cycle_problems(graph), *resolved.problems, *faults))
    return Known(graph, facts, resolved.pairs, situations, tuple(dict.fromkeys(problems)), trace)
