"""Reference numbers of the achievement formula; absolute tolerance 1e-6 percentage points."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from paths import shared

import pkanalysis as pk

percent = pk.achievement.percent


def case(name):
    return json.loads(shared("cases", name).read_text(encoding="utf-8"))


def values(frame):
    return [None if math.isnan(value) else value for value in frame]


def test_both_polarities_a01():
    data = case("A01_capaian_dua_polaritas.json")
    rows = pd.DataFrame(data["inputs"]["baris"])
    got = percent(rows["realisasi"], rows["target"], rows["polaritas"])
    assert got.tolist() == pytest.approx(data["expected"]["capaian_mentah"], abs=1e-6)


def test_range_targets_a02_where_the_source_misprints_113():
    data = case("A02_target_rentang_permenpanrb.json")
    got = [
        percent(r["realisasi"], r["target"][0], r["polaritas"], upper=r["target"][1]) for r in data["inputs"]["baris"]
    ]
    assert got == pytest.approx(data["expected"]["capaian_mentah"], abs=1e-6)


def test_zero_is_a_value_and_a_dash_is_missing_a04():
    data = case("A04_realisasi_nol_dan_kosong.json")
    rows = pd.DataFrame(data["inputs"]["baris"])
    got = percent(rows["realisasi"], rows["target"], rows["polaritas"])
    assert values(got) == data["expected"]["capaian_mentah"]
    capped = pk.achievement.capped(got, data["inputs"]["topi"])
    assert values(capped) == data["expected"]["capaian_topi"]
    assert (capped.mean(), capped.count()) == (data["expected"]["rata_rata_topi"], data["expected"]["n_dipakai"])


@pytest.mark.parametrize("cap", [100, 120])
def test_caps_a05(cap):
    data = case("A05_topi_100_120.json")
    raw = pd.Series(data["inputs"]["capaian_mentah"], dtype=float)
    assert pk.achievement.capped(raw, cap).tolist() == data["expected"][f"topi{cap}"]
    assert raw.mean() == pytest.approx(data["expected"]["rata_mentah"], abs=1e-9)


def test_negative_targets_keep_their_direction_a06():
    data = case("A06_nilai_negatif_lpe_inflasi.json")
    rows = pd.DataFrame(data["inputs"]["baris"])
    got = percent(rows["realisasi"], rows["target"], rows["polaritas"])
    assert got.tolist() == pytest.approx(data["expected"]["capaian_mentah"], abs=1e-6)


def test_predicates_at_the_limits_a09():
    data = case("A09_predikat_batas_permendagri86.json")
    raw, expected = pd.Series(data["inputs"]["nilai"], dtype=float), data["expected"]
    assert pk.achievement.predicate(raw).tolist() == expected["aturan_batas_bawah"]
    assert pk.achievement.predicate(raw, round_first=True).tolist() == expected["aturan_bulatkan_dulu"]
    assert pk.achievement.in_gap(raw).tolist() == expected["di_celah"]


def test_quarters_to_year_a12():
    data = case("A12_triwulan_ke_tahunan.json")
    rows = data["inputs"]["baris"]
    got = [pk.achievement.annual(row["tw"], row["tipe"]) for row in rows]
    assert values(got) == data["expected"]["realisasi_tahun"]
    frame = pd.DataFrame([row["tw"] for row in rows], dtype=float)
    together = pk.achievement.annual(frame, pd.Series([row["tipe"] for row in rows]))
    np.testing.assert_allclose(together, [np.nan if value is None else value for value in got])


# Published vectors (domain rules, PermenPANRB 8/2021 p. 91 and 100): R, T, upper, polarity, formula, expected.
VECTORS = [
    (84, 80, None, "naik_baik", "deviasi", 105),
    (8, 10, None, "turun_baik", "deviasi", 120),
    (25, 10, None, "turun_baik", "deviasi", -50),
    (8, 10, None, "turun_baik", "rasio", 125),
    (12, 10, None, "turun_baik", "rasio", 83.3333333333),
    (92, 80, 90, "naik_baik", "deviasi", 102.2222222222),
    (5, 1.5, 3.5, "rentang", "deviasi", 57.1428571429),
    (92, 80, 90, "rentang", "deviasi", 97.7777777778),
    (3.4, 1.5, 3.5, "rentang", "deviasi", 100),
    (0, -1, 1, "rentang", "deviasi", 100),
    (95, 100, None, "rentang", "deviasi", 95),
    (105, 100, None, "rentang", "deviasi", 95),
]


@pytest.mark.parametrize(("actual", "target", "upper", "polarity", "formula", "expected"), VECTORS)
def test_vectors(actual, target, upper, polarity, formula, expected):
    assert percent(actual, target, polarity, upper=upper, formula=formula) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("actual", "target", "polarity", "formula"),
    [
        (5, 0, "naik_baik", "deviasi"),
        (0, 0, "turun_baik", "deviasi"),
        (0, 10, "turun_baik", "rasio"),
        (5, None, "naik_baik", "deviasi"),
    ],
)
def test_undefined_is_missing(actual, target, polarity, formula):
    assert math.isnan(percent(actual, target, polarity, formula=formula))


def test_unknown_polarity_and_text_are_refused():
    with pytest.raises(ValueError, match="naik_baik, turun_baik, rentang"):
        percent(1, 2, "naik")
    with pytest.raises(ValueError, match="WTP"):
        percent("WTP", 2, "naik_baik")


def test_a_range_that_ends_below_its_start_is_no_target():
    assert math.isnan(percent(5, 8, "naik_baik", upper=3))


def test_series_are_never_paired_by_position():
    with pytest.raises(ValueError, match="berindeks sama"):
        percent(pd.Series([1.0], index=["a"]), pd.Series([2.0], index=["b"]), "naik_baik")
