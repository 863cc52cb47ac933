from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

BEHIND = {"X1.03.0.00.0.00.01.0000", "X2.19.0.00.0.00.01.0000", "X3.30.3.31.0.00.01.0000", "X7.01.0.00.0.00.07.0000"}
WORDS = {"Januari": 1, "Februari": 2, "Maret": 3, "April": 4, "Mei": 5, "Juni": 6, "Juli": 7, "Agustus": 8,
         "September": 9, "Oktober": 10, "November": 11, "Desember": 12}  # fmt: skip


@pytest.fixture(scope="module")
def net(spending: pd.DataFrame) -> pd.DataFrame:
    """Spending per document: year, month, office, line, rupiah net of what was paid back."""
    date = spending["Tanggal Dokumen"].astype(str)
    spoken = date.str.split(" ").str[1].map(WORDS)
    month = spoken.fillna(pd.to_numeric(date.str[5:7], errors="coerce")).astype(int)
    return spending.assign(month=month, rupiah=spending["Nilai Realisasi"] - spending["Nilai Setoran"])


@pytest.fixture(scope="module")
def last(budget: pd.DataFrame) -> pd.DataFrame:
    return budget[budget["stage"] == "perubahan"]


@pytest.fixture(scope="module")
def plans(folder: Path) -> pd.DataFrame:
    return pd.concat(pd.read_excel(path, engine="calamine") for path in (folder / "kiriman").glob("rak_*_CONTOH.xlsx"))


def test_the_report_has_its_45_columns(spending: pd.DataFrame) -> None:
    columns = list(spending.columns[:-1])
    assert len(columns) == 45
    assert columns[:2] == ["Kode SKPD", "Nama SKPD"]
    assert columns[18:23] == ["Kode Rekening", "Nama Rekening", "Nomor Dokumen", "Jenis Dokumen", "Jenis Transaksi"]
    assert columns[-3:] == ["Tanggal SP2D", "Tanggal Transfer", "Nilai SP2D"]


def test_rows_are_few_and_the_people_in_them_are_invented(spending: pd.DataFrame) -> None:
    assert (spending.groupby("year").size() <= 15_000).all()
    assert set(spending["NIP Pegawai"]) == {"198001010000000000 (contoh)"}
    assert set(spending["Nama Pegawai"]) == {"Pegawai Contoh"}


def test_all_months_of_all_years_have_spending(net: pd.DataFrame) -> None:
    assert net.groupby("year")["month"].nunique().to_dict() == {2023: 12, 2024: 12, 2025: 12}


def test_the_year_starts_low_and_ends_in_a_rush(net: pd.DataFrame) -> None:
    share = net.groupby(["year", "month"])["rupiah"].sum() / net.groupby("year")["rupiah"].sum()
    for year in (2023, 2024, 2025):
        months = share.loc[year]
        assert months.loc[1:3].sum() < 0.20
        assert months.idxmax() == 12


def test_offices_spend_88_to_97_percent_of_the_last_budget(net: pd.DataFrame, last: pd.DataFrame) -> None:
    spent = net.groupby(["year", "Kode SKPD"])["rupiah"].sum()
    rate = spent / last.groupby(["year", "KODE SKPD"])["PAGU"].sum().rename_axis(spent.index.names)
    assert len(rate) == 3 * 42
    assert rate.between(0.88, 0.97).all()


def test_one_line_is_overspent_and_no_other(net: pd.DataFrame, budget: pd.DataFrame) -> None:
    keys = ["KODE SKPD", "KODE SUB UNIT", "KODE SUB KEGIATAN", "KODE REKENING"]
    same = dict(zip(["Kode SKPD", "Kode Sub SKPD", "Kode Sub Kegiatan", "Kode Rekening"], keys, strict=True))
    spent = net.rename(columns=same).groupby(["year", *keys])["rupiah"].sum()
    last = budget[budget["stage"] == "perubahan"].groupby(["year", *keys])["PAGU"].sum()
    over = (spent > last.reindex(spent.index, fill_value=0)).pipe(lambda above: above[above].index.tolist())
    assert len(over) == 1
    assert over[0][0] == 2025
    assert over[0][1].startswith("X2.12")


@pytest.mark.parametrize(("until", "stage"), [(3, "murni"), (8, "pergeseran")])
def test_no_stage_of_2025_is_overspent_while_in_force(
    net: pd.DataFrame, budget: pd.DataFrame, until: int, stage: str
) -> None:
    pagu = budget[(budget["year"] == 2025) & (budget["stage"] == stage)]
    limit = pagu.groupby(["KODE SKPD", "KODE SUB UNIT", "KODE SUB KEGIATAN", "KODE REKENING"])["PAGU"].sum()
    early = net[(net["year"] == 2025) & (net["month"] <= until)]
    spent = early.groupby(["Kode SKPD", "Kode Sub SKPD", "Kode Sub Kegiatan", "Kode Rekening"])["rupiah"].sum()
    assert (spent <= limit.reindex(spent.index, fill_value=0)).all()


def test_a_cash_plan_adds_up_to_the_last_budget(plans: pd.DataFrame, last: pd.DataFrame) -> None:
    months = plans.loc[:, "JANUARI":"DESEMBER"]
    assert months.shape[1] == 12
    assert (months.sum(axis=1) == plans["JUMLAH"]).all()
    planned = plans.groupby(["TAHUN", "KODE SKPD"])["JUMLAH"].sum()
    pagu = last[last["year"] >= 2024].groupby(["TAHUN", "KODE SKPD"])["PAGU"].sum()
    pd.testing.assert_series_equal(planned, pagu, check_names=False)


def test_four_offices_are_well_behind_their_plan_at_tw3(
    net: pd.DataFrame, plans: pd.DataFrame, last: pd.DataFrame
) -> None:
    planned = plans[plans["TAHUN"] == 2025].set_index("KODE SKPD").loc[:, "JANUARI":"SEPTEMBER"].sum(axis=1)
    spent = net[(net["year"] == 2025) & (net["month"] <= 9)].groupby("Kode SKPD")["rupiah"].sum()
    pagu = last[last["year"] == 2025].groupby("KODE SKPD")["PAGU"].sum()
    behind = (planned.groupby(level=0).sum() - spent) / pagu
    assert set(behind.nlargest(4).index) == BEHIND
    assert behind.nlargest(4).min() > 0.15 > behind.nlargest(5).min()


def test_sp2d_values_repeat_and_some_money_came_back(spending: pd.DataFrame) -> None:
    assert spending["Nilai SP2D"].sum() > 2 * spending["Nilai Realisasi"].sum()
    assert (spending["Nilai Setoran"] > 0).sum() > 5
    whole = spending.groupby("Nomor SP2D")["Nilai Realisasi"].sum()
    assert (spending.groupby("Nomor SP2D")["Nilai SP2D"].first() == whole).all()
