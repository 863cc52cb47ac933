"""Before/after efisiensi, damaged in its lines, its sums and its headings."""

from __future__ import annotations

from damaged import saving
from damaged.blocks import BEFORE, TITLES, clean, with_summary
from damaged.page import Page
from damaged.planting import Damage, Paper

LEAF = 3
"""The first account of the first block."""


def _footer(page: Page) -> str:
    line = page.line("JUMLAH")
    return page.put(line, 7, page.cell(line, 7) - 1_000_000)


def _misses_a_line(page: Page) -> tuple[str, ...]:
    """Damage a line of the first block: its JUMLAH no longer holds, nor does the TOTAL block."""
    line, total = page.line("JUMLAH"), page.line("TOTAL (semua sumber)") + 2
    page.put(LEAF, BEFORE, "#REF!")
    return page.place(line, BEFORE), f"blok baris {page.row(total) + 1} (TOTAL (semua sumber))"


def _worded(page: Page) -> tuple[str, ...]:
    line = page.line("JUMLAH")
    _, total = _misses_a_line(page)
    return page.put(LEAF, BEFORE, "belum ada"), page.place(line, BEFORE), total


def _uncoded(page: Page) -> tuple[str, ...]:
    sums = [page.place(page.line("JUMLAH"), column) for column in range(3, 10) if page.cell(LEAF, column)]
    _, total = _misses_a_line(page)
    page.put(LEAF, BEFORE, 1_000_000)
    page.put(LEAF, "KODE REKENING", "")
    return page.whole(LEAF), *sums, total


def _open_codes(page: Page) -> tuple[str, ...]:
    """Every sub kegiatan with X.XX, so that no block says which bidang urusan it stands for."""
    for cells in page.rows:
        if len(cells) == 3 and cells[1] == "Sub Kegiatan":
            cells[2] = f"X.XX{cells[2][4:]}"
    heads = [row for row, cells in enumerate(page.rows) if cells == TITLES]
    return tuple(f"blok baris {row + 1} ({page.rows[row - 2][2]})" for row in heads)


def _formulas(page: Page) -> str:
    page.put(page.line("JUMLAH"), BEFORE, "=SUM(D10:D15)")
    return ""


def _other_total(page: Page) -> str:
    """One line of the TOTAL block, and with it its JUMLAH: it no longer adds up the other blocks."""
    title = page.line("TOTAL (semua sumber)") + 2
    foot = len(page.rows) - 1 - next(n for n, cells in enumerate(reversed(page.rows)) if "JUMLAH" in cells) - page.head
    for line in (title + 3, foot):
        page.put(line, BEFORE, page.cell(line, BEFORE) + 3_000_000)
    return f"blok baris {page.row(title) + 1} (TOTAL (semua sumber))"


def _other_sheet(page: Page) -> str:
    """One line of the summary, and with it its JUMLAH: it contradicts the other sheet."""
    for line in (2, page.line("JUMLAH")):
        page.put(line, BEFORE, page.cell(line, BEFORE) + 3_000_000)
    return f"blok baris {page.head + 1}"


def _unlabelled(page: Page) -> str:
    """Take the words plan and realisasi away from the months of the first block."""
    page.rows[page.head + 1] = []
    return page.place(0, "JANUARI")


FILES = (
    Paper("sebelum_sesudah_2025_CONTOH.xlsx", clean, saving.as_workbook),
    Paper("sebelum_sesudah_2025_ringkas_CONTOH.xlsx", with_summary, saving.as_workbook),
    Paper("sebelum_sesudah_2025_kaki_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("JUMLAH melewatkan satu baris", "peringatan", _footer),)),
    Paper("sebelum_sesudah_2025_ref_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("#REF! di satu baris, sehingga JUMLAH dan blok TOTAL tidak cocok", "peringatan", _misses_a_line),)),
    Paper("sebelum_sesudah_2025_kata_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("pagu ditulis dengan kata", "galat", _worded),)),
    Paper("sebelum_sesudah_2025_tanpa_kode_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("baris berangka tanpa kode rekening", "peringatan", _uncoded),)),
    Paper("sebelum_sesudah_2025_xxx_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("X.XX tidak dapat diganti dengan bidang urusan", "peringatan", _open_codes),)),
    Paper("sebelum_sesudah_2025_rumus_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("rumus yang belum dihitung", "galat", _formulas),), is_refused=True),
    Paper("sebelum_sesudah_2025_total_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("blok TOTAL bukan jumlah blok lain", "peringatan", _other_total),)),
    Paper("sebelum_sesudah_2025_dua_lembar_CONTOH.xlsx", with_summary, saving.as_workbook, (
        Damage("lembar ringkasan berbeda dari lembar rincian", "peringatan", _other_sheet, "Ringkas CONTOH"),)),
    Paper("sebelum_sesudah_2025_bulan_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("kolom bulan tanpa keterangan rencana atau realisasi", "peringatan", _unlabelled),)),
)  # fmt: skip
