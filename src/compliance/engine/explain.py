"""Why: the tree behind a truth. Every truth in it is asked of the same closures that gave the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..packs import Card, Condition, Duty, Group, Line, Look, Pack
from ..packs.card import Applies, Exception_, Open
from ..packs.conditions import Test
from ..reading import Source
from ..vocabulary import UNKNOWN, Document, Fact, Reason, Terms, Truth, Value, all_true, name_of, negate, show
from .duties import binds
from .program import Program, attribute
from .proof import Proof
from .view import ROLES, View

WORDS = {
    "more_than": "more than", "at_least": "at least", "less_than": "less than", "at_most": "at most", "before": "before",
    "on_or_before": "on or before", "on_or_after": "on or after", "one_of": "one of", "includes": "including",
}  # fmt: skip
GROUPS = {"any_of": "at least one of these holds", "all_of": "all of these hold", "none_of": "none of these holds"}
DOUBTS = {"contested": Reason.CONTESTED}


def explain_conditions(program: Program, view: View, pack: Pack, conditions: Sequence[Condition]) -> tuple[Proof, ...]:
    """One proof a line."""
    return tuple(explain_condition(program, view, pack, c) for c in conditions)


def explain_condition(program: Program, view: View, pack: Pack, condition: Condition) -> Proof:
    """A line, group or look with its truth here."""
    truth = program.condition(pack, condition)(view)
    limb = f" [{condition.limb}]" if condition.limb else ""
    if isinstance(condition, Group):
        children = explain_conditions(program, view, pack, condition.lines)
        if condition.kind == "none_of":
            return Proof(GROUPS[condition.kind] + limb, truth, children)
        return Proof(GROUPS[condition.kind] + limb, truth, children)
    if isinstance(condition, Look):
        return _explain_look(program, view, pack, condition, truth, limb)
    return _explain_line(program, view, pack, condition, truth, limb)


def _explain_look(program: Program, view: View, pack: Pack, look: Look, truth: Truth, limb: str) -> Proof:
    targets = program.matching(pack, look.card)
    if look.kind == "exempted_by":
        children = tuple(explain_card(program, view, card) for card in targets)
        return Proof(f"the exemption {look.card} is true here{limb}", truth, children, name=look.card)
    children = tuple(
        Proof(f"{card.cite}: {card.title} binds here", binds(program, view, card), name=card.pinpoint, reason=Reason.UNKNOWN_FACT)
        for card in targets if isinstance(card, Duty)
    )  # fmt: skip
    return Proof(f"a duty of {look.card} binds here{limb}", truth, children, name=look.card)


def _explain_line(program: Program, view: View, pack: Pack, line: Line, truth: Truth, limb: str) -> Proof:
    if line.fact == ROLES:
        roles = [str(v) for t in line.tests for v in (t.operand if isinstance(t.operand, tuple) else (t.operand,))]
        children = tuple(explain_role(program, view, pack, role) for role in roles)
        return children[0] if len(children) == 1 else Proof("the organisation has these roles", truth, children)
    value = view.value(line.fact)
    text = sentence(program, pack, line, value, truth) + limb
    inner, sources, reason = explain_fact(program, view, line.fact)
    return Proof(text, truth, inner, sources, line.fact, reason)


def sentence(program: Program, pack: Pack, line: Line, value: Value, truth: Truth) -> str:
    """A line as a sentence: the fact, its value, and how it stands to what is asked."""
    wanted = " and ".join(phrase(program, pack, test) for test in line.tests)
    if value is UNKNOWN:
        return f"{line.fact} is not known; asked is {wanted}"
    shown = f"{line.fact} is {show(value)}"
    if all(test.operator == "is" for test in line.tests):
        return f"{shown}, as asked" if truth else f"{shown}; asked is {wanted}"
    if isinstance(value, Terms):
        return f"{shown}, {_terms(line, value, truth)}"
    return f"{shown}, which {'is' if truth else 'is not' if truth is False else 'may or may not be'} {wanted}"


def _terms(line: Line, value: Terms, truth: Truth) -> str:
    missing = [term for term in wanted_terms(line) if term not in value.known]
    if truth:
        return "with all that is asked"
    return f"{'missing' if truth is False else 'not found'}: {', '.join(missing)}"


def wanted_terms(line: Line) -> list[str]:
    """The terms of `includes` on a line."""
    tests = [test for test in line.tests if test.operator == "includes"]
    return [str(o) for t in tests for o in (t.operand if isinstance(t.operand, tuple) else (t.operand,))]


def missing_terms(line: Condition, document: Document) -> list[str]:
    """The terms that a document's set lacks, where the line asks for some."""
    value = attribute(document, line.fact) if isinstance(line, Line) else UNKNOWN
    if not isinstance(line, Line) or not isinstance(value, Terms):
        return []
    return [term for term in wanted_terms(line) if term not in value.known]


def phrase(program: Program, pack: Pack, test: Test) -> str:
    """An operator and its operand in words, references resolved."""
    operand = test.operand
    if isinstance(operand, str) and operand.startswith("$"):
        resolved: Any = program.date_of(pack, operand) if operand.startswith(("$at", "$timeline.")) else None
        if operand.startswith("$parameters."):
            entry = pack.resolve_parameter(operand.removeprefix("$parameters."), program.day, program.known)
            resolved = entry.value if entry else None
        shown = f"{resolved} ({operand})" if resolved is not None else f"{operand} (nothing published yet)"
    elif isinstance(operand, tuple):
        shown = ", ".join(str(v) for v in operand)
    else:
        shown = {True: "true", False: "false"}.get(operand, str(operand)) if isinstance(operand, bool) else str(operand)
    return f"{WORDS[test.operator]} {shown}" if test.operator in WORDS else shown


Grounds = tuple[tuple[Proof, ...], tuple[Source, ...], Reason]
"""What a value rests on: proofs, places, and in which way it is unknown if it is."""


def explain_fact(program: Program, view: View, name: str) -> Grounds:
    """Where a value comes from: its documents, the cards that define it, what it is computed from."""
    key = ("fact", name)
    if key not in view.proofs:
        view.proofs[key] = ((), (), Reason.UNKNOWN_FACT)  # where a fact needs itself
        view.proofs[key] = _explain_fact(program, view, name)
    grounds: Grounds = view.proofs[key]
    return grounds


def _explain_fact(program: Program, view: View, name: str) -> Grounds:
    fact = view.facts.get(name)
    if fact is not None:
        return _explain_known(view, fact), fact.sources, _unknown_reason(fact)
    entry = program.catalogue.fact(name)
    if name in program.definitions:
        cards = program.definitions[name]
        children = tuple(explain_card(program, view, card) for card in cards)
        if name in program.incomplete and not any(c.truth for c in children):
            children += (
                Proof(f"not every provision that defines {name} is written here", None, name=name, reason=Reason.UNKNOWN_FACT),
            )
        return children, (), Reason.UNKNOWN_FACT
    if entry is not None and entry.kind == "act":
        return (Proof("no such official act is stated, so none was made", True, weighs=False),), (), Reason.UNKNOWN_FACT
    if entry is not None and entry.of:
        inner = tuple(_explain_input(program, view, other) for other in entry.of)
        return inner, (), Reason.UNKNOWN_FACT
    return (), (), Reason.UNKNOWN_FACT


def _explain_known(view: View, fact: Fact) -> tuple[Proof, ...]:
    if fact.how == "contradiction":
        return (Proof(f"the sources contradict each other: {fact.note}", None, name=fact.name, reason=Reason.CONTRADICTION),)
    notes = []
    if fact.how != "stated" or fact.note:
        words = fact.note if fact.how in ("stated", "judged") and fact.note else ": ".join(w for w in (fact.how, fact.note) if w)
        notes.append(Proof(words, True, weighs=False))
    for other in fact.because:
        basis = view.facts.get(other)
        if basis is not None:
            notes.append(Proof(f"{other} is {show(basis.value)}", True, sources=basis.sources, weighs=False))
    return tuple(notes)


def _unknown_reason(fact: Fact) -> Reason:
    return Reason.CONTRADICTION if fact.how == "contradiction" else Reason.UNKNOWN_FACT


def _explain_input(program: Program, view: View, name: str) -> Proof:
    value = view.value(name)
    inner, sources, reason = explain_fact(program, view, name)
    # An input may be known and still not give the figure (another year, another currency): then it is what settles it.
    return Proof(f"{name} is {show(value)}", None, inner, sources, name, reason)


def explain_role(program: Program, view: View, pack: Pack, role: str) -> Proof:
    """Whether and why the organisation has a role."""
    truth = view.role(pack.id, role)
    stated = view.facts.get(f"{ROLES}@{pack.id}") or view.facts.get(ROLES)
    who = name_of(view.situation.addressee.name) or "the organisation"
    text = f"{who} is {role.replace('_', ' ')}" if truth else f"{who} is not {role.replace('_', ' ')}"
    if truth is None:
        text = f"it is not known whether {who} is {role.replace('_', ' ')}"
    if stated is not None:
        return Proof(text, truth, _explain_known(view, stated), stated.sources, ROLES, _unknown_reason(stated))
    cards = program.roles.get((pack.id, role), [])
    readable = [c for c in cards if all(view.start(kind) is not None for kind in c.subjects)]
    children = tuple(explain_card(program, view, card) for card in readable)
    return Proof(text, truth, children, name=ROLES, reason=Reason.UNKNOWN_FACT)


def explain_card(program: Program, view: View, card: Card) -> Proof:
    """A definition or exemption with everything it turns on."""
    key = ("card", id(card))
    if key not in view.proofs:
        truth, head = program.truth(view, card), f"{card.cite}: {card.title}"
        view.proofs[key] = Proof(head, truth, name=card.pinpoint, reason=Reason.UNKNOWN_FACT)  # where a card needs itself
        if card.id not in view.stubs:
            view.proofs[key] = _explain_card(program, view, card, truth, head)
    proof: Proof = view.proofs[key]
    return proof


def _explain_card(program: Program, view: View, card: Card, truth: Truth, head: str) -> Proof:
    pack = program.packs[card.pack]
    children = [explain_clock(program, view, card)] if card.applies != Applies() else []
    children.extend(explain_conditions(program, view, pack, card.when))
    children.extend(explain_exceptions(program, view, pack, card.except_))
    children.extend(negated(explain_card(program, view, b), "is not undone by") for b in program.reaching(card))
    settled = all_true(c.truth for c in children if c.weighs)
    children.extend(
        explain_doubt(program, view, card, d, (), weighs=settled is True and d.lowers == "conclusion") for d in card.open
    )
    return Proof(head, truth, tuple(children), (card.source,), card.pinpoint, Reason.UNKNOWN_FACT, part=card.kind)


def explain_clock(program: Program, view: View, card: Card) -> Proof:
    """First day, routes, last day."""
    pack, applies = program.packs[card.pack], card.applies
    began, ended = program.clock(card)
    truth: Truth = False if ended else (True if view.timeless else began(view))
    last = program.date_of(pack, applies.until) if applies.until else None
    until = f", until {last}" if last else ""
    if isinstance(applies.from_, tuple):
        rows = []
        for row in applies.from_:
            first = program.date_of(pack, row.date)
            inner = explain_conditions(program, view, pack, row.when)
            begun = first is not None and program.day >= first
            rows.append(Proof(f"by this route from {first}", all_true((begun, *(p.truth for p in inner))), inner))
        return Proof(f"applies by route on {program.day}{until}", truth, tuple(rows))
    first = program.date_of(pack, applies.from_) if applies.from_ else None
    since = f"from {first}" if first else ("always" if not applies.from_ else "from a day not published yet")
    return Proof(f"applies {since}{until}; the day of the check is {program.day}", truth)


def explain_exceptions(
    program: Program, view: View, pack: Pack, rows: tuple[Exception_, ...], *, taken: bool = False
) -> tuple[Proof, ...]:
    """One proof for each `except` row: that it does not take the case out, or with `taken` that it does."""
    proofs = []
    for row in rows:
        if row.since and not pack.is_in_force(row.since, program.day, program.known):
            continue
        inner = explain_conditions(program, view, pack, row.when)
        truth = all_true(p.truth for p in inner)
        by = f" by {row.cite}" if row.cite else ""
        proofs.append(Proof(f"excepted{by}", truth, inner) if taken else Proof(f"not excepted{by}", negate(truth), inner))
    return tuple(proofs)


def explain_doubt(program: Program, view: View, card: Card, doubt: Open, documents: Sequence[Document], *, weighs: bool) -> Proof:
    """A doubt: whether it arises, what would settle it, and that it is settled (true) or not (unknown)."""
    pack = program.packs[card.pack]
    stands = program.unsettled(card, doubt, view, documents)
    truth: Truth = True if stands is False else None
    by = ", ".join(line.fact for line in doubt.settled_by if isinstance(line, Line))
    ways = f"; settled by {by} or by a judgement on record" if by else "; settled by a judgement on record"
    text = f"open ({doubt.kind}): {doubt.term}" + ("" if truth else ways)
    if truth:
        text = f"settled or not at issue: {doubt.term}"
    asked = explain_conditions(program, view, pack, doubt.when)
    inner = asked if stands is None else tuple(replace(p, weighs=False) for p in asked)
    reason = DOUBTS.get(doubt.kind, Reason.JUDGEMENT)
    return Proof(text, truth, inner, (), doubt.term, reason, weighs=weighs, part="open")


def negated(proof: Proof, words: str) -> Proof:
    """The same proof of the opposite."""
    return Proof(f"{words} {proof.text}", negate(proof.truth), proof.children, proof.sources, proof.name, proof.reason)


def explain_attribute(program: Program, pack: Pack, kind: str, line: Condition, document: Document) -> Proof:
    """What a demand asks of a document, on this document."""
    truth = program.condition(pack, line, kind)(document)
    if isinstance(line, Group):
        inner = tuple(explain_attribute(program, pack, kind, c, document) for c in line.lines)
        return Proof(GROUPS[line.kind], truth, inner)
    if isinstance(line, Look):
        return Proof(f"{line.kind} {line.card}", truth)
    text = sentence(program, pack, line, attribute(document, line.fact), truth)
    limb = f" [{line.limb}]" if line.limb else ""
    return Proof(text + limb, truth, (), document.sources, f"{kind}.{line.fact}", Reason.UNKNOWN_FACT)
