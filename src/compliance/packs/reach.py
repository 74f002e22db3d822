"""What an exemption reaches."""

from __future__ import annotations

from fnmatch import fnmatchcase

from .card import Card, Duty, Exemption, Reach


def reaches(exemption: Exemption, card: Card, role: str = "") -> bool:
    """Whether an exemption reaches a card: by name, or as one of all duties on its subject, as owed in a role."""
    if exemption.pack != card.pack:
        return False
    if not isinstance(exemption.reaches, Reach):
        return any(fnmatchcase(card.pinpoint, pattern) for pattern in exemption.reaches)
    reach = exemption.reaches
    if not isinstance(card, Duty) or not set(exemption.subjects) <= set(card.subjects):
        return False
    if any(fnmatchcase(card.pinpoint, pattern) for pattern in reach.other_than):
        return False
    return not reach.addressee or role in reach.addressee
