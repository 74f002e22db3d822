"""All the packs and the catalogue they are written in: what an assessment, a lint run or a listing starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    """The catalogue and packs that come with the package, and those of further folders."""
    catalogue, problems = load_catalogue()
    loaded = load_packs(data_folder("jurisdictions"), *folders)
    return Law(loaded, catalogue, (*problems, *loaded.problems))
