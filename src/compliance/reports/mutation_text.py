"""Mutation scores for a reader and for a pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ..engine.mutation import Score


def write_mutation(scores: Sequence[Score]) -> str:
    """The share that was noticed, every survivor with its reason, and reasons that are not needed any more."""
    return "\n".join(line for score in scores for line in _lines(score)) + "\n"


def _lines(score: Score) -> Iterator[str]:
    noticed = score.mutants - len(score.survivors)
    told = f"{noticed} of {score.mutants} mutants noticed ({score.share:.3f})"
    yield f"{score.instrument}: {told}, {len(score.unexplained)} survive without a reason"
    for trial in score.survivors:
        reason = score.reasons.get((trial.card, trial.mutant), "no reason given")
        yield f"  survives: {trial.card}: {trial.mutant} ({reason})"
    yield from (f"  not needed in survivors.yaml: {card}: {mutant}" for card, mutant in score.stale)


def record_mutation(scores: Sequence[Score]) -> str:
    """The same as JSON: a list, one object an instrument."""
    return json.dumps([_record(score) for score in scores], indent=1, ensure_ascii=False) + "\n"


def _record(score: Score) -> dict[str, object]:
    return {
        "instrument": score.instrument,
        "mutants": score.mutants,
        "noticed": score.mutants - len(score.survivors),
        "survivors": [
            {"card": t.card, "mutant": t.mutant, "because": score.reasons.get((t.card, t.mutant))} for t in score.survivors
        ],
        "stale": [{"card": card, "mutant": mutant} for card, mutant in score.stale],
    }
