"""Where the corpus is, for commands that measure on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def find_corpus() -> Path | None:
    """The first argument that is no option, else COMPLIANCE_CORPUS, else beside the project; None, and says so, without one."""
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    corpus = Path(arguments[0] if arguments else os.environ.get("COMPLIANCE_CORPUS", ROOT.parent / "shared" / "corpus"))
    if corpus.is_dir():
        return corpus
    print(f"no corpus at {corpus}")
    return None
