"""A folder of documents becomes statements. One file that breaks is one problem; the others are still read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from ..catalogue import Catalogue
from ..catalogue.licences import Licences, load_licences
from ..reading import InputError, Map, Problem, Source, decode, digest, list_files, read_bytes
from ..reading.files import MAX_BYTES, MAX_FILES
from ..vocabulary import EdgeStatement, NodeStatement, Statement
from .config_json import read_config
from .croissant import read_croissant
from .cyclonedx import read_cyclonedx
from .detect import candidate, detect, settle, structured_format
from .formats import FORMATS
from .front_matter import split_front_matter
from .layout import Layout, lay_out
from .licence_file import read_licence_file
from .manifest import Manifest, model_name, open_manifest, read_manifest
from .model_card import read_card
from .page import Setting
from .readme import read_page, read_readme
from .recognition import Recognition, load_recognition
from .relatives import read_relatives
from .spdx3 import read_spdx3
from .types import Card, Imported, Input, ReadFile, Reading

Reader = Callable[[Input, Layout, Licences, Recognition], Imported]
READERS: Mapping[str, Reader] = {
    "cyclonedx": read_cyclonedx,
    "spdx3": read_spdx3,
    "croissant": read_croissant,
}
"""Readers of the formats that detect.JSON_FORMATS tells apart."""

NAMED = ("manifest", "card", "licence_file", "config_json")
"""Importers that take a file by its name alone."""
MAX_TEXT = 1_000_000
"""Largest card, licence or configuration in bytes; real ones have less than a tenth."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """Every file of the folder, the texts that some importer takes, and what could not be opened."""

    files: tuple[ReadFile, ...]
    inputs: tuple[Input, ...]
    problems: tuple[Problem, ...]
    usable: frozenset[str]


def read_documents(root: Path, catalogue: Catalogue) -> Reading:
    """All statements of the dossier `root`: cards, licence files, configuration, and the manifest compliance.yaml.

    Never raises for what stands in the folder: what is wrong is in `problems`, each with its place. A folder that is not
    there is one problem. A folder without documents gives its model, named after it, and nothing else.
    """
    name = root.resolve().name or "dossier"
    if not root.is_dir():
        problem = Problem(Source(str(root)), "path", "there is no such folder", "give the folder with the model's documents")
        return Reading(name, (), (problem,), (), ())
    licences, recognition = load_licences()[0], load_recognition()
    folder, data, problems, layout = _open_all(root, name, recognition)
    read = _import(folder, layout, licences, recognition)
    found = {file: one for file, one in read.items() if isinstance(one, Card)}
    manifest = Manifest()
    if data is not None:
        manifest = read_manifest(data, layout, catalogue, licences, recognition, folder.usable, found, partial(_text, root))
    declared = tuple(one for one in manifest.subjects if one.startswith("model:"))
    said = (s for one in read.values() for s in one.statements if isinstance(s, EdgeStatement))
    placed = {layout.main, *layout.owner.values()}
    described = [s.start for s in said if s.edge == "documented_by" and s.start not in placed]
    subjects = tuple(dict.fromkeys((*(declared or layout.models), *layout.models, *described, *manifest.subjects)))
    return Reading(
        name=name,
        statements=(*_models(layout, name), *(s for one in read.values() for s in one.statements), *manifest.statements),
        problems=(*folder.problems, *problems, *(p for one in read.values() for p in one.problems), *manifest.problems),
        files=tuple(_read_as_declared(one, manifest) for one in folder.files), subjects=subjects,
        inventory=manifest.inventory, accepted=manifest.accepted,
        waivers=manifest.waivers, without_system=manifest.without_system,
    )  # fmt: skip


def _text(root: Path, name: str) -> str:
    """The text of a file that the manifest declares. Raises `InputError` for what is no text or too long."""
    return decode(read_bytes(root / name, root, max_bytes=MAX_TEXT), name)


def _read_as_declared(one: ReadFile, manifest: Manifest) -> ReadFile:
    return replace(one, importer="declared") if not one.importer and one.name in manifest.read else one


def import_files(root: Path) -> tuple[tuple[ReadFile, ...], Mapping[str, Imported]]:
    """Every file of a folder, and by name what its importer makes of each; the manifest is left out."""
    recognition = load_recognition()
    folder, _, _, layout = _open_all(root, root.resolve().name or "dossier", recognition)
    return folder.files, _import(folder, layout, load_licences()[0], recognition)


def _open_all(root: Path, name: str, recognition: Recognition) -> tuple[_Folder, Map | None, tuple[Problem, ...], Layout]:
    """The files, the manifest with its problems, and which model each file is about."""
    folder = _open(root, recognition)
    text = next((one.text for one in folder.inputs if one.importer == "manifest"), None)
    data, problems = open_manifest(text) if text is not None else (None, ())
    main_name, declared = model_name(data, name)
    return folder, data, problems, lay_out(folder.inputs, main_name, recognition, declared=declared)


def _open(root: Path, recognition: Recognition) -> _Folder:
    files: list[ReadFile] = []
    inputs: list[Input] = []
    problems: list[Problem] = []
    usable: set[str] = set()
    listed = list_files(root)
    if len(listed) >= MAX_FILES:
        message = f"more than {MAX_FILES} files; the rest is not listed"
        problems.append(Problem(Source(root.name), "size", message, "leave out what is not documentation"))
    for path in sorted(root.iterdir()):
        if path.is_dir() and candidate(path.name, recognition) in NAMED:
            message = "a folder stands where a file was expected"
            problems.append(Problem(Source(path.name), "path", message, "give the folder another name"))
    for path in listed:
        name = path.relative_to(root).as_posix()
        guess = candidate(name, recognition)
        one = None
        mark = ""
        try:
            if guess in ("", "json", "text") and path.is_file() and not path.is_symlink() and path.stat().st_size > MAX_BYTES:
                usable.add(name)
            else:
                content = read_bytes(path, root)
                mark = digest(content)
                usable.add(name)
                understood = structured_format(guess, content)
                one = _input(name, content, recognition) if understood else None
        except InputError as error:
            problems.append(error.problem)
        if one:
            inputs.append(one)
        files.append(ReadFile(name, mark, one.importer if one else ""))
    settled = settle(inputs, recognition)
    taken = {one.name: one.importer for one in settled}
    files = [replace(one, importer=taken.get(one.name, "")) for one in files]
    return _Folder(tuple(files), tuple(one for one in settled if one.importer), tuple(problems), frozenset(usable))


def _input(name: str, content: bytes, recognition: Recognition) -> Input:
    """The text of a file and who takes it. Raises `InputError` for what is no text or too long."""
    if len(content) > MAX_TEXT:
        message = f"{len(content)} bytes, more than the {MAX_TEXT} that are read of a document"
        raise InputError(Problem(Source(name), "size", message, "shorten it"))
    text = decode(content, name)
    is_card = candidate(name, recognition) == "card"
    front = split_front_matter(text, name) if is_card else None
    return Input(name, text, detect(name, text, front, recognition), front)


def _import(folder: _Folder, layout: Layout, licences: Licences, recognition: Recognition) -> dict[str, Imported]:
    """What each importer makes of its file, in the order of the files; licence files need what the cards say."""
    read: dict[str, Imported] = {}
    for one in folder.inputs:
        if one.importer == "model_card":
            read[one.name] = read_card(one, layout.owner[one.name], layout.holders(one.name), licences, recognition)
        elif one.importer == "readme" and (about := layout.beside(one.name) or _bundle(one, folder, layout)):
            read[one.name] = read_readme(one, layout.main, about, licences, recognition)
        elif one.importer == "readme":
            read[one.name] = read_relatives(one, layout.main, licences, recognition)
        elif one.importer == "page":
            read[one.name] = read_page(one, layout.above(one.name), recognition)
        elif one.importer == "config_json":
            read[one.name] = read_config(one, layout.holders(one.name), recognition)
        elif one.importer in READERS:
            read[one.name] = READERS[one.importer](one, layout, licences, recognition)
        elif one.importer in FORMATS:
            setting = Setting(layout.owner.get(one.name, ""), layout.holders(one.name), licences, recognition)
            read[one.name] = FORMATS[one.importer].read(one, setting)
    texts = [one for one in folder.inputs if one.importer in ("model_card", "readme")]
    cards = [(name, one) for name, one in read.items() if isinstance(one, Card)]
    for one in folder.inputs:
        if one.importer == "licence_file":
            read[one.name] = read_licence_file(one, layout, texts, cards, licences, recognition)
    return {one.name: read[one.name] for one in folder.inputs if one.name in read}


def _bundle(one: Input, folder: _Folder, layout: Layout) -> tuple[str, ...]:
    """The model of a MONAI bundle, whose card is `docs/README.md` and whose metadata is in the folder `configs` beside it."""
    path = PurePosixPath(one.name)
    if path.parent.name != "docs":
        return ()
    bundles = (other for other in folder.inputs if other.importer == "monai")
    return next((layout.holders(o.name) for o in bundles if PurePosixPath(o.name).parent == path.parent.parent / "configs"), ())


def _models(layout: Layout, name: str) -> list[Statement]:
    """The models that the folder is about, each said by its card or, without one, by the folder itself."""
    said: dict[str, Source] = {}
    for file, owner in layout.owner.items():
        said.setdefault(owner, Source(file, 1, 1))
    for part, place in layout.parts:
        said.setdefault(part, place)
    whole = [layout.main] if layout.parts else []
    models = dict.fromkeys((*whole, *layout.models))
    statements: list[Statement] = [NodeStatement(one, said.get(one, Source(name))) for one in models]
    statements += [EdgeStatement(part, "part_of", layout.main, place) for part, place in layout.parts]
    return statements
