"""model.yml of a zoo of small models: what a model does and under which licence it comes.

Figures of operations in such zoos are the cost of one inference and never training compute. The licence is an address of a
file elsewhere: only one that names its licence by itself is stated.
"""

from __future__ import annotations

import re

from ..reading import InputError, Map, Problem, Source, load_yaml
from .page import Page, Setting
from .types import Imported, Input


def read_zoo_card(one: Input, setting: Setting) -> Imported:
    """Statements of one model's description."""
    try:
        data = load_yaml(one.text, one.name)
    except InputError as error:
        return Imported(problems=(error.problem,))
    if not isinstance(data, Map) or not isinstance(data.get("task_type"), str):
        message = "no `task_type` at the top"
        return Imported(problems=(Problem(Source(one.name, 1, 1), "yaml", message, "see the format of the zoo"),))
    page = Page(one.name, setting, tree=data)

    def place(key: str) -> Source:
        return page.place(data.values_at[key])

    task, licence = data.take("task_type").strip(), data.take("license")
    if task:
        page.state_terms("model.tasks", [task.replace("_", "-")], place("task_type"), note=f"written as `{task}`")
        page.cover(["tasks"], task.replace("_", " "), place("task_type"), "task_type")
    if isinstance(licence, str) and page.license(licence, place("license")):
        page.topics.add("licence")
    elif isinstance(licence, str) and re.match(r"https?://", licence):
        message = "the licence is an address; what stands there is not known here"
        page.remark(place("license"), "pointer", message, "put the text into the folder as LICENSE")
    return page.close("model_card")
