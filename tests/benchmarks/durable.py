"""Many assessments in one process on durable-rules: `python tests/benchmarks/durable.py [N]` (default 10,000).

Samples take turns. Printed every tenth of the way: assessments done, seconds, resident memory. The last line says by how much
memory grew after the first tenth, and whether the last round gave the facts of the first and of the builtin chainer.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from compliance.flow import Run, assess_dossier
from compliance.packs.law import load_law

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 23)


def resident() -> int:
    """Resident memory of this process in bytes (Linux)."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * 4096


def outcome(run: Run) -> list[tuple[str, object]]:
    """What the chainer can change: facts by subject, and the verdicts."""
    return [(s.subject.name, sorted((n, str(f.value)) for n, f in s.subject.facts.items())) for s in run.situations] + [
        (j.duty.card.id, j.judgement.verdict.value) for j in run.assessment.judged
    ]


def main() -> None:
    """Print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    law = load_law()
    folders = sorted(path for path in (ROOT / "samples").iterdir() if path.is_dir())
    first = {folder: outcome(assess_dossier(folder, law, DAY)) for folder in folders}
    started, marks = time.perf_counter(), []
    for done in range(1, number + 1):
        folder = folders[done % len(folders)]
        run = assess_dossier(folder, law, DAY, chainer="durable")
        if done > number - len(folders) or done <= len(folders):
            assert outcome(run) == first[folder], f"durable-rules differs on {folder.name}"
        if done % max(1, number // 10) == 0:
            marks.append(resident())
            print(f"{done:>7} assessments {time.perf_counter() - started:8.1f} s {marks[-1] / 2**20:8.1f} MiB", flush=True)
    print(f"growth after the first tenth: {(marks[-1] - marks[0]) / 2**20:.1f} MiB; facts and verdicts as by the builtin chainer")


if __name__ == "__main__":
    main()
