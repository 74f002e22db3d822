"""The packs as they were compiled last time, for a quick start.

An entry is found by the names, sizes and times of every file of the rules and packs, so that any edit makes a new one. It
holds no cases and no coverage: whoever tests, lints or lists reads the YAML. The cache is the user's own folder; a file
that belongs to somebody else or that others may write is not opened. `COMPLIANCE_NO_CACHE` turns it off.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from ..catalogue import data_folder
from ..reading import digest, write_whole
from .law import Law, load_law
from .load import Loaded

KEPT = 3
"""How many entries stay on disk."""


def load_law_quickly(folders: Sequence[Path] = ()) -> Law:
    """The same law as `load_law` without cases and coverage, from the cache where nothing changed since."""
    if os.environ.get("COMPLIANCE_NO_CACHE"):
        return load_law(folders)
    path = _folder() / f"law-{_key([data_folder('rules'), data_folder('jurisdictions'), *folders])}.pickle"
    found = _open(path)
    if found is not None:
        return found
    law = slim(load_law(folders))
    _store(path, law)
    return law


def slim(law: Law) -> Law:
    """Without what an assessment does not read."""
    packs = tuple(
        replace(
            pack,
            cards=tuple(card.model_copy(update={"tests": None}) for card in pack.cards),
            coverage=(),
            pinpoints=None,
            survivors=(),
        )
        for pack in law.loaded.packs
    )
    return Law(Loaded(packs, law.loaded.problems), law.catalogue, law.problems)


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("compliance")


def _key(roots: Sequence[Path]) -> str:
    lines = [version("compliance"), sys.version]
    package = Path(__file__).parent.parent
    for root in (*roots, *(package / name for name in ("packs", "catalogue", "vocabulary", "reading"))):
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(f for f in folders if f != "__pycache__")
            for name in sorted(files):
                path = os.path.join(folder, name)
                state = os.lstat(path)
                lines.append(f"{path} {state.st_size} {state.st_mtime_ns}")
    return digest("\n".join(lines).encode())[:24]


def _open(path: Path) -> Law | None:
    try:
        state = path.stat()
        if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
            return None
        law = pickle.loads(path.read_bytes())
    except Exception:  # a cache that cannot be read is no cache
        return None
    return law if isinstance(law, Law) else None


def _store(path: Path, law: Law) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, pickle.dumps(law, protocol=5))
        entries = sorted(path.parent.glob("law-*.pickle"), key=lambda p: p.stat().st_mtime_ns, reverse=True)
        for stale in entries[KEPT:]:
            stale.unlink(missing_ok=True)
    except OSError:  # a folder that cannot be written costs time, nothing else
        return
