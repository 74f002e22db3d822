"""Other dossiers beside the one judged: what they say of its bases and relatives joins its graph; nothing of theirs is judged.

Dossiers are joined by names: `owner/name` in one and `name` in the other are one model unless both name an owner and the
owners differ. The name in the judged dossier stands. Files, systems and evaluations of another dossier get its name in front,
so that they are never taken for those of the judged one; what it says of organisations is about its own matters and stays out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .catalogue import Catalogue
from .documents import REMARKS, Reading, read_documents
from .documents.detect import candidate
from .documents.recognition import load_recognition
from .facts.actors import state_actors
from .reading import Problem, Source
from .vocabulary import EdgeStatement, FactStatement, NodeStatement, Statement, kind_of, name_of, node

SHARED = ("model", "dataset")
PRIVATE = ("system", "evaluation", "document")
LEFT_OUT = ("incident", "output", "decision", "disclosure")
SIGNS = ("manifest", "card", "licence_file", "config_json")
"""Importers whose files make a folder a dossier; tables and other data may lie beside dossiers too."""
LINEAGE = ("derived_from", "trained_on")


@dataclass(frozen=True, slots=True)
class Relatives:
    """What the joined dossiers state, in the names of the judged one; what was wrong; who was left out and why."""

    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Dossier:
    """One dossier: the name that goes before its files, the models and datasets it is about, and what it states."""

    prefix: str
    own: tuple[str, ...]
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...] = ()
    asked_for: bool = False
    """Named itself, and not only one of a folder of dossiers."""


def read_relatives(folders: Sequence[Path], root: Path, judged: Reading, catalogue: Catalogue) -> Relatives:
    """Read other dossiers, or folders of dossiers, and keep those that lineage joins to the judged one at `root`.

    Raises `ValueError` for a folder that is not there.
    """
    others, remarks = _read(folders, root, catalogue)
    main = _dossier("", judged)
    renamed = _agree_on_names(main, others)
    joined = _join(main, renamed)
    kept = {one.prefix for one in joined}
    message = "not joined: no derived_from or trained_on leads from one dossier to the other"
    remarks += [Problem(Source(one.prefix), "lineage", message) for one in others if one.asked_for and one.prefix not in kept]
    mine = frozenset(main.own)
    return Relatives(
        tuple(statement for one in joined for statement in one.statements if _may_say(statement, mine)),
        tuple(problem for one in joined for problem in one.problems),
        tuple(remarks),
    )


def dossiers_in(folder: Path, root: Path | None = None) -> tuple[Path, ...]:
    """The folder itself if a card, licence, configuration or manifest lies in it, else each folder in it.

    A folder that holds the judged dossier `root` is a folder of dossiers whatever else lies in it; those that are or hold
    `root` are not among them. Raises `ValueError` for a folder that is not there.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder; name a dossier or a folder of dossiers")
    judged = (root.resolve(), *root.resolve().parents) if root else ()
    recognition = load_recognition()
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    documents = (path for path in inside if path.is_file() and candidate(path.name, recognition) in SIGNS)
    if folder.resolve() not in judged and any(documents):
        return (folder,)
    folders = tuple(path for path in inside if path.is_dir() and not path.is_symlink() and path.resolve() not in judged)
    return folders or (() if folder.resolve() in judged else (folder,))


def _read(folders: Sequence[Path], root: Path, catalogue: Catalogue) -> tuple[list[_Dossier], list[Problem]]:
    """Every other dossier once; of two that are about the same model the first."""
    found: list[_Dossier] = []
    remarks: list[Problem] = []
    seen: set[Path] = set()
    spoken: dict[str, str] = {}
    for path, asked_for in ((path, path == folder) for folder in folders for path in dossiers_in(folder, root)):
        if path.resolve() in seen:
            continue
        seen.add(path.resolve())
        reading = read_documents(path, catalogue)
        taken = {one.prefix for one in found}
        number = next(n for n in range(1, len(found) + 2) if _numbered(reading.name, n) not in taken)
        one = _dossier(_numbered(reading.name, number), reading)
        twice = next((name for name in one.own if name in spoken and kind_of(name) == "model"), "")
        if twice:
            message = f"not joined: the dossier {spoken[twice]} is about {twice} already"
            remarks.append(Problem(Source(one.prefix), "lineage", message, "give the models names of their own"))
            continue
        spoken.update(dict.fromkeys(one.own, one.prefix))
        found.append(replace(one, asked_for=asked_for))
    return found, remarks


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def _dossier(prefix: str, reading: Reading) -> _Dossier:
    """What was read, with the families of its sizes among its own, and with who acts on which model."""
    subjects = set(reading.subjects)
    wholes = (one.end for one in _edges(reading.statements) if one.edge == "part_of" and one.start in subjects)
    own = tuple(name for name in dict.fromkeys((*reading.subjects, *wholes)) if kind_of(name) in SHARED)
    problems = (replace(p, source=_placed(prefix, p.source)) for p in reading.problems if p.code not in REMARKS)
    return _Dossier(prefix, own, (*reading.statements, *state_actors(reading.statements, reading.subjects)), tuple(problems))


def _edges(statements: Iterable[Statement]) -> Iterator[EdgeStatement]:
    return (one for one in statements if isinstance(one, EdgeStatement))


def _ends(one: _Dossier) -> Iterator[str]:
    """Models and datasets that its models come from."""
    return (edge.end for edge in _edges(one.statements) if edge.edge in LINEAGE and kind_of(edge.end) in SHARED)


def _agree_on_names(main: _Dossier, others: Sequence[_Dossier]) -> list[_Dossier]:
    """The other dossiers in one set of names: those of the judged dossier, else the one that a model's own dossier uses."""
    fixed = list(dict.fromkeys((*main.own, *_ends(main))))
    names: dict[str, str] = {}
    for other in others:
        for mine in other.own:
            named = [one for one in fixed if one not in main.own and _is_same(one, mine)]
            names[mine] = named[0] if len(named) == 1 else mine
    known = list(dict.fromkeys((*main.own, *names)))
    for end in dict.fromkeys(end for other in others for end in _ends(other) if end not in names):
        meant = [names.get(one, one) for one in known if _is_same(one, end)] or [one for one in fixed if _is_same(one, end)]
        names[end] = meant[0] if len(set(meant)) == 1 else end
    return [replace(one, own=tuple(names.get(o, o) for o in one.own), statements=_rename(one, names)) for one in others]


def _is_same(one: str, other: str) -> bool:
    """Whether two names can stand for one model or dataset; hubs and folders write an owner as `owner/` or `owner__`."""
    if kind_of(one) != kind_of(other):
        return False
    (owner, name), (other_owner, other_name) = _parts(one), _parts(other)
    return name == other_name and (not owner or not other_owner or owner == other_owner)


def _parts(name: str) -> tuple[str, str]:
    owner, _, last = name_of(name).casefold().replace("__", "/").rpartition("/")
    return owner, last


def _rename(one: _Dossier, names: Mapping[str, str]) -> tuple[Statement, ...]:
    def rename(name: str) -> str:
        kind = kind_of(name)
        if kind in PRIVATE and "://" not in name:
            return node(kind, f"{one.prefix}/{name_of(name)}")
        return names.get(name, name)

    renamed: list[Statement] = []
    for said in one.statements:
        source = _placed(one.prefix, said.source)
        if isinstance(said, FactStatement):
            renamed.append(replace(said, subject=rename(said.subject), source=source))
        elif isinstance(said, NodeStatement):
            renamed.append(replace(said, node=rename(said.node), source=source))
        else:
            renamed.append(replace(said, start=rename(said.start), end=rename(said.end), source=source))
    return tuple(renamed)


def _placed(prefix: str, source: Source) -> Source:
    """The place with the dossier's name before the file; a place that is the dossier itself stays."""
    if not prefix or source.file == prefix:
        return source
    return source._replace(file=f"{prefix}/{source.file}")


def _join(main: _Dossier, others: Sequence[_Dossier]) -> list[_Dossier]:
    """Dossiers that lineage connects with the judged one, in whichever direction and over however many steps."""
    reached = {*main.own, *_ends(main)}
    owned = frozenset(name for one in (main, *others) for name in one.own)
    joined: set[str] = set()
    before = -1
    while before < len(joined):
        before = len(joined)
        for one in others:
            near = {*one.own, *(end for end in _ends(one) if kind_of(end) == "model" or end in owned)}
            if one.prefix not in joined and near & reached:
                joined.add(one.prefix)
                reached |= near
    return [one for one in others if one.prefix in joined]


def _may_say(statement: Statement, judged: frozenset[str]) -> bool:
    """Relations and facts of models and datasets that are not judged; of organisations only that they act on a model."""
    if isinstance(statement, EdgeStatement):
        may = statement.start not in judged or statement.edge == "modified_by"
        return may and not {kind_of(statement.start), kind_of(statement.end)} & {*LEFT_OUT}
    if isinstance(statement, NodeStatement):
        return statement.node not in judged and kind_of(statement.node) not in LEFT_OUT
    return (
        not statement.pair and statement.subject not in judged and kind_of(statement.subject) not in (*LEFT_OUT, "organisation")
    )
