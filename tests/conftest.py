"""Paths and packs that many tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compliance.packs.law import Law, load_law

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def law() -> Law:
    """Every pack that comes with the package."""
    return load_law()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real documentation; tests that read it are skipped where it is not there."""
    path = Path(os.environ.get("COMPLIANCE_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not path.is_dir():
        pytest.skip(f"no corpus of real documentation at {path}; set COMPLIANCE_CORPUS")
    return path
