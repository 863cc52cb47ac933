"""What may be said of one series, by the number of comparable points; every sentence of a verdict."""

import random

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk

YEARS = list(range(2019, 2026))
RISING = [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]
FLAT = [71.2, 74.1, 70.9, 72.5, 71.1, 74.8, 70.3]


def codes(found):
    return [item.code for item in found.refusals]


def test_nothing_and_one_year():
    found = pk.trend.assess([], [], "naik_baik")
    assert (found.claim, found.n, found.sentence) == ("L0", 0, "Belum ada nilai yang dapat dibandingkan.")
    found = pk.trend.assess([2024, 2025], [None, 70.5], "naik_baik")
    assert found.plain == "Baru 1 tahun yang dapat dibandingkan: 70,5 pada 2025."


def test_below_four_points_there_is_no_slope_and_no_p():
    found = pk.trend.assess([2023, 2024, 2025], [70, 72.5, 71], "naik_baik")
    assert (codes(found), found.claim, found.s, found.ols) == (["N_KURANG_DARI_4"], "L0", None, None)
    assert np.isnan([found.p, found.tau, found.slope, found.low]).all()
    assert (
        found.sentence == "Baru 3 tahun yang dapat dibandingkan: 70 pada 2023, 72,5 pada 2024, 71 pada 2025 (naik 1)."
    )
    assert "selisih awal dan akhir" in found.refusals[0].sentence


def test_four_points_give_a_slope_and_no_trend():
    found = pk.trend.assess([2022, 2023, 2024, 2025], [1, 2, 3, 4], "naik_baik")
    assert (codes(found), found.claim, found.is_trend) == (["N4_TIDAK_MUNGKIN_SIGNIFIKAN_DUA_ARAH"], "L1", False)
    assert found.sentence == (
        "Dari 4 tahun (2022–2025), 6 pasangan tahun naik dan 0 turun; kemiringan 1 per tahun. Dengan empat titik, tren "
        "tidak mungkin terbukti (nilai p dua arah terkecil 0,083); yang dapat dikatakan hanya kemiringan dan uraian."
    )
    assert found.plain == (
        "Dari 4 tahun (2022–2025), 3 kali naik dan 0 kali turun; rata-rata naik 1 per tahun. Belum dapat dipastikan "
        "sebagai tren."
    )


def test_a_trend_says_number_direction_uncertainty_and_its_weakness():
    found = pk.trend.assess(YEARS, RISING, "naik_baik")
    assert (found.claim, found.direction, found.movement, codes(found)) == ("L2", "naik", "membaik", [])
    assert found.sentence == (
        "Dari 7 tahun (2019–2025), 18 pasangan tahun naik dan 3 turun. Peluang pola sekuat ini muncul kebetulan 0,030: "
        "cenderung naik. Kemiringan 0,975 per tahun, rentang 0,4 sampai 1,6 (tingkat keyakinan 97%). Bila nilai tahun "
        "berdekatan saling terkait, peluang itu menjadi 0,072 (korelasi 0,3) dan 0,11 (korelasi 0,5); bacalah "
        "dengan hati-hati."
    )
    assert found.slope_range == (pytest.approx(0.8, abs=0.2), pytest.approx(1.1, abs=0.2))


def test_no_trend_is_not_no_change_and_says_what_could_be_seen():
    found = pk.trend.assess(YEARS, FLAT, "naik_baik")
    assert (found.claim, found.direction, found.movement, found.is_trend) == ("L1", "", "", False)
    assert "belum dapat dibedakan dari fluktuasi biasa" in found.sentence
    assert found.sentence.endswith("Dengan 7 titik, perubahan di bawah 1,25 per tahun memang tidak akan terlihat.")
    assert found.ols.detectable == pytest.approx((2.570582 + 0.919544) * found.ols.se, rel=1e-5)
    assert found.plain.endswith("Belum dapat dibedakan dari naik-turun biasa.")


@pytest.mark.parametrize(
    ("polarity", "movement"), [("naik_baik", "membaik"), ("turun_baik", "memburuk"), ("rentang", "")]
)
def test_movement_is_the_direction_seen_by_polarity(polarity, movement):
    assert pk.trend.assess(YEARS, RISING, polarity).movement == movement


def test_a_new_definition_restarts_the_series():
    found = pk.trend.assess(YEARS, RISING, "naik_baik", breaks=[2021, 2024, 2030])
    assert (codes(found), found.years) == (["DEFINISI_BERUBAH", "N_KURANG_DARI_4"], (2024, 2025))
    assert found.sentence.startswith("Definisi atau satuan berubah, sehingga seri dimulai lagi sejak perubahan itu.")
    assert pk.trend.assess(YEARS, RISING, "naik_baik", breaks=[2019]).refusals == ()


def test_years_in_any_order_and_missing_ones_left_out():
    pairs = [*zip(YEARS, RISING, strict=True), (2018, None)]
    random.Random(1).shuffle(pairs)
    years, values = zip(*pairs, strict=True)
    assert pk.trend.assess(years, values, "naik_baik").sentence == pk.trend.assess(YEARS, RISING, "naik_baik").sentence


def test_ties_at_the_ceiling_are_no_trend():
    found = pk.trend.assess(range(2021, 2026), [90, 90, 95, 100, 100], "naik_baik")
    assert (found.is_trend, round(found.p, 4)) == (False, 0.0667)


def test_a_series_that_never_moves():
    found = pk.trend.assess(range(2020, 2026), [100] * 6, "naik_baik")
    assert (found.p, found.is_trend, found.claim) == (1.0, False, "L1")
    assert found.plain == "Selama 6 tahun (2020–2025) nilainya tetap 100."


def test_only_a_perfect_line_of_five_is_a_trend_and_barely_one_under_dependence():
    found = pk.trend.assess(range(2021, 2026), [1, 2, 3, 4, 5], "naik_baik")
    assert (found.is_trend, round(found.p, 4)) == (True, 0.0167)
    assert found.under_autocorrelation == {0.3: pytest.approx(0.034, abs=0.005), 0.5: pytest.approx(0.048, abs=0.005)}
    assert not pk.trend.assess(range(2021, 2026), [2, 1, 3, 4, 5], "naik_baik").is_trend


def test_a_direction_that_one_year_carries_is_said_to_be_fragile():
    words = "Arahnya tidak bertahan bila satu tahun dikeluarkan."
    carried = pk.trend.assess(YEARS[:5], [1, 1, 1, 1, 5], "naik_baik", alpha=0.9)
    assert (carried.is_trend, carried.slope_range[0]) == (True, 0.0) and carried.sentence.endswith(words)
    for values in (RISING, RISING[::-1]):
        found = pk.trend.assess(YEARS, values, "naik_baik")
        assert found.is_trend and words not in found.sentence


def test_two_points_have_no_line():
    assert pk.trend.ols([2024, 2025], [1, 2]) is None


def test_the_pandemic_years_are_shown_apart():
    variant = pk.trend.assess(YEARS, RISING, "naik_baik").without_pandemic
    assert variant["n"].tolist() == [7, 5]
    assert variant.loc["tanpa", "kemiringan"] == pytest.approx(
        pk.trend.sen_slope([2019, *YEARS[3:]], [71.2, *RISING[3:]]).slope
    )


def test_leave_one_out_leaves_every_year_out_once():
    left = pk.trend.leave_one_out(YEARS, RISING)
    assert left["tahun_dikeluarkan"].tolist() == YEARS
    want = pk.trend.sen_slope(YEARS[1:], RISING[1:]).slope
    assert left["kemiringan"].iloc[0] == pytest.approx(want)


def test_definitions_become_breaks():
    years, texts = [2025, 2022, 2023, 2024], ["baru", "lama", pd.NA, "lama"]
    assert pk.trend.breaks_of(years, texts) == [2025]


@pytest.mark.parametrize("polarity", ["naik", "", "NAIK_BAIK"])
def test_an_unknown_polarity_is_refused(polarity):
    with pytest.raises(ValueError, match="polaritas"):
        pk.trend.assess(YEARS, RISING, polarity)
