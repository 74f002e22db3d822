"""The architecture of a model that a card shows as its library prints it.

Accepted is a block of code that is nothing but the printed modules, the first of them the class of the whole model. Refused is
every other block, such as code that builds or loads a class of this name.
"""

from __future__ import annotations

import re

from ..reading import Source
from .code_blocks import read_own_code

_CLASS = re.compile(r"\s*(?P<name>[A-Z]\w{2,60}(?:For[A-Z]\w{2,40}|LMHeadModel|Model))\(\s*\Z")
_PART = re.compile(r"\s+\(\w{1,40}\): [A-Z]\w{2,60}\(")


def find_printed_model(text: str, file: str) -> tuple[str, Source] | None:
    """The name of the class and where it is printed; nothing where two are."""
    found: dict[str, Source] = {}
    for block in read_own_code(text) if "): " in text else ():
        lines = [(number, line) for number, line in enumerate(block.lines, block.line) if line.strip()]
        shown = _CLASS.match(lines[0][1]) if len(lines) > 2 else None
        if shown and _PART.match(lines[1][1]):
            found.setdefault(shown["name"], Source(file, lines[0][0], shown.start("name") + 1))
    return next(iter(found.items())) if len(found) == 1 else None
