"""Size of the cut: by rule from the original budget, as carried out, outside staff; gains and gaps apart."""

import pandas as pd
import pytest

import pkanalysis as pk

TRAVEL, FOOD, STAFF, DRUGS = "5.1.02.04.01.0001", "5.1.02.01.01.0052", "5.1.01.01.01.0001", "5.1.02.01.01.0037"
RATES = {"perjalanan_dinas": 0.5, "makan_minum": 0.25}


def lines(stage, opd, **amounts):
    codes = {"travel": TRAVEL, "food": FOOD, "staff": STAFF, "drugs": DRUGS}
    return pd.DataFrame({
        "tahap": stage,
        "kode_opd": opd,
        "kode_rekening": [codes[name] for name in amounts],
        "pagu_rp": pd.array([*amounts.values()], dtype="Int64"),
    })  # fmt: skip


@pytest.fixture
def budget():
    return pd.concat([
        lines("murni", "B", travel=100, food=40, staff=200, drugs=60),
        lines("perubahan", "B", travel=50, food=30, staff=200, drugs=60),
        lines("murni", "A", staff=100, drugs=100),
        lines("perubahan", "A", staff=100, drugs=150),
        lines("murni", "C", travel=10, staff=30),
        lines("perubahan", "D", travel=10),
    ])  # fmt: skip


def test_rule_and_actual_cut(budget):
    got = pk.effect.exposure(budget, RATES, after="perubahan").set_index("kode_opd")
    assert got.index.tolist() == ["A", "B", "C"]
    assert got["potensi_rp"].tolist() == [0, 60, 5]
    assert got["potensi"].tolist() == pytest.approx([0, 0.15, 0.125])
    assert got["pengurangan"].tolist()[:2] == pytest.approx([-0.25, 0.15])
    assert got["pengurangan_luar_pegawai"].tolist()[:2] == pytest.approx([-0.5, 0.3])
    assert got["bertambah"].tolist()[:2] == [True, False]


def test_years_are_kept_apart(budget):
    both = pd.concat([budget.assign(tahun=2024), budget.assign(tahun=2025, pagu_rp=2 * budget["pagu_rp"])])
    got = pk.effect.exposure(both, RATES, after="perubahan")
    assert got["tahun"].tolist() == [2024] * 3 + [2025] * 3
    assert got["potensi"].tolist() == pytest.approx([0, 0.15, 0.125] * 2)
    assert got["potensi_rp"].tolist() == [0, 60, 5, 0, 120, 10]
    assert got["pengurangan_luar_pegawai"].tolist()[:2] == pytest.approx([-0.5, 0.3])


def test_a_stage_that_was_not_delivered_is_no_cut_to_nothing(budget):
    got = pk.effect.exposure(budget, RATES, after="perubahan").set_index("kode_opd").loc["C"]
    assert got[["pengurangan", "pengurangan_luar_pegawai", "bertambah"]].isna().all()
    before = pk.effect.exposure(budget, RATES)
    assert before["pengurangan"].isna().all()
    assert before["potensi"].notna().all()


def test_an_account_that_vanished_was_cut(budget):
    rest = budget[~(budget["tahap"].eq("perubahan") & budget["kode_rekening"].isin([TRAVEL, FOOD, DRUGS]))]
    got = pk.effect.exposure(rest, RATES, after="perubahan").set_index("kode_opd")
    assert got.loc["B", "pengurangan_luar_pegawai"] == 1.0
    assert got.loc["B", "pengurangan"] == 0.5


def test_order_of_rows_changes_nothing(budget):
    want = pk.effect.exposure(budget, RATES, after="perubahan")
    pd.testing.assert_frame_equal(pk.effect.exposure(budget.iloc[::-1], RATES, after="perubahan"), want)


def test_compliance_needs_three_and_some_spread():
    sizes = pd.DataFrame({"potensi": [0.1, 0.1, 0.1], "pengurangan": [0.1, 0.2, 0.3]})
    assert pd.isna(pk.effect.compliance(sizes).correlation)
    assert pk.effect.compliance(sizes.iloc[:2]).n == 2


def test_the_sample_follows_its_rule(sample):
    budget = sample["anggaran"]
    got = pk.effect.exposure(budget[budget["tahun"].eq(2025)], sample.config.efisiensi.tarif, after="perubahan")
    assert len(got) == 42
    assert got.loc[got["potensi"].idxmax(), "kode_opd"] == "X4.02.0.00.0.00.01.0000"
    assert pk.effect.compliance(got).correlation > 0.8


@pytest.mark.parametrize(
    ("changed", "rates", "told"),
    [
        ({}, {"perjalanan_dinas": 50}, "tarif perjalanan_dinas harus dari 0 sampai 1"),
        ({}, {"perjalanan": 0.5}, "kategori 'perjalanan' tidak dikenal"),
        ({"pagu_rp": None}, RATES, "kosong bukan nol"),
        ({"pagu_rp": "100"}, RATES, "harus angka rupiah"),
        ({"kode_opd": None}, RATES, "'kode_opd' kosong pada 15 baris"),
        ({"kode_rekening": 5102}, RATES, "kode harus teks"),
    ],
)
def test_what_would_give_a_wrong_size_is_told(budget, changed, rates, told):
    with pytest.raises(ValueError, match=told):
        pk.effect.exposure(budget.assign(**changed), rates)


def test_a_budget_without_stages_is_told(budget):
    with pytest.raises(ValueError, match="kolom 'tahap' tidak ada"):
        pk.effect.exposure(budget.drop(columns="tahap"), RATES)
