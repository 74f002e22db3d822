"""metadata.json of a MONAI bundle: what a medical imaging model is for and what goes in.

The intended use often says that the model is an example or for research only; this is remarked on. The licence of the data is
a file of its own and none of the model's; `data_source` is an address or a few words and no name of a dataset.
"""

from __future__ import annotations

import re

from ..reading import InputError, Map, Problem, Source, load_json
from .card_toolkit import leaves
from .page import Page, Setting
from .types import Imported, Input

TOPICS: dict[str, tuple[str, ...]] = {
    "task": ("tasks",),
    "intended_use": ("intended_uses",),
    "image_classes": ("modality_and_format",),
    "pred_classes": ("modality_and_format",),
}
"""Keys and the topics that they answer."""
_EXAMPLE = re.compile(
    r"\b(?:an example|demonstration purposes|research (?:tool|purposes|use)|prototype|proof of concept|poc\b|"
    r"not (?:to be used|intended|for) [a-z ]{0,40}(?:diagnos|clinical)|before clinical use)",
    re.I,
)


def read_monai(one: Input, setting: Setting) -> Imported:
    """Statements of one bundle's metadata."""
    try:
        data = load_json(one.text, one.name)
    except InputError as error:
        return Imported(problems=(error.problem,))
    if not isinstance(data, Map) or "monai_version" not in data:
        message = "no `monai_version` at the top"
        return Imported(problems=(Problem(Source(one.name, 1, 1), "json", message, "see the schema of the format"),))
    page = Page(one.name, setting)
    for path, text, mark in leaves(data):
        source = page.place(mark)
        if path == ("name",):
            page.name([text], source)
        elif path == ("license",) and page.license(text, source):
            page.topics.add("licence")
        elif path[:1] == ("eval_metrics",) and re.search(r"\d", text):
            page.topics.add("evaluation_results")
        elif len(path) == 1 and path[0] in TOPICS:
            page.cover(TOPICS[path[0]], text, source, path[0])
        elif len(path) == 4 and path[:2] == ("network_data_format", "inputs") and (path[3], text) == ("type", "image"):
            page.state_terms("model.modalities", ["image"], source, note="kind of an input")
        if path == ("intended_use",) and _EXAMPLE.search(text):
            message = "the intended use is that of an example or of research; any other use has no basis here"
            page.remark(source, "use", message, "say in compliance.yaml what the model is used for")
    return page.close("model_card")
