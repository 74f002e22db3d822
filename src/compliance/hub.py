"""Dossiers of the Hugging Face hub: `hf:owner/name` or `hf:owner/name@revision`, downloaded only because somebody asks for it.

Documents alone are taken, never weights. What the hub's own cache holds is not loaded again, and without a network the cache is
all there is. Files are copied out of the cache, whose links lead outside a dossier, and are gone when the process ends.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from .reading import InputError, Problem, Source, printable

PREFIX = "hf:"
DOCUMENTS = ("*.md", "*.txt", "*.json", "*.jsonld", "*.yaml", "*.yml", "*.csv", "*.xml", "LICEN[CS]E*", "NOTICE*", "COPYING*")
LEFT_OUT = ("tokenizer*.json", "vocab*", "merges.txt", "*.index.json", "special_tokens_map.json", "added_tokens.json")
MAX_BYTES = 20_000_000
"""A larger file is no document."""
_NAME = re.compile(r"([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)(?:@([\w./-]+))?\Z", re.ASCII)
_REASONS = {
    "GatedRepoError": ("access to it has to be granted first", "ask for access on its page, then log in with `hf auth login`"),
    "RepositoryNotFoundError": ("there is no such repository, or it is private", "check owner and name"),
    "RevisionNotFoundError": ("it has no such revision", "leave @REVISION out, or name a branch, tag or commit"),
    "LocalEntryNotFoundError": ("it is not in the local cache, and the hub cannot be reached", "connect, or name a folder"),
    "HFValidationError": ("that is no name of a repository", "write hf:owner/name"),
}


def is_on_hub(name: str) -> bool:
    """Whether a dossier is named on the hub and not in the file system."""
    return name.startswith(PREFIX)


@cache
def fetch_dossier(name: str) -> Path:
    """The folder with the documents of `hf:owner/name[@revision]`, called `name`. Raises `InputError`, saying why not."""
    match = _NAME.match(name.removeprefix(PREFIX))
    if match is None:
        raise _problem(name, *_REASONS["HFValidationError"])
    hub, errors = _client(name)
    try:
        found = hub.snapshot_download(
            match[1], revision=match[2], allow_patterns=list(DOCUMENTS), ignore_patterns=list(LEFT_OUT), etag_timeout=10
        )
    except (errors.HfHubHTTPError, errors.HFValidationError, OSError, ValueError) as error:
        kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _REASONS]
        reason, hint = _REASONS[kinds[0]] if kinds else (_first_line(error), "try again, or name a folder")
        raise _problem(name, reason, hint) from None
    return _copy(Path(found), match[1].rpartition("/")[2])


def _client(name: str) -> tuple[Any, Any]:
    try:
        return import_module("huggingface_hub"), import_module("huggingface_hub.errors")
    except ImportError:
        raise _problem(name, "huggingface_hub is not installed", "install compliance[hub], or name a folder") from None


def _copy(snapshot: Path, name: str) -> Path:
    """A folder of real files in place of the links of the cache; links that leave the repository are not followed."""
    home = snapshot.parents[1].resolve()
    target = Path(_home().name) / snapshot.name / name
    for path in sorted(p for p in snapshot.rglob("*") if p.is_file()):
        real = path.resolve()
        if real.is_relative_to(home) and real.stat().st_size <= MAX_BYTES:
            place = target / path.relative_to(snapshot)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(real, place)
    target.mkdir(parents=True, exist_ok=True)
    return target


@cache
def _home() -> tempfile.TemporaryDirectory[str]:
    """Where copies live until the process ends."""
    return tempfile.TemporaryDirectory(prefix="compliance-hub-")


def _first_line(error: Exception) -> str:
    return printable((str(error).strip() or type(error).__name__).splitlines()[0])[:200]


def _problem(name: str, message: str, hint: str) -> InputError:
    return InputError(Problem(Source(printable(name)), "path", message, hint))
