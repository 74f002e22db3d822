"""XML as strangers write it, with a mark on every element. No document type, so no entities of one's own and none from elsewhere.

The parser is the expat of the standard library, driven by events, so that depth never recurses. Size, depth and number of
elements are limited; a document type declaration, with which a small file becomes a large one or reads others, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from .problem import InputError, Problem
from .source import Source
from .strict_yaml import Mark


@dataclass(slots=True)
class Element:
    """An element: its name without prefix, its namespace, the text directly in it, and the elements in it.

    `taken` notes that somebody made use of its text; nothing is decided by it.
    """

    name: str
    space: str
    mark: Mark
    text: str = ""
    parts: list[Element] = field(default_factory=list)
    taken: bool = False

    def find(self, *path: str) -> Element | None:
        """The first element that a path of names leads to."""
        here: Element | None = self
        for name in path:
            here = next((one for one in here.parts if one.name == name), None) if here else None
        return here

    def walk(self) -> Iterator[Element]:
        """This element and all in it, in the order of the file."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.parts))


def load_xml(text: str, file: str, *, max_bytes: int = 2_000_000, max_depth: int = 40, max_nodes: int = 50_000) -> Element:
    """Parse one document. Raises `InputError` with one located problem; never another exception."""
    if len(text) > max_bytes:
        message = f"{len(text)} characters of XML, more than the {max_bytes} that are read"
        raise InputError(Problem(Source(file), "size", message, "split it"))
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    roots: list[Element] = []
    stack: list[Element] = []
    texts: list[list[str]] = []
    count = 0

    def refuse(code: str, message: str, hint: str) -> InputError:
        at = Source(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        return InputError(Problem(at, code, message, hint))

    def start(name: str, attributes: dict[str, str]) -> None:
        del attributes
        nonlocal count
        count += 1
        if count > max_nodes:
            raise refuse("size", f"more than {max_nodes} elements", "split the file")
        if len(stack) >= max_depth:
            raise refuse("depth", f"nested more than {max_depth} deep", "flatten it")
        space, _, bare = name.rpartition(" ")
        one = Element(bare, space, Mark(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))
        (stack[-1].parts if stack else roots).append(one)
        stack.append(one)
        texts.append([])

    def end(_: str) -> None:
        stack.pop().text = "".join(texts.pop())

    def declared(*_: object) -> None:
        raise refuse("xml", "a document type declaration is not read", "leave out <!DOCTYPE ...> and write entities out")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda data: texts[-1].append(data) if texts else None
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code) or "not XML"
        raise InputError(
            Problem(Source(file, error.lineno, error.offset + 1), "xml", what, "see that every tag is closed")
        ) from None
    return roots[0]
