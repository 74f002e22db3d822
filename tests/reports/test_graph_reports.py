"""The graph as tree, JSON, DOT and SVG: everything is in it once, with its places, and text from documents stays text."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import networkx
import pytest

from compliance.flow import learn_dossier
from compliance.packs.law import Law
from compliance.reports.graph import GraphView, view_graph, write_dot, write_node_link, write_svg, write_tree

DAY = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script>"&\\N \\" ]; x'


def view_of(folder: Path, law: Law, *others: Path) -> GraphView:
    return view_graph(learn_dossier(folder, law.catalogue, DAY, others=others))


@pytest.fixture
def view(tmp_path: Path, law: Law) -> GraphView:
    for name, licence, base in (
        ("base", "llama3.1", ""),
        ("tune", "mit", "base_model: labs/base\nbase_model_relation: finetune\n"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "README.md").write_text(f"---\nlicense: {licence}\n{base}datasets: [a/b]\n---\n# M\n", "utf-8")
    return view_of(tmp_path / "tune", law, tmp_path / "base")


@pytest.fixture
def hostile(tmp_path: Path, law: Law) -> GraphView:
    text = json.dumps({"model": {"name": HOSTILE, "base_model": [f"{HOSTILE}2", "a\x1b[31m"]}})
    (tmp_path / "compliance.yaml").write_text(text, "utf-8")
    return view_of(tmp_path, law)


def test_the_tree_goes_from_the_judged_model_to_what_it_comes_from(view: GraphView) -> None:
    lines = write_tree(view).splitlines()
    assert lines[2].startswith("model tune (judged)  ← README.md:1:1")
    base = next(n for n, line in enumerate(lines) if "derived from (finetune) model labs/base" in line)
    assert lines[base].endswith("← README.md:3:1")
    assert any("licensed under (model) licence llama" in line and "base/README.md:2:1" in line for line in lines[base:])
    assert "own training as a share of that of the models built on: unknown" in "\n".join(lines)
    assert "contradiction on model.licence.allows.use" in "\n".join(lines)
    for edge in view.edges:
        assert any(edge.edge.replace("_", " ") in line and edge.end.partition(":")[2] in line for line in lines), edge


def test_a_node_shown_twice_is_not_unfolded_twice(tmp_path: Path, law: Law) -> None:
    text = (
        "models: [{name: a, base_model: [b, c]}, {name: b, base_model: d}, {name: c, base_model: d}, {name: d, base_model: e}]\n"
    )
    (tmp_path / "compliance.yaml").write_text(text, "utf-8")
    tree = write_tree(view_of(tmp_path, law))
    assert tree.count("model d") == 2
    assert tree.count("(shown above)") == 1
    assert tree.count("model e") == 1


def test_a_circle_and_a_long_chain_end(tmp_path: Path, law: Law) -> None:
    rows = [f"{{name: m{n}, base_model: m{(n + 1) % 1200}}}" for n in range(1200)]
    (tmp_path / "compliance.yaml").write_text(f"models: [{', '.join(rows)}]\n", "utf-8")
    view = view_of(tmp_path, law)
    assert len(re.findall(r"model m\d+ ", write_tree(view))) == 1201


def test_json_is_read_back_as_the_same_graph(view: GraphView) -> None:
    data = json.loads(write_node_link(view))
    read = networkx.node_link_graph(data, edges="edges")
    assert set(read) == set(view.graph)
    assert sorted(read.edges(keys=True)) == sorted(view.graph.edges(keys=True))
    assert all(node["sources"] for node in data["nodes"])
    assert [node["id"] for node in data["nodes"] if node["judged"]] == ["model:tune"]


def test_dot_has_every_node_and_edge_once(view: GraphView, hostile: GraphView) -> None:
    for one in (view, hostile):
        lines = write_dot(one).splitlines()
        assert (lines[0], lines[-1]) == ("digraph documentation {", "}")
        assert sum(" -> " in line for line in lines) == one.graph.number_of_edges()
        assert len(lines) == 4 + len(one.graph) + one.graph.number_of_edges()
        for line in lines[3:-1]:
            assert re.fullmatch(r'  "(?:[^"\\]|\\.)*"(?: -> "(?:[^"\\]|\\.)*")? \[(?:\w+="(?:[^"\\]|\\.)*"(?:, )?)+\];', line), (
                line
            )


def test_the_picture_has_a_box_for_every_node(view: GraphView) -> None:
    root = ElementTree.fromstring(write_svg(view))
    titles = [title.text or "" for group in root.iter(f"{SVG}g") if (title := group.find(f"{SVG}title")) is not None]
    assert sorted(title.splitlines()[0] for title in titles) == sorted(view.graph)
    assert sum(path.get("marker-end") is not None for path in root.iter(f"{SVG}path")) == view.graph.number_of_edges()
    tune = next(group for group in root.iter(f"{SVG}g") if group.get("class") == "judged defect")
    assert "model:tune" in (tune[0].text or "")
    width, height = int(root.get("width", "0")), int(root.get("height", "0"))
    for group in root.iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect")
        assert box is not None
        x, y, w, h = (int(box.get(name, "0")) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= width - w
        assert 0 <= y <= height - h


def test_text_of_documents_stays_text(hostile: GraphView) -> None:
    picture = write_svg(hostile)
    root = ElementTree.fromstring(picture)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "style", "defs", "marker", "path", "rect", "text", "g",
    }  # fmt: skip
    assert any(HOSTILE in (title.text or "") for title in root.iter(f"{SVG}title"))
    for written in (picture, write_tree(hostile), write_dot(hostile)):
        assert "\x1b" not in written


def test_the_same_bytes_every_time(view: GraphView, tmp_path: Path, law: Law) -> None:
    again = view_of(tmp_path / "tune", law, tmp_path / "base")
    for write in (write_tree, write_node_link, write_dot, write_svg):
        assert write(view) == write(again)
