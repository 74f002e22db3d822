"""Training compute, ours against Epoch AI's tables: `python tests/accuracy/compute.py [CORPUS] [--all]`.

Data: Epoch AI, notable AI models (epoch.ai, CC-BY-4.0). For every row with the inputs, the product's own code works out the
operations: from counts (6 x parameters x items seen, the size of the data set times its epochs), and from hardware (hours x
number x peak rate x utilisation, the one stated, else the product's range of 15 to 60 %; for a model built
on another it is compared with Epoch's figure for the fine-tuning where there is one). The middle of the answer is compared
with Epoch's figure, and where the product would give an estimate, whether Epoch's figure lies within it.

A row further off than a factor of two is explained if tests/accuracy/explained/compute.yaml has it under a kind of reason:
each case names words that stand in the row, and where it gives corrected inputs, the product's answer for these must be
within a factor of two. Rows that are not on language and whose notes speak of images, games, proteins and so on count no tokens;
that is checked here. Everything else is printed as unexplained, and then the exit code is 1.
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from corpus import find_corpus

from compliance.facts.compute import estimate_own_training
from compliance.facts.compute.ranges import bounds, multiply
from compliance.facts.compute.training import count_operations, hardware_operations
from compliance.reading import decode, load_yaml
from compliance.vocabulary import UNKNOWN, Number, Value, parse_number

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("explained") / "compute.yaml"
TABLES = {
    "2025-02": "tables/epoch-notable-2025-02/notable_ai_models_24_02_2025.csv",
    "2026": "tables/epoch-notable-2026/notable-ai-models.csv",
}
SIZE = ("Training dataset size (datapoints)", "Training dataset size (gradients)")
USED = ("Hardware utilization", "Hardware utilization (MFU)")
METHODS = ("counts", "hardware, utilisation stated", "hardware, utilisation assumed")
ITEMS = re.compile(
    r"\b(image|picture|photo|video|frame|clip|game|position|move|episode|protein|sequence|residue|nucleotide|base pair|molecul"
    r"|complexe|structure|speech|audio|hour|utterance|letter|digit|word|sentence|sample|example|pattern|instance|pair|rating|record"
    r"|vowel|face|mnist|imagenet|laion|jft|cifar|coco)",
    re.IGNORECASE,
)
"""What sizes of data sets count that are no sets of text."""
PASSES = re.compile(r"\b(\d[\d,]*) (?:\w+ )?(?:epochs|sweeps|passes|iterations|cycles)\b", re.IGNORECASE)
"""How often, by the notes, the data were gone through where the column on epochs is empty."""
EXPERTS = re.compile(r"mixture[- ]of[- ]experts|\bmoe\b|\bsparse|\bactivated\b|\bactive parameters", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One row of a table, by column name."""

    table: str
    cells: Mapping[str, str]

    @property
    def name(self) -> str:
        """Name of the model."""
        return self.cells["Model"].strip()

    def number(self, *columns: str) -> Number | None:
        """The exact number in the first of the columns that the table has; None if it is empty or no number."""
        for column in columns:
            if column in self.cells:
                try:
                    return parse_number(self.cells[column], loose=True)
                except ValueError:
                    return None
        return None

    @property
    def text(self) -> str:
        """Everything that the row says, on one line, in lower case."""
        return " ".join(" ".join(self.cells.values()).casefold().split())


@dataclass(frozen=True)
class Answer:
    """What the product works out for a row by one method, and what Epoch has; `estimate` is what it would tell a user."""

    row: Row
    method: str
    value: Value
    theirs: Number
    estimate: Value = UNKNOWN

    @property
    def ratio(self) -> float:
        """Middle of our answer over Epoch's figure."""
        return ratio(self.value, self.theirs)

    @property
    def is_within_estimate(self) -> bool | None:
        """Whether Epoch's figure lies in the estimate; None where the product would give none."""
        pair = bounds(self.estimate)
        return None if pair is None else pair[0] <= self.theirs <= pair[1]


def ratio(value: Value, theirs: Number) -> float:
    """Geometric middle of a number or range, over a figure."""
    pair = bounds(value)
    assert pair is not None
    return math.sqrt(float(pair[0]) * float(pair[1])) / float(theirs)


def is_near(quotient: float, factor: float) -> bool:
    """Whether a ratio is within a factor of one."""
    return 1 / factor <= quotient <= factor


@cache
def read_rows(corpus: Path) -> tuple[Row, ...]:
    """Rows of both tables."""
    found: list[Row] = []
    for table, path in TABLES.items():
        with (corpus / path).open(encoding="utf-8", newline="") as stream:
            found.extend(Row(table, cells) for cells in csv.DictReader(stream))
    return tuple(found)


def answers(corpus: Path) -> Iterator[Answer]:
    """The product's answers for every row with inputs and a figure to compare with."""
    for row in read_rows(corpus):
        theirs = row.number("Training compute (FLOP)")
        if theirs:
            yield from _from_counts(row, theirs)
            own = row.number("Finetune compute (FLOP)") if is_derived(row) else None
            yield from _from_hardware(row, own or theirs)


def _from_counts(row: Row, theirs: Number) -> Iterator[Answer]:
    """Nothing for a model built on another, as in the product: its size is that of its own data, the figure counts both."""
    parameters, size, epochs = row.number("Parameters"), row.number(*SIZE), row.number("Epochs")
    if parameters and size and not is_derived(row):
        seen = size * (epochs or 1)
        yield Answer(row, METHODS[0], count_operations(parameters, seen), theirs, _estimate(row, parameters, seen))


def _estimate(row: Row, parameters: Number, seen: Number) -> Value:
    """What the product would tell. Where the row speaks of experts, whether all parameters are active is not known."""
    facts = {
        "model.parameters.total": parameters, "model.training.tokens": seen,
        "model.is_mixture_of_experts": UNKNOWN if EXPERTS.search(row.text) else False,
    }  # fmt: skip
    return estimate_own_training(lambda name: facts.get(name, UNKNOWN)).value


def _from_hardware(row: Row, theirs: Number) -> Iterator[Answer]:
    hours, number = row.number("Training time (hours)"), row.number("Hardware quantity")
    accelerator = row.cells["Training hardware"].strip()
    if not (hours and number and accelerator):
        return
    facts: dict[str, Value] = {"model.training.accelerator_hours": hours * number, "model.training.accelerator": accelerator}
    estimate = estimate_own_training(lambda name: facts.get(name, UNKNOWN)).value
    used = row.number(*USED)
    value = hardware_operations(hours * number, accelerator, *((used,) if used else ()))
    if value is not UNKNOWN:
        yield Answer(row, METHODS[1] if used else METHODS[2], value, theirs, estimate)


def is_derived(row: Row) -> bool:
    """Whether the row names a model that this one is built on."""
    return bool(row.cells["Base model"].strip())


def not_computed(corpus: Path) -> Counter[str]:
    """Rows with inputs and a figure for which the product gives no answer, by reason."""
    found: Counter[str] = Counter()
    for row in read_rows(corpus):
        if not row.number("Training compute (FLOP)"):
            continue
        if row.number("Parameters") and row.cells[next(one for one in SIZE if one in row.cells)].strip():
            if is_derived(row):
                found["counts: built on another model, whose training the size leaves out"] += 1
            elif not row.number(*SIZE):
                found["counts: the size is no single number"] += 1
        hardware = row.number("Training time (hours)") and row.number("Hardware quantity")
        if hardware and row.cells["Training hardware"].strip() and not list(_from_hardware(row, 1)):
            found["hardware: no 16-bit peak rate is known for it (older or rare processors)"] += 1
    return found


@dataclass
class Tally:
    """Answers of one method in one table."""

    answers: list[Answer] = field(default_factory=list)

    def share(self, factor: float) -> float:
        """Share of the answers within a factor of Epoch's figure."""
        return sum(is_near(one.ratio, factor) for one in self.answers) / max(len(self.answers), 1)

    def within(self) -> tuple[int, int]:
        """How often Epoch's figure lies within the estimate that a user would be told, and how many estimates there are."""
        known = [one.is_within_estimate for one in self.answers if one.is_within_estimate is not None]
        return sum(known), len(known)


def tally(corpus: Path, *, language: bool = False) -> dict[tuple[str, str], Tally]:
    """Tallies by table and method; with `language`, of rows whose domain is language."""
    table: dict[tuple[str, str], Tally] = {}
    for one in answers(corpus):
        if not language or "Language" in one.row.cells["Domain"]:
            table.setdefault((one.row.table, one.method), Tally()).answers.append(one)
    return table


# Reasons


@cache
def read_explained() -> Any:
    """Kinds of reason with their cases."""
    return load_yaml(decode(EXPLAINED.read_bytes(), EXPLAINED.name), EXPLAINED.name)


def explain(one: Answer) -> str | None:
    """The kind of reason for an answer further off than a factor of two; None if there is none that holds."""
    method = one.method.partition(",")[0]
    for kind, entry in read_explained()[method].items():
        case = entry["cases"].get(one.row.name)
        if case is not None and _holds(case, one):
            return str(kind)
    return _without_tokens(one) if method == "counts" else None


def _without_tokens(one: Answer) -> str | None:
    """Of a row that is not on language and for which ours is far too low: the passes that its notes name, or its items."""
    told = " ".join(one.row.cells[key] for key in ("Training dataset", "Dataset size notes", "Training compute notes"))
    if one.ratio > 1 or "Language" in one.row.cells["Domain"]:
        return None
    passes = [int(one.replace(",", "")) for one in PASSES.findall(told)] if not one.row.number("Epochs") else []
    if any(is_near(one.ratio * number, 2) for number in passes):
        return "passes"
    return "items" if ITEMS.search(told) else None


def _holds(case: Any, one: Answer) -> bool:
    """Whether the words of a case stand in the row, and its inputs, if it corrects some, give about Epoch's figure."""
    if not any(" ".join(str(words).casefold().split()) in one.row.text for words in case["words"]):
        return False
    row = one.row
    if "parameters" in case or "tokens" in case:
        seen = (row.number(*SIZE) or 0) * (row.number("Epochs") or 1)
        value = count_operations(_number(case.get("parameters"), row.number("Parameters")), _number(case.get("tokens"), seen))
    elif "peak" in case:
        hours = (row.number("Training time (hours)") or 0) * (row.number("Hardware quantity") or 0)
        value = multiply((_number(case.get("hours"), hours), 3600, _number(case["peak"], None), _number(case["used"], None)))
    else:
        return True
    return is_near(ratio(value, one.theirs), 2)


def _number(raw: Any, otherwise: Number | None) -> Value:
    if raw is None:
        return UNKNOWN if otherwise is None else otherwise
    return parse_number(str(raw), loose=True)


def show(corpus: Path, everything: bool) -> bool:
    """Print the tables; whether every answer further off than a factor of two is explained."""
    heading = "table    method                           rows  within 2  within 1.1  inside our estimate"
    for title, language in (("All rows", False), ("Rows whose domain is language", True)):
        print(f"{title}\n{heading}")
        for (table, method), one in sorted(tally(corpus, language=language).items()):
            inside, known = one.within()
            shares = f"{one.share(2):>8.0%} {one.share(1.1):>10.0%}"
            print(f"{table:<8} {method:<32} {len(one.answers):>4} {shares}   {inside:>4} of {known}")
        print()
    counts: Counter[str] = Counter()
    left = []
    for answer in answers(corpus):
        if not is_near(answer.ratio, 2):
            kind = explain(answer)
            counts[f"{answer.method.partition(',')[0]}: {kind}"] += kind is not None
            shown = f"{answer.row.table} {answer.row.name}: {answer.method} {answer.ratio:.2g} times Epoch's figure"
            if kind is None:
                left.append(shown)
            elif everything:
                print(f"  {shown}: {kind}")
    for reason, number in [
        *sorted(counts.items()),
        *(("not computed, " + k, n) for k, n in sorted(not_computed(corpus).items())),
    ]:
        print(f"{number:>5} {reason}")
    print(*(f"UNEXPLAINED {one}" for one in left), sep="\n", end="\n" if left else "")
    return not left


def main() -> int:
    """Print everything."""
    corpus = find_corpus()
    if corpus is None:
        return 0
    return 0 if show(corpus, "--all" in sys.argv) else 1


if __name__ == "__main__":
    sys.exit(main())
