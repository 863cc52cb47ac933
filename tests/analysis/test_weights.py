"""One mean of achievement: the weights of the indicators move it wherever it is taken."""

import pandas as pd
import pytest
from analysis.test_scorecard import actual, indicator, tables, target

import pkanalysis as pk
from pkanalysis.analysis.achievement.averages import mean_of, weights_of
from pkanalysis.analysis.effect.exposure import decompose
from pkanalysis.analysis.effect.units import gather
from pkanalysis.derived import overview
from pkanalysis.tables import TABLES, conform, empty

ACTUALS = {2024: (120.0, 80.0), 2025: (110.0, 90.0)}
"""Per cent of two indicators of one OPD; where weights are given, the second counts three times as much."""
NONE, THRICE = (None, None), (1.0, 3.0)


def given(weights, year=2025):
    found = tables(
        [indicator(code, sasaran="S") for code in "ab"],
        [target(code, "TW3", 100, tahun=year) for code in "ab"],
        [actual(code, "TW3", value, tahun=year) for code, value in zip("ab", ACTUALS[year], strict=True)],
    )
    return found | {"indikator": conform("indikator", found["indikator"].assign(bobot=weights))}


def card(weights, year=2025):
    return pk.achievement.scorecard(given(weights, year), year, "TW3")


def both_years(weights):
    return pd.concat([card(weights, year).assign(tahun=year, besar=0.1) for year in ACTUALS], ignore_index=True)


def of_overview(weights):
    rows = {name: empty(name) for name in ("anggaran", "realisasi_anggaran")} | given(weights)
    rows["opd"] = conform("opd", pd.DataFrame({"kode_opd": ["X1"], "nama_opd": ["Dinas"]}))
    return overview(rows, card(weights), 2025, "TW3", [])["rata_rata_capaian"].item()


def of_programmes(weights):
    links = pd.DataFrame({"kode_indikator": ["a", "b"], "kode_induk": "1.01.02", "jenis_induk": "program"})
    money = pd.DataFrame({"kode_opd": ["X1"], "kode_program": ["1.01.02"], "realisasi_rp": [7]})
    return pk.resource.linked(card(weights), links, money, "sasaran")["capaian_pct"].item()


def of_units(weights):
    return gather(both_years(weights), "capaian_murni", "besar", "kode_opd", "tahun", 2025).values[2025].item()


def of_parts(weights):
    return pk.achievement.mean_parts(pk.achievement.target_parts(card(weights)))["capaian_dilaporkan"].item()


def of_change(weights):
    rows = both_years(weights).assign(lain=lambda found: found["capaian_berlaku"])
    names = ["capaian_murni", "capaian_berlaku", "lain"]
    return decompose(rows, *names, "kode_opd", "tahun", 2025)["perubahan_dilaporkan"].item()


def of_parts_between(weights):
    parts = [pk.achievement.target_parts(card(weights, year)) for year in ACTUALS]
    return pk.achievement.mean_parts(pk.achievement.parts_between(*parts))["capaian_dilaporkan"].item()


MEANS = {
    "summarise": lambda weights: pk.achievement.summarise(card(weights)).mean_current,
    "grouped": lambda weights: pk.achievement.grouped(card(weights), ["kode_opd"])["rata_rata"].item(),
    "compared": lambda weights: pk.achievement.compared(card(weights, 2024), card(weights))["rata_rata"].iloc[-1],
    "movers": lambda weights: pk.achievement.movers(card(weights, 2024), card(weights))["kini"].item(),
    "mean_parts": of_parts,
    "achieved": lambda weights: pk.resource.achieved(card(weights), ["kode_opd"])["capaian_pct"].item(),
    "linked": of_programmes,
    "overview": of_overview,
    "units": of_units,
}
CHANGES = {"decompose": of_change, "parts_between": of_parts_between}


@pytest.mark.parametrize("name", MEANS)
def test_weights_move_the_mean(name):
    assert MEANS[name](NONE) == pytest.approx(100)
    assert MEANS[name](THRICE) == pytest.approx((110 + 3 * 90) / 4)


@pytest.mark.parametrize("name", CHANGES)
def test_weights_move_the_mean_change(name):
    assert CHANGES[name](NONE) == pytest.approx(0)
    assert CHANGES[name](THRICE) == pytest.approx((-10 + 3 * 10) / 4)


def test_equal_weights_are_the_simple_mean():
    rows = [pk.achievement.grouped(card(weights), ["kode_opd"]) for weights in (NONE, (2.0, 2.0))]
    pd.testing.assert_frame_equal(*rows)
    three = pd.concat([card((2.0, 2.0)), card((2.0, 2.0), 2024).head(1)], ignore_index=True)
    weighted, simple = (
        pk.achievement.grouped(rows, ["kode_opd"])["se"] for rows in (three, three.drop(columns="bobot"))
    )
    assert weighted.item() == pytest.approx(simple.item())


def test_an_empty_weight_is_one_and_no_weight_is_nought():
    assert weights_of(pd.DataFrame({"bobot": [3.0, None]})).tolist() == [3, 1]
    assert mean_of(pd.Series([100.0, 50.0, None]), "geometrik", pd.Series([1.0, 1.0, 9.0])) == pytest.approx(5000**0.5)
    with pytest.raises(ValueError, match="bobot harus lebih dari 0; tertulis 0"):
        pk.achievement.summarise(card((0.0, 1.0)))


def test_the_column_is_there_only_where_somebody_filled_it_in():
    assert "bobot" not in given(NONE)["indikator"] and "bobot" in given(THRICE)["indikator"]
    assert "bobot" not in TABLES["indikator"].names and "bobot" not in empty("indikator")
