"""What stops an analysis: a refusal with its sentence, no exception, no number."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk


def run(rows, **more):
    return pk.effect.dose_response(rows, "capaian", "potensi", "opd", "tahun", 2025, draws=199, **more)


def codes(found):
    return [item.code for item in found.refusals]


def assert_refused(found, code):
    assert found.claim == "L0"
    assert code in codes(found)
    assert all(len(item.sentence) > 20 for item in found.refusals)
    numbers = [getattr(found, item.name) for item in dataclasses.fields(found)]
    floats = [number for number in numbers if isinstance(number, float) and number != found.step]
    assert floats
    assert all(math.isnan(number) for number in floats)
    assert all(math.isnan(end) for end in (*found.interval, *found.interval_hc3, found.per_step))
    assert found.leverage is None
    assert found.threats


def test_fewer_than_eight_units(made):
    assert_refused(run(made(units=7)), "UNIT_KURANG_DARI_8")
    assert run(made(units=8)).claim != "L0"


def test_constant_size(made):
    assert_refused(run(made().assign(potensi=0.1)), "BESAR_PENGURANGAN_SERAGAM")


def test_one_unit_alone_was_cut(made):
    rows = made()
    alone = rows.assign(potensi=rows["opd"].eq("OPD00003").astype(float))
    assert_refused(run(alone), "PENGUNGKIT_TUNGGAL")


@pytest.mark.parametrize("cap", [100.0, None])
def test_all_or_most_outcomes_at_the_cap(made, cap):
    rows = made()
    assert_refused(run(rows.assign(capaian=100.0), cap=cap), "MAYORITAS_DI_BATAS_ATAS")
    median = rows.loc[rows["tahun"].eq(2025), "capaian"].median()
    assert_refused(
        run(rows.assign(capaian=rows["capaian"].clip(upper=median)), cap=cap and median), "MAYORITAS_DI_BATAS_ATAS"
    )


def test_a_minority_at_the_cap_is_analysed(made):
    rows = made()
    cap = rows.loc[rows["tahun"].eq(2025), "capaian"].quantile(0.8)
    assert run(rows.assign(capaian=rows["capaian"].clip(upper=cap)), cap=cap).claim == "L1"


def test_yes_or_no_outcomes_have_no_cap(made):
    rows = made()
    assert run(rows.assign(capaian=rows["capaian"].gt(88).astype(float))).claim == "L1"


@pytest.mark.parametrize("year", [2022, 2025])
def test_a_year_that_nobody_has(made, year):
    rows = made()
    assert_refused(run(rows[rows["tahun"].ne(year)]), "TAHUN_TIDAK_LENGKAP")
    empty = rows.assign(capaian=rows["capaian"].where(rows["tahun"].ne(year)))
    assert_refused(run(empty), "TAHUN_TIDAK_LENGKAP")


def test_years_left_out_on_purpose(made):
    rows = made(effect=-100)
    found = run(rows, years=[2021, 2023, 2024, 2025])
    assert found.placebos["uji"].tolist() == [
        "2024 dibanding 2023", "2023 dibanding 2021", "rata-rata sebelum pengurangan",
    ]  # fmt: skip
    assert found.n == 20


def test_a_unit_without_one_year_is_left_out_and_named(made):
    rows = made()
    found = run(rows[~(rows["opd"].eq("OPD00002") & rows["tahun"].eq(2023))])
    assert (found.n, found.left_out) == (19, ("OPD00002",))
    assert "TAHUN_TIDAK_LENGKAP" in codes(found)


def test_a_unit_without_a_size_is_left_out_and_named(made):
    rows = made()
    found = run(rows.assign(potensi=rows["potensi"].where(rows["opd"].ne("OPD00005"))))
    assert found.left_out == ("OPD00005",)


def test_only_one_year_before(made):
    found = run(made(years=2, effect=-100))
    assert found.claim == "L2"
    assert codes(found) == ["PRATREN_TIDAK_CUKUP"]
    assert "hanya asosiasi" in found.refusals[0].sentence


@pytest.mark.parametrize("known", [0.5, "ada", "target_murni"])
def test_unknown_original_targets(made, known):
    rows = made()
    is_known = rows["opd"].gt("OPD00008")
    found = run(rows.assign(ada=is_known, target_murni=np.where(is_known, 100.0, np.nan)), targets=known)
    assert_refused(found, "TARGET_AWAL_TIDAK_ADA")


def test_original_targets_that_are_known_are_no_obstacle(made):
    assert run(made(effect=-100).assign(target_murni=95.0)).claim == "L3"


def test_no_outcome_at_all(made):
    assert_refused(run(made().assign(capaian=np.nan)), "REALISASI_KOSONG")
    assert_refused(run(made().iloc[:0]), "REALISASI_KOSONG")


def test_the_same_change_everywhere(made):
    rows = made()
    first = rows.groupby("opd")["capaian"].transform("first")
    assert_refused(run(rows.assign(capaian=first + 0.5 * (rows["tahun"] - 2021))), "HASIL_SERAGAM")


def test_two_sizes_for_one_unit_are_the_callers_mistake(made):
    rows = made()
    both = pd.concat([rows, rows.assign(potensi=rows["potensi"] + 0.1)])
    with pytest.raises(ValueError, match="satu per unit"):
        run(both)


def test_a_column_that_is_not_there(made):
    with pytest.raises(ValueError, match="'jenis' tidak ada"):
        run(made(), kind="jenis")
