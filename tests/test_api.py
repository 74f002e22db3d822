"""The public door: every name is there, has one home, and opens the flow."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import compliance


def test_every_public_name_opens() -> None:
    assert set(compliance.__all__) == set(compliance.HOMES)
    for name in compliance.__all__:
        assert getattr(compliance, name) is not None


def test_the_example_of_the_docstring_runs(root: Path) -> None:
    assert compliance.__doc__ is not None
    lines = [line[4:] for line in compliance.__doc__.splitlines() if line.startswith("    ") and "─►" not in line]
    code = "\n".join(line for line in lines if line.strip())
    assert "assess_dossier" in code
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert re.search(r"^PROVEN GAPS \(1\)", result.stdout, re.MULTILINE)


def test_the_door_itself_loads_nothing() -> None:
    code = (
        "import sys, compliance; print(sorted(m for m in sys.modules if m.startswith(('compliance.', 'pydantic', 'networkx'))))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
