"""Eight OPD, two years: the slope of the change is the two-way slope, and one OPD carries it (case D09)."""

import pandas as pd
import pytest
import statsmodels.formula.api as smf

import pkanalysis as pk

SIZES = [0.02, 0.05, 0.08, 0.10, 0.12, 0.15, 0.20, 0.45]
BEFORE = [98.0, 101.5, 95.2, 99.0, 103.1, 96.4, 97.8, 92.0]
AFTER = [99.1, 101.0, 96.0, 97.2, 101.0, 95.9, 93.5, 88.7]


@pytest.fixture
def rows():
    names = [f"OPD{place}" for place in range(1, 9)]
    sides = [
        pd.DataFrame({"opd": names, "tahun": year, "intensitas": SIZES, "y": values})
        for year, values in ((2024, BEFORE), (2025, AFTER))
    ]
    return pd.concat(sides, ignore_index=True)


@pytest.fixture
def found(rows):
    return pk.effect.dose_response(rows, "y", "intensitas", "opd", "tahun", 2025)


def test_the_panel_here_is_that_of_the_case(data, rows):
    pd.testing.assert_frame_equal(rows, data("dosis8.csv"), check_dtype=False)


def test_pinned(found):
    # exact identity and full enumeration, case D09
    assert found.beta == pytest.approx(-9.7246987362, abs=1e-6)
    assert found.se == pytest.approx(15.5090962258, abs=1e-6)
    assert (found.wild.n_ge, found.wild.n_gt, found.wild.draws) == (26, 24, 256)
    assert found.permutation.p_studentised == pytest.approx(0.1638392857, abs=1e-9)
    assert found.leverage["OPD8"] == pytest.approx(0.848143431, abs=1e-6)
    assert found.leave_one_out["OPD8"] == pytest.approx(-25.0709677419, abs=1e-6)


def test_the_table_of_units_is_what_the_slope_is_of(found):
    assert found.units.columns.tolist() == ["besar", "sebelum", "sesudah", "perubahan"]
    assert found.units.loc["OPD8"].tolist() == pytest.approx([0.45, 92.0, 88.7, -3.3])
    assert pk.effect.slope(found.units["perubahan"], found.units["besar"]).beta == found.beta


def test_slope_and_every_convention_of_its_error(case, rows, found):
    want = case("D09_dosis_respons_identitas")["expected"]
    assert found.beta == pytest.approx(want["beta"], abs=1e-6)
    assert found.per_step == pytest.approx(want["beta_per_10poin"], abs=1e-6)
    names = {"classic": "klasik"}
    errors = {names.get(name, name): value for name, value in want["se"].items()}
    assert found.last_year.errors == pytest.approx(errors, abs=1e-6)
    assert found.se == found.last_year.se


def test_the_two_way_slope_is_the_same(rows, found):
    treated = rows.assign(d=rows["intensitas"].where(rows["tahun"].eq(2025), 0.0))
    fit = smf.ols("y ~ d + C(opd) + C(tahun)", treated).fit()
    assert fit.params["d"] == pytest.approx(found.beta)


def test_one_unit_carries_the_result_and_is_named(case, found):
    want = case("D09_dosis_respons_identitas")["expected"]
    assert found.leverage.max() == pytest.approx(want["leverage_maks"], abs=1e-6)
    assert found.leverage.idxmax() == want["opd_leverage_maks"]
    assert found.leave_one_out.to_dict() == pytest.approx(want["slope_tanpa_satu"], abs=1e-6)
    assert "PENGUNGKIT_TUNGGAL" in [item.code for item in found.refusals]
    assert found.claim == "L1"


def test_resampling_by_enumeration(case, found):
    want = case("D09_dosis_respons_identitas")["expected"]
    wild, shuffled = want["wcr_rademacher_256"], want["permutasi_eksak_40320"]
    assert found.wild.t == pytest.approx(wild["t"], abs=1e-6)
    assert (found.wild.n_ge, found.wild.n_gt, found.p_wild) == (wild["n_ge"], wild["n_gt"], wild["p_konservatif"])
    assert found.permutation.p_slope == pytest.approx(shuffled["p_slope_abs"], abs=1e-9)
    assert found.permutation.p_slope_two_min == pytest.approx(shuffled["p_slope_2min"], abs=1e-9)
    assert found.permutation.p_studentised == pytest.approx(shuffled["p_studentised"], abs=1e-9)
