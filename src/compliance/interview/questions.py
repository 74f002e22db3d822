"""What to ask next: the fact that settles most findings first, with the one it is about."""

from __future__ import annotations

from dataclasses import dataclass

from ..catalogue import Catalogue, FactType
from ..engine.finding import Finding, name_subject
from ..facts import NAMELESS
from ..flow import Run
from ..reading import nearest
from ..reports.outline import Question, outline, question_for
from ..vocabulary import kind_of, name_of, node


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on one subject, or on one organisation and the `towards` of its answer.

    `subject` is the node that the fact is on; `towards` the subjects that an answer on an organisation is limited to, none
    where it holds for all. `instruments` are the laws that ask, `findings` how many findings wait for the answer.
    """

    name: str
    ask: str
    entry: FactType
    subject: str
    towards: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    findings: int = 0

    @property
    def about(self) -> str:
        """Whom or what the question is about, in words."""
        who = "your organisation" if self.subject == NAMELESS else f"{kind_of(self.subject)} {name_of(self.subject)}"
        return f"{who} towards {', '.join(map(name_of, self.towards))}" if self.towards else who


def next_questions(run: Run, catalogue: Catalogue) -> tuple[tuple[Asked, ...], tuple[Question, ...]]:
    """Questions on facts, best first, and apart from them those on documents and judgements of provisions."""
    facts: list[Asked] = []
    others: list[Question] = []
    for question in outline(run.assessment, catalogue).questions:
        entry = catalogue.fact(question.name)
        if entry is None:
            others.append(question)
        else:
            facts += _asked(run, question, entry)
    return tuple(facts), tuple(others)


def question_on(run: Run, catalogue: Catalogue, name: str) -> Asked:
    """What an answer to `FACT` or `FACT@SUBJECT` is about. Raises `ValueError` for what is unknown or could be several."""
    fact, _, about = name.partition("@")
    entry = catalogue.fact(fact)
    if entry is None:
        near = nearest(fact, catalogue.facts)
        hint = f"did you mean `{near}`?" if near else "facts are listed in rules/facts"
        stem = catalogue.facts.get(fact)
        raise ValueError(
            f"`{fact}` is asked for each {stem.suffix}, such as {fact}.eu" if stem else f"unknown fact `{fact}`; {hint}"
        )
    asked = next((one for one in next_questions(run, catalogue)[0] if one.name == fact), None)
    instruments = asked.instruments if asked else ()
    kind = "organisation" if fact.startswith("addressee.") else fact.partition(".")[0]
    holders = [one for one in _nodes(run) if kind_of(one) == kind]
    named = [one for one in _nodes(run) if about in ("", one, name_of(one))]
    towards = [one for one in named if kind_of(one) != kind] if about and entry.pair else []
    subjects = holders if towards else [one for one in named if kind_of(one) == kind]
    if len(subjects) != 1 or len(towards) > 1:
        options = [one for one in _nodes(run) if kind_of(one) == kind or (entry.pair and about)]
        found = f"write {' or '.join(f'{fact}@{one}' for one in options)}" if options else f"the dossier has no {kind}"
        raise ValueError(f"`{name}`: about whom or what? {found}")
    return Asked(fact, question_for(fact, catalogue), entry, subjects[0], tuple(towards), instruments)


def _nodes(run: Run) -> tuple[str, ...]:
    found = (one for s in run.situations for one in (s.addressee, s.subject, s.parent) if one is not None)
    return tuple(dict.fromkeys(one.name for one in found))


def _asked(run: Run, question: Question, entry: FactType) -> list[Asked]:
    """The question once for each node that its fact is on."""
    situations = {name_subject(one): one for one in run.situations}
    kind = "organisation" if question.name.startswith("addressee.") else question.name.partition(".")[0]
    waiting: dict[str, list[Finding]] = {}
    for finding in question.findings:
        situation = situations[finding.subject]
        parent = situation.parent.name if situation.parent else situation.subject.name
        near = (node("organisation", finding.organisation), situation.subject.name, parent)
        for name in dict.fromkeys(one for one in near if kind_of(one) == kind):
            waiting.setdefault(name, []).append(finding)
    everyone = {one.subject.name for one in run.situations}
    found = []
    for name, findings in waiting.items():
        subjects = tuple(dict.fromkeys(situations[f.subject].subject.name for f in findings))
        towards = subjects if kind == "organisation" and entry.pair and set(subjects) != everyone else ()
        laws = tuple(dict.fromkeys(f.instrument for f in findings))
        found.append(Asked(question.name, question.ask, entry, name, towards, laws, len(findings)))
    return sorted(found, key=lambda one: (-one.findings, one.subject))
