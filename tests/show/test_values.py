"""Printed numbers, one by one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkanalysis.show.values import Value, text


@pytest.mark.parametrize(
    ("raw", "kind", "decimals", "printed"),
    [
        (1_930_724_471_000, "rupiah", 0, "Rp1.930.724.471.000"),
        (-45_000_000, "rupiah", 0, "-Rp45.000.000"),
        (-45_000_000, "perubahan_rp", 0, "(45.000.000)"),
        (45_000_000, "rp", 0, "45.000.000"),
        (0, "rupiah", 0, "Rp0"),
        (None, "rupiah", 0, "–"),
        (float("nan"), "persen", 1, "–"),
        (86.65, "persen", 1, "86,7%"),
        (0.049, "persen", 1, "0,0%"),
        (-0.04, "persen", 1, "0,0%"),
        (-12.34, "persen", 1, "-12,3%"),
        (98.8095238, "poin", 1, "98,8"),
        (2025, "tahun", 0, "2025"),
        (1234, "bulat", 0, "1.234"),
        (dt.date(2025, 6, 25), "tanggal", 0, "25 Juni 2025"),
        ("Rp {x} <b>", "teks", 0, "Rp {x} <b>"),
    ],
)
def test_printed(raw, kind, decimals, printed):
    assert text(raw, kind, decimals) == printed
    assert str(Value(raw, kind, decimals)) == printed


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_rupiah_reads_back(amount):
    digits = text(amount, "rupiah").replace("Rp", "").replace(".", "")
    assert int(digits) == amount


@given(st.floats(min_value=-1e6, max_value=1e6, allow_nan=False))
def test_percent_is_within_half_a_unit(value):
    printed = float(text(value, "persen", 1).rstrip("%").replace(".", "").replace(",", "."))
    assert abs(printed - value) <= 0.05 + 1e-9
