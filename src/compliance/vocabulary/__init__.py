"""Station 1: the words everything else is said in. Frozen types, no input or output."""

from .agreement import Agreement, Said, agree, latest, unique
from .fact import Document, Fact, Situation, Subject
from .moment import Moment, Period, add_period, before, day_of, parse_period, span
from .statement import EDGES, NODE_KINDS, EdgeStatement, FactStatement, NodeStatement, Statement, kind_of, name_of, node
from .truth import Truth, all_true, any_true, negate, word
from .value import (
    NONE,
    UNKNOWN,
    Mark,
    Money,
    Number,
    Range,
    Terms,
    Value,
    parse_day,
    parse_moment,
    parse_money,
    parse_number,
    parse_value,
    show,
    show_number,
    to_json,
)  # fmt: skip
from .verdict import LATER, Force, Reason, Verdict

__all__ = [
    "EDGES", "LATER", "NODE_KINDS", "NONE", "UNKNOWN", "Agreement", "Document", "EdgeStatement", "Fact", "FactStatement",
    "Force", "Mark", "Moment", "Money", "NodeStatement", "Number", "Period", "Range", "Reason", "Said", "Situation",
    "Statement", "Subject", "Terms", "Truth", "Value", "Verdict", "add_period", "agree", "all_true", "any_true", "before",
    "day_of", "kind_of", "name_of", "latest", "negate", "node", "parse_day", "parse_moment", "parse_money", "parse_number", "parse_period",
    "parse_value", "show", "show_number", "span", "to_json", "unique", "word",
]  # fmt: skip
