"""What the readers find against what people read: `python tests/accuracy/score.py [CORPUS] [--misses]`.

Labels are made by reading the documents, not by running the readers (tests/accuracy/labels, one file a dossier). Per kind of
fact: how many are labelled, found right, found wrong, missed. A set counts by its members, a value that several sizes of a
dossier share once. What is stated of one size and labelled for another is wrong. Kinds with fewer than twenty labels are
reported only.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import find_corpus

from compliance.catalogue import load_catalogue
from compliance.catalogue.licences import canonical_licence, load_licences
from compliance.documents import read_documents
from compliance.reading import InputError, decode, load_yaml
from compliance.vocabulary import EdgeStatement, FactStatement, Range, Terms, kind_of, name_of, parse_number

ROOT = Path(__file__).resolve().parents[2]
EDGES = ("derived_from", "trained_on")
DATA_LICENCE = "dataset.licence.name"
"""Of several licences of a dataset each is said as a relation; which of them bind is no fact."""
FEW = 20
LICENCES = load_licences()[0]
LANGUAGES = load_yaml(decode((ROOT / "rules" / "documents" / "languages.yaml").read_bytes(), "languages"), "languages")["names"]
"""English names of languages and their codes: two writings of one language."""
MANY = (*EDGES, "model.languages", "model.tasks", "model.tags")
"""Facts of which a model has several: what one size has takes nothing from what the family is said to have."""
ACCELERATOR_DETAIL = r"\b(?:nvidia|tesla|amd|google|intel|instinct|geforce|pcie|sxm\d?|hbm\w*|\d+ ?gi?b)\b|[()]"
"""What names of one product may have besides it: the maker, the memory, the socket."""


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
        return re.sub(r"^https?://[^/]+/(datasets/)?|^the |[ -]data ?sets?$", "", text).rstrip("/")
    if fact.endswith(".languages"):
        return LANGUAGES.get(text, text)
    if fact.endswith(".tasks"):
        return re.sub(r"[ _]", "-", text)
    if fact == "model.training.accelerator":
        return " ".join(re.sub(ACCELERATOR_DETAIL, " ", text).split())
    try:
        return str(parse_number(str(value), loose=True))
    except ValueError:
        return text.replace("_", "-")


def labelled_rows(label: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Size (empty for the dossier's only model), fact, value and place of every label, sets by member."""
    for size, rows in (("", label.get("facts") or []), *(label.get("sizes") or {}).items()):
        for row in rows:
            value = row["value"]
            if isinstance(value, dict) and set(value) == {"from", "to"}:
                yield size, row["fact"], f"{normal('', value['from'])} to {normal('', value['to'])}", str(row["at"])
                continue
            for one in value if isinstance(value, list) else [value]:
                yield size, row["fact"], normal(row["fact"], one), str(row["at"])


def found_rows(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """The same of what the readers state: the node, fact, value and place."""
    reading = read_documents(folder, load_catalogue()[0])
    for one in reading.statements:
        if isinstance(one, FactStatement):
            value = one.value
            for single in sorted(value.known) if isinstance(value, Terms) else [value]:
                shown = f"{normal('', single.low)} to {normal('', single.high)}" if isinstance(single, Range) else single
                yield name_of(one.subject), one.fact, normal(one.fact, shown), str(one.source)
        elif isinstance(one, EdgeStatement) and one.edge in EDGES and kind_of(one.start) in ("model", "dataset"):
            yield name_of(one.start), one.edge, normal(one.edge, name_of(one.end)), str(one.source)
        elif isinstance(one, EdgeStatement) and one.edge == "licensed_under" and kind_of(one.start) == "dataset":
            yield name_of(one.start), DATA_LICENCE, normal(DATA_LICENCE, name_of(one.end)), str(one.source)


@dataclass
class Labels:
    """What is labelled of one dossier: the sizes that have a value, by fact and value."""

    main: str
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    sizes: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def add(self, size: str, fact: str, value: str, at: str) -> None:
        """Note one label."""
        self.places[fact, value] = at
        self.sizes.setdefault((fact, value), set()).add(size)
        self.names.add(size)

    def accept(self, node: str, fact: str, value: str) -> tuple[str, str] | None:
        """The label that a statement on a node meets: of its own size, or, of a family, one that all its sizes share."""
        for label in ((fact, value), (fact, _in_thousands(value))):
            if label in self.sizes and self._is_of(node, *label):
                return label
        same = (one for one in self.sizes if fact in EDGES and one[0] == fact and _same_thing(one[1], value))
        return next((one for one in same if self._is_of(node, *one)), None)

    def _is_of(self, node: str, fact: str, value: str) -> bool:
        having = self.sizes[fact, value]
        named = {size for size in self.names if size and _same_name(node, size)}
        if "" in having or named & having:
            return True
        if named:
            return False
        within = {size for size in self.names if _plain(size).startswith(_plain(node))}
        if not within:
            longer = {size for size in self.names if _plain(node).startswith(_plain(size))}
            within = self.names if node == self.main else longer
        alone = fact not in MANY
        others = {size for (one, other), some in self.sizes.items() if alone and one == fact and other != value for size in some}
        return not within or (bool(within & having) and not within & others - having)


def _same_thing(one: str, other: str) -> bool:
    """Whether two names are one model or dataset: with or without its owner, however it is hyphenated."""
    owners = {name.rpartition("/")[0] for name in (one, other)} - {""}
    return _plain(one) == _plain(other) and len(owners) < 2


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9.]", "", name.rpartition("/")[2].casefold())


def _same_name(node: str, size: str) -> bool:
    """Whether a node is a size: by its name without owner, or by the end of it where the size is written in full."""
    return _plain(node) == _plain(size) or (len(_plain(node)) > 5 and _plain(size).endswith(_plain(node)))


def _in_thousands(value: str) -> str:
    """Of the range that `128K` is read as, the figure that labels give for it: 128000."""
    low, _, high = value.partition(" to ")
    if low.isdigit() and high.isdigit() and int(high) * 1000 in (int(low) * 1024, int(low) * 1024 * 1024 // 1000):
        return low
    return value


def read_labels() -> Iterator[tuple[str, Labels]]:
    """Folder and labels of every dossier."""
    for path in sorted((ROOT / "tests" / "accuracy" / "labels").glob("*.yaml")):
        try:
            label = load_yaml(decode(path.read_bytes(), path.name), path.name)
        except InputError as error:
            print(error.problem)
            continue
        labels = Labels(Path(label["folder"]).name)
        for row in labelled_rows(label):
            labels.add(*row)
        yield label["folder"], labels


def score(corpus: Path) -> dict[str, Tally]:
    """Tallies by kind of fact over every label file. A value that is stated of another size than it is labelled for is wrong."""
    table: dict[str, Tally] = {}
    dossiers = list(read_labels())
    kinds = {fact for _, labels in dossiers for fact, _ in labels.places}
    for folder, labels in dossiers:
        met: set[tuple[str, str]] = set()
        wrong: dict[tuple[str, str], str] = {}
        with tempfile.TemporaryDirectory() as away:
            for node, fact, value, at in found_rows(_folder(corpus / folder, Path(away))):
                if label := labels.accept(node, fact, value):
                    met.add(label)
                elif fact in kinds:
                    wrong[fact, value] = f"{folder}/{at}: {value} of {node}"
        for (fact, value), at in labels.places.items():
            tally = table.setdefault(fact, Tally())
            tally.labelled += 1
            if (fact, value) in met:
                tally.right += 1
            else:
                tally.missed.append(f"{folder}/{at}: {value}")
        for (fact, _), line in wrong.items():
            table.setdefault(fact, Tally()).wrong.append(line)
    return table


def _folder(path: Path, away: Path) -> Path:
    """The dossier; a single file becomes a folder of its own."""
    if path.is_dir():
        return path
    (away / path.name).write_bytes(path.read_bytes())
    return away


def main() -> None:
    """Print the table."""
    corpus = find_corpus()
    if corpus is None:
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
