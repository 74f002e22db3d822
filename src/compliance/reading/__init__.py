"""Station 0: bytes from strangers become text, YAML with marks, and located problems."""

from .files import decode, list_files, read_bytes, write_whole
from .printable import printable
from .problem import InputError, Problem, nearest
from .source import Source, digest
from .strict_yaml import Map, Mark, Seq, load_yaml, mark_of

__all__ = [
    "InputError", "Map", "Mark", "Problem", "Seq", "Source", "decode", "digest", "list_files", "load_yaml", "mark_of",
    "nearest", "printable", "read_bytes", "write_whole",
]  # fmt: skip
