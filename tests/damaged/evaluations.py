"""Formulir E.81 of one office: K and Rp of four quarters, without a single code."""

from __future__ import annotations

from typing import Any

import pandas as pd

from damaged import lines, saving
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper
from pkanalysis.sample.catalogue import offices
from pkanalysis.sample.files import MARK

OFFICE = "DPP"
KINDS = ["K", "Rp", "K", "Rp", *["K", "%", "Rp"] * 4, "K", "Rp"]
HEADS = [
    ["No", "Sasaran", "Program/Kegiatan", "Indikator Kinerja", "Satuan",
     "Target Renstra Akhir Periode (Tahun 2026)", "", "Target Renja Tahun Berjalan (Tahun 2025) yang dievaluasi", "",
     "Realisasi Kinerja Pada Triwulan", *[""] * 11, "Realisasi Capaian Renja yang Dievaluasi"],
    [*[""] * 9, "I", "", "", "II", "", "", "III", "", "", "IV"],
    [*[""] * 5, *KINDS],
]  # fmt: skip
INDICATOR, UNIT, TARGET_K, TARGET, QUARTER, DONE_K, DONE = 3, 4, 7, 8, 11, 21, 22
"""0-based columns that are damaged."""


def clean() -> Pages:
    """The form with programme, kegiatan and sub kegiatan that add up."""
    above = [[MARK], ["Formulir E.81"], ["Tahun 2025"]]
    name = ["", f"Perangkat Daerah : {offices()['nama_opd'][OFFICE]}"]
    return [Page("E81 CONTOH", [*above, *HEADS, name, *_body()], head=6)]


def _body() -> list[list[Any]]:
    rows = lines.tree(OFFICE)
    quarters = {f"TW{n}": rows[[3 * n - 2, 3 * n - 1, 3 * n]].sum(axis=1) for n in range(1, 5)}
    rows = rows.assign(**quarters)
    body = []
    for programme, under in rows.groupby("nama_program", sort=False):
        body.append(_line(f"Program {programme}", "Persentase program selesai (contoh)", "%", under))
        for activity, below in under.groupby("nama_kegiatan", sort=False):
            body.append(_line(f"Kegiatan {activity}", "Persentase kegiatan selesai (contoh)", "%", below))
            for name, own in below.groupby("nama_sub_kegiatan", sort=False):
                body.append(_line(str(name), f"Jumlah dokumen {name} (contoh)", "Dokumen", own))
    return body


def _line(name: str, indicator: str, unit: str, rows: pd.DataFrame) -> list[Any]:
    money = [int(rows[each].sum()) for each in ("perubahan", "TW1", "TW2", "TW3", "TW4")]
    step, target = (25, 100) if unit == "%" else (1, 4)
    quarters = [cell for n, rupiah in enumerate(money[1:], 1) for cell in (step, n / 4, rupiah)]
    return ["", "", name, indicator, unit, target, 2 * money[0], target, money[0], *quarters, target, sum(money[1:])]


def _rp(page: Page) -> tuple[str, ...]:
    """The target of the first kegiatan: it is neither the sum of what is below nor what the programme says."""
    page.put(2, TARGET, page.cell(2, TARGET) + 1_000_000)
    return page.place(2, TARGET), page.place(1, TARGET)


def _year(page: Page) -> tuple[str, ...]:
    """The year of one sub kegiatan: its quarters say less, and so does the sum of its kegiatan."""
    return page.put(4, DONE, page.cell(4, DONE) + 500_000), page.place(2, DONE)


def _worded(page: Page) -> tuple[str, ...]:
    return page.put(4, TARGET, "menyesuaikan"), page.place(2, TARGET)


def _twin(page: Page) -> str:
    line = next(line for line in range(1, len(page.rows)) if page.cell(line, UNIT) == "Dokumen")
    page.repeat(line, INDICATOR)
    for column in (TARGET - 2, TARGET, QUARTER, QUARTER + 3, QUARTER + 6, QUARTER + 9, DONE):
        page.put(line + 1, column, 0)
    return page.place(line + 1, INDICATOR)


def _nameless(page: Page) -> str:
    page.rows[page.head][1] = "Perangkat Daerah : ............"
    return ""


def _undated(page: Page) -> str:
    page.rows[2][0] = "Tahun ........"
    page.rows[3][7] = "Target Renja Tahun Berjalan yang dievaluasi"
    return ""


FILES = (
    Paper("e81_2025_CONTOH.xlsx", clean, saving.as_workbook),
    Paper("e81_2025_jumlah_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("Rp kegiatan bukan jumlah sub kegiatannya", "peringatan", _rp),)),
    Paper("e81_2025_triwulan_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("Rp setahun bukan jumlah empat triwulan", "peringatan",
               _year),)),
    Paper("e81_2025_kinerja_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("K setahun bukan jumlah, rata-rata, atau nilai terakhir triwulannya", "peringatan",
               lambda page: page.put(4, DONE_K, 7)),
        Damage("arah tampak terbalik untuk nama indikatornya", "peringatan",
               lambda page: page.put(5, INDICATOR, "Angka kemiskinan (contoh)")),)),
    Paper("e81_2025_kata_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("target Rp ditulis dengan kata", "galat", _worded),)),
    Paper("e81_2025_nol_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("target 0 padahal ada anggaran", "peringatan", lambda page: page.put(4, TARGET_K, 0)),)),
    Paper("e81_2025_ganda_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("indikator ganda pada kegiatan yang sama", "peringatan", _twin),)),
    Paper("e81_2025_salah_jumlah_program_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("Rp program bukan jumlah kegiatannya", "peringatan",
               lambda page: page.put(1, TARGET, page.cell(1, TARGET) - 2_000_000)),)),
    Paper("e81_2025_tanpa_opd_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("nama OPD dibiarkan berupa titik-titik", "galat", _nameless),)),
    Paper("e81_tanpa_tahun_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("tahun yang dievaluasi tidak tertulis", "galat", _undated),)),
)  # fmt: skip
