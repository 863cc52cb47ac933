"""Many indicators at once: false discoveries, pooling, ranks; and the small tools beside them."""

import math

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

import pkanalysis as pk

# Benjamini & Hochberg (1995), section 4.1: four stand at 5 %, Bonferroni would keep three.
NEUHAUS = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.324,
    0.4262,
    0.5719,
    0.6528,
    0.759,
    1.0,
]


def test_false_discoveries_of_neuhaus():
    found = pk.trend.false_discovery(NEUHAUS, q=0.05)
    assert found.rejected.tolist() == [True] * 4 + [False] * 11
    assert found.adjusted[3] == pytest.approx(0.035625)
    assert found.sentence.startswith(
        "4 dari 15 indikator yang diuji menunjukkan tren; yang keliru diharapkan paling banyak 5%"
    )


@pytest.mark.parametrize("seed", range(20))
def test_it_is_multipletests_in_any_order_with_missing_ones(seed):
    noise = np.random.default_rng(seed)
    p = np.where(noise.random(60) < 0.3, noise.random(60) * 0.02, noise.random(60))
    want = multipletests(p, alpha=0.10, method="fdr_bh")
    holes = np.insert(p, 30, np.nan)
    found = pk.trend.false_discovery(holes)
    assert np.delete(found.rejected, 30).tolist() == want[0].tolist()
    assert np.delete(found.adjusted, 30) == pytest.approx(want[1])
    assert (found.tested, found.rejected[30], math.isnan(found.adjusted[30])) == (60, False, True)


def test_nothing_tested_and_nothing_found():
    assert pk.trend.false_discovery([None, math.nan]).sentence == "Belum ada indikator yang dapat diuji."
    assert pk.trend.false_discovery([0.3, 0.9]).sentence == (
        "Dari 2 indikator yang diuji, belum ada yang trennya dapat dibedakan dari kebetulan."
    )
    assert pk.trend.false_discovery([]).tested == 0


def test_five_points_stand_among_three_hundred_only_fifty_together():
    assert pk.trend.needed_together(5, 300) == 50
    few, many = ([1 / 60] * k + [1.0] * (300 - k) for k in (49, 50))
    assert (pk.trend.false_discovery(few).rejected.sum(), pk.trend.false_discovery(many).rejected.sum()) == (0, 50)


def indicators(seed=3, n=40, trend=8):
    noise = np.random.default_rng(seed)
    slopes = [2.0 if code < trend else 0.0 for code in range(n)]
    rows = [
        {"kode_indikator": f"I{code:02}", "tahun": 2019 + year, "realisasi": 50 + slope * year + noise.normal(0, 1)}
        for code, slope in enumerate(slopes)
        for year in range(7)
    ]
    return pd.DataFrame(rows)


def test_the_survey_claims_only_what_stands_after_multiplicity():
    rows = indicators()
    polarities = dict.fromkeys(rows["kode_indikator"], "turun_baik")
    found = pk.trend.survey(rows, polarities)
    assert found.loc[found["is_tren"], "kode_indikator"].tolist() == [f"I{code:02}" for code in range(8)]
    assert set(found.loc[found["is_tren"], "gerak"]) == {"memburuk"}
    assert found["klaim"].eq("L2").tolist() == found["is_tren"].tolist()
    alone = [
        pk.trend.assess(g["tahun"], g["realisasi"], "turun_baik").is_trend for _, g in rows.groupby("kode_indikator")
    ]
    assert sum(alone) == 11  # three more that do not stand
    lone = found[found["kalimat"].str.endswith("Tidak lolos setelah 40 indikator diuji bersama.")]
    assert len(lone) == 3 and lone["kalimat_opd"].str.endswith("Belum dapat dibedakan dari naik-turun biasa.").all()
    assert lone["kalimat"].str.contains("belum dapat dibedakan dari fluktuasi biasa").all()
    assert pk.trend.surveyed(found).startswith("8 dari 40 indikator yang diuji menunjukkan tren")
    shuffled = pk.trend.survey(rows.sample(frac=1, random_state=5), polarities)
    pd.testing.assert_frame_equal(shuffled, found)


def test_many_weak_patterns_together_are_still_no_trends():
    """Twenty series with p = 0,083 pass Benjamini-Hochberg at 10 %, but none is a trend by itself."""
    rows = [
        {"kode_indikator": f"I{code:02}", "tahun": 2021 + year, "realisasi": value}
        for code in range(20)
        for year, value in enumerate([2, 1, 3, 4, 5])
    ]
    found = pk.trend.survey(pd.DataFrame(rows), {f"I{code:02}": "naik_baik" for code in range(20)})
    assert found["p_disesuaikan"].le(0.10).all() and not found["is_tren"].any() and set(found["klaim"]) == {"L1"}
    assert pk.trend.surveyed(found).startswith("Dari 20 indikator yang diuji, belum ada")


def test_the_survey_tests_only_series_of_five_points_and_restarts_at_breaks():
    rows = pd.concat([indicators(n=1), indicators(n=2).tail(7), indicators(n=3).tail(4)])
    found = pk.trend.survey(rows, dict.fromkeys(["I00", "I01", "I02"], "naik_baik"), breaks={"I01": [2023]})
    assert found["p"].notna().tolist() == [True, False, False]
    assert found["penolakan"].tolist() == [
        "",
        "DEFINISI_BERUBAH, N_KURANG_DARI_4",
        "N4_TIDAK_MUNGKIN_SIGNIFIKAN_DUA_ARAH",
    ]
    assert len(pk.trend.survey(rows.head(0), {})) == 0


def test_shrunken_slopes_lie_between_their_own_and_the_common_one():
    found = pk.trend.pooled_slopes(indicators(), "kode_indikator", "tahun", "realisasi")
    own, shrunk = (found.slopes[name] for name in ("kemiringan_sendiri", "kemiringan"))
    assert (np.minimum(own, found.slope) - 1e-9 <= shrunk).all() and (
        shrunk <= np.maximum(own, found.slope) + 1e-9
    ).all()
    assert found.slopes["se"].gt(0).all() and found.sd_slope > 0 and found.is_converged
    shuffled = pk.trend.pooled_slopes(
        indicators().sample(frac=1, random_state=2), "kode_indikator", "tahun", "realisasi"
    )
    pd.testing.assert_frame_equal(shuffled.slopes, found.slopes)


def test_shrunken_slopes_of_one_variance_have_a_closed_form(sleepstudy):
    """Balanced standardised series: weight = tau^2 / (tau^2 + sigma^2 / Sxx)."""
    found = pk.trend.pooled_slopes(sleepstudy, "Subject", "Days", "Reaction")
    weight = found.sd_slope**2 / (found.sd_slope**2 + found.sd_residual**2 / 82.5)
    want = weight * found.slopes["kemiringan_sendiri"] + (1 - weight) * found.slope
    assert found.slopes["kemiringan"].tolist() == pytest.approx(want.tolist(), rel=1e-6)
    se = (weight * found.sd_residual**2 / 82.5 + (1 - weight) ** 2 * found.slope_se**2) ** 0.5
    assert found.slopes["se"].tolist() == pytest.approx([se] * 18, rel=1e-6)


def test_sleepstudy_as_lme4_prints_it(sleepstudy):
    """Bates et al. (2015), doi:10.18637/jss.v067.i01: 251.405 (6.825), 10.467 (1.546), sd 24.74, 5.92, 25.59."""
    found = pk.trend.pooled_slopes(sleepstudy, "Subject", "Days", "Reaction", standardise=False)
    assert [found.intercept, found.slope] == pytest.approx([251.405, 10.467], abs=0.006)
    assert [found.sd_intercept, found.sd_slope, found.sd_residual] == pytest.approx([24.74, 5.92, 25.59], abs=0.01)


def test_pooling_needs_two_series_that_move():
    constant = pd.DataFrame({"u": ["a"] * 4 + ["b"] * 4, "t": [1, 2, 3, 4] * 2, "y": [1, 2, 3, 5, 7, 7, 7, 7.0]})
    assert pk.trend.pooled_slopes(constant, "u", "t", "y") is None


def test_ranks_only_where_intervals_separate():
    apart = pk.trend.ranking(["B", "A", "C"], [90, 98, 70], [1, 1, 1])
    assert (apart.is_allowed, apart.refusals, apart.table["unit"].tolist()) == (True, (), ["A", "B", "C"])
    assert apart.table[["urutan_terbaik", "urutan_terburuk"]].to_numpy().tolist() == [[1, 1], [2, 2], [3, 3]]
    partly = pk.trend.ranking(["A", "B"], [93, 90], [1, 1])
    assert (partly.is_allowed, partly.pairs["se_selisih"].item()) == (False, pytest.approx(2**0.5))
    close = pk.trend.ranking(["A", "B", "C", "D"], [98, 97, 70, None], [1, 1, 1, 1])
    assert close.table[["urutan_terbaik", "urutan_terburuk"]].to_numpy().tolist() == [[1, 2], [1, 2], [3, 3]]
    assert close.refusals[0].sentence == "Selang kedua nilai bertumpang tindih; urutannya belum dapat dibedakan."
    assert close.pairs["is_terpisah"].tolist() == [False, True]


def test_control_limits_and_their_signals():
    quiet = [50.0, 51, 49, 50, 51, 49, 50, 51, 49]
    found = pk.trend.xmr([*quiet, 70])
    assert found.signals["is_di_luar"].tolist() == [False] * 9 + [True]
    found = pk.trend.xmr([1, 2] * 4 + [9, 10] * 4)
    assert found.signals["is_beruntun"].tolist() == [False] * 7 + [True] + [False] * 7 + [True]
    short = pk.trend.xmr(quiet[:7])
    assert (short.refusals[0].code, math.isnan(short.upper), short.n) == ("XMR_N_KURANG_8", True, 7)
    assert "delapan titik" in short.refusals[0].sentence


def test_quarters_with_a_season_are_charted_as_changes():
    quarters = [20, 45, 70, 98, 24, 49, 75, 99, 25, 52, 77, 101]
    found = pk.trend.xmr(quarters, season=4)
    assert (found.n, found.mean) == (8, pytest.approx(np.mean([4, 4, 5, 1, 1, 3, 2, 2])))


@pytest.mark.parametrize(
    ("aggregation", "value", "last", "share"),
    [
        ("jumlah", 25, 26, 26 / 64),
        ("rata_rata", 12.5, 13, None),
        ("posisi_akhir", 15, 14, None),
        ("kumulatif", 15, 14, 0.7),
    ],
)
def test_the_year_so_far_by_aggregation(aggregation, value, last, share):
    found = pk.trend.year_to_date([10, 15, None, None], [12, 14, 18, 20], aggregation, "naik_baik")
    assert (found.period, found.value, found.last_year) == ("TW2", value, last)
    assert found.share_last_year == pytest.approx(math.nan if share is None else share, nan_ok=True)
    assert math.isnan(found.annual) and found.difference == value - last


def test_a_hole_before_the_last_quarter_leaves_a_sum_unknown():
    found = pk.trend.year_to_date([10, None, 20, None], [12, 14, 18, 20], "jumlah", "naik_baik", target_to_date=40)
    assert math.isnan(found.value) and math.isnan(found.achievement) and found.claim == "L0"
    assert found.sentence == "Nilai sampai TW3 belum dapat dihitung karena ada triwulan sebelumnya yang kosong."
    assert found.refusals[0].sentence.startswith(
        "Triwulan belum lengkap; yang dapat dikatakan hanya capaian sampai triwulan"
    )
    empty = pk.trend.year_to_date([None] * 4, [1, 2, 3, 4], "jumlah", "naik_baik")
    assert (empty.period, empty.refusals[0].code, empty.sentence) == (
        "",
        "REALISASI_KOSONG",
        "Belum ada realisasi tahun ini.",
    )


def test_a_full_year_is_a_year():
    found = pk.trend.year_to_date([10, 15, 20, 25], [12, 14, 18, 20], "jumlah", "naik_baik", target_to_date=60)
    assert (found.annual, found.refusals, found.claim) == (70.0, (), "L1")
    with pytest.raises(ValueError, match="triwulan harus empat"):
        pk.trend.year_to_date([1, 2], [1, 2], "jumlah", "naik_baik")
