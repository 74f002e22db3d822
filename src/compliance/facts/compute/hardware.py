"""Peak rates of accelerators, for estimates of training compute from hours of hardware.

Dense 16-bit matrix operations per second, in units of 10^12, as their makers' data sheets give them. Two figures stand
where a name covers several builds (plug-in card and board of one product) or where hours may count half a device (two
dies of an MI250X, two cores of a TPU v2 or v3).
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
            ("a40", "149.7", "149.7"),
            ("a100", "312", "312"),
            ("a800", "312", "312"),
            ("l40s", "362", "362"),
            ("h100", "756", "989.4"),
            ("h800", "756", "989.4"),
            ("h200", "836", "989.4"),
            ("b200", "2250", "2250"),
            ("mi250x", "191.5", "383"),
            ("mi300x", "1307.4", "1307.4"),
            ("mi325x", "1307.4", "1307.4"),
            ("tpuv2", "22.5", "46"),
            ("tpuv3", "61.5", "123"),
            ("tpuv4", "275", "275"),
            ("tpuv5e", "197", "197"),
            ("tpuv5p", "459", "459"),
            ("tpuv6e", "918", "918"),
        )
    }
)


def peak_rate(accelerator: str) -> tuple[Fraction, Fraction] | None:
    """Lowest and highest peak, in operations per second, of the accelerators that a text names; None if it names none."""
    text = re.sub(r"tpu[\s_-]*v?[\s_-]*(\d)", r"tpuv\1", accelerator.casefold())
    words = set(re.findall(r"[a-z0-9]+", text))
    found = [peak for name, peak in PEAKS.items() if name in words or f"{name}s" in words]
    if not found:
        return None
    return min(low for low, _ in found) * TERA, max(high for _, high in found) * TERA
