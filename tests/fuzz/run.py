"""Fuzz the importers: `python tests/fuzz/run.py [--seconds 120] [--importer NAME] [--seed N]`.

Each importer reads, for the time given, files made by strategies.py. What raises, takes too long or too much memory is kept,
as small as it was found, in tests/fuzz/seeds/IMPORTER/, which the suite reads again. Leaves with 1 if there was any.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.readers import IMPORTERS, SECONDS, read_one
from fuzz.strategies import contents, real_documents

SEEDS = Path(__file__).parent / "seeds"
MOST_MEMORY = 1_000_000_000
"""Address space beyond that of the start that the process may take, in bytes."""
ROUND = 50
"""Examples of one round; time is looked at between rounds."""
WHOLE = 8
"""One example in so many is also read as a dossier of its own."""


@dataclass
class Tally:
    """What came of one importer; failures by the place where they were raised, the shortest example of each."""

    examples: int = 0
    slowest: float = 0.0
    largest: int = 0
    failures: dict[str, tuple[bytes, str]] = field(default_factory=dict)


def fuzz(importer: str, seconds: float, first_seed: int) -> Tally:
    """Read made-up files for some seconds."""
    tally, until, number = Tally(), time.monotonic() + seconds, first_seed

    def try_one(content: bytes) -> None:
        if time.monotonic() > until:
            return
        tally.examples += 1
        try:
            cost = read_one(importer, content, whole=tally.examples % WHOLE == 0)
            tally.slowest, tally.largest = max(tally.slowest, cost.seconds), max(tally.largest, cost.memory)
        except Exception as error:  # whatever it is, it is a finding
            frames = traceback.extract_tb(error.__traceback__)
            own = [one for one in frames if "compliance" in one.filename] or list(frames)
            place = f"{type(error).__name__} {Path(own[-1].filename).name}:{own[-1].lineno}"
            known = tally.failures.get(place)
            if known is None or len(content) < len(known[0]):
                tally.failures[place] = (content, f"{error}"[:200])

    strategy = contents(importer)
    while time.monotonic() < until:
        quiet = settings(
            max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
        )
        seed(number)(quiet(given(strategy)(try_one)))()
        number += 1
    return tally


def keep(importer: str, tally: Tally) -> None:
    """Write the shortest example of each failure."""
    for content, _ in tally.failures.values():
        path = SEEDS / importer / hashlib.sha256(content).hexdigest()[:16]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main() -> int:
    """One line an importer, and the failures below it."""
    parser = argparse.ArgumentParser(description="Fuzz the importers.")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--importer", choices=sorted(IMPORTERS), action="append")
    parser.add_argument("--seed", type=int, default=1)
    given_ = parser.parse_args()
    real_documents()
    at_start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    limit = MOST_MEMORY + at_start * 1024 * 4
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    found = 0
    print(f"{'importer':<20} {'examples':>8} {'slowest':>8} {'largest':>8} {'process':>8}  (a file may take {SECONDS:g} s)")
    for importer in given_.importer or sorted(IMPORTERS):
        tally = fuzz(importer, given_.seconds, given_.seed)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{importer:<20} {tally.examples:>8} {tally.slowest:>6.2f} s {tally.largest // 1_000_000:>5} MB {peak:>5} MB",
            flush=True,
        )
        for place, (content, message) in tally.failures.items():
            print(f"    {place}  {len(content)} bytes  {message!r}", flush=True)
        keep(importer, tally)
        found += len(tally.failures)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
