"""Local rates, kinds of travel, travel really spent, and what-if."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pkanalysis as pk
from pkanalysis.analysis.budget.rates import allowed

TRIP, TOWN, MEALS, TEA = "5.1.02.04.01.0001", "5.1.02.04.01.0003", "5.1.02.01.01.0052", "5.1.02.01.01.0043"


def changes(*rows):
    names = ["kode_opd", "kode_rekening", "pagu_sebelum_rp", "pagu_sesudah_rp"]
    return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[2:], "int64"))


def test_a_local_rate_is_tested_like_the_binding_one_and_called_local():
    found = pk.budget.rate_cut(changes(("A", MEALS, 100, 75), ("B", MEALS, 100, 90)), "makan_minum", 0.25)
    assert found["status"].tolist() == ["memenuhi", "belum", "belum"]
    assert found["kekurangan_rp"].tolist() == [0, 15, 15]
    assert found["dasar"].unique().tolist() == ["tarif lokal (ketetapan daerah)"]
    assert pk.budget.rate_cut(changes(("A", TRIP, 2, 1)), "perjalanan_dinas", 0.5)["dasar"].iloc[0].startswith("Inpres")


def test_accounts_that_need_judgement_do_not_count():
    found = pk.budget.rate_cut(changes(("A", MEALS, 100, 75), ("A", TEA, 900, 900)), "makan_minum", 0.25)
    assert found.iloc[-1][["pagu_sebelum_rp", "status"]].tolist() == [100, "memenuhi"]


def test_travel_is_the_rate_cut_of_its_category():
    rows = changes(("A", TRIP, 100, 60), ("A", TOWN, 20, 5), ("B", TRIP, 0, 7), ("B", MEALS, 9, 9))
    same = pk.budget.rate_cut(rows, "perjalanan_dinas", 0.5, 3).drop(columns=["kategori", "tarif", "dasar"])
    pd.testing.assert_frame_equal(same, pk.budget.travel_cut(rows, 0.5, 3))


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [(0, 0, "tidak_berlaku"), (0, 4, "pos_baru"), (-5, -5, "tidak_berlaku"), (-5, 4, "pos_baru"), (4, -1, "memenuhi")],
)
def test_a_base_that_is_no_amount_is_never_failed(before, after, status):
    row = pk.budget.rate_cut(changes(("A", MEALS, before, after)), "makan_minum", 0.25).iloc[0]
    assert row[["status", "kekurangan_rp"]].tolist() == [status, 0]
    assert pd.isna(row["persen"]) == (before <= 0)


def test_a_category_without_a_line_applies_to_nobody():
    found = pk.budget.rate_cut(changes(("A", MEALS, 10, 5)), "seremonial", 0.5)
    assert found["status"].tolist() == ["tidak_berlaku", "tidak_berlaku"]
    assert pk.budget.what_if(changes(("A", MEALS, 10, 5)), {"seremonial": 0.5}).empty


def test_an_unknown_category_and_a_per_cent_are_refused():
    with pytest.raises(ValueError, match="'makan_minm' tidak dikenal; maksud Anda makan_minum"):
        pk.budget.rate_cut(changes(), "makan_minm", 0.25)
    with pytest.raises(ValueError, match="dari 0 sampai 1, tertulis 25"):
        pk.budget.rate_cut(changes(), "makan_minum", 25)


@given(st.integers(0, 10**15), st.integers(0, 100))
def test_the_limit_is_exact(amount, percent):
    limit = int(allowed(pd.Series([amount]), percent / 100)[0])
    assert 100 * limit <= amount * (100 - percent) < 100 * (limit + 1)


def test_kinds_of_travel():
    codes = [
        TRIP,
        "5.1.02.04.001.00002",
        TOWN,
        "510204010004",
        "5.1.02.04.02.0001",
        "5.1.02.04.01.0009",
        "5.1.02.04",
        MEALS,
    ]
    assert pk.budget.travel_kind(pd.Series(codes)).tolist() == [
        "biasa", "tetap", "dalam_kota", "paket_meeting", "luar_negeri", "lainnya", "lainnya", "",
    ]  # fmt: skip


def stage(*rows):
    return pd.DataFrame(rows, columns=["kode_opd", "kode_rekening", "pagu_rp"])


def spent(*rows):
    return pd.DataFrame(rows, columns=["kode_opd", "kode_rekening", "bulan", "realisasi_rp"])


def test_travel_really_spent():
    murni = stage(("A", TRIP, 100), ("B", TRIP, 100), ("C", MEALS, 9), ("D", TRIP, 40), ("E", MEALS, 9))
    last = stage(("A", TRIP, 50), ("B", TRIP, 70), ("C", MEALS, 9), ("D", TRIP, 20), ("E", TRIP, 8), ("F", TRIP, 5))
    real = spent(
        ("A", TRIP, 1, 20), ("A", TRIP, 12, 29), ("B", TRIP, 11, 71), ("C", MEALS, 12, 9), ("E", TRIP, 12, 8),
        ("F", TRIP, 12, 1),
    )  # fmt: skip
    found = pk.budget.travel_realised(murni, last, real).set_index("kode_opd")
    assert found[["status_pagu", "status_tarif"]].values.tolist() == [
        ["dalam_pagu", "memenuhi"],
        ["melebihi_pagu", "belum"],
        ["dalam_pagu", "tidak_berlaku"],
        ["belum_ada_data", "belum_ada_data"],
        ["dalam_pagu", "pos_baru"],
        ["belum_ada_data", "belum_ada_data"],
        ["dalam_pagu", "belum"],
    ]
    assert pd.isna(found.loc["F", "pagu_murni_rp"])
    assert pd.isna(found.loc["D", "realisasi_rp"])
    total = found.iloc[-1]
    assert total[["pagu_murni_rp", "pagu_terakhir_rp", "realisasi_rp", "sampai_bulan"]].tolist() == [200, 128, 128, 11]
    assert total["persen"] == 64


def test_what_if_stands_beside_what_was_done():
    rows = changes(("A", TRIP, 101, 50), ("B", TRIP, 100, 120), ("B", MEALS, 40, 30), ("C", MEALS, 0, 5))
    found = pk.budget.what_if(rows, {"perjalanan_dinas": 0.6, "makan_minum": 0.5})
    names = ["kode_opd", "kategori", "simulasi_rp", "dilakukan_rp", "selisih_rp"]
    assert found[names].values.tolist() == [
        ["A", "perjalanan_dinas", 61, 51, 10],
        ["B", "perjalanan_dinas", 60, -20, 80],
        ["B", "makan_minum", 20, 10, 10],
        ["C", "makan_minum", 0, -5, 5],
    ]
    assert pk.budget.what_if(rows, {}).columns.tolist() == found.columns.tolist()


def test_a_local_rate_at_every_stage():
    rows = [("murni", "A", MEALS, 100), ("geser", "A", MEALS, 70), ("ubah", "A", MEALS, 80), ("murni", "B", MEALS, 9)]
    lines = pd.DataFrame(rows, columns=["tahap", "kode_opd", "kode_rekening", "pagu_rp"])
    found = pk.budget.rate_by_stage(lines, ["murni", "geser", "ubah"], "makan_minum", 0.25)
    assert found[found["cakupan"].eq("opd")][["tahap", "kode_opd", "status"]].values.tolist() == [
        ["geser", "A", "memenuhi"], ["ubah", "A", "belum"],
    ]  # fmt: skip
    assert pk.budget.rate_by_stage(lines, ["murni"], "makan_minum", 0.25).empty
    assert pk.budget.rate_by_stage(lines, [], "makan_minum", 0.25).columns.tolist() == found.columns.tolist()
