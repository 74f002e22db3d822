"""The rules on prose, one for each kind of fact, in the order in which their statements are given."""

from __future__ import annotations

from dataclasses import dataclass

from . import (
    architecture,
    base,
    compute,
    context,
    energy,
    hardware,
    languages,
    news,
    parameters,
    release,
    size_lists,
    tasks,
    tokens,
    trained,
)
from .found import Reader
from .passages import Passage
from .words import RuleWords, rule_words


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its file in `rules/documents/prose`, what reads a passage, and when it looks at one.

    `cue` are pieces of words, one of which occurs in every sentence that the rule can read, or `linked` in the target of one
    of its links; `numeric` rules need a digit.
    """

    name: str
    cue: tuple[str, ...]
    read: Reader
    numeric: bool = True
    linked: str = ""

    @property
    def words(self) -> RuleWords:
        """Its words and cases."""
        return rule_words(self.name)

    def looks_at(self, passage: Passage, low: str) -> bool:
        """Whether it is worth reading; `low` is the text in lower case."""
        if passage.label:
            return passage.label in self.words.labels
        if self.linked and any(self.linked in target for _, _, target in passage.text.links):
            return True
        return any(map(low.__contains__, self.cue))


RULES = (
    Rule("parameters", parameters.CUE, parameters.read_parameters),
    Rule("size_lists", size_lists.CUE, size_lists.read_size_list),
    Rule("tokens", tokens.CUE, tokens.read_tokens),
    Rule("hardware", hardware.CUE, hardware.read_hardware),
    Rule("compute", compute.CUE, compute.read_compute),
    Rule("context", context.CUE, context.read_context),
    Rule("release", release.CUE, release.read_release),
    Rule("news", news.CUE, news.read_news),
    Rule("energy", energy.CUE, energy.read_energy),
    Rule("base", base.CUE, base.read_base, numeric=False),
    Rule("architecture", architecture.CUE, architecture.read_architecture, numeric=False),
    Rule("tasks", tasks.CUE, tasks.read_tasks, numeric=False),
    Rule("languages", languages.CUE, languages.read_languages, numeric=False),
    Rule("trained", trained.CUE, trained.read_trained, numeric=False, linked="/datasets/"),
)
