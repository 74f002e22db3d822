"""The numbers of docs/limits.md are those of the code."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "limits.md"
ROW = re.compile(r"\| (?P<what>[^|]+) \| (?P<number>[\d ]+) \| `(?P<home>[\w.]+)\.(?P<name>\w+)(?:\((?P<option>\w+)\))?` \|")
ROWS = list(ROW.finditer(PAGE.read_text("utf-8")))


def test_every_row_is_read() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ") and "`" in line]
    assert len(ROWS) == len(rows) > 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"][:40])
def test_number(row: re.Match[str]) -> None:
    found = getattr(importlib.import_module(row["home"]), row["name"])
    value = inspect.signature(found).parameters[row["option"]].default if row["option"] else found
    assert value == int(row["number"].replace(" ", ""))
