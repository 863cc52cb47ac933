"""Kota Contoh: the bounds come back to the rupiah, every planted thing is found, clean OPD raise no alarm."""

import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis.analysis.budget import LINE, TRANSFER
from pkanalysis.config import Patterns
from pkanalysis.sample import shift, truth
from pkanalysis.sample import shift as doubtful
from pkanalysis.sample.budget import MORE_MEALS, REFILLED
from pkanalysis.sample.catalogue import offices
from pkanalysis.sample.opening import SAVING, SHORT_OF_HALF

STAGES = ["murni", "pergeseran", "perubahan"]
RATED = ["perjalanan_dinas", "makan_minum", "atk_bahan_kantor", "publikasi_iklan"]
HOTEL, TALKS = "5.1.02.02.05.0043", "5.1.02.02.12.0002"


def ids(found):
    """Generator ids of the OPD of a result."""
    names = offices()["kode_opd"].reset_index().set_index("kode_opd")["id"]
    return set(found["kode_opd"].map(names))


def code(office):
    return offices().loc[office, "kode_opd"]


@pytest.fixture(scope="module")
def lines():
    own = truth()["anggaran"]
    return own[own["tahun"].eq(2025)]


@pytest.fixture(scope="module")
def steps(lines):
    return pk.budget.steps(lines, STAGES)


@pytest.fixture(scope="module")
def step(steps):
    return steps[steps["tahap_sesudah"].eq("pergeseran")]


@pytest.fixture(scope="module")
def causes():
    return truth()["perubahan_anggaran"]


@pytest.fixture(scope="module")
def stages(lines):
    return {
        name: own.assign(kategori=pk.budget.classify(own["kode_rekening"])["kategori"])
        for name, own in lines.groupby("tahap")
    }


def test_the_saving_is_found_among_everything_that_hides_it(step, causes):
    assert pk.budget.targeted_decrease(step)[RATED].sum() == SAVING
    assert step["pengurangan_rp"].sum() > SAVING + shift.TKD_CUT


def test_the_transfer_stands_apart(step, causes):
    table = pk.budget.seven_points(step, causes).set_index("angka")
    assert table.loc[7, "pengurangan_rp"] == shift.TKD_CUT
    assert table.loc[2, ["pagu_sebelum_rp", "pagu_sesudah_rp", "persen"]].tolist() == [
        74_000_000_000,
        37_000_000_000,
        -50,
    ]
    why = pk.budget.reasons(step, causes)
    assert step.loc[why.isin(TRANSFER) & step["pengurangan_rp"].gt(0), "pengurangan_rp"].sum() == shift.TKD_CUT


def test_published_additions_and_the_rest_to_contingency(step, causes):
    why = pk.budget.reasons(step, causes)
    given = pk.budget.additions(step[why.isin(["prioritas_kepala_daerah", "mendesak"])])
    assert given["penambahan_rp"].sum() == sum(shift.ADDITIONS.values()) + shift.TO_BTT
    assert ids(given) == {*shift.ADDITIONS, "BPKAD"}
    everything = pk.budget.additions(step)
    assert everything["penambahan_rp"].sum() == step["penambahan_rp"].sum()
    assert everything["dibatasi_rp"].sum() > 0


@pytest.mark.parametrize("category", RATED[1:])
def test_local_rates_are_met_to_the_rupiah_of_each_line(step, category):
    found = pk.budget.rate_cut(step, category, 0.25, tolerance_rp=1000)
    assert set(found["status"]) <= {"memenuhi", "tidak_berlaku"}


def test_bases_of_the_rates(step):
    found = pk.budget.what_if(step, dict.fromkeys(RATED, 0.5))
    base = found.groupby("kategori")["pagu_sebelum_rp"].sum()
    assert base["perjalanan_dinas"] == 74_000_000_000
    assert base[RATED[1:]].sum() == 28_000_000_000
    assert found["dilakukan_rp"].sum() == SAVING


def test_what_another_rate_would_save(step):
    found = pk.budget.what_if(step, {"perjalanan_dinas": 0.6})
    assert abs(found["simulasi_rp"].sum() - 44_400_000_000) <= len(found)
    assert found["dilakukan_rp"].sum() == 37_000_000_000


def test_offices_short_of_half_and_nobody_else(step):
    found = pk.budget.travel_cut(step)
    assert ids(found[found["status"].eq("belum")]) == set(SHORT_OF_HALF)
    assert found.iloc[-1]["status"] == "memenuhi"


def test_every_planted_refill_and_no_false_alarm(steps):
    rows = pk.budget.refilled(steps, min_cut_pct=Patterns().naik_lagi_dipotong_pct).rows
    by_kind = {name: ids(own) for name, own in rows.groupby("kategori")}
    assert by_kind == {
        "perjalanan_dinas": set(REFILLED), "makan_minum": set(MORE_MEALS), "publikasi_iklan": {"DISKOMINFO"},
    }  # fmt: skip
    clean = set(offices().index) - set(REFILLED) - set(MORE_MEALS) - {"DISKOMINFO"}
    assert (len(rows), len(ids(rows) & clean), len(clean)) == (11, 0, 31)


def test_every_relabelled_line_and_no_false_alarm(steps):
    found = pk.budget.relabelled(steps)
    clean = set(offices().index) - set(shift.CORRECTED)
    assert (ids(found.rows), len(ids(found.rows) & clean), len(clean)) == (set(shift.CORRECTED), 0, 37)
    assert found.lines["kode_rekening"].eq(found.lines["kode_rekening_lain"]).all()


def test_every_leakage_and_no_false_alarm(step):
    found = pk.budget.leaked(step)
    clean = set(offices().index) - set(doubtful.LEAKING)
    assert (ids(found.rows), len(ids(found.rows) & clean), len(clean)) == (set(doubtful.LEAKING), 0, 39)
    assert found.rows["pengganti_naik_rp"].sum() == sum(doubtful.LEAKING.values())
    assert set(found.lines["kode_rekening"]) == {HOTEL, TALKS}


def test_every_capital_cut_booked_as_efisiensi_and_no_false_alarm(step, causes):
    found = pk.budget.capital_cut(step, causes)
    assert {code(office): rupiah for office, rupiah in doubtful.CAPITAL_AS_SAVING.items()} == dict(
        found.rows[["kode_opd", "pengurangan_rp"]].values.tolist()
    )


def test_who_carries_the_saving(step):
    counted = pk.budget.is_targeted(step["kode_rekening"])
    kinds = pk.budget.classify(step["kode_rekening"])["kategori"]
    carried = pk.budget.carried_by(step, counted & kinds.isin(RATED))
    assert carried.index[0] == code("SETWAN")
    spread = pk.budget.concentration(carried["pengurangan_rp"])
    assert spread.n == 42
    assert spread.hhi == pytest.approx((carried["pangsa_pct"] ** 2).sum() / 10**4)
    kind = carried.index.to_series().map(offices().set_index("kode_opd")["jenis"])
    parts = pk.budget.theil_by_group(carried["pengurangan_rp"], kind)
    assert parts.within + parts.between == pytest.approx(spread.theil)


def test_the_decomposition_leaves_nothing(stages):
    for first, last in (("murni", "pergeseran"), ("murni", "perubahan")):
        found = pk.budget.decompose(stages[first], stages[last], "kode_opd", "kategori")
        residual = found[["umum", "susunan", "khusus"]].sum(axis=1) - found["selisih_rp"]
        assert residual.abs().max() < 1e-6 * stages[first]["pagu_rp"].sum() / 10**9
        assert found["selisih_rp"].sum() == stages[last]["pagu_rp"].sum() - stages[first]["pagu_rp"].sum()


def test_sums_over_any_partition_are_equal(step):
    table = step.assign(
        sektor=pk.budget.sector(step["kode_sub_kegiatan"]), jenis=pk.budget.travel_kind(step["kode_rekening"])
    )
    for by in (["kode_opd"], ["kode_sub_kegiatan"], ["kode_rekening"], ["sumber_dana"], ["sektor"], ["jenis"], LINE):
        sums = pk.budget.total(table, by)
        assert sums["penambahan_rp"].sum() - sums["pengurangan_rp"].sum() == sums["selisih_rp"].sum() == -shift.TKD_CUT
        moved = pk.budget.reallocation(table, by)
        assert moved.neto == -shift.TKD_CUT
        assert moved.bruto - abs(moved.neto) == moved.perputaran >= 0


def test_stages_of_the_sample_can_be_compared(stages):
    assert pk.budget.comparable(stages["murni"], stages["perubahan"]) == ()


def test_travel_spent_stays_below_the_last_ceiling(stages):
    spent = truth()["realisasi_anggaran"].query("tahun == 2025")
    found = pk.budget.travel_realised(stages["murni"], stages["perubahan"], spent)
    assert set(found["status_pagu"]) == {"dalam_pagu"}
    assert found["sampai_bulan"].eq(12).all()


def test_pace_and_outturn_of_three_years():
    spent, budget = truth()["realisasi_anggaran"], truth()["anggaran"]
    tops = budget.groupby(["tahun", "tahap"])["pagu_rp"].sum().unstack()[["murni", "perubahan"]]
    tops = tops.set_axis(["pagu_murni_rp", "pagu_terakhir_rp"], axis=1).reset_index()
    year = pk.resource.same_month(spent, tops, 12)
    assert year["serapan_terakhir_pct"].between(85, 100).all()
    assert year["beda_murni_poin"].notna().tolist() == [False, True, True]
    originals = budget.query("tahap == 'murni'").groupby(["tahun", "kode_opd"])["pagu_rp"].sum()
    heads = pd.concat([originals, spent.groupby(["tahun", "kode_opd"])["realisasi_rp"].sum()], axis=1).reset_index()
    found = pk.resource.outturn(heads.rename(columns={"kode_opd": "kepala", "pagu_rp": "anggaran_rp"}))
    assert found.rows["pi_1_pct"].between(95, 105).sum() >= 2
    assert found.pi_1 == "A"
    assert found.pi_2 in "ABCD"
    assert found.rows["tahun"].tolist() == [2023, 2024, 2025]
