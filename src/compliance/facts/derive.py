"""From statements to what is taken as known: graph, facts with what follows from them, situations to be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..catalogue import Catalogue
from ..catalogue.licences import Licences
from ..graph import Graph, build_graph, cycle_problems, problems_of
from ..reading import Problem
from ..vocabulary import Situation, Statement, name_of
from .atoms import atoms_of
from .chainers import Trace, choose_chainer
from .conclude import conclude
from .derivations import Derivation, installed_derivations
from .inheritance import ancestry_of
from .lineage import compute_facts
from .namesakes import name_licences
from .resolve import Facts, known_on, resolve_facts
from .situations import build_situations


@dataclass(frozen=True)
class Known:
    """All that is known of a dossier on a day, and of others whose statements joined it.

    `facts` are by subject, stated, derived and computed; `pairs` those of an organisation on one subject. `trace` is every
    use of a derivation, for the proof. `contradictions` are the facts of the dossier on which its sources disagree, with
    every side. Facts that change with the day judged are left to whoever judges.
    """

    graph: Graph
    facts: Mapping[str, Facts] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], Facts] = field(default_factory=dict)
    situations: tuple[Situation, ...] = ()
    problems: tuple[Problem, ...] = ()
    trace: Trace = field(default_factory=Trace)
    contradictions: tuple[Problem, ...] = ()


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
    others: Sequence[Statement] = (),
) -> Known:
    """What is known on a day from all statements, the same for any order of them.

    `others` are statements of other dossiers: they join the graph and give facts, but nothing is judged because of them.
    `closed` says that the dossier lists all its documents, `without_system` that no system is to be assumed;
    `derivations` stand in for the installed ones. Raises `InputError` for a chainer that is not there.
    """
    runner = choose_chainer(chainer)
    problems: list[Problem] = []
    if derivations is None:
        derivations, found = installed_derivations(catalogue)
        problems.extend(found)
    said = known_on(statements, at)
    joined = [*said, *known_on(others, at)]
    namesakes = name_licences(joined, licences)
    joined += namesakes
    graph = build_graph(joined)
    about = build_graph(said) if others else graph
    resolved = resolve_facts(joined, catalogue, at)
    evidence = atoms_of(graph, resolved.facts, licences)
    clauses = [clause for rule in derivations for clause in rule.clauses]
    trace = runner.run(clauses, evidence)
    by_name = {one.source: f"licence known {one.attributes['known']}" for one in namesakes}
    sets = frozenset(name for name, entry in catalogue.facts.items() if entry.type == "set")
    concluded = conclude(resolved.facts, evidence, trace, ancestry_of(clauses, evidence, resolved.pairs), by_name, sets)
    facts = compute_facts(graph, concluded, at)
    situations, faults = build_situations(
        graph, facts, resolved.pairs, catalogue, closed=closed, without_system=without_system, about=about
    )  # fmt: skip
    problems.extend((*problems_of(graph), *cycle_problems(graph), *resolved.problems, *faults))
    disputed = _contradictions(about, facts, resolved.pairs)
    return Known(graph, facts, resolved.pairs, situations, tuple(dict.fromkeys(problems)), trace, disputed)


def _contradictions(about: Graph, facts: Mapping[str, Facts], pairs: Mapping[tuple[str, str], Facts]) -> tuple[Problem, ...]:
    """Each disputed fact as a defect of the documentation, at the first of the lines that speak against each other."""
    owners = [(subject, name_of(subject), named) for subject, named in facts.items()]
    owners += [(one, f"{name_of(one)} towards {name_of(other)}", named) for (one, other), named in pairs.items()]
    found = [
        Problem(fact.sources[0], "contradiction", f"{shown}, {name}: {fact.note}", "correct one; until then it is unknown")
        for subject, shown, named in owners
        for name, fact in named.items()
        if fact.how == "contradiction" and subject in about
    ]
    return tuple(sorted(found, key=str))
