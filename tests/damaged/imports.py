"""The import form with code and name in one cell, and its grand total above the headings."""

from __future__ import annotations

from damaged import lines, saving
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper

PAGU, ACCOUNT = "APBD", "Rekening (Sub Rincian Obyek)"
LEVELS = {
    "OPD": "SKPD",
    "Bidang Urusan": "BIDANG URUSAN",
    "Program": "PROGRAM",
    "Kegiatan": "KEGIATAN",
    "Sub Kegiatan": "SUB KEGIATAN",
    "Sumber Dana": "SUMBER DANA",
    ACCOUNT: "REKENING",
}


def clean() -> Pages:
    """The form of one office."""
    frame = lines.recap("murni", "KEC05")
    cells = {title: frame[f"KODE {level}"] + " " + frame[f"NAMA {level}"] for title, level in LEVELS.items()}
    body = [list(row) for row in zip(*cells.values(), frame["PAGU"].tolist(), strict=True)]
    return [Page("Impor CONTOH", [[*[""] * 7, int(frame["PAGU"].sum())], [*cells, PAGU], *body], head=1)]


def _short(page: Page) -> str:
    page.drop(-1)
    return "H1"


def _worded(page: Page) -> tuple[str, str]:
    return page.put(2, PAGU, "seratus juta"), "H1"


FILES = (
    Paper("format_impor_2025_murni_CONTOH.xlsx", clean, saving.as_workbook),
    Paper("format_impor_2025_murni_kurang_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("jumlah di atas judul memuat baris yang hilang", "peringatan", _short),)),
    Paper("format_impor_2025_murni_kata_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("pagu ditulis dengan kata", "galat", _worded),)),
    Paper("format_impor_murni_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("tahun anggaran tidak tertulis", "galat", lambda _: ""),), is_refused=True),
)  # fmt: skip
