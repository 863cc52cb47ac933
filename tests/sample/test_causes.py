"""The causes that offices wrote beside their changes, and that they let the 44 miliar be found."""

from __future__ import annotations

import pandas as pd

from pkanalysis import sample
from pkanalysis.sample.budget import SILENT
from pkanalysis.sample.catalogue import offices
from pkanalysis.sample.shift import ADDITIONS, CAPITAL_AS_SAVING

CAUSES = sample.truth()["perubahan_anggaran"].assign(
    change=lambda rows: rows["pagu_sesudah_rp"] - rows["pagu_sebelum_rp"]
)
SHIFT = CAUSES[CAUSES["tahap_sesudah"] == "pergeseran"]
CODES = offices()["kode_opd"]


def test_every_change_of_both_pairs_of_stages_is_listed_once() -> None:
    keys = ["kode_opd", "kode_sub_kegiatan", "kode_rekening"]
    budget = sample.truth()["anggaran"].query("tahun == 2025").groupby([*keys, "tahap"])["pagu_rp"].sum().unstack()
    budget = budget.fillna(0)
    for before, after in (("murni", "pergeseran"), ("pergeseran", "perubahan")):
        moved = (budget[after] - budget[before]).pipe(lambda change: change[change != 0])
        listed = CAUSES[CAUSES["tahap_sesudah"] == after].set_index(keys)["change"]
        pd.testing.assert_series_equal(
            moved.sort_index().astype("int64"), listed.sort_index().astype("int64"), check_names=False
        )


def test_additions_and_the_tkd_cut_can_be_told_by_their_cause() -> None:
    given = SHIFT[SHIFT["sebab"] == "prioritas_kepala_daerah"].groupby("kode_opd")["change"].sum()
    assert given.to_dict() == {CODES[office]: rupiah for office, rupiah in ADDITIONS.items()}
    cut = SHIFT[SHIFT["sebab"] == "tkd"]
    assert cut["change"].sum() == -4_000_000_000
    assert set(cut["kode_opd"]) == {CODES["DPUPR"]}


def test_capital_that_was_booked_as_efisiensi_keeps_its_cause() -> None:
    booked = SHIFT[SHIFT["kode_rekening"].str.startswith("5.2.") & SHIFT["sebab"].eq("inpres_1_2025")]
    assert booked.set_index("kode_opd")["change"].to_dict() == {
        CODES[office]: -rupiah for office, rupiah in CAPITAL_AS_SAVING.items()
    }


def test_ordinary_shifts_corrections_and_salaries_cancel_out() -> None:
    for cause in ("pergeseran_biasa", "koreksi", "gaji"):
        own = SHIFT[(SHIFT["sebab"] == cause) & ~SHIFT["kode_opd"].isin(CODES[list(SILENT)])]
        assert len(own) > 5
        assert own["change"].abs().sum() > 0
    assert (SHIFT["sebab"] == "pergeseran_biasa").sum() > 50


def test_two_offices_are_silent_and_some_causes_are_missing_elsewhere() -> None:
    silent = CAUSES["sebab"].isna().groupby(CAUSES["kode_opd"]).all()
    assert set(silent.index[silent]) == set(CODES[list(SILENT)])
    assert 0.03 < CAUSES.loc[~CAUSES["kode_opd"].isin(CODES[list(SILENT)]), "sebab"].isna().mean() < 0.12
