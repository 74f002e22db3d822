"""Station 3: the law as data. Cards, instruments, their loader, lint and cases."""

from .card import Card, Definition, Demand, Duty, Exemption, Obligation, Prohibition
from .conditions import Condition, Group, Line, Look, parse_conditions, walk
from .instrument import Pack
from .load import Loaded, find_instruments, load_pack, load_packs

__all__ = [
    "Card", "Condition", "Definition", "Demand", "Duty", "Exemption", "Group", "Line", "Loaded", "Look", "Obligation", "Pack",
    "Prohibition", "find_instruments", "load_pack", "load_packs", "parse_conditions", "walk",
]  # fmt: skip
