"""JSON with marks: the same values as the standard library reads, every key and value in its place, one problem each."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reading import InputError, Map, Problem, Seq, load_json

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
TREES = st.recursive(SCALARS, lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(), part, max_size=4))


@given(TREES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_values_are_those_of_the_standard_library(tree: Any, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
    assert load_json(text, "a.json") == json.loads(text, parse_float=Decimal)


@given(TREES, st.sampled_from([None, 1, 3]))
def test_every_mark_stands_at_its_key_and_value(tree: Any, indent: int | None) -> None:
    text = json.dumps(tree, indent=indent, ensure_ascii=False)
    lines = text.split("\n")
    waiting = [load_json(text, "a.json")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Map):
            assert lines[one.mark.line - 1][one.mark.column - 1] == "{"
            for key, value in one.items():
                line, column = one.keys_at[key]
                assert lines[line - 1][column - 1 :].startswith(json.dumps(key, ensure_ascii=False))
                _stands(value, lines, *one.values_at[key])
                waiting.append(value)
        elif isinstance(one, Seq):
            assert lines[one.mark.line - 1][one.mark.column - 1] == "["
            for value, mark in zip(one, one.items_at, strict=True):
                _stands(value, lines, *mark)
                waiting.append(value)


def _stands(value: Any, lines: list[str], line: int, column: int) -> None:
    text = lines[line - 1][column - 1 :]
    if isinstance(value, (Map, Seq)):
        assert value.mark == (line, column)
    elif isinstance(value, Decimal):
        assert json.JSONDecoder(parse_float=Decimal).raw_decode(text)[0] == value
    else:
        assert text.startswith(json.dumps(value, ensure_ascii=False))


@given(st.text(alphabet='{}[]",:\\u0de+-.1 \n\tntrfalsu'))
def test_any_text_is_read_as_by_the_standard_library_or_one_problem(text: str) -> None:
    try:
        wanted = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        assert problem(text).source.line
    else:
        assert load_json(text, "a.json") == wanted


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("twice")
    return dict(pairs)


@given(st.binary())
def test_bytes_of_any_kind_end_in_a_value_or_a_problem(content: bytes) -> None:
    try:
        load_json(content.decode("latin-1"), "a.json")
    except InputError as error:
        assert error.problem.source.file == "a.json"


def problem(text: str, **limits: int) -> Problem:
    with pytest.raises(InputError) as caught:
        load_json(text, "a.json", **limits)
    return caught.value.problem


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "json", "a.json:1:1"),
        ("\n  ", "json", "a.json:2:3"),
        ('{"a": 1,\n "a": 2}', "PK102", "a.json:2:2"),
        ('{"a": 1,}', "json", "a.json:1:9"),
        ("[1,]", "json", "a.json:1:4"),
        ('[1 "b"]', "json", "a.json:1:4"),
        ('{"a" 1}', "json", "a.json:1:6"),
        ("{a: 1}", "json", "a.json:1:2"),
        ("{} x", "json", "a.json:1:4"),
        ("[01]", "json", "a.json:1:3"),
        ("[nil]", "json", "a.json:1:2"),
        ('{"a":\n "b', "json", "a.json:2:2"),
        ('["\t"]', "json", "a.json:1:2"),
        ('["ab\\x"]', "json", "a.json:1:5"),
        ('["\\ud8"]', "json", "a.json:1:3"),
        ("[1, -]", "json", "a.json:1:5"),
        ("[" * 41, "depth", "a.json:1:41"),
        (f"[{'9' * 1001}]", "size", "a.json:1:2"),
        ("[1e1001]", "size", "a.json:1:2"),
        (f"[1e{'9' * 5000}]", "size", "a.json:1:2"),
    ],
)
def test_problems_are_located(text: str, code: str, place: str) -> None:
    found = problem(text)
    assert (found.code, str(found.source)) == (code, place)


def test_limits() -> None:
    assert problem("[1, 2]", max_bytes=5).code == "size"
    assert problem("[1, 2]", max_nodes=2).code == "size"
    assert load_json("[1, 2]", "a.json", max_nodes=3, max_bytes=6, max_depth=1) == [1, 2]
    assert problem("[" * 100_000).code == "depth"


def test_numbers_are_exact() -> None:
    assert load_json("[123456789012345678901234567890, 1e25, 0.1, -0]", "a.json") == [
        123456789012345678901234567890, Decimal("1e25"), Decimal("0.1"), 0,
    ]  # fmt: skip
    assert not any(isinstance(one, float) for one in load_json("[1.0, 1e5, 2]", "a.json"))


def test_no_number_and_half_a_pair_say_nothing() -> None:
    assert load_json("[NaN, Infinity, -Infinity]", "a.json") == [None, None, None]
    assert load_json('["\\ud83d", "\\ud83d\\ude00"]', "a.json") == ["\ufffd", "\N{GRINNING FACE}"]
