"""True effect zero, cuts chosen from what happened before: never more than description (case D15)."""

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk

CHOSEN = ("dosis_A", "dosis_B", "dosis_C")


def long(wide, dose):
    rows = wide.melt(["unit", dose], ["y22", "y23", "y24", "y25"], "tahun", "y")
    return rows.assign(tahun=2000 + rows["tahun"].str[1:].astype(int))


def analysed(wide, dose):
    return pk.effect.dose_response(long(wide, dose), "y", dose, "unit", "tahun", 2025, draws=999)


@pytest.mark.parametrize("dose", CHOSEN)
def test_reference_sets_d15(case, data, dose):
    want = case("D15_regresi_ke_rata_rata")["expected"][dose]
    got = analysed(data("regresi_ke_rata2.csv"), dose)
    tests = got.placebos.set_index("uji")
    numbers = {
        "did": got.last_year.beta,
        "t_did_HC3": got.last_year.t,
        "did_rata2_pra": got.beta,
        "ancova": got.ancova.beta,
        "t_ancova": got.ancova.beta / got.ancova.errors["klasik"],
        "plasebo_24_23": tests.loc["2024 dibanding 2023", "kemiringan"],
        "t_plasebo_24_23": tests.loc["2024 dibanding 2023", "t"],
        "plasebo_23_22": tests.loc["2023 dibanding 2022", "kemiringan"],
        "t_plasebo_23_22": tests.loc["2023 dibanding 2022", "t"],
    }
    assert numbers == pytest.approx(want, abs=1e-4)
    assert got.claim in ("L0", "L1")
    assert (got.bracket[0] < 0 < got.bracket[1]) is (dose != "dosis_C")  # the truth is 0; in C the bracket fails


def test_which_of_them_a_placebo_exposes_d15(data):
    wide = data("regresi_ke_rata2.csv")
    failed = ["PLASEBO_GAGAL" in [item.code for item in analysed(wide, dose).refusals] for dose in CHOSEN]
    assert failed == [True, False, True]


def reverting(seed):
    """200 units: lasting quality and passing shocks; the cut follows the shock of 2024; nothing happens in 2025."""
    source = np.random.default_rng(seed)
    values = source.standard_normal((200, 1)) + source.standard_normal((200, 4))
    wide = pd.DataFrame(values, columns=["y22", "y23", "y24", "y25"]).rename_axis("unit").reset_index()
    shock = values[:, 2] - values.mean(axis=1)
    return wide.assign(dosis=0.15 - 0.05 * shock + 0.02 * source.standard_normal(200))


@pytest.mark.parametrize("seed", range(5))
def test_a_cut_that_follows_a_shock_is_never_more_than_description(seed):
    got = analysed(reverting(seed), "dosis")
    assert got.claim == "L1"
    assert "PLASEBO_GAGAL" in [item.code for item in got.refusals]


@pytest.mark.parametrize("dose", CHOSEN)
@pytest.mark.parametrize("first", ["y22", "y23", "y24"])
def test_reference_sets_with_fewer_years_d15(data, dose, first):
    """With a single year before, it is the level of that year that exposes a cut chosen from it."""
    wide = data("regresi_ke_rata2.csv")
    rows = long(wide, dose)
    rows = rows[rows["tahun"].ge(2000 + int(first[1:]))]
    got = pk.effect.dose_response(rows, "y", dose, "unit", "tahun", 2025, draws=999)
    assert got.claim == "L1"


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("chosen_by", ["y24", "shock", "mean"])
@pytest.mark.parametrize("years", [1, 2, 3])
def test_a_return_to_the_usual_is_never_an_association(years, chosen_by, seed):
    """The cut follows what happened before, closely; nothing happens in 2025."""
    source = np.random.default_rng([years, seed])
    lasting, shocks = source.standard_normal((200, 1)), source.standard_normal((200, years + 1))
    values = lasting + shocks
    followed = {"y24": values[:, -2], "shock": shocks[:, -2], "mean": values[:, :-1].mean(axis=1)}[chosen_by]
    names = [f"y{2025 - years + place - 2000}" for place in range(years + 1)]
    wide = pd.DataFrame(values, columns=names).assign(z=0.15 - 0.05 * followed).rename_axis("unit").reset_index()
    rows = wide.melt(["unit", "z"], names, "tahun", "y")
    rows["tahun"] = 2000 + rows["tahun"].str[1:].astype(int)
    assert pk.effect.dose_response(rows, "y", "z", "unit", "tahun", 2025, draws=499).claim == "L1"
