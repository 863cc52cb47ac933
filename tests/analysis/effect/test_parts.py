"""The parts of the analysis: profile of years, like kinds, programmes, quarters, bounded outcomes, outcomes."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from scipy import stats

import pkanalysis as pk


def run(rows, **more):
    return pk.effect.dose_response(rows, "capaian", "potensi", "opd", "tahun", 2025, draws=199, **more)


def test_the_profile_of_years_is_the_clustered_two_way_regression(made):
    rows = made(units=15)
    names = [f"z{year}" for year in (2021, 2022, 2023, 2025)]
    crossed = rows.assign(**{name: rows["potensi"] * rows["tahun"].eq(int(name[1:])) for name in names})
    dummies = smf.ols(f"capaian ~ {' + '.join(names)} + C(opd) + C(tahun)", crossed)
    want = dummies.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(crossed["opd"])[0]})
    got = run(rows).event_study
    assert got.table["tahun"].tolist() == [2021, 2022, 2023, 2025]
    assert got.table["kemiringan"].tolist() == pytest.approx(want.params[names].tolist(), rel=1e-9)
    assert got.table["galat_baku"].tolist() == pytest.approx(want.bse[names].tolist(), rel=1e-9)


def test_robust_errors_are_those_of_statsmodels(made):
    import statsmodels.api as sm

    wide = made().pivot(index="opd", columns="tahun", values="capaian")
    size = made().groupby("opd")["potensi"].first()
    fit = sm.OLS(wide[2025] - wide[[2021, 2022, 2023, 2024]].mean(axis=1), sm.add_constant(size)).fit(
        cov_type="HC3", use_t=True
    )
    got = run(made())
    assert (got.beta, got.se, got.p) == pytest.approx((fit.params.iloc[1], fit.bse.iloc[1], fit.pvalues.iloc[1]))
    assert got.interval_hc3 == pytest.approx(tuple(fit.conf_int().iloc[1]))


def test_leaving_one_out_is_leaving_it_out(made):
    rows = made()
    without = run(rows[rows["opd"].ne("OPD00004")])
    assert run(rows).leave_one_out["OPD00004"] == pytest.approx(without.beta)


def test_indicators_are_averaged_to_their_unit(made):
    rows = made()
    twice = pd.concat([rows.assign(capaian=rows["capaian"] - 3), rows.assign(capaian=rows["capaian"] + 3)])
    assert run(twice).beta == pytest.approx(run(rows).beta)
    assert run(twice).n == 20


def test_a_new_indicator_does_not_move_the_average_of_the_common_set(made):
    rows = made().assign(iku="a")
    new = rows[rows["tahun"].eq(2025)].assign(iku="b", capaian=10.0)
    both = pd.concat([rows, new])
    assert run(both, item="iku").beta == run(rows).beta
    assert run(both).beta != run(rows).beta


def test_missing_values_in_nullable_columns(made):
    rows = made()
    gone = rows.assign(
        capaian=rows["capaian"].astype("Float64").mask(rows.index < 5), potensi=rows["potensi"].astype("Float64")
    )
    assert run(gone).left_out == ("OPD00000",)
    assert run(rows.assign(capaian=rows["capaian"].where(rows.index >= 5, np.inf))).left_out == ("OPD00000",)


def test_limits_hold_before_averaging(made):
    rows = made()
    wild = rows.assign(capaian=rows["capaian"].where(rows.index != 4, 900.0))
    held = rows.assign(capaian=rows["capaian"].where(rows.index != 4, 150.0))
    assert run(wild, limits=(0, 150)).beta == run(held).beta


def test_within_like_kinds_a_difference_between_kinds_drops_out(made):
    rows = made(noise=0.5)
    is_office = rows["opd"].gt("OPD00009")
    shifted = rows.assign(jenis=is_office.map({True: "kecamatan", False: "dinas"}))
    shifted["capaian"] += 10 * (is_office & rows["tahun"].eq(2025))
    found = run(shifted, kind="jenis")
    assert found.beta > 40
    assert abs(found.within_kinds.beta) < 10
    assert run(rows).within_kinds is None


def test_a_size_that_is_the_kind_has_no_slope_within_kinds(made):
    rows = made()
    half = rows["opd"].gt("OPD00009")
    assert run(rows.assign(potensi=half * 0.1, jenis=half.astype(str)), kind="jenis").within_kinds is None


def test_outcomes_of_before_the_cut_are_placebos(made):
    rows = made(effect=-60)
    early = rows.assign(kemiskinan=rows["capaian"] * 0.1)
    found = run(early, earlier=["kemiskinan"])
    assert found.placebos["uji"].tolist()[-1] == "kemiskinan"
    assert not found.placebos["lolos"].iloc[-1]
    assert found.claim == "L1"


def test_a_strong_relation_without_warnings_reaches_the_highest_level(made):
    found = run(made(effect=-60))
    assert found.claim == "L3"
    assert not found.refusals
    assert found.interval[0] < found.beta < found.interval[1] < 0
    assert found.equivalence.is_shown is False
    assert all(item.is_met for item in found.reasons)


def test_bend_of_the_trend_under_which_zero_stays_out(made):
    found = run(made(effect=-60))
    assert 0 < found.breakdown < 60
    assert found.claim == "L3"
    assert run(made(seed=8)).breakdown is None


def test_a_level_that_a_return_to_the_usual_explains_is_a_failed_placebo(made):
    rows = made(effect=-60)
    against = run(rows.assign(capaian=rows["capaian"] + 80 * rows["potensi"]))
    along = run(rows.assign(capaian=rows["capaian"] - 80 * rows["potensi"]))
    assert (against.claim, along.claim) == ("L1", "L3")
    assert against.beta == pytest.approx(along.beta)
    levels = [found.placebos.set_index("uji").loc["rata-rata sebelum pengurangan"] for found in (against, along)]
    assert [level["lolos"] for level in levels] == [False, True]
    assert levels[0]["kemiringan"] - levels[1]["kemiringan"] == pytest.approx(160)


def test_programmes_within_opd_match_dummies():
    source = np.random.default_rng(2)
    rows = pd.DataFrame({"opd": np.repeat([f"O{place}" for place in range(9)], 4), "d": source.uniform(size=36)})
    rows["y"] = -3 * rows["d"] + source.normal(size=9).repeat(4) + source.normal(size=36)
    alone = pd.DataFrame({"opd": ["lain"], "d": [9.0], "y": [99.0]})
    found = pk.effect.within_opd(pd.concat([rows, alone]), "y", "d", "opd")
    want = smf.ols("y ~ d + C(opd)", rows).fit().params["d"]
    assert found.beta == pytest.approx(want)
    assert (found.n, found.units) == (36, 9)
    assert found.interval[0] < found.beta < found.interval[1]


def test_programmes_are_refused():
    rows = pd.DataFrame(
        {"opd": np.repeat(list("abcdefgh"), 2), "d": np.repeat(np.arange(8.0), 2), "y": np.arange(16.0)}
    )
    same = pk.effect.within_opd(rows, "y", "d", "opd")
    few = pk.effect.within_opd(rows[rows["opd"].lt("d")], "y", "d", "opd")
    assert [item.code for item in same.refusals + few.refusals] == ["BESAR_PENGURANGAN_SERAGAM", "UNIT_KURANG_DARI_8"]
    assert np.isnan([same.beta, few.beta]).all()


def test_quarters_against_the_same_quarter(made):
    rows = made(years=2)
    later = rows.assign(tw="TW2", capaian=rows["capaian"] - 40 * rows["potensi"] * rows["tahun"].eq(2025))
    gone = rows[rows["opd"].lt("OPD00005")].assign(tw="TW3")
    got = pk.effect.quarter_profile(
        pd.concat([rows.assign(tw="TW1"), later, gone]), "capaian", "potensi", "opd", "tahun", "tw", 2025
    )
    assert got["triwulan"].tolist() == ["TW1", "TW2", "TW3"]
    assert got["kemiringan"].iloc[1] - got["kemiringan"].iloc[0] == pytest.approx(-40)
    assert got["p_holm"].iloc[1] == pytest.approx(2 * got["p"].iloc[1])
    assert got["kode"].tolist() == ["", "", "UNIT_KURANG_DARI_8"]
    assert np.isnan(got["p_holm"].iloc[2])


def test_fractional_logit_is_that_of_statsmodels():
    import statsmodels.api as sm

    source = np.random.default_rng(3)
    size = source.uniform(size=40)
    share = 1 / (1 + np.exp(-(1 - 2 * size + 0.3 * source.normal(size=40))))
    design = sm.add_constant(size)
    fit = sm.GLM(share, design, family=sm.families.Binomial()).fit()
    want = fit.get_margeff().summary_frame()
    got = pk.effect.fractional_logit(100 * share, size, 100)
    assert got.effect == pytest.approx(100 * want["dy/dx"].iloc[0], rel=1e-6)
    weighted = sm.WLS(fit.resid_working, design, weights=fit.mu * (1 - fit.mu)).fit(cov_type="HC3")
    slopes = np.array([fit.params, *(fit.params + step for step in 1e-6 * np.eye(2))])
    effects = [np.mean(b * np.exp(-(a + b * size)) / (1 + np.exp(-(a + b * size))) ** 2) for a, b in slopes]
    gradient = (np.array(effects[1:]) - effects[0]) / 1e-6
    assert got.se == pytest.approx(100 * np.sqrt(gradient @ weighted.cov_params() @ gradient), rel=1e-4)
    assert got.p == pytest.approx(2 * stats.t.sf(abs(got.effect) / got.se, 38))


@pytest.mark.parametrize(
    ("outcome", "size", "code"),
    [
        ([90.0] * 5, range(5), "UNIT_KURANG_DARI_8"),
        (np.linspace(50, 90, 9), [0.1] * 9, "BESAR_PENGURANGAN_SERAGAM"),
        (np.linspace(50, 90, 9), [0] * 8 + [1], "PENGUNGKIT_TUNGGAL"),
        ([100.0] * 5 + [90.0] * 4, range(9), "MAYORITAS_DI_BATAS_ATAS"),
    ],
)
def test_fractional_logit_is_refused(outcome, size, code):
    got = pk.effect.fractional_logit(outcome, list(size), 100)
    assert [item.code for item in got.refusals] == [code]
    assert np.isnan(got.effect)


def test_the_three_parts_of_a_reported_change_add_up(made):
    rows = made().assign(perubahan=lambda r: r["capaian"] + 8 * r["potensi"] * r["tahun"].eq(2025))
    rows["dilaporkan"] = rows["perubahan"].clip(upper=95)
    got = pk.effect.decompose(rows, "capaian", "perubahan", "dilaporkan", "opd", "tahun", 2025)
    total = got[["target_tetap", "perubahan_target", "batas_atas"]].sum(axis=1)
    assert total.tolist() == pytest.approx(got["perubahan_dilaporkan"].tolist())
    size = rows.groupby("opd")["potensi"].first().to_numpy()
    assert pk.effect.slope(got["perubahan_target"], size).beta == pytest.approx(8)


def test_lower_is_better_is_turned_round():
    rows = pd.DataFrame({"iku": "a", "arah": "turun_baik", "tahun": [2022, 2023, 2024, 2025], "y": [1.0, 2, 3, 5]})
    assert pk.effect.standardised(rows, "y", "iku", "tahun", 2025, "arah").tolist() == [1, 0, -1, -3]
    flat = rows.assign(y=[2.0, 2, 2, 5])
    assert pk.effect.standardised(flat, "y", "iku", "tahun", 2025).isna().all()


def test_every_specification_is_run_and_shown(made):
    rows = made(years=7).assign(jenis=lambda r: r["opd"].str[-1], seragam=0.1, murni=lambda r: r["capaian"] + 1)
    got = pk.effect.specifications(
        rows, ["capaian", "murni"], ["potensi", "seragam"], "opd", "tahun", 2025, kind="jenis"
    )
    assert len(got) == 2 * 2 * got["cara"].nunique()
    assert got["utama"].tolist() == [True] + [False] * (len(got) - 1)
    assert got["kemiringan"].iloc[0] == run(rows).beta
    assert got.loc[got["ukuran"].eq("seragam"), "kode"].eq("BESAR_PENGURANGAN_SERAGAM").all()
    main = got[got["hasil"].eq("capaian") & got["ukuran"].eq("potensi")].set_index("cara")
    assert main.loc["tanpa OPD yang anggarannya bertambah", "kode"] == "TIDAK_BERLAKU"
    assert main["kode"].ne("").sum() == 1
    assert main.loc["tanpa tahun COVID-19", "kemiringan"] == run(rows, years=[2019, 2022, 2023, 2024, 2025]).beta


def test_gains_are_left_out_in_a_shown_variant(made):
    rows = made(units=30)
    rows = rows.assign(potensi=rows["potensi"] - 0.05)
    got = pk.effect.specifications(rows, ["capaian"], ["potensi"], "opd", "tahun", 2025).set_index("cara")
    part = got.loc["tanpa OPD yang anggarannya bertambah"]
    assert part["n"] == (rows.groupby("opd")["potensi"].first() >= 0).sum() < 30
    assert part["kemiringan"] == run(rows[rows["potensi"] >= 0]).beta
