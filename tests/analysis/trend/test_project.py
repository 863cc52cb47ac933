"""Will the target be reached: chances, labels at their limits, refusals, sentences."""

import math

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk

YEARS = list(range(2019, 2026))
RISING = [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]


def codes(found):
    return [item.code for item in found.refusals]


def project(n=7, year=2026, target=79.0, polarity="naik_baik", **more):
    return pk.trend.project(YEARS[-n:], RISING[-n:], year, target, polarity, **more)


def test_the_sentence_of_a_projection():
    found = project()
    assert (found.label, found.claim, found.chance_band, codes(found)) == ("sulit", "L1", "20–30%", [])
    assert found.sentence == (
        "Untuk mencapai 79 pada 2026 perlu naik 1,7 per tahun; selama ini naik 0,975 per tahun. Rentang wajar (80%): 75,5 "
        "sampai 81,1. Peluang tercapai sekitar 20–30%, bergantung pada metode (10–20% sampai 30–40%)."
    )
    assert found.methods.index.tolist() == ["naif", "rw_drift", "ols", "theil_sen"]
    assert found.methods.loc["theil_sen"].isna().tolist() == [False, True, True, True, True, True]


@pytest.mark.parametrize(
    ("chances", "label"),
    [
        ([0.8, 0.8, 0.8], "kemungkinan besar"), ([0.799, 0.79, 0.85], "mungkin"), ([0.4, 0.4, 0.4], "mungkin"),
        ([0.399, 0.3, 0.5], "sulit"), ([0.5, 0.8, 0.6], "mungkin"), ([0.1, 0.4, 0.39], "sulit"),
        ([0.5, 0.801, 0.6], "tidak pasti"), ([0.99, 0.68, 0.95], "tidak pasti"), ([], "tidak dinilai"),
        ([0.5, math.nan, 0.6], "tidak dinilai"),
    ],
)  # fmt: skip
def test_labels_at_their_limits(chances, label):
    assert pk.trend.label(chances) == label


def test_lower_is_better_mirrors():
    falling = pk.trend.project(YEARS, [-value for value in RISING], 2026, -79.0, "turun_baik")
    assert falling.methods["p_capai"].dropna().tolist() == pytest.approx(project().methods["p_capai"].dropna().tolist())
    assert (falling.required_pace, falling.label) == (pytest.approx(-1.7), "sulit")
    assert falling.plain.startswith("Untuk mencapai -79 pada 2026 perlu turun 1,7 per tahun; selama ini turun 0,975")


def test_a_two_sided_target_is_reached_between_its_bounds():
    found = project(target=76.0, upper=79.0, polarity="rentang")
    above, below = (project(target=limit).methods["p_capai"] for limit in (76.0, 79.0))
    assert found.methods["p_capai"].dropna().tolist() == pytest.approx((above - below).dropna().tolist())
    assert found.required_pace == 0
    assert (
        found.plain == "Nilai terakhir (77,3) sudah memenuhi target 76–79 untuk 2026; selama ini naik 0,975 per tahun."
    )


def test_two_years_ahead_is_wider_and_three_is_refused():
    one, two, three = project(), project(year=2027), project(year=2028)
    assert (two.methods["se"] > one.methods["se"]).tolist() == [True, True, True, False]
    assert two.methods.loc["naif", "se"] == pytest.approx(2**0.5 * one.methods.loc["naif", "se"])
    assert (codes(three), three.label, three.claim) == (["HORIZON_LEBIH_DARI_2_TAHUN"], "tidak dinilai", "L0")
    assert three.methods.isna().all(axis=None) and three.required_pace == pytest.approx(1.7 / 3)
    assert three.sentence.endswith("yang dapat dikatakan hanya laju yang dibutuhkan di samping laju selama ini.")


def test_no_chance_below_five_points_and_no_forecast_below_four():
    four, three = project(n=4), project(n=3)
    assert (codes(four), four.label, four.methods["p_capai"].isna().all()) == (
        ["PELUANG_N_KURANG_DARI_5"],
        "tidak dinilai",
        True,
    )
    assert four.methods.loc["rw_drift", "df"] == 2
    assert (codes(three), three.methods.isna().all(axis=None)) == (["N_KURANG_DARI_4"], True)
    assert three.plain == "Untuk mencapai 79 pada 2026 perlu naik 1,7 per tahun; laju selama ini belum dapat dihitung."


@pytest.mark.parametrize("values", [[100.0] * 6, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [0.0] * 5])
def test_no_chance_from_a_series_without_spread(values):
    found = pk.trend.project(YEARS[-len(values) :], values, 2026, 6.5, "naik_baik")
    assert (codes(found), found.label) == (["TANPA_KERAGAMAN"], "tidak dinilai")
    assert "Peluang" not in found.sentence


def test_without_a_target_only_the_pace_is_known():
    found = project(target=math.nan)
    assert (codes(found), found.label, found.plain) == (["TARGET_TIDAK_ADA"], "tidak dinilai", "")
    assert math.isnan(found.required_pace) and found.historical_pace == pytest.approx(0.975)


def test_a_target_year_that_has_been_measured_is_refused():
    with pytest.raises(ValueError, match="tahun target 2025 harus sesudah tahun terakhir yang terukur, 2025"):
        project(year=2025)


def test_a_new_definition_restarts_the_projection():
    found = project(breaks=[2021])
    assert (found.n, codes(found)) == (5, ["DEFINISI_BERUBAH"])
    assert found.methods.equals(project(n=5).methods)


def test_missing_years_weigh_by_their_length():
    """Every second year of a random walk: the same drift; the variance of a change grows with its gap."""
    found = pk.trend.project([2017, 2019, 2021, 2023, 2025], [1, 4, 3, 7, 8], 2026, 9, "naik_baik").methods
    changes = np.array([3, -1, 4, 1]) / 2
    assert found.loc["rw_drift", "titik"] == pytest.approx(8 + 7 / 8)
    assert found.loc["naif", "se"] == pytest.approx((2 * np.mean(changes**2)) ** 0.5)


def history(seed=7, indicators=30):
    noise = np.random.default_rng(seed)
    rows = [
        {"kode_indikator": f"I{code:02}", "tahun": year, "realisasi": value}
        for code in range(indicators)
        for year, value in zip(YEARS, 50 + noise.normal(1, 2, 7).cumsum(), strict=True)
    ]
    return pd.DataFrame(rows)


def test_backtest_leaves_the_last_year_of_every_indicator_out():
    rows = history()
    found = pk.trend.backtest(rows)
    one = rows[rows["kode_indikator"].eq("I03")]["realisasi"].tolist()
    drift, before = (one[5] - one[0]) / 5, np.diff(one[:6])
    score = abs(one[6] - (one[5] + drift)) / np.mean(before**2) ** 0.5
    assert found.set_index("kode_indikator").loc["I03", "skor"] == pytest.approx(score)
    assert len(found) == 30 and pk.trend.conformal(found["skor"]).k == 25


def test_backtest_leaves_short_and_constant_series_out():
    rows = pd.concat([
        history(indicators=2),
        pd.DataFrame({"kode_indikator": "tetap", "tahun": YEARS, "realisasi": 100.0}),
        pd.DataFrame({"kode_indikator": "pendek", "tahun": YEARS[-4:], "realisasi": [1.0, 2.0, 4.0, 3.0]}),
    ])  # fmt: skip
    assert pk.trend.backtest(rows.sample(frac=1, random_state=3))["kode_indikator"].tolist() == ["I00", "I01"]
    assert pk.trend.conformal([0.5, 1.0]).q == math.inf
