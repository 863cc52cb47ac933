"""The reference cases on trends, through the public names; they skip where ../shared is not there."""

import json

import numpy as np
import pytest
from paths import shared
from scipy.stats import norm

import pkanalysis as pk


def case(code):
    folder = shared("cases")
    found = json.loads(next(folder.glob(f"{code}_*.json")).read_text(encoding="utf-8"))
    return found["inputs"], found["expected"]


def series_with_score(n, score):
    """An order of n values whose S is ``score``: every next value goes right of as many as are still to rise."""
    order, rising = [], (score + n * (n - 1) // 2) // 2
    for value in range(n):
        order.insert(min(rising, value), value)
        rising -= min(rising, value)
    return order


def test_exact_null_c03():
    given, expected = case("C03")
    for n in given["n"]:
        for score, tail in expected["P_S_ge"][str(n)].items():
            found = pk.trend.mann_kendall(series_with_score(n, int(score)))
            assert found.s == int(score)
            if n < 10 and int(score) > 0:
                assert found.p / 2 == pytest.approx(tail, abs=1e-6)
        smallest = 1 - pk.trend.sen_slope(range(n), range(n), confidence=1 - 1e-12).achieved_confidence
        assert smallest == pytest.approx(expected["p_dua_arah_terkecil"][str(n)], abs=1e-8)


def test_smallest_significant_score_c03():
    _, expected = case("C03")
    assert 1 - pk.trend.sen_slope(range(10), range(10)).achieved_confidence == pytest.approx(2 * 0.023311, abs=1e-6)
    for n in range(4, 10):
        scores = range(n * (n - 1) // 2 % 2, n * (n - 1) // 2 + 1, 2)
        found = [score for score in scores if pk.trend.mann_kendall(series_with_score(n, score)).p <= 0.05]
        assert min(found, default=None) == expected["S_minimal_signifikan_5persen_dua_arah"][str(n)]


def test_normal_with_ties_c04():
    given, expected = case("C04")
    found = pk.trend.mann_kendall(given["y"])
    assert (found.s, found.method, found.n) == (expected["S"], "normal", 11)
    assert found.variance == pytest.approx(expected["var_S"], abs=0.01)
    assert found.z == pytest.approx(expected["Z"], abs=0.001)
    assert found.p == pytest.approx(expected["p_dua_arah"], abs=1e-4)


def test_ties_at_the_ceiling_c06():
    given, expected = case("C06")
    found = pk.trend.mann_kendall(given["y"])
    assert (found.s, found.method) == (expected["S"], "eksak")
    assert found.p == pytest.approx(expected["p_dua_arah_permutasi"], abs=1e-6)
    assert 2 * norm.sf(found.z) == pytest.approx(expected["p_normal"], abs=1e-6)
    assert pk.trend.assess(range(2021, 2026), given["y"], "naik_baik").is_trend is expected["klaim_tren"]


def test_full_report_c08():
    given, expected = case("C08")
    found = pk.trend.assess(given["tahun"], given["y"], "naik_baik")
    assert (found.s, found.is_trend, found.claim) == (expected["S"], True, "L2")
    got = [found.tau, found.p, 2 * norm.sf(pk.trend.mann_kendall(given["y"]).z), found.slope]
    got += [found.achieved_confidence, found.low, found.high]
    got += [found.ols.slope, found.ols.se, found.ols.t, found.ols.p, found.ols.low, found.ols.high]
    want = [expected[name] for name in ("tau", "p_mk_eksak", "p_mk_normal", "sen_slope")]
    want += [expected["sen_ci"][name] for name in ("level", "lo", "hi")]
    want += [expected[name] for name in ("ols_slope", "ols_se", "ols_t", "ols_p_t5")] + expected["ols_ci95"]
    assert got == pytest.approx(want, abs=1e-6)


def test_anscombe_c11():
    given, expected = case("C11")
    line = pk.trend.ols(given["x"], given["y"])
    assert [line.slope, line.se, line.intercept, line.intercept_se] == pytest.approx(
        [expected[name] for name in ("slope", "slope_se", "intercept", "intercept_se")], abs=5e-5
    )
    assert (line.t, line.p) == (pytest.approx(expected["t"], abs=5e-4), pytest.approx(expected["p"], abs=5e-6))


def test_benjamini_hochberg_e01():
    given, expected = case("E01")
    found = pk.trend.false_discovery(given["p"], q=given["q"])
    assert found.rejected.sum() == expected["n_tolak_bh"]
    assert found.adjusted == pytest.approx(expected["p_adj"], abs=1e-9)


def test_projection_g01():
    given, expected = case("G01")
    found = pk.trend.project(given["tahun"], given["y"], 2026, given["target_2026"], "naik_baik")
    for method in ("naif", "rw_drift", "ols"):
        row, want = found.methods.loc[method], expected[method]
        assert row["df"] == want["df"]
        got = row[["titik", "se", "pi80_bawah", "pi80_atas", "p_capai"]].tolist()
        assert got == pytest.approx([want["titik"], want["se"], *want["pi80"], want["p_capai"]], abs=1e-6)
    assert found.required_pace == pytest.approx(expected["laju_dibutuhkan"], abs=1e-6)
    assert found.historical_pace == pytest.approx(expected["laju_historis_sen"], abs=1e-6)
    assert found.label == expected["kategori"]


def test_conformal_g04():
    given, expected = case("G04")
    found = pk.trend.conformal(given["skor"], given["alpha"])
    assert (found.k, found.q) == (expected["k"], expected["q"])


def test_xmr_h01():
    given, expected = case("H01")
    found = pk.trend.xmr(given["y"])
    got = [found.mean, found.moving_range, found.upper, found.lower]
    assert got == pytest.approx([expected[name] for name in ("mean", "mr_bar", "ucl", "lcl")], abs=6e-5)


def test_sleepstudy_h05(sleepstudy):
    _, expected = case("H05")
    found = pk.trend.pooled_slopes(sleepstudy, "Subject", "Days", "Reaction", standardise=False)
    got = [found.intercept, found.intercept_se, found.slope, found.slope_se]
    assert got == pytest.approx([*expected["intercept"], *expected["slope"]], abs=0.006)
    got = [found.sd_intercept, found.sd_slope, found.sd_residual]
    assert got == pytest.approx([expected[name] for name in ("sd_int", "sd_slope", "sd_resid")], abs=0.01)
    assert found.correlation == pytest.approx(expected["corr"], abs=0.002)


def test_four_points_j01():
    given, expected = case("J01")
    found = pk.trend.assess(range(2022, 2026), given["y"], "naik_baik")
    assert found.p == pytest.approx(expected["p_mk_eksak"], abs=1e-6)
    assert (found.is_trend, [item.code for item in found.refusals]) == (expected["klaim_tren"], [expected["alasan"]])


def test_overlapping_ranks_j03():
    given, expected = case("J03")
    found = pk.trend.ranking(given["opd"], given["rata"], given["se"])
    assert found.is_allowed is expected["boleh_peringkat"]
    pair = found.pairs.iloc[0]
    assert [pair["selisih"], pair["se_selisih"]] == pytest.approx(
        [expected["selisih"], expected["se_selisih"]], abs=1e-6
    )


def test_unfinished_year_j08():
    given, expected = case("J08")
    quarters = [10.0, 12.0, 11.0][: given["tw_tersedia"]] + [None] * (4 - given["tw_tersedia"])
    found = pk.trend.year_to_date(quarters, [None] * 4, given["tipe"], "naik_baik", target_to_date=30.0)
    assert expected["capaian_tahunan"] is None and np.isnan(found.annual)
    assert (found.period, found.value, found.achievement) == ("TW3", 33.0, pytest.approx(110))
    assert [item.code for item in found.refusals] == ["TRIWULAN_TIDAK_LENGKAP"]


def test_quarters_to_year_a12():
    given, expected = case("A12")
    rows = zip(given["baris"], expected["realisasi_tahun"], expected["capaian"], expected["bendera"], strict=True)
    for row, year, reached, flag in rows:
        found = pk.trend.year_to_date(row["tw"], [None] * 4, row["tipe"], "naik_baik", target_to_date=row["target"])
        want = [np.nan if value is None else value for value in (year, reached)]
        assert [found.annual, found.achievement] == pytest.approx(want, abs=1e-6, nan_ok=True)
        assert [item.code for item in found.refusals] == ([flag] if flag else [])
