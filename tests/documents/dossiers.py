"""Small dossiers written to a temporary folder, and what is read from them."""

from __future__ import annotations

from pathlib import Path

from compliance.catalogue import load_catalogue
from compliance.documents import Reading, read_documents
from compliance.vocabulary import EdgeStatement, FactStatement, NodeStatement, Terms, Value

CATALOGUE = load_catalogue()[0]


def read(folder: Path, **files: str | bytes) -> Reading:
    """Write files (`README_md="..."` is README.md, `__` a slash) and read the folder."""
    for name, content in files.items():
        stem, mark, suffix = name.rpartition("_")
        write(folder, f"{stem}.{suffix}" if mark else name, content)
    return read_documents(folder, CATALOGUE)


def write(folder: Path, name: str, content: str | bytes) -> None:
    """One file of a dossier, with the folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def facts(reading: Reading) -> dict[str, list[tuple[Value, str]]]:
    """Facts by name: every stated value with its place."""
    found: dict[str, list[tuple[Value, str]]] = {}
    for one in reading.statements:
        if isinstance(one, FactStatement):
            found.setdefault(one.fact, []).append((one.value, str(one.source)))
    return found


def values(reading: Reading, fact: str) -> list[Value]:
    """Every value stated for a fact."""
    return [value for value, _ in facts(reading).get(fact, [])]


def edges(reading: Reading, edge: str) -> list[tuple[str, str, dict[str, object]]]:
    """Relations of one name: start, end and attributes."""
    found = (one for one in reading.statements if isinstance(one, EdgeStatement))
    return [(one.start, one.end, dict(one.attributes)) for one in found if one.edge == edge]


def topics(reading: Reading, file: str = "README.md") -> set[str]:
    """Topics that a card covers."""
    for one in reading.statements:
        if isinstance(one, NodeStatement) and one.node == f"document:{file}":
            told = one.attributes["topics"]
            assert isinstance(told, Terms)
            assert not told.complete, "what a card does not cover is unknown"
            return set(told.known)
    raise AssertionError(f"{file} was not read as a card")


def codes(reading: Reading) -> list[tuple[str, str]]:
    """Code and place of every problem."""
    return [(one.code, str(one.source)) for one in reading.problems]
