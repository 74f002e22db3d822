"""Keys are added to YAML without touching anything else: every line that was there stays, byte by byte."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.interview.insertion import Step, insert_key, quote
from compliance.reading import InputError, load_yaml

COMMENTED = """\
# head

format: 1   # first
model:      # the model
  name: m   # its name
  note: >-
    several
    # no comment, but text

    lines
  # last word on the model

# the system
system: {name: s, is_generative: true}  # in one line
"""

CASES: list[tuple[str, tuple[Step, ...], str, str, str]] = [
    ("model:\n  name: m\n", ("model",), "is_new", "true", "model:\n  name: m\n  is_new: true\n"),
    ("model:\n  name: m", ("model",), "is_new", "true", "model:\n  name: m\n  is_new: true\n"),
    ("model:\n    name: m\n\n# end\n", ("model",), "x", "1", "model:\n    name: m\n    x: 1\n\n# end\n"),
    ("model: {name: m}  # c\n", ("model",), "x", "1", "model: {name: m, x: 1}  # c\n"),
    ("model: {}\n", ("model",), "x", "1", "model: {x: 1}\n"),
    ("model: {name: '}', y: {z: 1}}\n", ("model",), "x", "1", "model: {name: '}', y: {z: 1}, x: 1}\n"),
    ("model: {name: m, # why\n  y: 2}\n", ("model",), "x", "1", "model: {name: m, # why\n  y: 2, x: 1}\n"),
    ("model:\n  # nothing yet\nsystem: none\n", ("model",), "x", "1", "model:\n  x: 1\n  # nothing yet\nsystem: none\n"),
    ("model:\n  x: unknown   # ask\n  y: 2\n", ("model",), "x", "1", "model:\n  x: 1   # ask\n  y: 2\n"),
    ("model:\n  x:   # ask\n  y: 2\n", ("model",), "x", "1", "model:\n  x: 1   # ask\n  y: 2\n"),
    ("model: {x: unknown, y: 2}\n", ("model",), "x", "[a]", "model: {x: [a], y: 2}\n"),
    ("models:\n  - name: a\n  - name: b\nz: 1\n", ("models", 0), "x", "1", "models:\n  - name: a\n    x: 1\n  - name: b\nz: 1\n"),
    ("models:\n- name: a\n- name: b\n", ("models", 1), "x", "1", "models:\n- name: a\n- name: b\n  x: 1\n"),
    ("models: [{name: a}, {name: b}]\n", ("models", 0), "x", "1", "models: [{name: a, x: 1}, {name: b}]\n"),
    ("a:\r\n  b: 1\r\nc: 2\r\n", ("a",), "x", "1", "a:\r\n  b: 1\r\n  x: 1\r\nc: 2\r\n"),
    ("", (), "x", "1", "x: 1\n"),
    ("# only this\n", (), "x", "1", "# only this\n\nx: 1\n"),
    ("{format: 1}\n", (), "x", "1", "{format: 1, x: 1}\n"),
    ("---\nformat: 1\n...\n", (), "x", "1", "---\nformat: 1\nx: 1\n...\n"),
    ("a:\n  b: |+\n    text\n\n\n", ("a",), "x", "1", "a:\n  b: |+\n    text\n\n\n  x: 1\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "key", "value", "expected"), CASES, ids=lambda v: repr(v)[:30])
def test_where_a_key_goes(text: str, path: tuple[Step, ...], key: str, value: str, expected: str) -> None:
    assert insert_key(text, "f.yaml", path, key, value) == expected


def test_comments_and_order_stay() -> None:
    text = insert_key(COMMENTED, "f.yaml", ("model",), "is_new", "false")
    text = insert_key(text, "f.yaml", ("system",), "x", "{value: 1}")
    text = insert_key(text, "f.yaml", (), "organisation", {"name": quote("A: B"), "towards": {"m": {"y": "true"}}})
    changed = [line for line in difflib.ndiff(COMMENTED.splitlines(), text.splitlines()) if line[0] in "-+"]
    assert changed == [
        "+   is_new: false",
        "- system: {name: s, is_generative: true}  # in one line",
        "+ system: {name: s, is_generative: true, x: {value: 1}}  # in one line",
        "+ ",
        "+ organisation:",
        '+   name: "A: B"',
        "+   towards:",
        "+     m:",
        "+       y: true",
    ]
    note = "several # no comment, but text\nlines"
    assert load_yaml(text, "f")["model"] == {"name": "m", "note": note, "is_new": False}


def test_a_value_is_never_overwritten() -> None:
    with pytest.raises(InputError) as refused:
        insert_key("model:\n  x: 1\n", "f.yaml", ("model",), "x", "2")
    assert (refused.value.problem.source.line, refused.value.problem.code) == (2, "stated")


def test_no_fit_place_is_a_problem_with_the_line_to_write() -> None:
    with pytest.raises(InputError) as refused:
        insert_key("- a\n", "f.yaml", (), "x", "2")
    assert "`x: 2`" in refused.value.problem.hint


@given(st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn")), max_size=20))
def test_quoted_text_reads_as_itself(text: str) -> None:
    assert load_yaml(f"a: {quote(text)}\nb: [{quote(text)}]\n", "f") == {"a": text, "b": [text]}


@given(
    st.lists(
        st.sampled_from(
            ["  a: 1", "  # c", "", "  b: [1,\n 2]", "  c: >-\n    x\n\n    # y", "  d: {e: 'f'} # g", "  h:\n    - i: j"]
        ),
        unique=True,
    )
)
def test_any_block_keeps_its_lines(parts: list[str]) -> None:
    text = "\n".join(["model:", "  name: m", *parts, "# after", "z: 1", ""])
    changed = insert_key(text, "f.yaml", ("model",), "new", "true")
    before, after = text.splitlines(keepends=True), changed.splitlines(keepends=True)
    after.remove("  new: true\n")
    assert after == before
    assert load_yaml(changed, "f") == {**load_yaml(text, "f"), "model": {**load_yaml(text, "f")["model"], "new": True}}
