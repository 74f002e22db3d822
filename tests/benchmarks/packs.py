"""How long the packs take to load, to lint and to be tested: `python tests/benchmarks/packs.py`. Figures, no assertions."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

from compliance.catalogue import load_catalogue
from compliance.engine.cases import Cases
from compliance.engine.lint_cases import lint_packs
from compliance.packs import load_packs
from compliance.packs.cache import load_law_quickly

DAY = date(2026, 11, 23)


def timed(name: str, work: Callable[[], object], repeat: int = 5) -> None:
    """Print the median and the worst in milliseconds."""
    times = []
    for _ in range(repeat):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    print(f"{name:<40} {statistics.median(times):9.1f} ms  (worst of {repeat}: {max(times):.1f})", flush=True)


def main() -> None:
    """Print the table."""
    loaded, catalogue = load_packs(), load_catalogue()[0]
    act = load_packs(only=frozenset({"eu/ai-act"}))
    timed("all packs from YAML", load_packs, 3)
    load_law_quickly()
    timed("all packs and the catalogue from the cache", load_law_quickly, 15)
    timed("lint of eu/ai-act", lambda: lint_packs(act, catalogue, day=DAY, references=(), others=loaded.packs), 3)
    timed("lint of all packs", lambda: lint_packs(loaded, catalogue, day=DAY, references=(), others=()), 3)

    def run() -> int:
        cases = Cases(loaded.packs, catalogue)
        return sum(result.passed for pack in loaded.packs for card in pack.cards for result in cases.run_card(card))

    timed(f"{run()} inline cases", run, 1)


if __name__ == "__main__":
    main()
