"""Folders of YAML become packs. Every mistake is a located problem; what can be read is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ..catalogue import data_folder
from ..reading import InputError, Map, Problem, Source, decode, digest, load_yaml, read_bytes
from .card import KINDS, Card
from .instrument import Amendment, CoverageRow, DateEntry, Instrument, Pack, ParameterEntry, SurvivorRow
from .pinpoints import Pinpoints
from .validation import HIDDEN, validation_problems

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Packs in the order of their ids, and every problem found while reading them."""

    packs: tuple[Pack, ...]
    problems: tuple[Problem, ...]

    def pack(self, name: str) -> Pack | None:
        """The pack with this id."""
        return next((p for p in self.packs if p.id == name), None)


def load_packs(*roots: Path, only: frozenset[str] | None = None) -> Loaded:
    """Read every instrument below the roots (default: the packs that come with the package).

    A root is a folder of jurisdictions, one jurisdiction, or one instrument. `only` limits to these instruments.
    """
    packs: dict[str, Pack] = {}
    problems: list[Problem] = []
    folders = dict.fromkeys(folder for root in roots or (data_folder("jurisdictions"),) for folder in find_instruments(root))
    for folder in folders:
        name = f"{folder.parent.name}/{folder.name}"
        if only is not None and name not in only:
            continue
        if name in packs:
            place = Source(f"{_shown(folder)}/instrument.yaml", 1, 1)
            hint = f"give the folder {folder} another name"
            problems.append(Problem(place, "PK209", f"there is an instrument `{name}` already; this one is left out", hint))
            continue
        pack, found = load_pack(folder)
        problems.extend(found)
        if pack:
            packs[pack.id] = pack
    return Loaded(tuple(packs[key] for key in sorted(packs)), tuple(problems))


def find_instruments(root: Path) -> list[Path]:
    """Folders that hold an `instrument.yaml`, at most two levels below `root`, in order."""
    root = root.resolve()
    if root.is_file():
        root = root.parent
    for candidate in (root, root.parent):
        if (candidate / "instrument.yaml").is_file():
            return [candidate]
    return sorted({p.parent for depth in ("*", "*/*") for p in root.glob(f"{depth}/instrument.yaml")})


def load_pack(folder: Path) -> tuple[Pack | None, list[Problem]]:
    """One instrument; None where instrument.yaml itself cannot be used."""
    problems: list[Problem] = []
    name = f"{folder.parent.name}/{folder.name}"
    shown = _shown(folder)
    instrument = _typed(folder, "instrument.yaml", Instrument, shown, problems)
    if instrument is None:
        return None, problems
    amendments = _typed(folder, "amendments.yaml", tuple[Amendment, ...], shown, problems) or ()
    timeline = _typed(folder, "timeline.yaml", dict[str, tuple[DateEntry, ...]], shown, problems) or {}
    parameters = _typed(folder, "parameters.yaml", dict[str, tuple[ParameterEntry, ...]], shown, problems) or {}
    coverage = _typed(folder, "coverage.yaml", tuple[CoverageRow, ...], shown, problems) or ()
    pinpoints = _typed(folder, "pinpoints.yaml", Pinpoints, shown, problems)
    survivors = _typed(folder, "survivors.yaml", tuple[SurvivorRow, ...], shown, problems) or ()
    cards: list[Card] = []
    for path in sorted((folder / "provisions").glob("*.yaml")):
        card = load_card(path, folder, name, shown, problems)
        if card:
            cards.append(card)
    files = [p for p in (*sorted(folder.glob("*.yaml")), *sorted((folder / "provisions").glob("*.yaml"))) if p.is_file()]
    whole = digest("".join(f"{p.name} {digest(p.read_bytes())}\n" for p in files).encode())
    unwritten = sum(row.left_out in ("not_yet_written", "source_missing") for row in coverage)
    return Pack(
        name,
        instrument,
        amendments,
        timeline,
        parameters,
        tuple(cards),
        coverage,
        whole,
        str(folder),
        unwritten,
        pinpoints,
        survivors,
    ), problems


def load_card(path: Path, root: Path, pack: str, shown: str, problems: list[Problem]) -> Card | None:
    """One card; its id is its path. None with problems where it cannot be used."""
    file = f"{shown}/{path.relative_to(root).as_posix()}"
    try:
        content = read_bytes(path, root, max_bytes=500_000)
        text = decode(content, file)
        data = load_yaml(text, file)
        if not isinstance(data, Map) or not data:
            raise InputError(Problem(Source(file, 1, 1), "PK101", "a card is a mapping", f"begin with one of {', '.join(KINDS)}"))
        kind = next(iter(data))
        if kind not in KINDS:
            spot = Source(file, *data.keys_at[kind])
            raise InputError(Problem(spot, "PK101", f"the first key is `{kind}`", f"it must be one of {', '.join(KINDS)}"))
        own = [key for key in HIDDEN if key in data]
        if own:
            spot = Source(file, *data.keys_at[own[0]])
            raise InputError(Problem(spot, "PK101", f"unknown key `{own[0]}`", HIDDEN[own[0]]))
        renamed = Map(data.mark)
        renamed.update({("title" if key == kind else key): value for key, value in data.items()})
        renamed.keys_at = {("title" if key == kind else key): mark for key, mark in data.keys_at.items()}
        renamed.values_at = data.values_at
        stem = path.stem.partition("@")[0]
        extra = {"id": f"{pack}/{stem}", "pack": pack, "source": Source(file, 1, 1), "digest": digest(content)}
        card = KINDS[kind].model_validate({**renamed, **extra}, context={"file": file})
    except InputError as error:
        problems.append(_with_excerpt(error.problem, path))
        return None
    except ValidationError as error:
        problems.extend(_with_excerpt(p, path) for p in validation_problems(error, renamed, file, KINDS[kind]))
        return None
    return card


def _typed(folder: Path, name: str, kind: type[T], shown: str, problems: list[Problem]) -> T | None:
    path, file = folder / name, f"{shown}/{name}"
    if not path.exists():
        if name in ("instrument.yaml", "amendments.yaml", "timeline.yaml"):
            problems.append(Problem(Source(file), "path", f"`{name}` is missing", "every instrument has one"))
        return None
    data: Any = None
    try:
        data = load_yaml(decode(read_bytes(path, folder), file), file)
        return TypeAdapter(kind).validate_python(data, context={"file": file})
    except InputError as error:
        problems.append(_with_excerpt(error.problem, path))
    except ValidationError as error:
        problems.extend(_with_excerpt(p, path) for p in validation_problems(error, data, file, kind))
    return None


def _with_excerpt(problem: Problem, path: Path) -> Problem:
    if problem.excerpt or not problem.source.line:
        return problem
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return problem
    excerpt = lines[problem.source.line - 1][:200] if problem.source.line <= len(lines) else ""
    return Problem(problem.source, problem.code, problem.message, problem.hint, excerpt)


def _shown(folder: Path) -> str:
    """The folder as messages show it: `jurisdictions/eu/ai-act` for what comes with the package."""
    return f"jurisdictions/{folder.parent.name}/{folder.name}"
