"""Budget changes: identities to the rupiah, zero bases, lines that come and go, the travel rule."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pkanalysis as pk

amounts = st.integers(min_value=-(10**6), max_value=10**13)
lines = st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from("pqrst")), amounts, max_size=8)


def frame(cells):
    rows = [(opd, account, amount) for (opd, account), amount in cells.items()]
    return pd.DataFrame(rows, columns=["kode_opd", "kode_rekening", "pagu_rp"]).astype({"pagu_rp": "int64"})


@given(lines, lines)
def test_gross_minus_addition_is_net_at_every_level(before, after):
    first, last = frame(before), frame(after)
    for by in (["kode_opd", "kode_rekening"], ["kode_opd"], ["kode_rekening"]):
        found = pk.budget.compare(first, last, by)
        assert found["penambahan_rp"].sum() - found["pengurangan_rp"].sum() == found["selisih_rp"].sum()
        assert found["pagu_sebelum_rp"].sum() == sum(before.values())
        assert found["pagu_sesudah_rp"].sum() == sum(after.values())
        assert found["selisih_rp"].sum() == sum(after.values()) - sum(before.values())


@given(lines, lines)
def test_a_finer_level_never_shows_less_gross_change(before, after):
    first, last = frame(before), frame(after)
    fine = pk.budget.compare(first, last, ["kode_opd", "kode_rekening"])["pengurangan_rp"].sum()
    coarse = pk.budget.compare(first, last, ["kode_opd"])["pengurangan_rp"].sum()
    assert fine >= coarse


def test_every_status_and_an_undefined_percentage():
    before = frame({("A", "p"): 100, ("A", "q"): 50, ("A", "r"): 7})
    after = frame({("A", "p"): 100, ("A", "q"): 20, ("A", "s"): 30})
    found = pk.budget.compare(before, after, ["kode_rekening"]).set_index("kode_rekening")
    assert found["status"].to_dict() == {"p": "tetap", "q": "berubah", "r": "dihapus", "s": "baru"}
    assert found["persen"].round(1).tolist()[:3] == [0.0, -60.0, -100.0]
    assert pd.isna(found.loc["s", "persen"])


def test_a_missing_key_is_a_key_and_loses_no_rupiah():
    rows = pd.DataFrame({"kode_opd": ["A", None], "kode_rekening": "p", "pagu_rp": [5, 8]})
    found = pk.budget.compare(rows, rows.iloc[:1], ["kode_opd", "kode_rekening"])
    assert found["pagu_sebelum_rp"].sum() == 13
    assert found["pengurangan_rp"].sum() == 8


def travel(before, after, rate=0.5, tolerance=0):
    rows = pd.DataFrame(
        {
            "kode_opd": ["A"],
            "kode_rekening": "5.1.02.04.01.0001",
            "pagu_sebelum_rp": [before],
            "pagu_sesudah_rp": [after],
        }
    )
    return pk.budget.travel_cut(rows, rate, tolerance).iloc[0]


@pytest.mark.parametrize(
    ("before", "after", "status", "gap"),
    [
        (1_315_748_000, 657_874_000, "memenuhi", 0),
        (1_315_748_000, 657_874_001, "belum", 1),
        (1_315_748_001, 657_874_000, "memenuhi", 0),
        (100, 0, "memenuhi", 0),
        (0, 0, "tidak_berlaku", 0),
        (0, 5, "pos_baru", 0),
        (100, 130, "belum", 80),
    ],
)
def test_the_travel_rule(before, after, status, gap):
    assert travel(before, after)[["status", "kekurangan_rp"]].tolist() == [status, gap]


def test_tolerance_and_other_rates():
    assert travel(1000, 505, tolerance=5)["status"] == "memenuhi"
    assert travel(1000, 506, tolerance=5)[["status", "kekurangan_rp"]].tolist() == ["belum", 6]
    assert travel(1000, 750, rate=0.25)["status"] == "memenuhi"
    assert travel(3, 2, rate=0.3)["batas_rp"] == 2


def test_the_region_is_judged_on_its_sum_and_only_travel_counts():
    rows = pd.DataFrame({
        "kode_opd": ["A", "B", "B"],
        "kode_rekening": ["5.1.02.04.01.0001", "5.1.02.04.02.0001", "5.1.02.01.01.0052"],
        "pagu_sebelum_rp": [100, 300, 999],
        "pagu_sesudah_rp": [80, 120, 1],
    })  # fmt: skip
    found = pk.budget.travel_cut(rows)
    assert found["status"].tolist() == ["belum", "memenuhi", "memenuhi"]
    assert found.iloc[-1][["cakupan", "pagu_sebelum_rp", "pagu_sesudah_rp"]].tolist() == ["semua", 400, 200]


@pytest.mark.parametrize(
    ("code", "category", "certainty"),
    [
        ("5.1.02.04.01.0001", "perjalanan_dinas", "pasti"),
        ("5.1.02.04.001.00003", "perjalanan_dinas", "pasti"),
        ("510202120002", "rapat_seminar_fgd", "taksiran"),
        ("5.1.02.01.01.0035", "souvenir_cendera_mata", "pasti"),
        ("5.1.02.99.99.9999", "dana_khusus_tanpa_rincian", "tidak_terurai"),
        ("5.1.01.01.01.0001", "belanja_pegawai", "di_luar_sasaran"),
        ("6.1.01.01.01.0001", "lainnya", "perlu_telaah"),
        ("bukan kode", "lainnya", "perlu_telaah"),
    ],
)
def test_categories_by_longest_prefix(code, category, certainty):
    found = pk.budget.classify(pd.Series([code], index=[7]))
    assert found.loc[7, ["kategori", "keyakinan"]].tolist() == [category, certainty]


def test_every_category_row_is_its_own_longest_prefix_and_has_a_basis():
    from pkanalysis import reference

    known = reference.efficiency_categories()
    assert len(known) == 232
    found = pk.budget.classify(known["kode_prefix"])
    assert found["kategori"].tolist() == known["kategori"].tolist()
    assert known["dasar"].ne("").all()
    assert known["keyakinan"].value_counts().to_dict() == {
        "taksiran": 69, "di_luar_sasaran": 57, "pasti": 52, "perlu_telaah": 50, "tidak_terurai": 4,
    }  # fmt: skip


def test_steps_follow_the_stages_and_a_line_in_one_stage_only_is_seen():
    from pkanalysis.tables import conform

    rows = [("murni", "5.1", 100), ("geser", "5.2", 40), ("ubah", "5.2", 60)]
    data = pd.DataFrame(rows, columns=["tahap", "kode_rekening", "pagu_rp"]).assign(tahun=2025, kode_opd="A")
    found = pk.budget.steps(conform("anggaran", data), ["murni", "geser", "ubah"])
    assert found[["tahap_sesudah", "kode_rekening", "selisih_rp", "status"]].values.tolist() == [
        ["geser", "5.1", -100, "dihapus"], ["geser", "5.2", 40, "baru"], ["ubah", "5.2", 20, "berubah"],
    ]  # fmt: skip
    assert pk.budget.steps(conform("anggaran", data), ["murni"]).empty


def test_total_keeps_gross_and_recomputes_the_percentage():
    rows = pd.DataFrame({"kode_opd": "A", "kode_rekening": ["p", "q"], "pagu_rp": [100, 100]})
    after = rows.assign(pagu_rp=[50, 150])
    found = pk.budget.total(pk.budget.compare(rows, after, ["kode_opd", "kode_rekening"]), ["kode_opd"])
    assert found[["pengurangan_rp", "penambahan_rp", "selisih_rp", "persen"]].values.tolist() == [[50, 50, 0, 0.0]]
