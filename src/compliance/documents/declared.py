"""Topics of a document that the manifest declares: a text of the dossier whose kind has words in `rules/documents/topics-of`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from .front_matter import split_front_matter
from .markdown import parse_markdown
from .recognition import load_kind_recognition
from .topics import Coverage, find_topics

OpenText = Callable[[str], str]
"""Gives the text of a file of the dossier by its name. Raises `InputError` for what is no text or too long."""
SUFFIXES = (".md", ".markdown", ".mdx", ".txt")


def open_nothing(file: str) -> str:
    """For a manifest without a folder: every file is empty."""
    del file
    return ""


def find_declared_topics(file: str, kind: str, open_text: OpenText) -> Coverage | None:
    """Topics of the kind that headings and labelled lines of the file announce, with content below them.

    None where the file is no text or Markdown, or the kind has no words. Raises `InputError` as `open_text` does.
    """
    if PurePosixPath(file).suffix.casefold() not in SUFFIXES or (recognition := load_kind_recognition(kind)) is None:
        return None
    front = split_front_matter(open_text(file), file)
    return find_topics(parse_markdown(front.body, front.body_line), file, recognition)
