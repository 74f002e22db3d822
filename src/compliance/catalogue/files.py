"""The YAML files of one part of `rules/`, each read or a located problem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..reading import InputError, Problem, decode, list_files, load_yaml, read_bytes


def read_rules(root: Path, part: str, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    """Name (`rules/facts/model.yaml`) and content of every file of a part, in order; what cannot be read joins `problems`."""
    for path in list_files(root / part):
        if path.suffix != ".yaml":
            continue
        name = f"rules/{path.relative_to(root).as_posix()}"
        try:
            yield name, load_yaml(decode(read_bytes(path, root), name), name)
        except InputError as error:
            problems.append(error.problem)
