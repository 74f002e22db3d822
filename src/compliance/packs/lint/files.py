"""The files of the packs as they stand on disk, read again only where a problem has to be pointed at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...reading import InputError, Mark, Problem, Source, decode, load_yaml, mark_of, read_bytes

WIDTH = 200


class Files:
    """Text, marks and source lines by the name that messages show. `folders` says where each instrument lies."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self._folders = folders
        self._texts: dict[str, str] = {}
        self._roots: dict[str, Any] = {}

    def text(self, file: str) -> str:
        """The text of a file; empty where it cannot be read."""
        if file not in self._texts:
            self._texts[file] = self._read(file)
        return self._texts[file]

    def _read(self, file: str) -> str:
        for shown, folder in self._folders.items():
            if file.startswith(f"{shown}/"):
                try:
                    return decode(read_bytes(folder / file.removeprefix(f"{shown}/"), folder), file)
                except InputError:
                    return ""
        return ""

    def place(self, file: str, path: tuple[Any, ...]) -> Source:
        """Where a path of keys and indexes leads in a file, or the deepest place on it that exists."""
        if file not in self._roots:
            try:
                self._roots[file] = load_yaml(self.text(file), file)
            except InputError:
                self._roots[file] = None
        root = self._roots[file]
        mark = mark_of(root, path) if root is not None else Mark(0, 0)
        return Source(file, *mark)

    def problem(self, code: str, source: Source, message: str, hint: str = "") -> Problem:
        """A problem with its source line, long enough to show the mark."""
        lines = self.text(source.file).splitlines()
        line = lines[source.line - 1] if 0 < source.line <= len(lines) else ""
        return Problem(source, code, message, hint, line[: max(WIDTH, source.column + 60)])
