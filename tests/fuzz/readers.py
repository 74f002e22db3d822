"""Each importer as a function of one file: what is read, how long it may take, and what must hold of whatever comes out."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from compliance.catalogue import load_catalogue
from compliance.catalogue.licences import load_licences
from compliance.documents import read_documents
from compliance.documents.config_json import read_config
from compliance.documents.detect import candidate, detect, settle
from compliance.documents.dossier import READERS
from compliance.documents.fields import list_fields
from compliance.documents.formats import FORMATS
from compliance.documents.front_matter import split_front_matter
from compliance.documents.layout import Layout, lay_out
from compliance.documents.licence_file import read_licence_file
from compliance.documents.manifest import open_manifest, read_manifest
from compliance.documents.model_card import read_card
from compliance.documents.page import Setting
from compliance.documents.readme import read_readme
from compliance.documents.recognition import load_recognition
from compliance.documents.types import Imported, Input
from compliance.reading import InputError, decode

NAMES: Mapping[str, str] = {
    "model_card": "README.md", "readme": "README.md", "data_card": "README.md", "licence_file": "LICENSE",
    "config_json": "config.json",
    "cyclonedx": "bom.json", "spdx3": "bom.spdx3.json", "croissant": "metadata.json", "transparency_index": "report.csv",
    "provider_form": "summary.yaml", "card_toolkit": "card.json", "results_index": "model-index.yml", "monai": "metadata.json",
    "applied_card": "card.xml", "zoo_card": "model.yml", "manifest": "compliance.yaml",
}  # fmt: skip
"""Every importer, and the name of the file that it is given."""
SECONDS = 2.0
"""Processor time that one file may take."""
MEMORY = 250_000_000
"""Bytes by which the process may grow for one file."""
OWNER = "model:m"
CATALOGUE = load_catalogue()[0]
LICENCES, RECOGNITION = load_licences()[0], load_recognition()


class Large(Exception):
    """A file took more memory than it may."""


class Slow(Exception):
    """A file took longer than it may."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor time in seconds and, where the system tells, by how many bytes the process grew at most."""

    seconds: float
    memory: int


def read_one(importer: str, content: bytes, *, whole: bool = False, seconds: float = SECONDS) -> Cost:
    """Read a file and check what comes out; what it cost. Raises whatever is wrong with the importer.

    With `whole` it is also read as the only file of a dossier, by whichever importer takes it.
    """
    before = _reset_peak()
    old = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds * 3)
    began = time.process_time()
    try:
        with suppress(InputError):
            _check(importer, decode(content, NAMES[importer]))
        spent = time.process_time() - began
        if whole:
            _read_whole(NAMES[importer], content)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old)
    if spent > seconds:
        raise Slow(f"{spent:.1f} s of processor time for {len(content)} bytes")
    memory = _peak() - before
    if memory > MEMORY:
        raise Large(f"{memory // 1_000_000} MB for {len(content)} bytes")
    return Cost(spent, max(memory, 0))


def _reset_peak() -> int:
    """Begin to measure the peak anew; the size of the process in bytes."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def _stop(_: int, __: FrameType | None) -> None:
    raise Slow("it did not end")


def _check(importer: str, text: str) -> None:
    name = NAMES[importer]
    front = split_front_matter(text, name) if candidate(name, RECOGNITION) == "card" or importer == "provider_form" else None
    if importer == "provider_form" and front is not None and not front.present:
        front = None
    one = Input(name, text, importer, front)
    found = detect(name, text, front, RECOGNITION)
    lay_out(settle([Input(name, text, found, front)], RECOGNITION), "m", RECOGNITION)
    imported = IMPORTERS[importer](one)
    lines = text.count("\n") + 1
    for said in (*imported.statements, *imported.problems):
        assert said.source.file == name
        assert 0 <= said.source.line <= lines + 1, "the parser of YAML may see the end of the file one line below it"
        str(said)
        hash(said.source)
    if imported.tree is not None:
        for one_field in list_fields(imported.tree):
            assert len(one_field.path) <= 400


def _read_whole(name: str, content: bytes) -> None:
    folder = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=folder) as root:
        (Path(root) / name).write_bytes(content)
        reading = read_documents(Path(root), CATALOGUE)
        assert [one.name for one in reading.files] == [name]


def _licence(one: Input) -> Imported:
    return read_licence_file(one, Layout(OWNER, {one.name: OWNER}), [], [], LICENCES, RECOGNITION)


def _manifest(one: Input) -> Imported:
    data, problems = open_manifest(one.text)
    if data is None:
        return Imported(problems=problems)
    said = read_manifest(data, Layout(OWNER, {}), CATALOGUE, LICENCES, RECOGNITION, frozenset(), {})
    return Imported(said.statements, (*problems, *said.problems))


def _format(name: str) -> Callable[[Input], Imported]:
    owner = "dataset:m" if name == "data_card" else OWNER
    setting = Setting(owner, (owner,), LICENCES, RECOGNITION)
    return lambda one: FORMATS[name].read(one, setting)


def _json(name: str) -> Callable[[Input], Imported]:
    return lambda one: READERS[name](one, Layout(OWNER, {one.name: OWNER}), LICENCES, RECOGNITION)


IMPORTERS: Mapping[str, Callable[[Input], Imported]] = {
    "model_card": lambda one: read_card(one, OWNER, (OWNER,), LICENCES, RECOGNITION),
    "readme": lambda one: read_readme(one, OWNER, (OWNER,), LICENCES, RECOGNITION),
    "config_json": lambda one: read_config(one, (OWNER,), RECOGNITION),
    "licence_file": _licence, "manifest": _manifest,
    **{name: _json(name) for name in READERS}, **{name: _format(name) for name in FORMATS},
}  # fmt: skip
