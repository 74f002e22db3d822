"""metadata.json of a MONAI bundle: what a medical imaging model is for and what goes in.

The intended use often says that the model is an example or for research only; this is remarked on. The licence of the data is
a file of its own and none of the model's; `data_source` counts where it is one name, and not an address, an archive or a clinic.
"""

from __future__ import annotations

import re

from ..reading import InputError, Map, Problem, Source, load_json
from ..vocabulary import node
from .members import Leaf, leaves
from .page import Page, Setting, says_nothing
from .types import Imported, Input

TOPICS: dict[str, tuple[str, ...]] = {
    "task": ("tasks",),
    "intended_use": ("intended_uses",),
    "image_classes": ("modality_and_format",),
    "pred_classes": ("modality_and_format",),
}
"""Keys and the topics that they answer."""
FORMATS = (("network_data_format", "inputs"), ("network_data_format", "outputs"))
VERSIONS = (("monai_version",), ("pytorch_version",))
_DATA = re.compile(
    r"(?P<name>[A-Z][A-Za-z]*(?:[A-Z\d][\w-]*|[a-z]+(?= dataset))|Task\d\d_[A-Z]\w+)(?:\.tar)?(?: dataset)?(?: from https?://\S+)?"
)
"""One name of a dataset, perhaps with where it is kept; an archive without a name of its own is none."""
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
    page = Page(one.name, setting, tree=data)
    described: set[tuple[str, ...]] = set()
    for leaf in leaves(data):
        path, text, source = leaf.path, leaf.text, page.place(leaf.mark)
        if path == ("name",):
            page.name([leaf.take()], source)
        elif path == ("license",):
            page.topics |= {"licence"} if page.license(leaf.take(), source) else set()
        elif path[:1] == ("eval_metrics",) and re.search(r"\d", leaf.take()):
            page.topics.add("evaluation_results")
        elif len(path) == 1 and path[0] in TOPICS:
            page.cover(TOPICS[path[0]], leaf.take(), source, path[0])
        elif len(path) == 4 and path[:2] == ("network_data_format", "inputs") and path[3] == "type" and text == "image":
            leaf.take()
            described.add(path[:2])
            page.state_terms("model.modalities", ["image"], source, note="kind of an input")
        elif path in VERSIONS:
            page.cover(("software_versions",), leaf.take(), source, path[0])
        elif len(path) == 4 and path[:2] in FORMATS and path[3] in ("type", "format"):
            leaf.take()
            described.add(path[:2])
        _state_own(page, leaf, source)
        if path == ("intended_use",) and _EXAMPLE.search(text):
            message = "the intended use is that of an example or of research; any other use has no basis here"
            page.remark(source, "use", message, "say in compliance.yaml what the model is used for")
    if described.issuperset(FORMATS):
        page.topics.add("modality_and_format")
    return page.close("model_card")


def _state_own(page: Page, leaf: Leaf, source: Source) -> None:
    """The library of the format itself, a task in a few words, and the source of the data where it is one name."""
    if leaf.path == ("monai_version",):
        page.state("model.library", "monai", source)
    elif leaf.path == ("task",) and 0 < len(leaf.text.split()) <= 6 and not says_nothing(leaf.text):
        page.state_terms("model.tasks", [leaf.text.strip()], source)
    elif leaf.path == ("data_source",) and (named := _DATA.fullmatch(leaf.text.strip())):
        page.relate("trained_on", node("dataset", named["name"]), source)
        leaf.take()
