"""A real before/after workbook: net and gross, travel halved and refilled, capital cut and more than restored."""

import pytest
from paths import shared

import pkanalysis as pk
from pkanalysis.analysis.budget.accounts import spending_kind
from pkanalysis.config import Config, Stage
from pkanalysis.intake import read

STAGES = ["murni", "pergeseran", "perubahan"]


@pytest.fixture(scope="module")
def lines():
    config = Config("nyata", "Kota Uji", tuple(Stage(2025, code, code) for code in STAGES))
    return read(shared("real", "jatim_upt_2025_sebelum_sesudah_efisiensi.xlsx"), config).tables["anggaran"]


@pytest.fixture(scope="module")
def steps(lines):
    return pk.budget.steps(lines, STAGES)


@pytest.fixture(scope="module")
def step(steps):
    return steps[steps["tahap_sesudah"].eq("pergeseran")]


def test_net_and_gross(step):
    moved = pk.budget.reallocation(step, pk.budget.LINE)
    assert (moved.turun, moved.naik, moved.neto) == (883_662_776, 424_152_000, -459_510_776)
    assert moved.perputaran == 2 * 424_152_000
    assert round(100 * moved.neto / step["pagu_sebelum_rp"].sum(), 2) == -10.63


def test_travel_is_halved_and_refilled(lines, steps):
    tests = pk.budget.travel_by_stage(lines, STAGES).query("cakupan == 'semua'")
    assert tests["pagu_sesudah_rp"].tolist() == [657_874_000, 662_094_000]
    assert tests["status"].tolist() == ["memenuhi", "belum"]
    found = pk.budget.refilled(steps, ["perjalanan_dinas"]).rows
    assert found[["dipotong_rp", "naik_rp"]].values.tolist() == [[657_874_000, 4_220_000]]


def test_capital_is_cut_without_a_stated_reason_and_more_than_restored(lines, step):
    capital = lines[spending_kind(lines["kode_rekening"]).eq("Belanja Modal")].groupby("tahap")["pagu_rp"].sum()
    assert capital[STAGES].tolist() == [112_565_000, 104_344_000, 150_765_000]
    assert pk.budget.capital_cut(step).rows.empty
    assert pk.budget.capital_cut(step, booked_as=[""]).rows["pengurangan_rp"].sum() >= 112_565_000 - 104_344_000


def test_the_parts_add_up(lines):
    stages = dict(list(lines.assign(jenis=spending_kind(lines["kode_rekening"])).groupby("tahap")))
    found = pk.budget.decompose(stages["murni"], stages["pergeseran"], "kode_kegiatan", "jenis")
    assert found[["umum", "susunan", "khusus"]].sum().sum() == pytest.approx(-459_510_776)
    assert found["selisih_rp"].sum() == -459_510_776
    assert pk.budget.comparable(stages["murni"], stages["pergeseran"]) == ()
