"""The tools of `pyproject.toml`, run as anyone runs them, and the sizes of docs/architecture.md."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [("-m", "ruff", "check", "src", "tests"), ("-m", "ruff", "format", "--check", "src", "tests"), ("-m", "mypy")],
    ids=["ruff", "format", "mypy"],
)
def test_tool(root: Path, command: tuple[str, ...]) -> None:
    result = run(root, *command)
    assert result.returncode == 0, result.stdout + result.stderr


def test_layers(root: Path) -> None:
    result = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_module_is_too_long(root: Path) -> None:
    sizes = {p.relative_to(root): len(p.read_text("utf-8").splitlines()) for p in (root / "src").rglob("*.py")}
    assert {str(p): n for p, n in sizes.items() if n > 600} == {}


HEAVY = ("networkx", "textual", "durable", "license_expression", "polars", "z3", "jinja2", "cryptography")


@pytest.mark.parametrize("arguments", [["--help"], ["packs", "lint", "jurisdictions/us-ca/ab-2013"], ["packs", "list"]])
def test_heavy_libraries_stay_out(root: Path, arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from compliance.cli.app import app\n"
        "try:\n"
        f"    app({arguments!r})\n"
        "except SystemExit as stop:\n"
        "    assert stop.code in (0, None), stop.code\n"
        f"loaded = sorted(set({HEAVY!r}) & set(sys.modules))\n"
        "print('LOADED', loaded)\n"
        "sys.exit(1 if loaded else 0)\n"
    )
    result = run(root, "-c", code)
    assert result.returncode == 0, result.stdout + result.stderr
