"""Files as they come from strangers: inside the folder, of bounded size, in UTF-8, or a located problem."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .problem import InputError, Problem
from .source import Source

MAX_BYTES = 10_000_000
MAX_FILES = 5_000


def read_bytes(path: Path, root: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Content of a regular file inside `root`. Raises `InputError` for links that leave it, other kinds, and size."""
    name = path.relative_to(root).as_posix()
    real_root = root.resolve()
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise InputError(Problem(Source(name), "path", "the link leads nowhere", "remove it or restore the file")) from None
    if real != real_root and real_root not in real.parents:
        raise InputError(Problem(Source(name), "path", "the link leaves the folder", "copy the file into the folder"))
    if not real.is_file():
        raise InputError(Problem(Source(name), "path", "not a regular file", "remove it"))
    size = real.stat().st_size
    if size > max_bytes:
        raise InputError(Problem(Source(name), "size", f"{size} bytes, more than the {max_bytes} that are read", "shorten it"))
    try:
        return real.read_bytes()
    except OSError as error:
        raise InputError(Problem(Source(name), "path", f"cannot be read: {error.strerror}", "check the permissions")) from None


def decode(content: bytes, name: str) -> str:
    """UTF-8 text with line ends made `\\n`. Raises `InputError` for binary content and other encodings."""
    if b"\0" in content[:8192]:
        raise InputError(
            Problem(Source(name, 1, 1), "encoding", "binary content where text was expected", "save it as UTF-8 text")
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        raise InputError(Problem(Source(name, line, column), "encoding", "not UTF-8", "save it as UTF-8 text")) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def list_files(root: Path, *, max_files: int = MAX_FILES) -> list[Path]:
    """Every file under `root` in a fixed order, hidden folders such as `.git` left out, links not followed."""
    found: list[Path] = []
    for folder, folders, files in os.walk(root, followlinks=False):
        linked = [f for f in folders if (Path(folder) / f).is_symlink()]
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in linked)
        found.extend(Path(folder) / f for f in [*files, *linked] if not f.startswith("."))
        if len(found) > max_files:
            break
    return sorted(found[:max_files])  # the files of the folder itself were found first


def write_whole(path: Path, content: bytes) -> None:
    """Write a file all at once: a temporary neighbour, then replace. Nothing is ever half-written; permissions stay."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Permissions of a file that is there, else those of any new file."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
