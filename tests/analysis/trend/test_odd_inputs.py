"""Odd but legal series give defined results; what cannot be read is refused in one Indonesian sentence."""

import re

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk

YEARS = list(range(2019, 2026))
LEGAL = {
    "kosong": ([], []),
    "satu": ([2020], [1.0]),
    "tiga": (YEARS[:3], [1, 2, 3]),
    "sama": (YEARS, [5] * 7),
    "kembar": (YEARS, [5, 5, 6, 6, 5, 5, 7]),
    "bolong": ([2015, 2016, 2019, 2023, 2025], [1, 2, 2, 3, 5]),
    "terbalik": (YEARS[::-1], [7, 6, 5, 4, 3, 2, 1]),
    "hilang": (YEARS, [1, None, 3, "-", np.nan, 6, 7]),
    "teks": ([str(year) for year in YEARS], [str(value) for value in range(7)]),
    "nullable": (pd.array(YEARS, "Int64"), pd.array([1, 2, pd.NA, 4, 5, 6, 7], "Int64")),
    "indeks": (pd.Series(YEARS, index=list("abcdefg")), pd.Series(range(7), index=list("gfedcba"))),
    "sepuluh": (range(2010, 2020), [4] * 10),
    "negatif": (YEARS, range(-3, 4)),
}
CALLS = {
    "assess": lambda years, values: pk.trend.assess(years, values, "naik_baik").sentence,
    "plain": lambda years, values: pk.trend.assess(years, values, "rentang").plain,
    "project": lambda years, values: pk.trend.project(years, values, 2027, 10, "turun_baik").sentence,
    "range": lambda years, values: pk.trend.project(years, values, 2026, 1, "rentang", upper=3).label,
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", LEGAL)
@pytest.mark.parametrize("call", CALLS)
def test_legal_series_are_told_in_words_without_holes(call, name):
    told = CALLS[call](*LEGAL[name])
    assert told and not re.search(r"\b(nan|inf|None)\b", told)


def test_order_and_form_change_nothing():
    plain = pk.trend.assess(YEARS, range(7), "naik_baik")
    for name in ("terbalik", "teks", "indeks"):
        assert pk.trend.assess(*LEGAL[name], "naik_baik").p == plain.p
    assert pk.trend.assess(*LEGAL["hilang"], "naik_baik").years == (2019, 2021, 2024, 2025)


def test_a_pace_of_zero_is_no_pace_per_year():
    assert "rata-rata tidak berubah. " in pk.trend.assess(YEARS[:5], [3, 4, 5, 4, 3], "naik_baik").plain


REFUSED = {
    "koma": (lambda: pk.trend.mann_kendall(["1,5", 2]), "'1,5' bukan angka"),
    "tanggal": (lambda: pk.trend.sen_slope(pd.to_datetime(["2024-12-31", "2025-12-31"]), [1, 2]), "bukan angka"),
    "kata": (lambda: pk.achievement.percent("delapan", 8, "naik_baik"), "'delapan' bukan angka"),
    "dua_nilai": (lambda: pk.trend.assess([2020, 2020], [1, 2], "naik_baik"), "lebih dari satu nilai"),
    "panjang": (lambda: pk.trend.assess([2020], [1, 2], "naik_baik"), "harus sama banyak"),
    "arah": (lambda: pk.trend.assess(YEARS, range(7), "naik"), "polaritas 'naik' tidak dikenal"),
    "peluang": (lambda: pk.trend.false_discovery([0.01, 1.2]), "di luar rentang"),
    "lampau": (lambda: pk.trend.project(YEARS, range(7), 2025, 9, "naik_baik"), "sesudah tahun terakhir"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(name):
    call, words = REFUSED[name]
    with pytest.raises(ValueError, match=words):
        call()


FORMS = [list, tuple, np.array, lambda values: np.array(values, dtype=object), pd.array]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("form", FORMS)
def test_sequences_come_back_as_arrays(form):
    given = form([70.0, np.nan, 90.0])
    assert pk.achievement.percent(given, 80, "naik_baik")[2] == 112.5
    assert pk.achievement.percent(80, given, ["naik_baik", "turun_baik", "naik_baik"]).shape == (3,)
    assert pk.achievement.reached(given, 80, "naik_baik").tolist() == [False, None, True]
    assert pk.achievement.predicate(given).tolist() == ["Sedang", None, "Tinggi"]
    assert pk.achievement.in_gap(given).tolist() == [False, False, False]
    assert pk.achievement.capped(given, 80)[2] == 80


HUGE = {
    "percent": lambda value: pk.achievement.percent(value, 80, "naik_baik"),
    "annual": lambda value: pk.achievement.annual([value] * 4, "jumlah"),
    "kendall": lambda value: pk.trend.mann_kendall([1, value]),
    "slope": lambda value: pk.trend.sen_slope([2024, 2025], [1, value]),
    "assess": lambda value: pk.trend.assess(YEARS, [value, *range(6)], "naik_baik"),
    "target": lambda value: pk.trend.project(YEARS, range(7), 2026, value, "naik_baik"),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e300, -1.7e308])
@pytest.mark.parametrize("name", HUGE)
def test_figures_beyond_reason_are_refused(name, value):
    with pytest.raises(ValueError, match="terlalu besar untuk dihitung"):
        HUGE[name](value)


@pytest.mark.filterwarnings("error")
def test_a_target_near_nothing_gives_no_percentage_and_a_range_upside_down_no_chance():
    assert np.isnan(pk.achievement.percent(1, 1e-320, "naik_baik"))
    found = pk.trend.project(YEARS, range(7), 2026, 8, "rentang", upper=7)
    assert found.methods["p_capai"].isna().all() and found.label == "tidak dinilai"
    assert "TARGET_TIDAK_ADA" in [item.code for item in found.refusals]


def test_inputs_of_unequal_length_are_refused():
    for call in (pk.achievement.percent, pk.achievement.reached):
        with pytest.raises(ValueError, match="tidak sama banyak"):
            call([1, 2, 3], [1, 2], "naik_baik")


def test_quarters_with_holes():
    assert np.isnan(pk.achievement.annual([], "jumlah"))
    assert np.isnan(pk.achievement.annual([1, "-", 2, 3], "jumlah"))
    assert pk.achievement.annual([1, pd.NA, 2, 3], "posisi_akhir") == 3
