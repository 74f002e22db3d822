"""All the packs and the catalogue they are written in: what an assessment, a lint run or a listing starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..catalogue import Catalogue, data_folder, load_catalogue
from ..reading import Problem, nearest
from .instrument import Pack
from .load import Loaded, load_packs


@dataclass(frozen=True, slots=True)
class Law:
    """The packs and catalogue that an assessment uses, with every problem found while loading them."""

    loaded: Loaded
    catalogue: Catalogue
    problems: tuple[Problem, ...]

    def select(self, names: Sequence[str]) -> tuple[Pack, ...]:
        """Packs of these jurisdictions or instruments; all of them for an empty list. Raises `ValueError` for a stranger."""
        if not names:
            return self.loaded.packs
        chosen: list[Pack] = []
        for name in names:
            found = [p for p in self.loaded.packs if p.id == name or p.jurisdiction == name]
            if not found:
                known = sorted({p.jurisdiction for p in self.loaded.packs} | {p.id for p in self.loaded.packs})
                raise ValueError(f"no jurisdiction or instrument `{name}`; there are {', '.join(known)}")
            chosen.extend(p for p in found if p not in chosen)
        return tuple(sorted(chosen, key=lambda p: p.id))

    def find_card(self, name: str) -> str:
        """The full id of a provision, from the id or its last part. Raises `ValueError` that names the nearest."""
        ids = sorted({card.id for pack in self.loaded.packs for card in pack.cards})
        found = [i for i in ids if name in (i, i.rpartition("/")[2])]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"`{name}` is several: {', '.join(found)}")
        near = nearest(name, [*ids, *(i.rpartition("/")[2] for i in ids)])
        raise ValueError(f"no provision `{name}`" + (f"; did you mean `{near}`?" if near else ""))


def load_law(folders: Sequence[Path] = ()) -> Law:
    """The catalogue and packs that come with the package, and those of further folders.

    What comes with the package has been linted; packs of further folders are linted here, and a card with an error is
    left out with its problem, so that the others are still assessed.
    """
    catalogue, problems = load_catalogue()
    loaded = load_packs(data_folder("jurisdictions"), *folders)
    if not folders:
        return Law(loaded, catalogue, (*problems, *loaded.problems))
    from .lint import lint_packs, severity_of

    theirs = load_packs(*folders)
    told = lint_packs(theirs, catalogue, day=date.min, others=loaded.packs)
    errors = [problem for problem in told if severity_of(problem.code) == "error"]
    ids = {pack.id for pack in theirs.packs}
    packs = (without(pack, errors) if pack.id in ids else pack for pack in loaded.packs)
    return Law(Loaded(tuple(p for p in packs if p), loaded.problems), catalogue, (*problems, *loaded.problems, *errors))


def without(pack: Pack, errors: Sequence[Problem]) -> Pack | None:
    """A pack without its faulty cards; None where the fault is in a file of the instrument itself."""
    files = {problem.source.file for problem in errors}
    shown = f"jurisdictions/{pack.id}"
    if any(f"{shown}/{name}.yaml" in files for name in ("instrument", "amendments", "timeline", "parameters")):
        return None
    return replace(pack, cards=tuple(card for card in pack.cards if card.source.file not in files))
