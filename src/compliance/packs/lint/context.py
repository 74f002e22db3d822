"""What a rule of lint may look at: the packs, the catalogue, the day, and the files behind them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from ...catalogue import Catalogue, data_folder
from ...reading import InputError, Map, Problem, Source, decode, load_yaml, read_bytes
from ...vocabulary import NODE_KINDS
from ..card import Card
from ..instrument import Pack
from .blocks import Asked, asked
from .files import Files
from .told import Paper, Told, papers, told


class Context:
    """`packs` are looked at; `others` are there to be referred to. `references` are folders of legal texts."""

    def __init__(
        self,
        packs: tuple[Pack, ...],
        catalogue: Catalogue,
        day: date,
        references: tuple[Path, ...] = (),
        others: tuple[Pack, ...] = (),
    ) -> None:
        self.packs, self.catalogue, self.day, self.references = packs, catalogue, day, references
        names = {pack.id for pack in packs}
        self.all = (*packs, *(pack for pack in others if pack.id not in names))
        self.files = Files({f"jurisdictions/{pack.id}": Path(pack.folder) for pack in self.all})
        self._asked: dict[int, tuple[Asked, ...]] = {}
        self._pinpoints: dict[str, frozenset[str] | None] = {}

    def cards(self) -> Iterator[tuple[Pack, Card]]:
        """Every version of every card that is looked at."""
        return ((pack, card) for pack in self.packs for card in pack.cards)

    def asked(self, card: Card) -> tuple[Asked, ...]:
        """Every line and look of a card, with what it is read on."""
        found = self._asked.get(id(card))
        if found is None:
            found = self._asked[id(card)] = tuple(asked(card, self.catalogue))
        return found

    def told(self, card: Card) -> Iterator[Told]:
        """Every fact that the cases of a card set."""
        return told(card, self.catalogue)

    def papers(self, card: Card) -> Iterator[Paper]:
        """Every document that the cases of a card put on file."""
        return papers(card, self.catalogue)

    def problem(self, code: str, source: Source, message: str, hint: str = "") -> Problem:
        """A problem at a place that is known."""
        return self.files.problem(code, source, message, hint)

    def problem_at(self, code: str, file: str, path: tuple[Any, ...], message: str, hint: str = "") -> Problem:
        """A problem at a path of keys and indexes of a file."""
        return self.files.problem(code, self.files.place(file, path), message, hint)

    def file_of(self, pack: Pack, name: str = "instrument.yaml") -> str:
        """A file of an instrument as messages show it."""
        return f"jurisdictions/{pack.id}/{name}"

    def by_id(self, name: str) -> tuple[Card, ...]:
        """Every version of a card that could be read."""
        return self._by_id.get(name, ())

    @cached_property
    def _by_id(self) -> dict[str, tuple[Card, ...]]:
        found: dict[str, tuple[Card, ...]] = {}
        for pack in self.all:
            for card in pack.cards:
                found[card.id] = (*found.get(card.id, ()), card)
        return found

    def pinpoints(self, name: str) -> frozenset[str] | None:
        """The cards of an instrument by file name, those included that could not be read; None where there is no such instrument.

        An instrument that is not loaded is looked for beside those that are.
        """
        if name not in self._pinpoints:
            self._pinpoints[name] = self._find_pinpoints(name)
        return self._pinpoints[name]

    def _find_pinpoints(self, name: str) -> frozenset[str] | None:
        loaded = [Path(pack.folder) for pack in self.all if pack.id == name]
        beside = (Path(pack.folder).parents[1] / name for pack in self.all if name.count("/") == 1 and ".." not in name)
        for folder in (*loaded, *beside):
            if (folder / "instrument.yaml").is_file():
                return frozenset(path.stem.partition("@")[0] for path in (folder / "provisions").glob("*.yaml"))
        return None

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Everything that facts can be about."""
        return frozenset({"addressee", *NODE_KINDS, *(name.partition(".")[0] for name in self.catalogue.facts)})

    @cached_property
    def regions(self) -> frozenset[str]:
        """Jurisdictions that have packs, with the larger ones they lie in."""
        found = {pack.jurisdiction for pack in self.all} | {
            path.name for pack in self.all for path in Path(pack.folder).parents[1].iterdir() if path.is_dir()
        }
        return frozenset(found | {name.rsplit("-", n)[0] for name in found for n in range(1, name.count("-") + 1)})

    @cached_property
    def themes(self) -> dict[str, Map | None]:
        """`themes.yaml` for each pack: the file beside its jurisdiction, else the one that comes with the package."""
        return {pack.id: self._themes_of(pack) for pack in self.packs}

    def _themes_of(self, pack: Pack) -> Map | None:
        folders = [Path(pack.folder).parents[1]]
        with suppress(InputError):
            folders.append(data_folder("jurisdictions"))
        for folder in folders:
            try:
                found = load_yaml(decode(read_bytes(folder / "themes.yaml", folder), "themes.yaml"), "themes.yaml")
            except InputError:
                continue
            if isinstance(found, Map):
                return found
        return None
