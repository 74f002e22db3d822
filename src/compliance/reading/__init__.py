"""Station 0: bytes from strangers become text, YAML, JSON, CSV and XML with marks, and located problems."""

from .files import decode, list_files, read_bytes, write_whole
from .marked_csv import load_csv
from .marked_json import load_json
from .marked_xml import load_xml
from .printable import printable
from .problem import InputError, Problem, nearest
from .source import Source, digest
from .strict_yaml import Map, Mark, Seq, load_yaml, mark_of

__all__ = [
    "InputError", "Map", "Mark", "Problem", "Seq", "Source", "decode", "digest", "list_files", "load_csv", "load_json",
    "load_xml", "load_yaml", "mark_of", "nearest", "printable", "read_bytes", "write_whole",
]  # fmt: skip
