"""What the fuzzer found once is read again, and a few made-up files for each importer; `run.py` does so for minutes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .readers import IMPORTERS, NAMES, Slow, read_one
from .strategies import contents

SEEDS = sorted(path for path in (Path(__file__).parent / "seeds").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_seed(path: Path) -> None:
    read_one(path.parent.name, path.read_bytes(), whole=True)


@pytest.mark.parametrize("importer", sorted(IMPORTERS))
@settings(
    max_examples=50, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)  # fmt: skip
@given(data=st.data())
def test_made_up(importer: str, data: st.DataObject) -> None:
    read_one(importer, data.draw(contents(importer, real=False)))


MANY = {
    ("manifest", "facts that nobody knows"): "model:\n" + "".join(f"  training_compute_of_part{n}: 1\n" for n in range(6000)),
    ("croissant", "datasets"): "[" + '{"@type": "Dataset", "name": "d", "license": "MIT"},' * 3000 + "{}]",
    ("model_card", "links that do not end"): "# M\n" + "[](" * 60_000,
    ("model_card", "sizes"): "# M\n" + "".join(f"## M-{n}B\nM-{n}B has {n}B parameters.\n" for n in range(3000)),
    ("zoo_card", "old ends of lines"): "task_type: a\nfiles: []\nlicense: |\n" + "  \x85\n" * 3000,
}
"""What grew faster than its file once, or may."""


@pytest.mark.parametrize(("importer", "what"), MANY)
def test_many(importer: str, what: str) -> None:
    read_one(importer, MANY[importer, what].encode())


def test_every_importer_has_a_file() -> None:
    assert set(NAMES) == set(IMPORTERS)


def test_slowness_is_noticed() -> None:
    with pytest.raises(Slow):
        read_one("readme", b"# M\n" * 2000, seconds=1e-6)
