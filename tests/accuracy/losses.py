"""Fields of real documents that nothing is made of: `python tests/accuracy/losses.py [CORPUS]`.

Every folder of the corpus that has a `source.json`, and every sample, is read as a dossier. Per format: how many files and fields
were read, how many fields were mapped, how many left out for which reason (rules/documents/left-out.yaml), and those that are
neither, with the place of the first. Leaves with 1 if there is any.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from compliance.documents.losses import Loss, read_losses
from compliance.reports.losses import write_losses

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("COMPLIANCE_CORPUS", ROOT.parent / "shared" / "corpus"))


def losses_of(corpus: Path) -> Iterator[Loss]:
    """The files of all folders, each under the name of its folder."""
    roots = [one.parent for one in sorted(corpus.rglob("source.json"))]
    for root in (*roots, *sorted(one for one in (ROOT / "samples").iterdir() if one.is_dir())):
        for one in read_losses(root):
            places = tuple((path, place._replace(file=f"{root.name}/{place.file}")) for path, place in one.unexplained)
            yield replace(one, file=f"{root.name}/{one.file}", unexplained=places)


def main() -> int:
    """The table on stdout."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    found = list(losses_of(corpus))
    sys.stdout.write(write_losses(found))
    return 1 if any(one.unexplained for one in found) or not found else 0


if __name__ == "__main__":
    sys.exit(main())
