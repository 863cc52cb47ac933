"""E and NE: reference cases, truncation, and what is undefined."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import shared

import pkanalysis as pk


def case(name):
    return json.loads(shared("cases", name).read_text(encoding="utf-8"))


def codes(found):
    return [item.code for item in found.refusals]


def test_worked_example_of_the_regulation():
    known = case("B01_efisiensi_pmk_contoh_lampiran.json")
    given_, expected, within = known["inputs"], known["expected"], known["tolerance"]
    found = pk.resource.efficiency(given_["pagu"], given_["capaian_output"], given_["realisasi"])
    assert found.e_raw == pytest.approx(expected["E_mentah"], **within)
    assert (found.e, found.ne, found.n) == (expected["E_dibatasi"], expected["NE"], 3)
    shown = expected["penyerapan_contoh"]
    rows = pd.DataFrame({
        "capaian_pct": [100.0], "pagu_murni_rp": [shown["pagu"]], "pagu_perubahan_rp": [shown["pagu"]],
        "realisasi_rp": [shown["realisasi"]],
    })  # fmt: skip
    assert pk.resource.resource_use(rows)["serapan_murni_pct"][0] == pytest.approx(shown["persen"], **within)


def test_values_at_and_beyond_the_limits():
    known = case("B02_NE_batas.json")
    for e, ne in zip(known["inputs"]["E"], known["expected"]["NE"], strict=True):
        assert pk.resource.efficiency(100, 1, 100 - e).ne == pytest.approx(ne, **known["tolerance"])


@given(st.floats(1, 1e12), st.floats(0.01, 3), st.floats(0, 1e13))
def test_ne_stays_between_0_and_100(ceiling, achievement, spent):
    found = pk.resource.efficiency(ceiling, achievement, spent)
    assert -20 <= found.e <= 20
    assert 0 <= found.ne <= 100


def test_the_original_ceiling_beside_the_revised_one():
    revised = pk.resource.efficiency([80], [1], [80], original_ceiling=[100])
    original = pk.resource.efficiency([100], [1], [80])
    assert (revised.e, revised.ne, original.e, original.ne) == (0, 50, 20, 100)
    assert codes(revised) == ["PAGU_BERUBAH"]
    assert codes(pk.resource.efficiency([80], [1], [80], original_ceiling=[80])) == []


@pytest.mark.parametrize(
    ("ceiling", "achievement", "spent", "code"),
    [
        (0, 1, 0, "PAGU_CAPAIAN_NOL"),
        (100, 0, 50, "PAGU_CAPAIAN_NOL"),
        (-100, 1, 50, "PAGU_CAPAIAN_NOL"),
        ([], [], [], "PAGU_CAPAIAN_NOL"),
        ([100, 100], [1, np.nan], [50, 50], "REALISASI_KOSONG"),
        (100, 1, np.nan, "REALISASI_KOSONG"),
    ],
)
def test_undefined_is_nan_with_a_reason(ceiling, achievement, spent, code):
    found = pk.resource.efficiency(ceiling, achievement, spent)
    assert all(math.isnan(value) for value in (found.e_raw, found.e, found.ne))
    assert codes(found) == [code]
    assert found.refusals[0].sentence


def test_arrays_of_different_length_are_refused():
    with pytest.raises(ValueError, match=r"pagu \(2\), capaian \(1\) dan realisasi \(2\)"):
        pk.resource.efficiency([1, 2], [1], [1, 2])
