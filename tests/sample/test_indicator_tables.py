"""Indicators, targets and results of the sample: breaks, planted truths, and how they fit together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis import sample
from pkanalysis.sample.indicators import EQUAL, STRICT, WORSENING, easy_targets
from pkanalysis.sample.outcomes import UNMEASURED_TW3
from pkanalysis.sample.targets import SECOND, easings
from pkanalysis.vocabulary import AGGREGATIONS, POLARITIES

TABLES = sample.truth()
INDICATORS = TABLES["indikator"].set_index("kode_indikator")
RESULTS, TARGETS = TABLES["realisasi"], TABLES["target"]
CODES = TABLES["opd"].set_index("singkatan")["kode_opd"]
QUARTERS = ["TW1", "TW2", "TW3", "TW4"]


def yearly(code: str) -> pd.Series:
    """Annual values 2019-2025 of an indicator: the row of the year, or the quarters of 2025 put together."""
    own = RESULTS[RESULTS["kode_indikator"] == code].set_index(["tahun", "periode"])["nilai"]
    values = own.xs("tahunan", level="periode")
    quarters = own.loc[2025].reindex(QUARTERS)
    final = {"jumlah": quarters.sum(), "rata_rata": quarters.mean()}.get(
        INDICATORS.loc[code, "agregasi"], quarters["TW4"]
    )
    return pd.concat([values, pd.Series({2025: final})])


def test_42_offices_with_one_clash_of_abbreviations() -> None:
    opd = TABLES["opd"]
    assert len(opd) == opd["kode_opd"].nunique() == 42
    assert set(opd.loc[opd["singkatan"].duplicated(keep=False), "singkatan"]) == {"DKP"}
    kinds = opd["jenis"].value_counts().to_dict()
    assert kinds == {
        "dinas": 19,
        "kecamatan": 11,
        "badan": 6,
        "sekretariat": 2,
        "rsud": 2,
        "inspektorat": 1,
        "satuan": 1,
    }
    assert opd["kode_opd"].str.startswith("X").all()


def test_about_two_hundred_indicators_of_every_kind() -> None:
    assert 190 <= len(INDICATORS) <= 230
    assert set(INDICATORS["polaritas"]) == set(POLARITIES)
    assert set(INDICATORS["agregasi"]) == set(AGGREGATIONS)
    assert set(INDICATORS["jadwal_ukur"]) == {"triwulanan", "semesteran", "tahunan"}
    assert INDICATORS.groupby("kode_opd").size().ge(3).sum() == 42


def test_ten_city_indicators_in_2024_and_nine_in_2025() -> None:
    city = INDICATORS[INDICATORS["tingkat"] == "iku_kota"]
    assert len(city) == 10
    assert city["berlaku_sampai"].dropna().tolist() == [2024]
    assert set(city["kode_opd"]) == {CODES["BAPPEDA"]}


def test_series_break_in_2024() -> None:
    assert (INDICATORS["berlaku_dari"] == 2024).sum() > 30
    assert (INDICATORS["berlaku_sampai"] == 2023).sum() > 15
    redefined = [code for code in INDICATORS.index if code.endswith("-2024")]
    old = [code.removesuffix("-2024") for code in redefined]
    assert len(redefined) > 10
    assert (INDICATORS.loc[old, "definisi"].to_numpy() != INDICATORS.loc[redefined, "definisi"].to_numpy()).all()
    assert (
        RESULTS.merge(INDICATORS.reset_index(), on="kode_indikator")
        .eval("tahun >= berlaku_dari and (berlaku_sampai != berlaku_sampai or tahun <= berlaku_sampai)")
        .all()
    )


@pytest.mark.parametrize("code", [*STRICT, *WORSENING])
def test_strict_trends(code: str) -> None:
    better = 1 if INDICATORS.loc[code, "polaritas"] == "naik_baik" else -1
    steps = np.diff(yearly(code)) * better
    assert len(steps) == 6
    assert (steps > 0).all() if code in STRICT else (steps < 0).all()


@pytest.mark.parametrize(("until", "chance"), [(2024, set()), (2025, {"SETWAN-temuan"})])
def test_the_planted_trends_are_recovered_among_all_indicators(until: int, chance: set[str]) -> None:
    """All 13 are found; nothing else moves but by chance, within the 10 per cent that the method allows."""
    card = pk.achievement.scorecard(TABLES, 2025, "tahunan")
    series = pk.trend.series_to(TABLES, card, until)
    found = pk.trend.survey(series, dict(zip(card["kode_indikator"], card["polaritas"], strict=True)))
    moving = found[found["is_tren"]].set_index("kode_indikator")["gerak"]
    assert set(moving.index[moving.eq("membaik")]) - chance == set(STRICT)
    assert set(moving.index) == {*STRICT, *WORSENING, *chance}
    assert len(chance) <= 0.10 * len(moving)


def test_achievement_is_varied_and_planted_ambition_shows() -> None:
    card = pk.achievement.scorecard(TABLES, 2025, "tahunan")
    classes = pk.achievement.predicate(card["capaian_berlaku"]).value_counts(normalize=True)
    assert set(classes.index) == {"Sangat Tinggi", "Tinggi", "Sedang", "Rendah"}
    assert 0.6 < classes["Sangat Tinggi"] < 0.85
    assert 0.3 < card["is_tercapai"].mean() < 0.7
    assert card["capaian_berlaku"].between(40, 120).sum() == card["capaian_berlaku"].count()


def test_every_status_occurs() -> None:
    assert set(RESULTS["status"]) == {"final", "sementara", "menunggu_rilis", "belum_jadwal", "tidak_terukur"}
    known = RESULTS["nilai"].notna() | RESULTS["nilai_huruf"].notna()
    assert (known == RESULTS["status"].isin(["final", "sementara"])).all()
    third = RESULTS.query("tahun == 2025 and periode == 'TW3' and status == 'tidak_terukur'")
    assert set(third["kode_indikator"]) == set(UNMEASURED_TW3)


def test_one_office_has_only_indicators_that_wait_at_tw3() -> None:
    third = RESULTS.query("tahun == 2025 and periode == 'TW3'")
    waits = third["status"].eq("menunggu_rilis").groupby(third["kode_opd"]).all()
    assert list(waits.index[waits]) == [CODES["BKBP"]]


def test_sakip_describes_the_year_before_and_comes_out_in_december() -> None:
    sakip = INDICATORS[INDICATORS["nama_indikator"].str.startswith("Nilai SAKIP")]
    assert len(sakip) == 42
    assert set(sakip["bulan_rilis"]) == {12}
    assert set(sakip["tahun_yang_digambarkan"]) == {"tahun_sebelumnya"}


def test_predicates_are_letters_in_results_and_targets() -> None:
    codes = INDICATORS.index[INDICATORS["satuan"] == "predikat"]
    for table in (RESULTS, TARGETS):
        letters = table["kode_indikator"].isin(codes)
        assert table.loc[letters, "nilai"].isna().all()
        assert table.loc[~letters, "nilai_huruf"].isna().all()
    assert set(RESULTS["nilai_huruf"].dropna()) <= {"AA", "A", "BB", "B", "CC", "C", "D"}


def test_the_year_2024_is_its_quarters_put_together() -> None:
    of_2024 = RESULTS[(RESULTS["tahun"] == 2024) & RESULTS["nilai"].notna()]
    table = of_2024.pivot(index="kode_indikator", columns="periode", values="nilai")
    kind = INDICATORS.loc[table.index, "agregasi"]
    total, mean = table[QUARTERS].sum(axis=1), table[QUARTERS].mean(axis=1)
    expected = total.where(kind == "jumlah", mean.where(kind == "rata_rata", table["TW4"]))
    np.testing.assert_allclose(table["tahunan"], expected, atol=1e-9)


def test_results_equal_their_targets_in_two_indicators_only() -> None:
    merged = RESULTS.merge(TARGETS[TARGETS["dokumen"] == "pk"], on=["kode_indikator", "tahun", "periode"])
    same = merged["nilai_x"].eq(merged["nilai_y"])[merged["nilai_x"].notna()]
    always = same.groupby(merged["kode_indikator"]).all()
    assert set(always.index[always]) == set(EQUAL)


def test_planted_easy_targets_of_2025() -> None:
    goal = TARGETS.query("tahun == 2025 and periode == 'tahunan' and dokumen == 'pk'").set_index("kode_indikator")[
        "nilai"
    ]
    before = RESULTS.query("tahun == 2024 and periode == 'tahunan'").set_index("kode_indikator")["nilai"]
    easier = (before - goal).dropna() * INDICATORS["polaritas"].map({"naik_baik": 1, "turun_baik": -1})
    assert set(easier.index[easier > 0]) == easy_targets()
    assert len(easy_targets()) == 12


def test_pk_perubahan_eases_12_and_tightens_5_percent_of_the_targets() -> None:
    goals = TARGETS.query("tahun == 2025 and periode == 'tahunan'").set_index("kode_indikator")
    first, second = goals[goals["dokumen"] == "pk"], goals[(goals["dokumen"] == "pk_perubahan") & (goals["ke"] == 1)]
    change = (second["nilai"] - first["nilai"]).dropna() * INDICATORS["polaritas"].map(
        {"naik_baik": 1, "turun_baik": -1}
    )
    eased, tightened = change.index[change < 0], change.index[change > 0]
    assert round(0.12 * len(first)) == len(eased) == 24
    assert round(0.05 * len(first)) == len(tightened) == 10
    assert set(eased) == {code for code, share in easings().items() if share > 0}
    assert {CODES["DINKES"], CODES["SETWAN"]} <= set(INDICATORS.loc[eased, "kode_opd"])
    reasons = second.loc[[*eased, *tightened], "alasan_perubahan"]
    assert 0 < reasons.isna().sum() < len(reasons)


def test_agreements() -> None:
    signed = TABLES["perjanjian"].query("tahun == 2025")
    revised = signed[signed["dokumen"] == "pk_perubahan"]
    assert CODES.index[~CODES.isin(revised["kode_opd"])].tolist() == ["DPP"]
    assert revised.loc[revised["ke"] == 2, "kode_opd"].tolist() == [CODES["DPKP"]]
    assert (revised.loc[revised["ke"] == 1, "tanggal_ttd"] == pd.Timestamp(2025, 6, 25)).all()
    unsigned = TARGETS.query("dokumen == 'pk_perubahan'")["kode_opd"].eq(CODES["DPP"])
    assert not unsigned.any()


def test_cumulative_targets_end_at_the_annual_one() -> None:
    wide = TARGETS[TARGETS["tahun"] >= 2024].pivot(
        index=["kode_indikator", "tahun", "dokumen", "ke"], columns="periode", values="nilai"
    ).dropna(subset=["TW4"])  # fmt: skip
    assert (wide["TW4"] == wide["tahunan"]).all()
    total = wide[INDICATORS.loc[wide.index.get_level_values(0), "agregasi"].isin(["jumlah", "kumulatif"]).to_numpy()]
    assert (total[QUARTERS].diff(axis=1).iloc[:, 1:] > 0).mean(axis=None) > 0.98


def test_about_two_thirds_of_the_analyses_are_filled() -> None:
    for period in ("TW3", "TW4"):
        share = (TABLES["analisis"]["periode"] == period).sum() / INDICATORS["berlaku_sampai"].isna().sum()
        assert 0.6 < share < 0.75


def test_what_was_not_known_at_tw3_is_left_out() -> None:
    known = sample.as_known("TW3")
    assert set(known["realisasi"].query("tahun == 2025")["periode"]) == {"TW1", "TW2", "TW3"}
    assert known["perjanjian"]["tanggal_ttd"].max() < pd.Timestamp(SECOND[3])
    assert known["target"]["ke"].max() == 1
    assert sample.as_known("TW4")["target"]["ke"].max() == 2
    assert len(sample.as_known("TW4")["realisasi"]) == len(RESULTS)
