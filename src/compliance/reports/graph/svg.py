"""The graph as an SVG picture: relations run from left to right, boxes are coloured by kind, places are in the tooltips.

No script, no link, no font of its own; all text from documents is escaped.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from ...graph import Drawing, Edge, Place, lay_out
from ...reading import Source, printable
from ...vocabulary import kind_of, name_of
from .view import GraphView, relation

BOX, HEIGHT, GAP, STEP, MARGIN, LEGEND = 230, 42, 190, 62, 24, 40
LONGEST, LONGEST_LABEL = 32, 34
"""Characters of a name and of a relation that fit; the whole text is in the tooltip."""

FILLS = {
    "model": "#dbeafe", "dataset": "#dcfce7", "system": "#ede9fe", "document": "#fef9c3", "licence": "#ffedd5",
    "organisation": "#fce7f3", "evaluation": "#ccfbf1",
}  # fmt: skip
OTHER = "#e5e7eb"
STYLE = (
    "text{font-family:system-ui,'DejaVu Sans',sans-serif;fill:#111827}.kind{font-size:10px;fill:#4b5563}.name{font-size:12px}"
    ".relation{font-size:10px;fill:#374151;text-anchor:end;paint-order:stroke;stroke:#fff;stroke-width:3px}"
    "rect{stroke:#6b7280;stroke-width:1}.judged rect{stroke:#111827;stroke-width:2.5}.judged .name{font-weight:bold}"
    ".defect rect{stroke:#b91c1c;stroke-width:2.5}path{fill:none;stroke:#6b7280;stroke-width:1.2}"
)


class _Spot(NamedTuple):
    """Upper left corner of a box, in pixels."""

    x: int
    y: int


class _Sheet:
    """The drawing in pixels; columns stand centred to each other."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        rows: dict[int, int] = {}
        for place in (*drawing.places.values(), *(lane for lanes in drawing.lanes.values() for lane in lanes)):
            rows[place.column] = max(rows.get(place.column, 0), place.row + 1)
        self.rows, self.most = rows, max(rows.values(), default=0)
        self.width = max(2 * MARGIN + len(rows) * (BOX + GAP) - GAP, 640)
        self.height = 2 * MARGIN + LEGEND + self.most * STEP

    def spot(self, place: Place) -> _Spot:
        """Where a place is on the sheet."""
        y = MARGIN + LEGEND + place.row * STEP + (self.most - self.rows[place.column]) * STEP // 2
        return _Spot(MARGIN + place.column * (BOX + GAP), y)


def write_svg(view: GraphView) -> str:
    """The picture as one file, drawn from integers alone."""
    sheet = _Sheet(lay_out(view.graph))
    width, height = sheet.width, sheet.height
    spots = {node: sheet.spot(place) for node, place in sheet.drawing.places.items()}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{_text(f'Documentation graph of {view.name}')}</title><style>{STYLE}</style>",
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8" style="fill:#6b7280;stroke:none"/></marker></defs>',
        f'<rect width="{width}" height="{height}" style="fill:#fff;stroke:none"/>',
        *_legend(view),
        *(_curve(edge, sheet) for edge in view.edges),
        *(_box(view, node, spot) for node, spot in spots.items()),
        *_labels(view.edges, spots),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _legend(view: GraphView) -> list[str]:
    present = [kind for kind in (*FILLS, "other") if any(_kind(node) == kind for node in view.graph)]
    found = []
    for index, kind in enumerate(present):
        x = MARGIN + index * 96
        found.append(f'<rect x="{x}" y="{MARGIN - 10}" width="12" height="12" rx="2" style="fill:{FILLS.get(kind, OTHER)}"/>')
        found.append(f'<text class="name" x="{x + 17}" y="{MARGIN}">{kind}</text>')
    words = "bold frame: judged; red frame: its documents contradict each other"
    return [*found, f'<text class="kind" x="{MARGIN}" y="{MARGIN + 20}">{words}</text>']


def _kind(node: str) -> str:
    return kind_of(node) if kind_of(node) in FILLS else "other"


def _box(view: GraphView, node: str, spot: _Spot) -> str:
    marks = " ".join(word for word, on in (("judged", node in view.judged), ("defect", node in view.defects)) if on)
    told = "\n".join((node, *view.notes.get(node, ()), *map(str, view.sources(node))))
    return (
        f'<g class="{marks}"><title>{_text(told)}</title>'
        f'<rect x="{spot.x}" y="{spot.y}" width="{BOX}" height="{HEIGHT}" rx="6" style="fill:{FILLS.get(kind_of(node), OTHER)}"/>'
        f'<text class="kind" x="{spot.x + 10}" y="{spot.y + 16}">{_text(kind_of(node))}</text>'
        f'<text class="name" x="{spot.x + 10}" y="{spot.y + 32}">{_text(_short(name_of(node), LONGEST))}</text></g>'
    )


def _curve(edge: Edge, sheet: _Sheet) -> str:
    """From the right side of one box to the left side of the other, straight through the lanes; within a cycle a bow."""
    first, *rest = (sheet.spot(place) for place in sheet.drawing.way(edge.start, edge.end))
    x, y = first.x + BOX, first.y + HEIGHT // 2
    line = f"M{x} {y}"
    if rest[-1].x <= first.x:
        to_x, to_y = rest[-1].x + BOX, rest[-1].y + HEIGHT // 2 + 8
        line += f"C{x + GAP // 2} {y - 8} {to_x + GAP // 2} {to_y} {to_x} {to_y}"
    else:
        for spot in rest:
            to_y = spot.y + HEIGHT // 2
            line += f"C{x + GAP // 2} {y} {spot.x - GAP // 2} {to_y} {spot.x} {to_y}"
            x, y = spot.x + BOX, to_y
            line += f"H{x}" if spot is not rest[-1] else ""
    return f'<path d="{line}" marker-end="url(#arrow)"><title>{_text(_told(edge))}</title></path>'


def _labels(edges: tuple[Edge, ...], spots: dict[str, _Spot]) -> list[str]:
    """Each relation is written once before the box it leads to, several above each other."""
    words: dict[str, dict[str, list[str]]] = {}
    for edge in edges:
        words.setdefault(edge.end, {}).setdefault(relation(edge), []).append(_told(edge))
    found = []
    for node, said in words.items():
        spot = spots[node]
        first = spot.y + HEIGHT // 2 - 5 - 12 * (len(said) - 1) // 2
        for index, (label, told) in enumerate(said.items()):
            y = first + 12 * index
            shown = _text(_short(label, LONGEST_LABEL))
            title = _text("\n".join(told))
            found.append(f'<text class="relation" x="{spot.x - 10}" y="{y}">{shown}<title>{title}</title></text>')
    return found


def _told(edge: Edge) -> str:
    sources: tuple[Source, ...] = edge.sources
    return f"{edge.start} {relation(edge)} {edge.end}: {', '.join(str(one) for one in sources)}"


def _short(text: str, longest: int) -> str:
    """The beginning and the end, for names of files and models differ at their ends."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[: longest - half - 1]}…{text[-half:]}"


def _text(text: str) -> str:
    return escape("\n".join(map(printable, text.split("\n"))), quote=True)
