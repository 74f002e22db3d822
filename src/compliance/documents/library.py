"""With which library a model is loaded, by the code that a card shows for it.

Accepted is code that imports one library of `rules/documents/libraries.yaml` and loads a model with it, or loads one with a
package that bears the model's own name, or makes an object of an imported class from the model's name on a hub and nothing else
that is known loads it. Refused are code that names only other models, cards whose code loads with two
libraries, and cards which say that the library does not support the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ..reading import Source
from .code_blocks import CodeBlock, read_own_code
from .recognition import load_fields

_IMPORT = re.compile(
    r"^\s{0,12}(?:>>>\s?)?(?:from\s+(?P<from>[A-Za-z_]\w{0,60})[\w.]{0,80}\s+import\b|import\s+(?P<import>[A-Za-z_]\w{0,60}))"
)
_NAMED = re.compile(r"[\"']([A-Za-z][\w.-]{0,60}/[\w.-]{2,96})[\"']|from_pretrained\(\s*[\"']([A-Za-z][\w.-]{2,96})[\"']")
_CLASS = re.compile(r"^\s{0,12}from\s+(?P<module>[A-Za-z_]\w{0,60})[\w.]{0,80}\s+import\s+(?P<classes>[\w, ]{2,200})")
ADAPTERS = "peft"
"""The library of adapters, which code for a whole model shows for those who tune it further."""


def find_library(text: str, file: str, names: tuple[str, ...]) -> tuple[str, Source] | None:
    """The library and where the code imports it. `names` are those of the model: of its folder and of its title."""
    if "import " not in text or ("```" not in text and "~~~" not in text):
        return None
    blocks = tuple(read_own_code(text))
    if found := _known(blocks, file, names):
        name, place = found
        return None if _is_denied(text, name) else (name, place)
    return _own(blocks, file, names) or _instance(blocks, file, names)


def _known(blocks: tuple[CodeBlock, ...], file: str, names: tuple[str, ...]) -> tuple[str, Source] | None:
    """The only library with which the code loads this model; adapters that are loaded elsewhere in a page are its users'."""
    found: dict[str, Source] = {}
    alone: set[str] = set()
    for block in blocks:
        used: dict[str, Source] = {}
        for name, line, column in _loaders(block, names):
            used.setdefault(name, Source(file, line, column))
        alone |= set(used) if len(used) == 1 else set()
        found = used | found
    if ADAPTERS in found and alone >= {name for name in found if name != ADAPTERS}:
        found.pop(ADAPTERS if len(found) > 1 else "", None)
    return next(iter(found.items())) if len(found) == 1 else None


def _loaders(block: CodeBlock, names: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """Libraries with which a block loads this model, and where it imports them."""
    code = block.text
    for module, line, column in _imports(block):
        entry = _words()["loaders"].get(module)
        if entry and any(call in code for call in entry["loads"]) and _is_about(code, names):
            yield entry["name"], line, column


def _own(blocks: tuple[CodeBlock, ...], file: str, names: tuple[str, ...]) -> tuple[str, Source] | None:
    """A package with the model's own name that code imports and loads something with."""
    keys = {_key(name) for name in names}
    for block in blocks:
        for module, line, column in _imports(block):
            if _key(module) in keys and re.search(_words()["own"], block.text):
                return module.replace("_", "-"), Source(file, line, column)
    return None


def _instance(blocks: tuple[CodeBlock, ...], file: str, names: tuple[str, ...]) -> tuple[str, Source] | None:
    """The only package of which code imports a class and gives it the model's name on a hub: `Example('owner/example')`."""
    keys = {_key(name) for name in names} - {""}
    found: dict[str, Source] = {}
    for block in blocks:
        for number, line in enumerate(block.lines, block.line):
            made = _CLASS.match(line) if "import" in line else None
            for name in re.findall(r"[A-Z]\w+", made["classes"]) if made and made["module"] not in _words()["servers"] else ():
                called = re.search(rf"(?<![\w.]){name}\(\s*[\"']([\w.-]{{1,60}}/[\w.-]{{2,96}})[\"']", block.text)
                if made and called and _key(called[1].rpartition("/")[2]) in keys:
                    found.setdefault(made["module"], Source(file, number, made.start("module") + 1))
    return next(iter(found.items())) if len(found) == 1 else None


def _imports(block: CodeBlock) -> Iterator[tuple[str, int, int]]:
    """Modules that the code imports, with line and column."""
    for number, line in enumerate(block.lines, block.line):
        if "import" in line and (match := _IMPORT.match(line)):
            group = "from" if match["from"] else "import"
            yield match[group], number, match.start(group) + 1


def _is_about(code: str, names: tuple[str, ...]) -> bool:
    """Whether a block that names models names this one or one of its family."""
    named = [(match[1] or match[2]).rpartition("/")[2] for match in _NAMED.finditer(code)]
    stems = {_stem(name) for name in names} - {""}
    return not named or any(_stem(one) in stems for one in named)


def _is_denied(text: str, name: str) -> bool:
    """Whether a line says of the library that it does not support the model."""
    low = text.casefold()
    if not any(words in low for words in _words()["denied"]):
        return False
    about = re.compile(rf"(?<![\w]){re.escape(name)}(?![\w])|(?<![\w])(?:hf|hugging face|huggingface)(?![\w])")
    return any(words in line and about.search(line) for line in low.split("\n") for words in _words()["denied"])


def _stem(name: str) -> str:
    found = re.match(r"[^\W\d_]{2,}", name)
    return found[0].casefold() if found else ""


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


@cache
def _words() -> Mapping[str, Any]:
    return load_fields("libraries.yaml")
