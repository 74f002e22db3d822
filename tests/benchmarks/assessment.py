"""How long an assessment takes: `python tests/benchmarks/assessment.py [DOSSIER]`. Figures, no assertions.

Warm: packs compiled, facts derived, verdicts alone. Proofs: every finding described. Cold: the whole command, and the
stations of it in one process.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 23)


def timed(name: str, work: Callable[[], T], repeat: int = 1) -> T:
    """Run and print the median in milliseconds."""
    times, result = [], None
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - start) * 1000)
    print(f"{name:<44} {statistics.median(times):9.2f} ms" + (f"  (median of {repeat})" if repeat > 1 else ""))
    assert result is not None
    return result


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "samples" / "deepseek-r1"
    command = [str(Path(sys.executable).parent / "compliance"), "assess", str(folder), "--at", DAY.isoformat()]
    timed("cold command", lambda: subprocess.run(command, capture_output=True, check=False), 7)
    timed("python alone", lambda: subprocess.run([sys.executable, "-c", ""], check=True), 7)

    def imports() -> bool:
        import compliance.cli.app
        import compliance.flow
        import compliance.reports.text  # noqa: F401  (the time of importing is what is measured)

        return True

    timed("import of command line, flow and reports", imports)
    from compliance.flow import assess_dossier
    from compliance.packs.cache import load_law_quickly
    from compliance.packs.law import load_law
    from compliance.reports.outline import outline
    from compliance.reports.text import write_text

    law = timed("packs and catalogue from YAML", load_law)
    timed("packs and catalogue from the cache", load_law_quickly, 5)
    run = timed("read, derive, compile, judge (first time)", lambda: assess_dossier(folder, law, DAY))
    timed("read, derive, compile, judge (again)", lambda: assess_dossier(folder, law, DAY), 5)
    engine, situations = run.assessment.engine, run.situations
    judged = timed("verdicts alone, warm", lambda: engine.judge(situations, DAY), 300)
    timed("findings with proofs and outlook", lambda: [engine.describe(one, DAY) for one in judged], 5)
    timed("report as text", lambda: write_text(run, outline(run.assessment, law.catalogue)), 5)
    print(f"{len(judged)} verdicts on {len(situations)} situations, {sum(len(p.cards) for p in law.loaded.packs)} cards")


if __name__ == "__main__":
    main()
