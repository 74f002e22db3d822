"""Mutation score of packs: the share of mutants of their cards that the cases of the card notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from ..catalogue import Catalogue
from ..packs import Card, Pack
from .cases import Cases
from .mutants import mutants_of


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and the first case that fails on it; without one it survives."""

    card: str
    mutant: str
    killer: str = ""

    @property
    def survives(self) -> bool:
        """Whether no case noticed."""
        return not self.killer


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the mutants of one pack. Survivors count against the share whether or not a reason is given."""

    instrument: str
    mutants: int
    survivors: tuple[Trial, ...]
    reasons: Mapping[tuple[str, str], str]
    """Reason by card and mutant, from survivors.yaml."""
    stale: tuple[tuple[str, str], ...]
    """Cards and mutants of survivors.yaml that do not survive any more, or are none."""

    @property
    def share(self) -> float:
        """Mutants that were noticed, of all; 1 where there is none."""
        return 1 - len(self.survivors) / self.mutants if self.mutants else 1.0

    @property
    def unexplained(self) -> tuple[Trial, ...]:
        """Survivors without a reason."""
        return tuple(trial for trial in self.survivors if (trial.card, trial.mutant) not in self.reasons)


def mutate_packs(
    chosen: Sequence[Pack], others: Sequence[Pack], catalogue: Catalogue, *, only: frozenset[str] = frozenset(), jobs: int = 1
) -> list[Score]:
    """A score for each chosen pack (of the cards with pinpoints in `only`, where given); `others` are there to be referred to."""
    packs = (*chosen, *others)
    cards = [card for pack in chosen for card in pack.cards if not only or card.pinpoint in only]
    run = partial(_trials, packs=packs, catalogue=catalogue)
    places = [(card.pack, card.id, card.since, card.until) for card in cards]
    if jobs == 1:
        found = [run(place) for place in places]
    else:
        with ProcessPoolExecutor(jobs, initializer=_keep, initargs=(packs, catalogue)) as pool:
            found = list(pool.map(_kept_trials, places, chunksize=4))
    return [_score(pack, [t for trials in found for t in trials if t.card.startswith(f"{pack.id}/")], only) for pack in chosen]


Place = tuple[str, str, str | None, str | None]
_KEPT: dict[str, tuple[Sequence[Pack], Catalogue]] = {}


def _keep(packs: Sequence[Pack], catalogue: Catalogue) -> None:
    _KEPT["law"] = (packs, catalogue)


def _kept_trials(place: Place) -> list[Trial]:
    packs, catalogue = _KEPT["law"]
    return _trials(place, packs=packs, catalogue=catalogue)


def _trials(place: Place, *, packs: Sequence[Pack], catalogue: Catalogue) -> list[Trial]:
    pack = next(p for p in packs if p.id == place[0])
    card = next(c for c in pack.cards if (c.pack, c.id, c.since, c.until) == place)
    return list(try_mutants(card, pack, [p for p in packs if p is not pack], catalogue))


def try_mutants(card: Card, pack: Pack, others: Sequence[Pack], catalogue: Catalogue) -> Iterator[Trial]:
    """Every mutant of a card against its cases, the first failure first."""
    for mutant in mutants_of(card, pack):
        cards = tuple(mutant.card if one is card else one for one in pack.cards)
        cases = Cases((replace(pack, cards=cards), *others), catalogue)
        failed = next((result for result in cases.run_card(mutant.card) if not result.passed), None)
        yield Trial(card.id, mutant.name, failed.case if failed else "")


def _score(pack: Pack, trials: Sequence[Trial], only: frozenset[str]) -> Score:
    survivors = tuple(trial for trial in trials if trial.survives)
    alive = {(trial.card, trial.mutant) for trial in survivors}
    reasons = {
        (f"{pack.id}/{row.card}", mutant): row.because
        for row in pack.survivors if not only or row.card in only
        for mutant in row.mutants
    }  # fmt: skip
    return Score(pack.id, len(trials), survivors, reasons, tuple(key for key in reasons if key not in alive))
