"""The fillable workbook, its values typed over as offices do."""

from __future__ import annotations

from pathlib import Path

from damaged import saving
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper
from damaged.workbooks import OFFICE, PERIOD, clean, later, write

IDENTITY, INDICATORS, TARGETS, ACTUALS, ANALYSIS = (
    "1_IDENTITAS", "2_INDIKATOR", "3_TARGET", "4_REALISASI", "7_ANALISIS",
)  # fmt: skip
CODE, VALUE, STATUS, SOURCE = "Kode indikator", "Realisasi (angka)", "Status data", "Sumber data"
FIRST = 2
"""The first line below the example."""


def _without_analysis(path: Path, pages: Pages) -> None:
    saving.as_workbook(path, [page for page in pages if page.name != ANALYSIS])


def _marker(page: Page) -> str:
    page.rows[0][0] = "Templat isian pkanalysis versi 0"
    return "A1"


def _years(page: Page) -> str:
    line = page.line("Tahun")
    return page.put(line, 1, 2024)


def _upside_down(page: Page) -> str:
    page.put(FIRST, "Target tahunan", 80)
    return page.put(FIRST, "Batas atas tahunan", 70)


def _unlisted(page: Page) -> str:
    """One more row, of an indicator that the list does not have."""
    page.repeat(FIRST + 1, CODE)
    return page.put(FIRST + 2, CODE, "DINSOS-lain")


def _twin(page: Page) -> str:
    page.repeat(FIRST, CODE)
    return page.whole(FIRST + 1)


def _rewritten(page: Page) -> str:
    """The last row of the history: the third quarter of 2025, which the workbook of that quarter gave."""
    page.put(-1, VALUE, page.cell(-1, VALUE) + 100)
    return page.whole(-1)


def _waiting(page: Page) -> str:
    return page.put(FIRST + 1, STATUS, "Menunggu rilis")


def _file(slug: str) -> str:
    return f"ISIAN_2025_{PERIOD}_{OFFICE}_{slug}_CONTOH.xlsx"


ERRORS = (
    Paper(_file("kata"), clean, saving.as_workbook, (
        Damage("realisasi ditulis dengan satuannya", "galat",
               lambda page: page.put(FIRST + 1, VALUE, "81,1 %"), ACTUALS),)),
    Paper(_file("kode"), clean, saving.as_workbook, (
        Damage("indikator yang tidak ada di daftarnya", "galat",
               _unlisted, ACTUALS),)),
    Paper(_file("rentang"), clean, saving.as_workbook, (
        Damage("batas atas target di bawah batas bawahnya", "galat", _upside_down, TARGETS),)),
    Paper(_file("ganda"), clean, saving.as_workbook, (
        Damage("indikator tercatat dua kali", "galat", _twin, INDICATORS),)),
    Paper(_file("tahun"), clean, saving.as_workbook, (
        Damage("tahun lain dari penanda templat", "galat", _years, IDENTITY),)),
    Paper(_file("versi"), clean, saving.as_workbook, (
        Damage("templat versi lama", "galat", _marker, TARGETS),)),
    Paper(_file("kurang"), clean, _without_analysis, (
        Damage("satu lembar dihapus", "galat", lambda _: "", ANALYSIS),)),
)  # fmt: skip
WARNINGS = (
    Paper(_file("status"), clean, saving.as_workbook, (
        Damage("status tidak sejalan dengan nilainya", "peringatan", _waiting, ACTUALS),
        Damage("status kosong padahal ada nilai", "peringatan", lambda page: page.put(FIRST + 2, STATUS, ""), ACTUALS),
    )),
    Paper(_file("sumber"), clean, saving.as_workbook, (
        Damage("sumber kosong padahal ada nilai", "peringatan", lambda page: page.put(FIRST + 1, SOURCE, ""), ACTUALS),
    )),
    Paper(_file("pecahan"), clean, saving.as_workbook, (
        Damage("persen menjadi pecahan 0-1", "peringatan",
               lambda page: page.put(FIRST + 1, VALUE, 0.811), ACTUALS),)),
    Paper(_file("data_pribadi"), clean, saving.as_workbook, (
        Damage("NIP di teks bebas", "peringatan",
               lambda page: page.put(FIRST, "Faktor pendorong", "Dibantu NIP 19800101 200501 1 001"), ANALYSIS),
        Damage("NIK di teks bebas", "peringatan",
               lambda page: page.put(FIRST, "Upaya yang dilakukan", "Warga NIK 1571014101900001 didata"), ANALYSIS),
        Damage("nomor telepon di teks bebas", "peringatan",
               lambda page: page.put(FIRST + 1, "Faktor pendorong", "Hubungi 0812-3456-7890"), ANALYSIS),
        Damage("alamat surel di teks bebas", "peringatan",
               lambda page: page.put(FIRST + 1, "Upaya yang dilakukan", "Surel pegawai@contoh.example"), ANALYSIS),)),
)  # fmt: skip
LATER = (
    Paper(f"ISIAN_2025_TW4_{OFFICE}_riwayat_CONTOH.xlsx", later, saving.as_workbook, (
        Damage("capaian triwulan lalu lain dari isian sebelumnya", "peringatan", _rewritten, "4b_RIWAYAT"),)),
    Paper(f"ISIAN_2025_TW4_{OFFICE}_bersih_CONTOH.xlsx", later, saving.as_workbook),
)  # fmt: skip
FILES = (Paper(_file("bersih"), clean, write), *ERRORS, *WARNINGS, *LATER)
