"""Facts that a card states in prose, by small deterministic rules: a figure is read only where its sentence is about this model.

    sections ─► passages (clean text with places) ─► one rule per kind of fact ─► found ─► settled ─► statements

`passages` turns sections into sentences and pairs of label and value; `subject` knows how the model is called and whether
the card speaks of several sizes; `figures` reads numbers; each rule module reads one kind of fact; `registry` lists them;
`settle` keeps what the card says without contradiction. Words and cases are data in `rules/documents/prose`. What is not
certain is left out: a fact that is missing can be asked for, a wrong one cannot be seen.
"""

from .registry import RULES
from .statements import read_prose

__all__ = ["RULES", "read_prose"]
