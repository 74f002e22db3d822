"""CSV and XML with marks, and what of them is refused."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reading import InputError, load_csv, load_xml


def test_marks_of_cells() -> None:
    rows = load_csv('a,"b ""x""",c\n"two\nlines",d\n\n', "t.csv")
    assert [[(one.text, *one.mark) for one in row] for row in rows] == [
        [("a", 1, 1), ('b "x"', 1, 3), ("c", 1, 13)],
        [("two\nlines", 2, 1), ("d", 3, 8)],
    ]


@given(st.lists(st.lists(st.text(st.sampled_from('ab," \n'), max_size=5), min_size=2, max_size=4), max_size=6))
def test_what_the_standard_library_writes_is_read_back(rows: list[list[str]]) -> None:
    class Unix(csv.excel):
        lineterminator = "\n"

    class Sink(list[str]):
        write = list.append

    sink = Sink()
    csv.writer(sink, Unix).writerows(rows)
    assert [[cell.text for cell in row] for row in load_csv("".join(sink), "t.csv")] == rows


@pytest.mark.parametrize(
    ("text", "place"), [('a,"b', "t:1:3"), ('a\n"b"c', "t:2:1"), ("x" * 2_000_001, "t"), ("," * 200_001, "t:1:200001")]
)
def test_broken_csv_is_one_located_problem(text: str, place: str) -> None:
    with pytest.raises(InputError) as caught:
        load_csv(text, "t")
    assert str(caught.value.problem.source) == place


def test_elements_and_marks() -> None:
    top = load_xml('<a xmlns="urn:x">\n <b>one &amp; <c/>two</b></a>', "t.xml")
    assert (top.name, top.space, tuple(top.mark)) == ("a", "urn:x", (1, 1))
    found = top.find("b")
    assert found is not None
    assert (found.text, tuple(found.mark)) == ("one & two", (2, 2))
    assert [one.name for one in top.walk()] == ["a", "b", "c"]


LAUGHS = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (LAUGHS, "xml", "t:1:13"), (OUTSIDE, "xml", "t:1:13"),
        ('<!DOCTYPE a SYSTEM "http://x.example/a.dtd"><a/>', "xml", "t:1:44"),
        ("<a>&b;</a>", "xml", "t:1:4"), ("<a><b></a>", "xml", "t:1:9"), ("", "xml", "t:1:1"), ("<a>" * 100, "depth", "t:1:121"),
        ("<a>" + "<b/>" * 50_000 + "</a>", "size", "t:1:200000"), (" " * 2_000_001, "size", "t"),
    ],
)  # fmt: skip
def test_hostile_xml_is_one_located_problem(text: str, code: str, place: str) -> None:
    with pytest.raises(InputError) as caught:
        load_xml(text, "t")
    assert caught.value.problem.code == code
    assert str(caught.value.problem.source).startswith(place)


@given(st.text(st.sampled_from("<>ab/&;!?[]\"' \n"), max_size=60))
def test_no_text_brings_the_xml_reader_down(text: str) -> None:
    try:
        load_xml(text, "t")
    except InputError:
        return
    assert text.strip().startswith("<")
