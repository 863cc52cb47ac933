"""Published panels through the public names: pooled, two-way effects, conventions of CR1, staggered starts."""

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk

XS = ["value", "capital"]


def test_pooled_cluster_errors_are_those_of_stata_d01(case, data):
    d = case("D01_grunfeld_pooled_cluster_stata")
    got = pk.effect.pooled(data("grunfeld10.csv"), d["inputs"]["formula"], d["inputs"]["cluster"])
    names = {"value": "value", "capital": "capital", "Intercept": "const"}
    assert got.coefficients.rename(names).to_dict() == pytest.approx(d["expected"]["coef"], rel=1e-6)
    assert got.errors.rename(names).to_dict() == pytest.approx(d["expected"]["se"], rel=1e-6)
    assert got.p[XS].to_dict() == pytest.approx(d["expected"]["p"], rel=1e-6)
    assert (got.df, got.n, got.clusters) == (d["expected"]["t_df"], 200, 10)


def test_pooled_cluster_errors_of_the_public_panel(grunfeld):
    # Stata `regress invest mvalue kstock, vce(cluster company)`, in statsmodels' own tests
    got = pk.effect.pooled(grunfeld, "invest ~ value + capital", "firm")
    assert got.errors[XS].tolist() == pytest.approx([0.01589433647768, 0.08496711097464], rel=1e-6)


def test_conventions_of_the_two_way_errors_d03(case, data):
    d, rows = case("D03_grunfeld_twfe_cr1_konvensi"), data("grunfeld10.csv")
    keys = {"full": "CR1_k_full", "none": "CR1_k_none", "nested": "CR1_k_nested_benar"}
    for counted, key in keys.items():
        got = pk.effect.fixed_effects(rows, "invest", XS, "firm", "year", counted=counted)
        assert got.errors.tolist() == pytest.approx(d["expected"][key], abs=2e-6)
    jackknife = pk.effect.jackknife(rows, "invest", XS, "firm", "year")
    assert jackknife.tolist() == pytest.approx(d["expected"]["CR3_jackknife_murni"], abs=2e-6)
    without = pk.effect.without_each(rows, "invest", XS, "firm", "year").T.to_dict("list")
    assert without.keys() == d["expected"]["slope_tanpa_satu_firma"].keys()
    for firm, slopes in d["expected"]["slope_tanpa_satu_firma"].items():
        assert without[firm] == pytest.approx(slopes, abs=2e-6)


@pytest.mark.parametrize(
    ("counted", "errors"),
    [("full", [0.011109, 0.049106]), ("nested", [0.010824, 0.047848]), ("none", [0.010263, 0.045367])],
)
def test_conventions_on_the_public_panel(grunfeld, counted, errors):
    # linearmodels (debiased, group_debias) = full; reghdfe = nested
    got = pk.effect.fixed_effects(grunfeld, "invest", XS, "firm", "year", counted=counted)
    assert got.errors.tolist() == pytest.approx(errors, abs=2e-6)
    assert got.coefficients.tolist() == pytest.approx([0.117716, 0.357916], abs=1e-6)


def test_effects_are_those_of_dummies_in_an_unbalanced_panel(grunfeld):
    import statsmodels.formula.api as smf

    rows = grunfeld.sample(frac=0.8, random_state=3)
    got = pk.effect.fixed_effects(rows, "invest", XS, "firm", "year")
    dummies = smf.ols("invest ~ value + capital + C(firm) + C(year)", rows)
    fit = dummies.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(rows["firm"])[0]})
    assert got.coefficients.tolist() == pytest.approx(fit.params[XS].tolist(), rel=1e-9)
    assert got.errors.tolist() == pytest.approx(fit.bse[XS].tolist(), rel=1e-9)


def test_two_by_two_d05(case, data):
    d = case("D05_did_injury_wooldridge")
    got = pk.effect.pooled(data("injury_ky.csv"), d["inputs"]["formula"])
    want, slack = d["expected"], d["tolerance"]
    assert got.coefficients["afchnge:highearn"] == pytest.approx(want["interaction"], abs=slack["interaction"])
    assert got.errors["afchnge:highearn"] == pytest.approx(want["se"], abs=slack["se"])
    assert (got.n, round(got.r2, 3)) == (want["n"], want["r2"])


def test_staggered_starts_and_their_decomposition_d07(case, data):
    d, rows = case("D07_twfe_castle_bacon"), data("castle.csv")
    names = [d["inputs"][key] for key in ("y", "d", "unit", "time")]
    slope = pk.effect.fixed_effects(rows, names[0], [names[1]], *names[2:]).coefficients.iloc[0]
    assert slope == pytest.approx(d["expected"]["twfe"], abs=1e-6)
    got = pk.effect.bacon(rows, *names).set_index("tipe")
    for row in d["expected"]["bacon"]:
        assert got.loc[row["tipe"]].tolist() == pytest.approx([row["bobot"], row["est"]], abs=6e-6)


def test_the_decomposition_adds_up_with_every_kind_of_start():
    source = np.random.default_rng(1)
    starts = np.array([1, 3, 3, 4, 6, 9])  # 1 = always treated, 9 = never
    rows = pd.MultiIndex.from_product([range(6), range(1, 8)], names=["u", "t"]).to_frame(index=False)
    rows["d"], rows["y"] = (rows["t"].to_numpy() >= starts[rows["u"]]).astype(float), source.normal(size=len(rows))
    got = pk.effect.bacon(rows, "y", "d", "u", "t")
    slope = pk.effect.fixed_effects(rows, "y", ["d"], "u", "t").coefficients["d"]
    assert (got["bobot"] * got["est"]).sum() == pytest.approx(slope, abs=1e-12)
    assert got["tipe"].tolist() == ["treated_vs_never", "earlier_vs_later", "later_vs_earlier", "later_vs_always"]


def test_a_treatment_that_ends_has_no_decomposition():
    rows = pd.DataFrame({"u": list("aabb"), "t": [1, 2] * 2, "d": [1, 0, 0, 0], "y": [1.0, 2, 3, 4]})
    with pytest.raises(ValueError, match="berhenti"):
        pk.effect.bacon(rows, "y", "d", "u", "t")
