"""Panels of others: any kind of name and number, gaps, large units of account, exact relations, 8 to many units."""

import decimal

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

import pkanalysis as pk

GIVEN = ("capaian", "potensi", "opd", "tahun", 2025)


def run(rows, *given, **options):
    return pk.effect.dose_response(rows, *(given or GIVEN), **({"draws": 199} | options))


@pytest.fixture
def rows(made):
    return made(effect=-60)


SAME = {
    "numbers as names": lambda r: r.assign(opd=r["opd"].str[3:].astype(int)),
    "categories, some not used": lambda r: r.assign(opd=pd.Categorical(r["opd"], [*r["opd"].unique(), "lain"])),
    "whole numbers that may be missing": lambda r: r.assign(tahun=r["tahun"].astype("Int64")),
    "years as decimals": lambda r: r.assign(tahun=r["tahun"].astype(float)),
    "objects": lambda r: r.astype({"capaian": object, "potensi": object}),
    "exact decimals": lambda r: r.assign(capaian=r["capaian"].map(lambda v: decimal.Decimal(repr(v)))),
    "numbers in text": lambda r: r.assign(capaian=r["capaian"].map(repr)),
    "nullable": lambda r: r.astype({"capaian": "Float64", "potensi": "Float64"}),
    "size known only after the cut": lambda r: r.assign(potensi=r["potensi"].where(r["tahun"].ge(2025))),
    "size nil before the cut": lambda r: r.assign(potensi=r["potensi"].where(r["tahun"].ge(2025), 0.0)),
    "rows twice": lambda r: pd.concat([r, r]),
    "shuffled": lambda r: r.sample(frac=1, random_state=3),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_panel_in_another_dress_gives_the_same_numbers(rows, name):
    want, got = run(rows), run(SAME[name](rows))
    assert (got.claim, got.n, got.refusals) == (want.claim, want.n, want.refusals)
    for one in ("beta", "se", "p", "p_wild", "mde"):
        assert getattr(got, one) == pytest.approx(getattr(want, one), rel=1e-9), one


@pytest.mark.parametrize("time", [pd.to_datetime, lambda v: pd.PeriodIndex(v, freq="Y"), lambda v: v])
def test_years_may_be_dates_periods_or_text(rows, time):
    other = rows.assign(tahun=np.asarray(time(rows["tahun"].astype(str).tolist())))
    post = time(["2025"])[0]
    assert run(other, *GIVEN[:4], post).beta == pytest.approx(run(rows).beta)


@pytest.mark.parametrize("factor", [1e-12, 1e12])
def test_the_unit_of_account_changes_nothing(rows, factor):
    """Rupiah or triliun: every estimate scales, and nothing is called singular or capped."""
    want, got = run(rows), run(rows.assign(capaian=factor * rows["capaian"]), margin=2.0 * factor)
    assert got.claim == want.claim
    assert [item.is_met for item in got.reasons] == [item.is_met for item in want.reasons]
    for one in ("beta", "se", "mde"):
        assert getattr(got, one) == pytest.approx(factor * getattr(want, one), rel=1e-6), one
    assert got.ancova.beta == pytest.approx(factor * want.ancova.beta, rel=1e-6)
    assert got.interval == pytest.approx([factor * end for end in want.interval], rel=1e-5)


def test_an_exact_relation_ends_and_is_no_error():
    rows = pd.DataFrame({"opd": np.repeat(np.arange(20), 4), "tahun": np.tile([2022, 2023, 2024, 2025], 20)})
    rows["potensi"] = rows["opd"] / 100
    rows["capaian"] = 90.0 + rows["opd"] % 7 - 10 * rows["potensi"] * rows["tahun"].eq(2025)
    got = run(rows)
    assert got.beta == pytest.approx(-10)
    assert got.interval == pytest.approx((-10, -10), abs=1e-6)
    assert 0 < got.p < 1e-6


def test_names_that_are_told_as_wrong(rows):
    with pytest.raises(ValueError, match="kolom 'capaian' harus angka; tertulis '85,1'"):
        run(rows.assign(capaian="85,1"))
    with pytest.raises(ValueError, match="tahun tidak dapat dibandingkan"):
        run(rows, *GIVEN[:4], "tahun lalu")
    with pytest.raises(ValueError, match="kolom 'sakip' tidak ada"):
        run(rows, earlier=("sakip",))


def test_original_targets_unknown_in_the_year_of_the_cut_are_not_hidden_by_earlier_years(rows):
    """Six of eighty rows of every year lack no target; half of those of 2025 do: 90 % in all, half where it counts."""
    is_lost = rows["tahun"].eq(2025) & rows["opd"].gt("OPD00009")
    got = run(rows.assign(target_murni=~is_lost))
    assert (got.claim, got.refusals[0].code) == ("L0", "TARGET_AWAL_TIDAK_ADA")


def test_the_smallest_panel_is_analysed_and_one_unit_less_is_not(made):
    assert run(made(units=8)).n == 8
    assert np.isfinite(run(made(units=8)).beta)
    assert run(made(units=7)).claim == "L0"


def test_within_many_kinds_equals_dummies_and_needs_no_matrix_of_them(made):
    rows = made(units=60, effect=-30).assign(jenis=lambda r: "J" + (r["opd"].str[3:].astype(int) % 25).astype(str))
    got = run(rows, kind="jenis").within_kinds
    units = run(rows).units.assign(jenis=rows.drop_duplicates("opd").set_index("opd")["jenis"])
    fit = smf.ols("perubahan ~ besar + C(jenis)", units).fit()
    for convention in ("HC0", "HC1", "HC2", "HC3"):
        want = fit.get_robustcov_results(convention)
        assert got.errors[convention] == pytest.approx(want.bse[want.model.exog_names.index("besar")])
    assert got.beta == pytest.approx(fit.params["besar"])
    assert got.df == fit.df_resid
    assert got.leverage == pytest.approx(fit.get_influence().hat_matrix_diag)


def test_units_that_gained_are_left_out_whatever_the_size(rows):
    """The size by rule is never negative; which budgets grew is known from the actual cut."""
    both = rows.assign(nyata=rows["potensi"] - 0.05)
    curve = pk.effect.specifications(both, ["capaian"], ["potensi", "nyata"], "opd", "tahun", 2025)
    without = curve[curve["cara"].str.contains("bertambah")].set_index("ukuran")
    grown = both.loc[both["nyata"].lt(0), "opd"].nunique()
    assert without["n"].tolist() == [20 - grown] * 2
    want = run(rows[rows["potensi"].ge(0.05)])
    assert without.loc["potensi", "kemiringan"] == pytest.approx(want.beta)


def test_a_strong_panel_of_two_years_is_an_association_unless_levels_explain_it(made):
    """Case J06: one year on each side allows an association, unless a return to the usual level explains it."""
    source = np.random.default_rng(5)
    size = np.repeat(source.permutation(np.linspace(0, 0.3, 40)), 2)
    rows = pd.DataFrame({"opd": np.repeat(np.arange(40), 2), "tahun": np.tile([2024, 2025], 40), "potensi": size})
    rows["capaian"] = 90 + source.normal(size=80) - 60 * size * rows["tahun"].eq(2025)
    got = run(rows)
    assert got.claim == "L2"
    assert [item.code for item in got.refusals] == ["PRATREN_TIDAK_CUKUP"]
    assert got.placebos["uji"].tolist() == ["rata-rata sebelum pengurangan"]
    assert run(rows.assign(capaian=rows["capaian"] + 40 * size)).claim == "L1"
    assert run(rows.assign(capaian=rows["capaian"] - 40 * size)).claim == "L2"


def test_controls_are_compared_in_their_own_spread(rows):
    """A control in rupiah counts no more than the same control in points."""
    source = np.random.default_rng(0)
    noise = pd.Series(source.normal(size=len(rows)), rows.index)
    quiet = rows.assign(poin=noise, rupiah=1e9 * noise, lain=noise.where(rows["tahun"].ge(2024)))
    tests = run(quiet, earlier=("poin", "rupiah", "lain")).placebos.set_index("uji")
    assert tests.loc["poin", "lolos"] == tests.loc["rupiah", "lolos"]
    assert tests.loc["poin", "t"] == pytest.approx(tests.loc["rupiah", "t"])
    assert tests.loc["lain", "n"] == 20


@pytest.mark.parametrize("time", [pd.to_datetime, lambda v: pd.PeriodIndex(v, freq="Y"), lambda v: v])
@pytest.mark.parametrize("kept", [(2022, 2023, 2025), (2023, 2025), (2021, 2023, 2024, 2025)])
def test_a_year_that_nobody_has_is_seen_however_years_are_written(rows, time, kept):
    part = rows[rows["tahun"].isin(kept)]
    other = part.assign(tahun=np.asarray(time(part["tahun"].astype(str).tolist())))
    options = (*GIVEN[:4], time(["2025"])[0])
    found = run(other, *options)
    assert (found.claim, found.refusals[0].code) == ("L0", "TAHUN_TIDAK_LENGKAP")


def test_two_years_apart_on_purpose(rows):
    assert run(rows[rows["tahun"].isin([2023, 2025])]).claim == "L0"
    assert np.isfinite(run(rows, years=(2023, 2025)).beta)


def test_half_years_are_evenly_spaced(rows):
    starts = {2021: "2023-07-01", 2022: "2024-01-01", 2023: "2024-07-01", 2024: "2025-01-01", 2025: "2025-07-01"}
    halves = rows.assign(tahun=pd.to_datetime(rows["tahun"].map(starts)))
    assert run(halves, *GIVEN[:4], pd.Timestamp("2025-07-01")).refusals == run(rows).refusals
