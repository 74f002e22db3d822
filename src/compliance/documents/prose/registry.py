"""The rules on prose, one for each kind of fact, in the order in which their statements are given."""

from __future__ import annotations

from dataclasses import dataclass

from . import base, compute, context, energy, hardware, parameters, release, tokens
from .found import Reader
from .passages import Passage
from .words import RuleWords, rule_words


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its file in `rules/documents/prose`, what reads a passage, and when it looks at one.

    `cue` are pieces of words, one of which occurs in every sentence that the rule can read; `numeric` rules need a digit.
    """

    name: str
    cue: tuple[str, ...]
    read: Reader
    numeric: bool = True

    @property
    def words(self) -> RuleWords:
        """Its words and cases."""
        return rule_words(self.name)

    def looks_at(self, passage: Passage, low: str) -> bool:
        """Whether it is worth reading; `low` is the text in lower case."""
        if passage.label:
            return passage.label in self.words.labels
        return any(cue in low for cue in self.cue)


RULES = (
    Rule("parameters", parameters.CUE, parameters.read_parameters),
    Rule("tokens", tokens.CUE, tokens.read_tokens),
    Rule("hardware", hardware.CUE, hardware.read_hardware),
    Rule("compute", compute.CUE, compute.read_compute),
    Rule("context", context.CUE, context.read_context),
    Rule("release", release.CUE, release.read_release),
    Rule("energy", energy.CUE, energy.read_energy),
    Rule("base", base.CUE, base.read_base, numeric=False),
)
