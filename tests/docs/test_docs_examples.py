"""The blocks of docs/grammar.md and docs/lint run: they are read by the real loader, looked at by lint, and cases are run.

A comment above a block says what it is: `<!-- try: timeline.yaml -->` a whole file, `<!-- try: part of an obligation -->` some
keys of a card, `<!-- try: provisions/s-7.yaml, part of a definition -->` the same under another name. What is not said comes
from the invented act in `base`. The blocks under one heading that name their file belong together; each other is tried alone.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from compliance.catalogue import load_catalogue
from compliance.engine.cases import Cases
from compliance.engine.lint_cases import RULES, lint_packs
from compliance.packs import Loaded, load_packs
from compliance.packs.lint import Severity, severity_of
from compliance.reading import Problem

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"
DAY = date(2026, 6, 1)
HOME = {"obligation": "s-1", "definition": "s-2", "exemption": "s-3", "prohibition": "s-4"}
MARK = re.compile(r"<!-- try: (?:(?P<file>[^\s,]+))?(?:,? ?part of an? (?P<kind>\w+))? -->")
BLOCK = re.compile(r"(?:(<!-- try: .*? -->)\n)?```(yaml|text)\n(.*?)```", re.S)
KEY = re.compile(r"(\w+):")


class Block(NamedTuple):
    """One block: the file it makes, the kind of card it is a part of (empty for a whole file), and its text."""

    file: str
    kind: str
    text: str
    alone: bool


def sections(page: Path) -> dict[str, list[Block]]:
    """The blocks of a page by the heading they stand under. A block of YAML without a comment above it is an error."""
    found: dict[str, list[Block]] = {}
    for part in re.split(r"^(?=#)", page.read_text("utf-8"), flags=re.M):
        heading = part.partition("\n")[0].lstrip("# ")
        for comment, language, text in BLOCK.findall(part):
            match = MARK.match(comment)
            if match is None:
                assert language == "text", f"{page.name}, {heading}: a block without a comment\n{text}"
                continue
            kind = match["kind"] or ""
            file = match["file"] or f"provisions/{HOME[kind]}.yaml"
            found.setdefault(heading, []).append(Block(file, kind, text, alone=not match["file"]))
    return found


def compose(base: str, part: str) -> str:
    """A card in which the keys of a part stand in place of its own, or before `review`."""
    keys = {name: "" for name, _ in pieces(part)}
    for name, text in pieces(part):
        keys[name] += text
    card = "".join(("".join(v for k, v in keys.items() if k not in dict(pieces(base))) if name == "review" else "")
                   + keys.get(name, text) for name, text in pieces(base))  # fmt: skip
    return card


def pieces(text: str) -> list[tuple[str, str]]:
    """A card cut at its top keys."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        match = KEY.match(line)
        if match:
            found.append((match[1], line))
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def build(blocks: list[Block], folder: Path) -> Loaded:
    """The invented act with the blocks put in; files under `rules` and `reference` stand beside it."""
    act = folder / "eu" / "lantern-act"
    shutil.copytree(HERE / "base", folder, dirs_exist_ok=True)
    for block in blocks:
        root = folder if block.file.startswith(("rules/", "reference/")) else act
        base = (HERE / "base/eu/lantern-act/provisions" / f"{HOME[block.kind]}.yaml").read_text("utf-8") if block.kind else ""
        (root / block.file).parent.mkdir(parents=True, exist_ok=True)
        (root / block.file).write_text(compose(base, block.text) if block.kind else block.text, "utf-8")
    return load_packs(folder)


def lint(blocks: list[Block], folder: Path) -> tuple[Problem, ...]:
    loaded = build(blocks, folder)
    references = [folder / "reference"] if (folder / "reference").is_dir() else []
    return (*loaded.problems, *lint_packs(loaded, load_catalogue()[0], day=DAY, references=references))


PAGES = sorted((DOCS / "lint").glob("pk*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_of_a_rule(page: Path, tmp_path: Path) -> None:
    """The bad blocks give the code of the page and no other error; the good ones give neither."""
    code, blocks = page.stem.upper(), sections(page)
    found = lint(blocks["Bad"], tmp_path / "bad")
    assert code in {p.code for p in found}
    assert {p.code for p in found if severity_of(p.code) is Severity.ERROR} <= {code}, [str(p) for p in found]
    rest = lint(blocks["Good"], tmp_path / "good")
    assert [str(p) for p in rest if p.code == code or severity_of(p.code) is Severity.ERROR] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_form_of_a_page(page: Path) -> None:
    text = page.read_text("utf-8")
    names = {rule.code: rule.name for rule in RULES}
    assert text.startswith(f"# {page.stem.upper()}: ")
    headings = re.findall(r"^## (.*)$", text, flags=re.M)
    assert [h for h in headings if h in ("Summary", "Why", "Bad", "Good")] == ["Summary", "Why", "Bad", "Good"]
    assert page.stem.upper() in names


def test_index_of_the_rules() -> None:
    rows = [f"| [{rule.code}]({rule.code.lower()}.md) | {rule.name} | {rule.severity} | {rule.says} |" for rule in RULES]
    found = [line for line in (DOCS / "lint" / "README.md").read_text("utf-8").splitlines() if line.startswith("| [PK")]
    assert found == rows


def examples() -> list[tuple[str, list[Block]]]:
    """What is tried together on the grammar page, with the heading it stands under."""
    found: list[tuple[str, list[Block]]] = []
    for heading, blocks in sections(DOCS / "grammar.md").items():
        found.extend((heading, [block]) for block in blocks if block.alone)
        if together := [block for block in blocks if not block.alone]:
            found.append((heading, together))
    return found


EXAMPLES = examples()


@pytest.mark.parametrize("blocks", [blocks for _, blocks in EXAMPLES], ids=[heading for heading, _ in EXAMPLES])
def test_grammar(blocks: list[Block], tmp_path: Path) -> None:
    """Every block loads and has no error; the cases of whole cards pass."""
    loaded = build(blocks, tmp_path)
    assert [str(p) for p in loaded.problems] == []
    if (tmp_path / "rules").is_dir():
        assert [str(p) for p in load_catalogue(tmp_path / "rules")[1]] == []
    catalogue = load_catalogue()[0]
    errors = [p for p in lint_packs(loaded, catalogue, day=DAY) if severity_of(p.code) is Severity.ERROR]
    assert [str(p) for p in errors] == []
    whole = {block.file.removeprefix("provisions/").removesuffix(".yaml") for block in blocks if not block.kind}
    cases = Cases(loaded.packs, catalogue)
    results = [
        result
        for pack in loaded.packs
        for card in pack.cards
        if card.source.file.rpartition("/")[2].removesuffix(".yaml") in whole
        for result in cases.run_card(card)
    ]
    assert [f"{r.card}, {r.case}: {r.problem}" for r in results if not r.passed] == []


def test_grammar_names_every_key() -> None:
    """Whatever a card may say is on the page."""
    from compliance.packs.schema import SCHEMAS

    text = (DOCS / "grammar.md").read_text("utf-8")
    keys = {
        key
        for make in SCHEMAS.values()
        for schema in (make(), *make().get("$defs", {}).values())
        for key in schema.get("properties", {})
    }
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", text)) == []
