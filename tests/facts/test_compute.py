"""Computed facts, case by case. Expected figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue import load_catalogue
from compliance.facts.compute import COMPUTE, OF_THE_DAY, estimate_own_training
from compliance.facts.compute.hardware import PEAKS, peak_rate
from compliance.facts.compute.ranges import add, bounds, divide, join, largest, round_outward
from compliance.facts.compute.training import count_operations, hardware_operations
from compliance.vocabulary import NONE, UNKNOWN, Money, Range, Terms, Value

CATALOGUE, _ = load_catalogue()
AT = date(2026, 3, 1)
OWN, UPSTREAM = "model.compute.own_training", "model.compute.upstream_training"
CUMULATIVE, SYNTHETIC = "model.compute.cumulative_training", "model.compute.synthetic_data"


def compute(name: str, facts: Mapping[str, Value], at: date = AT) -> Value:
    return COMPUTE[name](lambda asked: facts.get(asked, UNKNOWN), at)


def test_every_function_works_out_a_fact_of_the_catalogue() -> None:
    kinds = {name: entry.kind for name in COMPUTE if (entry := CATALOGUE.fact(name))}
    assert set(kinds) == set(COMPUTE)
    assert {name for name, kind in kinds.items() if kind != "computed"} == {OWN}  # observed, and estimated where nobody says it
    assert set(COMPUTE) >= OF_THE_DAY


@pytest.mark.parametrize("name", sorted(COMPUTE))
def test_nothing_follows_from_nothing(name: str) -> None:
    assert compute(name, {}) is UNKNOWN


REVENUE = "addressee.group_revenue_preceding_calendar_year"
M700, M400 = Money(700_000_000, "USD"), Money(400_000_000, "USD")


def row(period: object = 2025, amount: object = "700000000 USD", affiliates: object = True) -> tuple[tuple[str, object], ...]:
    return (("amount", amount), ("period", period), ("with_affiliates", affiliates))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((row(),), M700),
        ((row("2025"),), M700),
        ((row(), row()), M700),
        ((row(), row(2024, "400000000 USD")), M700),
        ((row(), row(2025, "400000000 USD", False)), M700),
        ((row(), row(2025, "400000000 USD")), UNKNOWN),
        ((row(), row(2025, "650000000 EUR")), UNKNOWN),
        ((row(2025, "900000000 EUR"),), Money(900_000_000, "EUR")),
        ((row(2024),), UNKNOWN),
        ((row(affiliates=False),), UNKNOWN),
        ((row(affiliates="true"),), UNKNOWN),
        ((row(amount="much"),), UNKNOWN),
        ((row(amount="much"), row()), UNKNOWN),
        ((row(amount=M700),), M700),
        ((row("2024-07-01 to 2025-06-30"),), UNKNOWN),
        (((("amount", "4*10^8 USD"), ("from", "2025-01-01"), ("to", "2025-12-31"), ("with_affiliates", True)),), M400),
        (((("amount", "4*10^8 USD"), ("from", "2025-04-01"), ("to", "2026-03-31"), ("with_affiliates", True)),), UNKNOWN),
        (((("amount", "4*10^8 USD"), ("with_affiliates", True)),), UNKNOWN),
        ((), UNKNOWN),
    ],
)
def test_group_revenue_is_that_of_the_calendar_year_before(rows: Value, expected: Value) -> None:
    assert compute(REVENUE, {"addressee.annual_revenue": rows}) == expected


def test_a_new_year_moves_the_year_before() -> None:
    facts: dict[str, Value] = {"addressee.annual_revenue": (row(),)}
    assert compute(REVENUE, facts, date(2026, 12, 31)) == M700
    assert compute(REVENUE, facts, date(2027, 1, 1)) is UNKNOWN


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({OWN: 10**24, UPSTREAM: 2 * 10**24}, 3 * 10**24),
        ({OWN: 10**24, UPSTREAM: 0}, 10**24),
        ({OWN: Range(10**24, 2 * 10**24), UPSTREAM: 10**24}, Range(2 * 10**24, 3 * 10**24)),
        ({OWN: Range(1, 2), UPSTREAM: Range(3, 5)}, Range(4, 7)),
        ({OWN: 10**24}, UNKNOWN),
        ({OWN: 10**24, "model.is_derived": False}, 10**24),
        ({OWN: 10**24, "model.is_derived": True}, UNKNOWN),
        ({UPSTREAM: 10**24}, UNKNOWN),
        ({"model.is_derived": False}, UNKNOWN),
        ({OWN: 10**24, UPSTREAM: NONE}, UNKNOWN),
    ],
)
def test_cumulative_training(facts: Mapping[str, Value], expected: Value) -> None:
    assert compute(CUMULATIVE, facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({CUMULATIVE: 9 * 10**24, SYNTHETIC: 2 * 10**24}, 11 * 10**24),
        ({CUMULATIVE: 9 * 10**24, SYNTHETIC: 0}, 9 * 10**24),
        ({CUMULATIVE: 9 * 10**24}, UNKNOWN),
        ({SYNTHETIC: 2 * 10**24}, UNKNOWN),
        ({CUMULATIVE: Range(1, 2), SYNTHETIC: 3}, Range(4, 5)),
    ],
)
def test_cumulative_with_synthetic(facts: Mapping[str, Value], expected: Value) -> None:
    assert compute("model.compute.cumulative_with_synthetic", facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({OWN: 10**24, UPSTREAM: 3 * 10**24}, Fraction(1, 3)),
        ({OWN: 6, UPSTREAM: 3}, 2),
        ({OWN: Range(1, 2), UPSTREAM: Range(4, 10)}, Range(Fraction(1, 10), Fraction(1, 2))),
        ({OWN: 1, UPSTREAM: 0}, UNKNOWN),
        ({OWN: 1, UPSTREAM: Range(0, 5)}, UNKNOWN),
        ({OWN: 1}, UNKNOWN),
    ],
)
def test_share_of_the_modifier(facts: Mapping[str, Value], expected: Value) -> None:
    assert compute("model.compute.modification_share", facts) == expected


def estimate(**facts: Value) -> Value:
    names = {
        "total": "model.parameters.total", "active": "model.parameters.active", "tokens": "model.training.tokens",
        "hours": "model.training.accelerator_hours", "on": "model.training.accelerator", "moe": "model.is_mixture_of_experts",
        "derived": "model.is_derived",
    }  # fmt: skip
    return compute(OWN, {names[key]: value for key, value in facts.items()})


def test_estimate_from_counts() -> None:
    # 6 * 7e9 * 2e12 = 8.4e22; 0.7 of it is 5.88e22, twice it 1.68e23
    assert estimate(active=7 * 10**9, tokens=2 * 10**12) == Range(58 * 10**21, 17 * 10**22)
    assert estimate(total=7 * 10**9, tokens=2 * 10**12, moe=False) == Range(58 * 10**21, 17 * 10**22)


def test_a_mixture_of_experts_counts_its_active_parameters_only() -> None:
    # 6 * 37e9 * 14.8e12 = 3.2856e24; 0.7 of it 2.29992e24, twice it 6.5712e24
    expected = Range(22 * 10**23, 66 * 10**23)
    assert estimate(active=37 * 10**9, total=671 * 10**9, tokens=148 * 10**11, moe=True) == expected
    assert estimate(total=671 * 10**9, tokens=148 * 10**11, moe=True) is UNKNOWN


def test_where_experts_are_unknown_the_total_bounds_from_above_only() -> None:
    assert estimate(total=7 * 10**9, tokens=2 * 10**12) == Range(0, 17 * 10**22)


def test_estimate_from_hardware() -> None:
    # 1e6 h * 3600 s * 312e12/s = 1.1232e24; 15 % of it 1.6848e23, 60 % of it 6.7392e23
    assert estimate(hours=10**6, on="NVIDIA A100-SXM4-80GB") == Range(16 * 10**22, 68 * 10**22)
    # two products: the slower one for the low end (756), the faster for the high end (989.4)
    assert estimate(hours=10**6, on="H100s and A100s") == Range(16 * 10**22, 22 * 10**23)
    assert estimate(hours=10**6, on="a cluster") is UNKNOWN
    assert estimate(hours=10**6) is UNKNOWN


def test_both_ways_give_the_range_that_covers_both() -> None:
    assert estimate(active=7 * 10**9, tokens=2 * 10**12, hours=10**6, on="A100") == Range(58 * 10**21, 68 * 10**22)


def test_no_estimate_from_figures_that_may_be_those_of_the_base_or_make_no_sense() -> None:
    assert estimate(active=7 * 10**9, tokens=2 * 10**12, derived=True) is UNKNOWN
    assert estimate(active=7 * 10**9, tokens=2 * 10**12, hours=10**6, on="A100", derived=True) == Range(16 * 10**22, 68 * 10**22)
    assert estimate(active=7 * 10**9, tokens=-5) is UNKNOWN
    assert estimate(active=0, tokens=5) is UNKNOWN
    assert estimate(active=NONE, tokens=5) is UNKNOWN


def test_an_estimate_says_what_it_is_and_from_what() -> None:
    facts: dict[str, Value] = {"model.parameters.active": 7 * 10**9, "model.training.tokens": 2 * 10**12}
    found = estimate_own_training(lambda name: facts.get(name, UNKNOWN))
    assert found.because == ("model.parameters.active", "model.training.tokens")
    assert found.note.startswith("estimate: 6 x 7*10^9 active parameters x 2*10^12 tokens")


@pytest.mark.parametrize(
    ("text", "name"),
    [("TPU v4", "tpuv4"), ("Cloud TPU v3-8", "tpuv3"), ("TPUv5e pod", "tpuv5e"), ("AMD MI250X", "mi250x"), ("8x V100", "v100"),
     ("NVIDIA GeForce RTX 3090", "rtx3090"), ("Huawei Ascend 910B", "ascend910"), ("Amazon Trainium1", "trainium1"),
     ("RTX A6000", "a6000")],
)  # fmt: skip
def test_accelerators_by_their_names(text: str, name: str) -> None:
    low, high = PEAKS[name]
    assert peak_rate(text) == (low * 10**12, high * 10**12)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("NVIDIA H100 SXM5 80GB", "989.4", "989.4"), ("H100 PCIe", "756", "756"), ("H100 SXM or PCIe", "756", "989.4"),
        ("H200 NVL", "836", "836"), ("A100 SXM4, H100 SXM5", "312", "989.4"), ("TPU v3", "61.5", "123"),
    ],
)  # fmt: skip
def test_a_name_that_says_which_build_has_one_rate(text: str, low: str, high: str) -> None:
    assert peak_rate(text) == (Fraction(low) * 10**12, Fraction(high) * 10**12)


@pytest.mark.parametrize(
    ("parameters", "tokens", "value"),
    [(7, 10, 420), (Range(2, 3), 10, Range(120, 180)), (UNKNOWN, 10, UNKNOWN), (7, UNKNOWN, UNKNOWN), (-7, 10, UNKNOWN)],
)
def test_six_operations_for_each_parameter_and_token(parameters: Value, tokens: Value, value: Value) -> None:
    assert count_operations(parameters, tokens) == value


def test_operations_from_hardware_with_a_known_utilisation() -> None:
    assert hardware_operations(1000, "A100", Fraction(1, 2)) == 1000 * 3600 * 312 * 10**12 // 2
    assert hardware_operations(1000, "A100") == Range(1000 * 3600 * 312 * 15 * 10**10, 1000 * 3600 * 312 * 60 * 10**10)
    assert hardware_operations(1000, "an abacus") is UNKNOWN
    assert hardware_operations(UNKNOWN, "A100") is UNKNOWN


@pytest.mark.parametrize("text", ["", "GPU", "GA1000", "RTX A10000", "unknown"])
def test_what_names_no_accelerator(text: str) -> None:
    assert peak_rate(text) is None


def some(*known: str, complete: bool = True) -> Terms:
    return Terms(frozenset(known), complete)


@pytest.mark.parametrize(
    ("made", "covered", "expected"),
    [
        (some("text"), some("text", "audio"), True),
        (some("text", "image"), some("text"), False),
        (some("text", "image"), some("text", complete=False), UNKNOWN),
        (some("text"), some("text", complete=False), True),
        (some("image", complete=False), some("text"), False),
        (some("text", complete=False), some("text"), UNKNOWN),
        (some("text"), UNKNOWN, UNKNOWN),
        (UNKNOWN, some("text"), UNKNOWN),
        (some(), UNKNOWN, NONE),
        (some(), some("text"), NONE),
        (some(complete=False), some("text"), UNKNOWN),
    ],
)
def test_every_output_is_covered(made: Value, covered: Value, expected: Value) -> None:
    for what in ("marked", "detectable"):
        facts = {"system.synthetic_outputs": made, f"system.{what}_outputs": covered}
        assert compute(f"system.every_synthetic_output_is_{what}", facts) is expected


NUMBERS = st.integers(0, 10**30) | st.fractions(0, 100)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_a_sum_of_ranges_holds_every_sum_of_their_numbers(a: int, b: int, c: int, d: int) -> None:
    one, other = join(min(a, b), max(a, b)), join(min(c, d), max(c, d))
    total = bounds(add((one, other)))
    assert total == (min(a, b) + min(c, d), max(a, b) + max(c, d))
    assert bounds(largest((one, other))) == (max(min(a, b), min(c, d)), max(a, b, c, d))


@given(NUMBERS, NUMBERS)
def test_rounding_goes_outward(a: int, b: int) -> None:
    low, high = bounds(round_outward(min(a, b), max(a, b))) or (1, 0)
    assert low <= min(a, b) <= max(a, b) <= high
    assert all(len(str(one).rstrip("0")) <= 2 for one in (low, high))


def test_what_is_not_a_number_has_no_sum() -> None:
    assert add((1, True)) is UNKNOWN
    assert largest(()) is UNKNOWN
    assert divide(-1, 2) is UNKNOWN
