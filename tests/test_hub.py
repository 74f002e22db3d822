"""`hf:owner/name`: a snapshot out of a hub cache on this machine, without a network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CARD = "---\nlicense: mit\nlibrary_name: transformers\n---\n# Tiny\n\nA model that adds two numbers.\n"


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """A cache with one repository, laid out as the client of the hub lays it out: blobs, and snapshots that link to them."""
    home = tmp_path / "hub" / "models--acme--tiny-1"
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text(COMMIT)
    (home / "blobs").mkdir()
    snapshot = home / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    for number, (name, text) in enumerate({"README.md": CARD, "config.json": '{"max_position_embeddings": 2048}'}.items()):
        (home / "blobs" / f"b{number}").write_text(text)
        (snapshot / name).symlink_to(f"../../blobs/b{number}")
    secret = tmp_path / "secret.md"
    secret.write_text("not of this repository")
    (snapshot / "NOTICE.md").symlink_to(secret)
    return tmp_path / "hub"


def run(hub: Path, *arguments: str, hidden: bool = False) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; the client reads its settings when it is imported."""
    code = (
        "import sys; "
        + ("sys.modules['huggingface_hub'] = None; " if hidden else "")
        + "from compliance.cli.app import main; main()"
    )
    environment = {**os.environ, "HF_HUB_CACHE": str(hub), "HF_HUB_OFFLINE": "1", "NO_COLOR": "1", "COLUMNS": "160"}
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment, check=False)


def test_graph_of_a_cached_repository(hub: Path) -> None:
    pytest.importorskip("huggingface_hub")
    result = run(hub, "graph", "hf:acme/tiny-1", "--at", "2026-11-24")
    assert result.returncode == 0, result.stderr
    assert "tiny-1" in result.stdout and "MIT" in result.stdout and "README.md:2" in result.stdout
    assert "NOTICE.md" not in result.stdout


def test_a_revision_and_two_dossiers_at_once(hub: Path, tmp_path: Path) -> None:
    pytest.importorskip("huggingface_hub")
    own = tmp_path / "own"
    own.mkdir()
    (own / "README.md").write_text("---\nlicense: apache-2.0\n---\n# Own\n")
    names = [f"hf:acme/tiny-1@{COMMIT}", "hf:acme/absent", str(own)]
    result = run(hub, "assess", *names, "--at", "2026-11-24", "--in", "eu/gdpr")
    assert result.returncode == 2
    assert "hf:acme/absent: " in result.stderr and "local cache" in result.stderr
    assert "tiny-1" in result.stdout and "own" in result.stdout


@pytest.mark.parametrize("name", ["hf:", "hf:acme", "hf:acme/../x", "hf:acme/x/y", "hf:-a/b"])
def test_names_that_are_none(hub: Path, name: str) -> None:
    result = run(hub, "graph", name, "--at", "2026-11-24")
    assert result.returncode == 2
    assert "write hf:owner/name" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_the_extra(hub: Path) -> None:
    result = run(hub, "explain", "hf:acme/tiny-1", "art-53-1-d", "--at", "2026-11-24", hidden=True)
    assert result.returncode == 2
    assert "install compliance[hub]" in result.stderr


@pytest.mark.parametrize("command", ["ask", "init"])
def test_nothing_is_written_into_a_download(hub: Path, command: str) -> None:
    result = run(hub, command, "hf:acme/tiny-1")
    assert result.returncode == 2
    assert "clone the repository" in result.stderr
