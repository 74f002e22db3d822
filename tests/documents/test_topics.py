"""A topic is covered where a section has content: not by a heading, a promise, a template, or a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.catalogue import load_catalogue
from compliance.documents.markdown import parse_markdown
from compliance.documents.recognition import heading_key, load_recognition

from .dossiers import codes, read, topics


@pytest.mark.parametrize(
    "heading",
    ["## Limitations", "# 7. Limitation", "### ⚠️ Known Limitations:", "## **Limitations**", "Limitations\n-----------",
     "<h2>Limitations</h2>", "**Limitations**", "#### Limitations [optional]", "## [Limitations](#x)", "## Limitations of `m-2`"],
)  # fmt: skip
def test_headings(tmp_path: Path, heading: str) -> None:
    assert topics(read(tmp_path, README_md=f"# M\n\n{heading}\n\nIt cannot count letters.\n")) == {"limitations"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty"),
        ("<!-- say what it cannot do -->", "empty"),
        ("![chart](limits.png)", "empty"),
        ("The limits are:", "empty"),
        ("[More Information Needed]", "placeholder"),
        ("More information needed", "placeholder"),
        ("TBD", "placeholder"),
        ("*(Forthcoming upon completion of training.)*", "placeholder"),
        ("Coming soon!", "placeholder"),
        ("- to follow -", "placeholder"),
        ("{{ bias_risks_limitations | default('x') }}", "placeholder"),
        ("See [the paper](https://example.org/p.pdf).", "pointer"),
        ("Please refer to the technical report for details.", "pointer"),
        ("https://example.org/limits", "pointer"),
    ],
)
def test_what_does_not_count(tmp_path: Path, body: str, code: str) -> None:
    reading = read(tmp_path, README_md=f"# M\n\n## Limitations\n\n{body}\n")
    assert topics(reading) == set()
    assert codes(reading) == [(code, "README.md:3:1")]


@pytest.mark.parametrize(
    "body",
    [
        "It makes up sources. See [the paper](https://example.org) for details.",
        "- English only\n- no arithmetic",
        "| risk | how often |\n|---|---|\n| false names | often |",
        "It is biased.\n\n[More Information Needed]",
        "局限性：模型可能出错。",
    ],
)
def test_what_counts(tmp_path: Path, body: str) -> None:
    reading = read(tmp_path, README_md=f"# M\n\n## Limitations\n\n{body}\n")
    assert topics(reading) == {"limitations"}
    assert codes(reading) == []


def test_code_is_not_text(tmp_path: Path) -> None:
    text = "# M\n\n## How to use\n\n```python\n# Limitations\nrun()\n```\n\n## Limitations\n\n```\nnone here\n```\n"
    reading = read(tmp_path, README_md=text)
    assert topics(reading) == {"integration_means"}
    assert codes(reading) == [("empty", "README.md:10:1")]


def test_a_part_with_its_own_topic_does_not_fill_the_whole(tmp_path: Path) -> None:
    text = "# M\n## Uses\n### Direct Use\n[More Information Needed]\n### Out-of-Scope Use\nNo decisions on people.\n"
    assert topics(read(tmp_path, README_md=text)) == {"use_restrictions"}


def test_parts_without_a_topic_fill_the_whole(tmp_path: Path) -> None:
    assert topics(read(tmp_path, README_md="# M\n## Limitations\n### Arithmetic\nIt cannot add.\n")) == {"limitations"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Contact\nDylan", set()),
        ("## Contact\n[Dylan](mailto:d@example.org)", {"contact_mechanism"}),
        ("## Contact\nd@example.org", {"contact_mechanism"}),
        ("## Model Date\nsoon after the other", set()),
        ("## Model Date\nJanuary 2021", {"release_date"}),
        ("- **Developed by:** [A](https://huggingface.co/a)", set()),
        ("- **Developed by:** [A](https://a.example)", {"developer_website"}),
        ("- **Language(s) (NLP):** Finnish", {"languages"}),
        ("- **Language(s) (NLP):** [More Information Needed]", set()),
        ("## Environmental Impact\nThe heat warms houses.", set()),
        ("## Environmental Impact\n- **Carbon Emitted:** 7t CO2eq", {"energy"}),
    ],
)
def test_what_a_topic_needs(tmp_path: Path, text: str, found: set[str]) -> None:
    assert topics(read(tmp_path, README_md=f"# M\n\n{text}\n")) == found


def test_front_matter_covers_topics(tmp_path: Path) -> None:
    reading = read(tmp_path, README_md="---\nlanguage: en\nlicense: mit\npipeline_tag: text-generation\n---\n")
    assert topics(reading) == {"languages", "licence", "tasks", "output_modalities", "modality_and_format"}


def test_topics_are_words_of_the_catalogue() -> None:
    known = {topic for kind in load_catalogue()[0].documents.values() for topic in kind.topics}
    assert {topic.name for topic in load_recognition().topics} <= known


def test_every_synonym_is_found_again() -> None:
    recognition = load_recognition()
    for topic in recognition.topics:
        for heading in topic.headings:
            assert heading_key(heading) == heading, heading
            assert topic in recognition.by_heading(heading.title()), heading


def test_lines_of_sections() -> None:
    top = parse_markdown("a\n\n# B\nc\n\nD\n===\ne\n", first_line=10)
    assert [(one.heading, one.line) for one in top.walk()] == [("", 10), ("B", 12), ("D", 16)]
    assert [block.text for block in top.parts[1].blocks] == ["e"]
