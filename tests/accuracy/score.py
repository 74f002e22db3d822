"""What the readers find against what people read: `python tests/accuracy/score.py [CORPUS] [--misses]`.

Labels are made by reading the documents, not by running the readers (tests/accuracy/labels, one file a dossier). Per kind of
fact: how many are labelled, found right, found wrong, missed. A set counts by its members. Kinds with fewer than twenty
labels are reported only.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compliance.catalogue import load_catalogue
from compliance.catalogue.licences import canonical_licence, load_licences
from compliance.documents import read_documents
from compliance.reading import InputError, decode, load_yaml
from compliance.vocabulary import EdgeStatement, FactStatement, Range, Terms, kind_of, name_of, parse_number

ROOT = Path(__file__).resolve().parents[2]
EDGES = ("derived_from", "trained_on")
FEW = 20
LICENCES = load_licences()[0]


@dataclass
class Tally:
    """Pairs of fact and value of one kind."""

    labelled: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def normal(fact: str, value: Any) -> str:
    """A value in the form in which two writings of it are equal."""
    text = str(value).strip().casefold()
    if "licence" in fact:
        return (canonical_licence(str(value), LICENCES) or text).casefold()
    if fact in EDGES:
        return re.sub(r"^https?://[^/]+/(datasets/)?", "", text).rstrip("/")
    try:
        return str(parse_number(str(value), loose=True))
    except ValueError:
        return text.replace("_", "-")


def labelled_pairs(label: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Fact, value and place of every label, sets by member, sizes together."""
    rows = list(label.get("facts") or [])
    for size in (label.get("sizes") or {}).values():
        rows.extend(size)
    for row in rows:
        value = row["value"]
        if isinstance(value, dict) and set(value) == {"from", "to"}:
            yield row["fact"], f"{normal('', value['from'])} to {normal('', value['to'])}", str(row["at"])
            continue
        for one in value if isinstance(value, list) else [value]:
            yield row["fact"], normal(row["fact"], one), str(row["at"])


def found_pairs(folder: Path) -> Iterator[tuple[str, str, str]]:
    """The same of what the readers state of the dossier's own models and datasets."""
    reading = read_documents(folder, load_catalogue()[0])
    for one in reading.statements:
        if isinstance(one, FactStatement):
            value = one.value
            for single in sorted(value.known) if isinstance(value, Terms) else [value]:
                shown = f"{normal('', single.low)} to {normal('', single.high)}" if isinstance(single, Range) else single
                yield one.fact, normal(one.fact, shown), str(one.source)
        elif isinstance(one, EdgeStatement) and one.edge in EDGES and kind_of(one.start) == "model":
            yield one.edge, normal(one.edge, name_of(one.end)), str(one.source)


def score(corpus: Path) -> dict[str, Tally]:
    """Tallies by kind of fact over every label file."""
    table: dict[str, Tally] = {}
    kinds: set[str] = set()
    dossiers = []
    for path in sorted((ROOT / "tests" / "accuracy" / "labels").glob("*.yaml")):
        try:
            label = load_yaml(decode(path.read_bytes(), path.name), path.name)
        except InputError as error:
            print(error.problem)
            continue
        pairs = list(labelled_pairs(label))
        kinds |= {fact for fact, _, _ in pairs}
        dossiers.append((label["folder"], pairs))
    for folder, pairs in dossiers:
        wanted = {(fact, value): at for fact, value, at in pairs}
        with tempfile.TemporaryDirectory() as away:
            got = {(fact, value): at for fact, value, at in found_pairs(_folder(corpus / folder, Path(away)))}
        for (fact, value), at in wanted.items():
            tally = table.setdefault(fact, Tally())
            tally.labelled += 1
            if (fact, value) in got:
                tally.right += 1
            else:
                tally.missed.append(f"{folder}/{at}: {value}")
        for (fact, value), at in got.items():
            if fact in kinds and (fact, value) not in wanted:
                table.setdefault(fact, Tally()).wrong.append(f"{folder}/{at}: {value}")
    return table


def _folder(path: Path, away: Path) -> Path:
    """The dossier; a single file becomes a folder of its own."""
    if path.is_dir():
        return path
    (away / path.name).write_bytes(path.read_bytes())
    return away


def main() -> None:
    """Print the table."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    corpus = Path(arguments[0] if arguments else os.environ.get("COMPLIANCE_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not corpus.is_dir():
        print(f"no corpus at {corpus}")
        return
    table = score(corpus)
    print(f"{'kind of fact':<34} labelled  right  wrong  missed")
    total: Counter[str] = Counter()
    for fact, tally in sorted(table.items(), key=lambda item: -item[1].labelled):
        few = "  (few)" if tally.labelled < FEW else ""
        print(f"{fact:<34} {tally.labelled:>8} {tally.right:>6} {len(tally.wrong):>6} {len(tally.missed):>7}{few}")
        total.update(labelled=tally.labelled, right=tally.right, wrong=len(tally.wrong))
    stated = max(total["right"] + total["wrong"], 1)
    print(f"precision {total['right'] / stated:.3f}, recall {total['right'] / max(total['labelled'], 1):.3f}")
    if "--misses" in sys.argv:
        for fact, tally in sorted(table.items()):
            for words, rows in (("missed", tally.missed), ("wrong", tally.wrong)):
                for row in rows:
                    print(f"{words}: {fact}: {row}")


if __name__ == "__main__":
    main()
