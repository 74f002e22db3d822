"""Peak rates of accelerators, for estimates of training compute from hours of hardware.

Dense 16-bit matrix operations per second, in units of 10^12, as their makers' data sheets give them. Two figures stand
where a name covers several builds (plug-in card and board of one product, generations of the Ascend 910), where the rate
depends on the width of the sums (GeForce), or where hours may count half a device (two dies of an MI250X, two cores of a TPU
v2 or v3 or a Trainium).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

TERA = 10**12

PEAKS: Mapping[str, tuple[Fraction, Fraction]] = MappingProxyType(
    {
        name: (Fraction(low), Fraction(high))
        for name, low, high in (
            ("p100", "18.7", "21.2"),
            ("v100", "112", "125"),
            ("t4", "65", "65"),
            ("a10", "125", "125"),
            ("a30", "165", "165"),
            ("a40", "149.7", "149.7"),
            ("a6000", "154.8", "154.8"),
            ("a100", "312", "312"),
            ("a800", "312", "312"),
            ("l4", "121", "121"),
            ("l40s", "362", "362"),
            ("h100", "756", "989.4"),
            ("h800", "756", "989.4"),
            ("h200", "836", "989.4"),
            ("gh200", "989.4", "989.4"),
            ("h20", "148", "148"),
            ("b200", "2250", "2250"),
            ("gb200", "2500", "2500"),
            ("rtx3090", "71", "142"),
            ("rtx4090", "165.2", "330.3"),
            ("mi100", "184.6", "184.6"),
            ("mi210", "181", "181"),
            ("mi250x", "191.5", "383"),
            ("mi300x", "1307.4", "1307.4"),
            ("mi325x", "1307.4", "1307.4"),
            ("tpuv2", "22.5", "46"),
            ("tpuv3", "61.5", "123"),
            ("tpuv4", "275", "275"),
            ("tpuv5e", "197", "197"),
            ("tpuv5p", "459", "459"),
            ("tpuv6e", "918", "918"),
            ("trainium1", "95", "190"),
            ("ascend910", "256", "320"),
        )
    }
)


BUILDS = frozenset({"p100", "v100", "h100", "h800", "h200"})
"""Names that cover a plug-in card, the slower one, and a board; a text that says which is meant gets that one's rate."""


def peak_rate(accelerator: str) -> tuple[Fraction, Fraction] | None:
    """Lowest and highest peak, in operations per second, of the accelerators that a text names; None if it names none."""
    text = re.sub(r"tpu[\s_-]*v?[\s_-]*(\d)", r"tpuv\1", accelerator.casefold())
    text = re.sub(r"(rtx|ascend|trainium)[\s_-]*(\d+)[ab]?\b", r"\1\2", text)
    words = set(re.findall(r"[a-z0-9]+", text))
    is_board, is_card = any(word.startswith("sxm") for word in words), bool(words & {"pcie", "nvl"})
    found = []
    for name, (low, high) in PEAKS.items():
        if name in words or f"{name}s" in words:
            told = name in BUILDS and is_board != is_card
            found.append((high if told and is_board else low, low if told and is_card else high))
    if not found:
        return None
    return min(low for low, _ in found) * TERA, max(high for _, high in found) * TERA
