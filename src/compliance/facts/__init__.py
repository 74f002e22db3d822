"""Station 5: from statements to facts: resolved, derived, computed, and set into situations."""

from .derivations import Case, Derivation, check_cases, load_derivations
from .derive import Known, derive_facts
from .resolve import Facts, Resolved, known_on, resolve_facts
from .situations import NAMELESS, build_situations

__all__ = [
    "NAMELESS", "Case", "Derivation", "Facts", "Known", "Resolved", "build_situations", "check_cases", "derive_facts",
    "known_on", "load_derivations", "resolve_facts",
]  # fmt: skip
