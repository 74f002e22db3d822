"""Report of the Foundation Model Transparency Index in CSV: on which indicators the developer has disclosed something.

What a row discloses is text for people; only that it says something is stated. The scores and their reasons are the index
team's judgement and are not read. Rows that say that nothing is disclosed, or only point elsewhere, count as absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..reading import InputError, Map, Problem, Source, load_csv
from ..reading.marked_csv import Cell, name_cells
from .page import Page, Setting, says_nothing
from .recognition import load_fields
from .topics import judge_text
from .types import Imported, Input

TEMPLATE = "foundation-model-transparency-index"
SHORT = 200
"""Characters up to which a denial anywhere in a disclosure denies all of it."""
_END = re.compile(r"(?<=[.!?])\s|\n")


def read_transparency_index(one: Input, setting: Setting) -> Imported:
    """One document with the indicators that are disclosed as its topics; no fact is drawn from the wording."""
    try:
        rows = load_csv(one.text, one.name)
    except InputError as error:
        return Imported(problems=(error.problem,))
    page, words = Page(one.name, setting), load_fields("indicators.yaml")
    heads = [cell.text.strip().casefold() for cell in rows[0]] if rows else []
    if "disclosure" not in heads:
        message = "no column `Disclosure` in the first row"
        return Imported(problems=(Problem(Source(one.name, 1, 1), "csv", message, "keep the columns of the report"),))
    column, known = heads.index("disclosure"), frozenset(words["indicators"])
    strange: list[Cell] = []
    pointing: list[Cell] = []
    tree: list[Map] = []
    for row in rows[1:]:
        name = topic_of(row[0].text)
        tree.append(name_cells(rows[0], row))
        if name in known:
            tree[-1].take(rows[0][0].text.strip())
            tree[-1].take(rows[0][column].text.strip())
        if name not in known:
            strange.append(row[0])
        elif column < len(row):
            how = _disclosed(row[column].text, words, setting)
            if how == "yes":
                page.topics |= {name, *(topic for topic, told in words["topics"].items() if name in told)}
            elif how == "pointer":
                pointing.append(row[0])
    _remark(
        page, pointing, "pointer", "only point to another place and count as absent", "put what they point to into the folder"
    )
    _remark(page, strange, "value", "are no indicators that are known here and were left out", "")
    page.tree = tree
    return page.close("transparency_index_report", {"template": TEMPLATE})


def topic_of(indicator: str) -> str:
    """`Energy usage` is the topic energy_usage."""
    return re.sub(r"[^a-z0-9]+", "_", indicator.casefold()).strip("_")


def _disclosed(text: str, words: Mapping[str, Any], setting: Setting) -> str:
    plain = text.strip()
    if says_nothing(plain):
        return "empty"
    heard = plain if len(plain) <= SHORT else _END.split(plain, maxsplit=1)[0]
    low = " ".join(heard.replace("\u2019", "'").casefold().split())
    if any(denial in low for denial in words["denials"]):
        return "denied"
    return judge_text(plain, "", setting.recognition)


def _remark(page: Page, cells: list[Cell], code: str, said: str, hint: str) -> None:
    if cells:
        shown = ", ".join(" ".join(cell.text.split())[:60] for cell in cells[:3])
        more = f" and {len(cells) - 3} more rows" if len(cells) > 3 else ""
        page.remark(page.place(cells[0].mark), code, f"`{shown}`{more} {said}", hint)
