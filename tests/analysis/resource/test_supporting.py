"""Tables g and h of the LKjIP: links between indicators and programmes, and totals that equal the lines."""

import numpy as np
import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis.sample import truth

LAST = 9


def cut(table, office, **only):
    rows = truth()[table]
    rows = rows[rows["kode_opd"].eq(office) & rows["tahun"].eq(2025)]
    for name, value in only.items():
        rows = rows[rows[name].eq(value)]
    return rows


@pytest.fixture(scope="module")
def office():
    return truth()["opd"].set_index("singkatan").loc["DINKES", "kode_opd"]


@pytest.fixture(scope="module")
def frames(office):
    spent = cut("realisasi_anggaran", office)
    return (
        cut("anggaran", office, tahap="murni"),
        cut("anggaran", office, tahap="perubahan"),
        spent[spent["bulan"].le(LAST)],
    )


def test_every_level_adds_up_to_the_lines(frames):
    found = pk.resource.by_activity(*frames)
    sums = found.groupby("tingkat")[["pagu_sebelum_rp", "pagu_sesudah_rp", "realisasi_rp", "sisa_rp"]].sum()
    assert sums.eq(sums.loc["jumlah"]).all(axis=None)
    first, last, spent = frames
    total = found.iloc[-1]
    assert (total["pagu_sebelum_rp"], total["pagu_sesudah_rp"], total["realisasi_rp"]) == (
        first["pagu_rp"].sum(), last["pagu_rp"].sum(), spent["realisasi_rp"].sum(),
    )  # fmt: skip
    assert found["kode"].iloc[:-1].is_monotonic_increasing


def test_a_table_without_rows_is_missing_and_not_zero(frames):
    first, last, spent = frames
    found = pk.resource.by_activity(first, last, spent.head(0))
    assert found["realisasi_rp"].isna().all() and found["sisa_rp"].isna().all()
    assert pk.resource.by_activity(first.head(0), last.head(0), spent.head(0)).empty


def test_a_sub_kegiatan_that_came_later_stood_at_zero(frames):
    first, last, spent = frames
    code = last["kode_sub_kegiatan"].iloc[0]
    found = pk.resource.by_activity(first[first["kode_sub_kegiatan"].ne(code)], last, spent).set_index("kode")
    assert found.loc[code, "pagu_sebelum_rp"] == 0
    assert found.loc[code, "selisih_rp"] == found.loc[code, "pagu_sesudah_rp"]


def test_programmes_without_an_indicator_stand_last_and_nothing_is_guessed():
    card = pd.DataFrame({
        "kode_opd": "A", "sasaran": ["T", "S"], "kode_indikator": ["t", "s"], "nama_indikator": ["dua", "satu"],
        "is_tercapai": pd.array([None, True], "boolean"),
    })  # fmt: skip
    links = pd.DataFrame({
        "kode_indikator": ["s", "t", "t", "t"], "kode_induk": ["P1", "P1", "P2", "K1"],
        "jenis_induk": ["program", "program", "program", "indikator"],
    })  # fmt: skip
    money = pd.DataFrame({
        "kode_opd": "A", "kode_program": ["P1", "P3"], "pagu_murni_rp": [10, 5], "pagu_perubahan_rp": [8, 0],
        "realisasi_rp": [6, 0],
    })  # fmt: skip
    found = pk.resource.supporting(card, links, money)
    assert found["kode_program"].tolist() == ["P1", "P1", "P2", "P3"]
    assert found["nama_indikator"].tolist()[:3] == ["satu", "dua", "dua"]
    assert found["is_terkait"].tolist() == [True, True, True, False]
    shares = found["serapan_pct"].to_numpy("float64", na_value=np.nan)
    assert shares[:2].tolist() == [75, 75] and np.isnan(shares[2:]).all()


def test_the_cascade_reaches_down_to_sub_kegiatan_by_programme_by_kegiatan_and_by_itself():
    card = pd.DataFrame({
        "kode_opd": ["P", "A", "A", "B"], "sasaran": "S", "kode_indikator": ["K", "i", "j", "l"],
        "nama_indikator": ["kota", "satu", "dua", "tiga"], "is_tercapai": pd.array([None, True, False, True], "boolean"),
        "tingkat": ["iku_kota", "iku_opd", "program", "iku_opd"],
    })  # fmt: skip
    links = pd.DataFrame({
        "kode_indikator": ["i", "i", "j", "j", "l", "l", "K"],
        "kode_induk": ["K", "1.01.02", "i", "1.01.03.2.01", "K", "1.01.02.2.02.0002", "i"],
        "jenis_induk": ["indikator", "program", "indikator", "kegiatan", "indikator", "sub_kegiatan", "indikator"],
    })  # fmt: skip
    subs = ["1.01.02.2.01.0001", "1.01.02.2.02.0002", "1.01.03.2.01.0001", "1.01.03.2.02.0001"]
    money = pd.DataFrame({
        "kode_opd": ["A"] * 4 + ["B"], "kode_sub_kegiatan": [*subs, subs[1]], "pagu_perubahan_rp": [1, 2, 4, 8, 16],
        "realisasi_rp": [1, 1, 1, 1, 0],
    })  # fmt: skip
    money["kode_kegiatan"], money["kode_program"] = (money["kode_sub_kegiatan"].str[:size] for size in (12, 7))
    found = pk.resource.supporting_activities(card, links, money)
    rows = found[["kode_indikator", "kode_opd", "kode_sub_kegiatan", "induk"]].fillna("–").to_numpy().tolist()
    assert rows == [
        ["i", "A", subs[0], "K"], ["i", "A", subs[1], "K"], ["j", "A", subs[2], "i"], ["l", "B", subs[1], "K"],
        ["–", "A", subs[3], "–"],
    ]  # fmt: skip
    (row,) = pk.resource.reach_down(card, links, money).to_dict("records")  # K below i below K is a loop, and ends
    assert [row[name] for name in ("n_opd", "n_iku_opd", "n_indikator_program", "n_program", "n_sub_kegiatan")] == [
        2, 2, 1, 3, 4,
    ]  # fmt: skip
    assert row["pagu_perubahan_rp"] == 1 + 2 + 4 + 16
