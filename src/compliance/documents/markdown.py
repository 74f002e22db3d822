"""Markdown as sections with their lines: headings, labelled lines, blocks of text; code and comments left out.

Read line by line in one pass, so that a hostile file costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_FENCE = re.compile(r"^\s{0,12}(?:[-*+]\s+)?(`{3,}|~{3,})")
_ATX = re.compile(r"^ {0,3}(#{1,6})(?:\s+(.*?))?\s*#*\s*$")
_HTML = re.compile(r"^\s*<h([1-6])\b[^>]*>(.*?)</h\1>\s*$", re.I)
_BOLD = re.compile(r"^\s*(\*\*|__)(?P<text>[^*_].{0,98}?)\1\s*:?\s*$")
_LABEL = re.compile(
    r"^\s*(?:[-*+•]\s+|\d+\.\s+|\|\s*)?(?:\*\*|__)(?P<label>[^*]{2,80}?)(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:)\s*(?P<value>.*)$"
)
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+|^\s*[|>]|^\s*\[?!?\[|^\s*<")
_WRAPPED = re.compile(r"\s*\[[^\[\]]{1,200}\](?:\([^()\s]{1,500}\)[.,;]?\s+[A-Za-z(\[])")
"""A link at the beginning of a line with more words behind it."""
_RULE = re.compile(r"^\s*([-=*_])(?:\s*\1)*\s*$")
_DASHES = re.compile(r"\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*){1,40}\|?\s*\Z")
"""The line below the heading row of a table whose lines have no bar at their beginning."""
MAX_LINE = 20_000
MAX_LINES = 200
MAX_HEADING = 400
_CLOSED = 7
"""Level of a heading made of one bold line: below all that are marked as headings."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or table row, with the line on which it begins. `row` marks that of a table without outer bars."""

    line: int
    text: str
    row: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is the row of a table in Markdown."""
        return self.row or self.text.startswith("|")


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled line: `- **License:** MIT`. `column` is where the label begins."""

    line: int
    column: int
    label: str
    value: str


@dataclass(slots=True)
class Section:
    """A heading with what stands below it. `level` 0 is the text before the first heading; `code` counts code blocks."""

    level: int
    heading: str
    line: int
    blocks: list[Block] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    parts: list[Section] = field(default_factory=list)
    code: int = 0

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.parts))


def parse_markdown(text: str, first_line: int = 1) -> Section:
    """The document as a tree of sections; `first_line` is where `text` begins in its file."""
    top = Section(0, "", first_line)
    open_sections = [top]
    gathered: list[str] = []
    begun = first_line
    rows = False

    def close() -> None:
        nonlocal gathered
        if gathered:
            open_sections[-1].blocks.append(Block(begun, " ".join(gathered), rows))
            gathered = []

    for number, line in _plain_lines(text, first_line):
        if line is None:
            close()
            rows = False
            open_sections[-1].code += 1
            continue
        heading = _heading(line) or (_underlined(line, gathered) if len(gathered) == 1 else None)
        if heading:
            if _RULE.match(line):
                gathered = []
            close()
            rows = False
            level, words = heading
            while open_sections[-1].level >= level:
                open_sections.pop()
            section = Section(level, words, number)
            open_sections[-1].parts.append(section)
            open_sections.append(section)
            continue
        first = line.lstrip()[:1]
        if not first or (first in "-=*_" and _RULE.match(line)):
            close()
            rows = False
            continue
        if first == ":" and gathered and gathered[0].startswith("|") and line.rstrip().endswith(":"):
            continue  # the rest of a row above
        if first in ":-" and "|" in line and gathered and "|" in gathered[-1] and first != "|" and _DASHES.match(line):
            heading_row = gathered.pop()
            close()
            rows, gathered, begun = True, [heading_row], number - 1
        elif rows and "|" not in line:
            close()
            rows = False
        if rows:
            close()
        label = _LABEL.match(line) if "**" in line or "__" in line else None
        if label:
            told = Label(number, label.start("label") + 1, label["label"].strip(), label["value"].strip())
            open_sections[-1].labels.append(told)
        if (_ITEM.match(line) and not (gathered and _goes_on(gathered[-1], line))) or label:
            close()
        if not gathered:
            begun = number
        if len(gathered) < MAX_LINES:
            gathered.append(line.strip())
    close()
    return top


def _goes_on(before: str, line: str) -> bool:
    """Whether a line that begins with a link goes on with the sentence of a long line before it."""
    return (
        len(before) > 40
        and bool(re.search(r"[A-Za-z\d,]\Z", before))
        and not before.startswith("[")
        and bool(_WRAPPED.match(line))
    )


def title_of(top: Section) -> str:
    """The first heading of a document without markup, up to a colon; empty where there is none."""
    heading = next((section.heading for section in top.walk() if section.level and section.heading.strip()), "")
    return re.sub(r"<[^>]{0,300}>|[*_`#]|!?\[|\]\([^)]{0,300}\)|\]", " ", heading).partition(":")[0].strip(" .-–")


def _plain_lines(text: str, first_line: int) -> Iterator[tuple[int, str | None]]:
    """Lines outside fenced code and HTML comments, a line inside as an empty one; None where a code block begins."""
    fence, comment = "", False
    for number, whole in enumerate(text.split("\n"), first_line):
        line = whole[:MAX_LINE]
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
            yield number, ""
            continue
        if comment:
            comment = "-->" not in line
            line = "" if comment else line.partition("-->")[2]
        while "<!--" in line:
            before, _, rest = line.partition("<!--")
            comment = "-->" not in rest
            line = before + ("" if comment else rest.partition("-->")[2])
        if ("```" in line or "~~~" in line) and (opened := _FENCE.match(line)):
            fence = opened[1]
            yield number, None
            continue
        yield number, line


def _heading(line: str) -> tuple[int, str] | None:
    first = line.lstrip()[:1]
    if len(line) > MAX_HEADING or not first or first not in "#<*_":
        return None
    if first == "#" and (atx := _ATX.match(line)):
        return len(atx[1]), atx[2] or ""
    if first == "<" and (html := _HTML.match(line)):
        return int(html[1]), re.sub(r"<[^>]*>", " ", html[2]).strip()
    if first in "*_" and (bold := _BOLD.match(line)) and "](" not in line:
        return _CLOSED, bold["text"].rstrip(": ")
    return None


def _underlined(line: str, gathered: list[str]) -> tuple[int, str] | None:
    """A line of text with `===` or `---` below it is a heading."""
    if re.match(r"^ {0,3}(=+|-{2,})\s*$", line) and len(gathered[0]) < 120 and not _ITEM.match(gathered[0]):
        return (1 if "=" in line else 2), gathered[0]
    return None
