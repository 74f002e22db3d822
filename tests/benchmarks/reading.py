"""Dossiers read per second: `python tests/benchmarks/reading.py [CORPUS] [--processes N]`. Figures, no assertions.

Each folder of the corpus that holds a README is a dossier; those with a card of a hub alone count as plain. Reading means
everything up to the facts: files found, statements, graph, licences, derivations. Judging adds every pack.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path

from compliance.catalogue import Catalogue, load_catalogue
from compliance.documents import read_documents
from compliance.flow import assess_dossier, learn_dossier
from compliance.packs.cache import load_law_quickly
from compliance.packs.law import Law

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 23)
PLAIN = ("tables/hf-model-cards", "tables/hf-dataset-cards")


@cache
def catalogue() -> Catalogue:
    """The catalogue, once a process."""
    return load_catalogue()[0]


@cache
def law() -> Law:
    """The packs, once a process."""
    return load_law_quickly()


def read(folder: Path) -> int:
    """Statements alone."""
    return len(read_documents(folder, catalogue()).statements)


def learn(folder: Path) -> int:
    """Up to the facts."""
    return len(learn_dossier(folder, catalogue(), DAY).reading.statements)


def judge(folder: Path) -> int:
    """Up to the verdicts."""
    return len(assess_dossier(folder, law(), DAY).assessment.judged)


def rate(folders: list[Path], work: Callable[[Path], int], processes: int) -> float:
    """Dossiers per second, best of three rounds; the first round of each process also warms it."""
    best = 0.0
    if processes == 1:
        for _ in range(3):
            best = max(best, _timed(folders, lambda: map(work, folders)))
        return best
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(work, folders[: 4 * processes], chunksize=1))
        for _ in range(3):
            best = max(best, _timed(folders, lambda: pool.map(work, folders, chunksize=16)))
    return best


def _timed(folders: list[Path], run: Callable[[], Iterable[int]]) -> float:
    started = time.perf_counter()
    for _ in run():
        pass
    return len(folders) / (time.perf_counter() - started)


def main() -> None:
    """Print the table."""
    arguments = sys.argv[1:]
    processes = int(arguments.pop(arguments.index("--processes") + 1)) if "--processes" in arguments else os.cpu_count() or 1
    arguments = [a for a in arguments if not a.startswith("--")]
    corpus = Path(arguments[0] if arguments else os.environ.get("COMPLIANCE_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not corpus.is_dir():
        print(f"no corpus at {corpus}")
        return
    every = sorted({path.parent for path in corpus.rglob("README.md")} - {corpus})
    plain = [path for path in every if any(part in path.as_posix() for part in PLAIN)]
    print(f"{'dossiers per second':<28}{'1 process':>12}{f'{processes} processes':>14}")
    for name, folders in ((f"plain cards ({len(plain)})", plain), (f"all folders ({len(every)})", every)):
        for work in (read, learn, judge):
            figures = [rate(folders, work, n) for n in (1, processes)]
            print(f"{f'{name}, {work.__name__}':<28}{figures[0]:>12.0f}{figures[1]:>14.0f}", flush=True)


if __name__ == "__main__":
    main()
