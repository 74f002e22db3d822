"""A new card for an author to fill: it loads, lint finds no error in it, and its first case fails until there is law in it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from ..reading import write_whole
from .lint.pk103_file_name import ORDINALS
from .load import load_pack

_INSTRUMENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_PINPOINT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_ROMAN = re.compile(r"[ivx]+\Z")
_HOURS = re.compile(r"(\d+)h\Z")
_NUMBER = re.compile(r"\d+[a-gi-z]?\Z|[a-z]{1,2}\Z|[ivx]+\Z")
_SENTENCE = re.compile(r"(?:s|sentence )(\d+)\Z")

CARD = """\
obligation: TITLE                         # or prohibition, exemption, definition: see docs/grammar.md
cite: {cite}
gist: WHAT THE TEXT DEMANDS, IN OUR OWN WORDS
addressee: {role}
subject: model
themes:
  public-notice: {{audience: unstated, form: unstated, timing: unstated}}   # of jurisdictions/themes.yaml
when: []                                  # conditions; [] if the scope says it all
evidence:
  - demand: WHAT MUST BE THERE
    path: model -documented_by-> model_card
review: {{status: draft, checked: {day}, certainty: low}}
tests:
  given:
    at: {day}
    inventory: complete
    model: {{documents: []}}
  cases:
    - {{name: write the first case from the text, expect: satisfied}}
"""
INSTRUMENT = """\
instrument: SHORT NAME
format: 1
title: FULL TITLE
kind: statute                             # regulation, agency_rule, local_law, standard, guidance, code_of_practice, bill
force: [{{from: $timeline.effective, is: binding}}]   # {day}
roles: [provider]
scope: {{}}                                 # conditions by subject that every duty inherits
horizon: {day}                       # last day for which sources were read
"""
AMENDMENTS = "- {{id: act, title: The act itself, published: {day}, cite: WHERE IT WAS PUBLISHED}}\n"
TIMELINE = "effective: [{{date: {day}, since: act, cite: WHERE THE DATE STANDS}}]\n"
COVERAGE = '- {{cite: "{cite}", card: {pinpoint}}}\n'


def scaffold_card(root: Path, instrument: str, pinpoint: str, day: date) -> Path:
    """Write `root/eu/ai-act/provisions/art-55-1-a.yaml` for `eu/ai-act` and `art-55-1-a`, and return its path.

    `root` is the folder of jurisdictions; the files of an instrument that is not there yet are written with it. `day` is
    the day on which the text was read. Raises `ValueError` for a name that no file can have and for an instrument that
    cannot be read, `FileExistsError` rather than overwrite, `FileNotFoundError` where there is no such folder.
    """
    if not _INSTRUMENT.match(instrument):
        raise ValueError(f"`{instrument}` is not an instrument; write jurisdiction/instrument, such as eu/ai-act")
    if not _PINPOINT.match(pinpoint):
        raise ValueError(f"`{pinpoint}` is not a pinpoint; write it in lower case with hyphens, such as art-55-1-a")
    if not root.is_dir():
        raise FileNotFoundError(f"{root} is not a folder of jurisdictions")
    folder = root / instrument
    path = folder / "provisions" / f"{pinpoint}.yaml"
    if path.exists():
        raise FileExistsError(f"{path} exists already; it is not overwritten")
    path.parent.mkdir(parents=True, exist_ok=True)
    words = {"cite": cite_of(pinpoint), "day": day.isoformat(), "pinpoint": pinpoint}
    if not (folder / "instrument.yaml").exists():
        _write_instrument(folder, words)
    write_whole(path, CARD.format(role=_first_role(folder), **words).encode())
    return path


def _write_instrument(folder: Path, words: dict[str, str]) -> None:
    files = {
        "amendments": AMENDMENTS,
        "timeline": TIMELINE,
        "parameters": "{{}}\n",
        "coverage": COVERAGE,
        "instrument": INSTRUMENT,
    }
    for name, text in files.items():
        if not (folder / f"{name}.yaml").exists():
            write_whole(folder / f"{name}.yaml", text.format(**words).encode())


def _first_role(folder: Path) -> str:
    pack, problems = load_pack(folder)
    if pack is None:
        raise ValueError(f"{folder / 'instrument.yaml'} cannot be read: {problems[0]}")
    return pack.instrument.roles[0] if pack.instrument.roles else "unassigned"


def cite_of(pinpoint: str) -> str:
    """A citation to begin with: `art-55-1-a` is Art. 55(1)(a), `art-2-3-s2` Art. 2(3), second sentence."""
    label: list[str] = []
    numbers: list[str] = []
    words: list[str] = []
    for part in pinpoint.split("-"):
        if not numbers and not part[0].isdigit():
            label.append(part.upper() if _ROMAN.match(part) else part)
        elif words or not _NUMBER.match(part):
            words.append(_HOURS.sub(r"\1 hours", part))
        else:
            numbers.append(part)
    name = " ".join(label).replace("art", "art.") if label == ["art"] else " ".join(label)
    number = "".join([*numbers[:1], *(f"({part})" for part in numbers[1:])])
    return " ".join(part for part in (name[:1].upper() + name[1:], number) if part) + _tail(words)


def _tail(words: list[str]) -> str:
    match = _SENTENCE.match(" ".join(words))
    if match and 0 < int(match[1]) <= len(ORDINALS):
        return f", {ORDINALS[int(match[1]) - 1]} sentence"
    return f", {' '.join(words)}" if words else ""
