"""Files that hold stages side by side, one line per paket or as a tree: rekap perubahan and penjabaran."""

from __future__ import annotations

from damaged import lines, saving
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper
from damaged.trees import sums_above, tree
from pkanalysis.sample.catalogue import offices

BEFORE, AFTER = "PAGU_MURNI", "PAGU_GESER"
MEALS = "5.1.02.01.01.0052"
DIFFERENCE = "BERTAMBAH/(BERKURANG)"


def recap() -> Pages:
    """A rekap perubahan of two offices: murni beside pergeseran."""
    frame = lines.recap("murni", "KEC01", "KEC02").rename(columns={"PAGU": BEFORE})
    frame[AFTER] = lines.recap("pergeseran", "KEC01", "KEC02")["PAGU"]
    return [Page("Perubahan CONTOH", [list(frame.columns), *frame.values.tolist()])]


def decree() -> Pages:
    """A penjabaran perubahan of one office: pergeseran, perubahan and their difference at every level."""
    rows = lines.tree("KEC03")
    rows = rows.assign(selisih=rows["perubahan"] - rows["pergeseran"])
    office = offices().loc["KEC03"]
    head = [
        ["DATA CONTOH — bukan data resmi"],
        ["PENJABARAN PERUBAHAN APBD"],
        ["TAHUN ANGGARAN 2025"],
        ["SKPD", ":", f"{office['kode_opd']} {office['nama_opd']}"],
        ["KODE REKENING", "URAIAN", "SEBELUM", "SESUDAH", DIFFERENCE],
    ]
    body = tree(rows, ["pergeseran", "perubahan", "selisih"], "JUMLAH BELANJA")
    return [Page("Penjabaran CONTOH", [*head, *body], head=4)]


def _thousands(page: Page, heading: str) -> None:
    column = page.column(heading)
    for cells in page.rows[page.head + 1 :]:
        cells[column] = cells[column] // 1000


def _earlier_year(page: Page) -> str:
    page.fill("TAHUN", [2024] * (len(page.rows) - 1))
    return ""


def _factor(page: Page) -> str:
    _thousands(page, AFTER)
    return ""


def _factor_of_tree(page: Page) -> str:
    _thousands(page, "SESUDAH")
    page.fill(DIFFERENCE, [cells[3] - cells[2] for cells in page.rows[page.head + 1 :]])
    return ""


def _changed(page: Page) -> tuple[str, ...]:
    line = page.line(MEALS)
    page.put(line, "SESUDAH", page.cell(line, "SESUDAH") + 5_000_000)
    return page.place(line, DIFFERENCE), *sums_above(page, line, "SESUDAH")


def _without_code(page: Page) -> tuple[str, ...]:
    line = page.line(MEALS)
    page.put(line, 0, "")
    return page.whole(line), *sums_above(page, line, "SEBELUM", "SESUDAH")


def _untitled(page: Page) -> str:
    del page.rows[1]
    page.head -= 1
    return ""


RECAPS = (
    Paper("rekap_perubahan_2025_CONTOH.xlsx", recap, saving.as_workbook),
    Paper("rekap_perubahan_2025_satuan_CONTOH.xlsx", recap, saving.as_workbook, (
        Damage("satu tahap ditulis dalam ribuan tanpa menyebut satuan", "peringatan", _factor),)),
    Paper("rekap_perubahan_2025_kata_CONTOH.xlsx", recap, saving.as_workbook, (
        Damage("pagu ditulis dengan kata", "galat", lambda page: page.put(3, AFTER, "tidak tahu")),)),
    Paper("rekap_perubahan_2024_CONTOH.xlsx", recap, saving.as_workbook, (
        Damage("tahap itu tidak ada pada tahun anggarannya", "galat",
               _earlier_year),), is_refused=True),
)  # fmt: skip
DECREES = (
    Paper("penjabaran_2025_CONTOH.xlsx", decree, saving.as_workbook),
    Paper("penjabaran_2025_selisih_CONTOH.xlsx", decree, saving.as_workbook, (
        Damage("selisih bukan sesudah dikurangi sebelum", "peringatan", lambda page: page.put(6, DIFFERENCE, 1)),)),
    Paper("penjabaran_2025_berubah_CONTOH.xlsx", decree, saving.as_workbook, (
        Damage("satu angka berubah, jumlah di atasnya tidak", "peringatan", _changed),)),
    Paper("penjabaran_2025_satuan_CONTOH.xlsx", decree, saving.as_workbook, (
        Damage("satu kolom ditulis dalam ribuan tanpa menyebut satuan", "peringatan", _factor_of_tree),)),
    Paper("penjabaran_2025_tanpa_kode_CONTOH.xlsx", decree, saving.as_workbook, (
        Damage("kode rekening kosong", "galat", _without_code),)),
    Paper("penjabaran_2025_murni_CONTOH.xlsx", decree, saving.as_workbook, (
        Damage("kolom sebelum, padahal tahapnya yang pertama", "galat", _untitled),)),
)  # fmt: skip
FILES = (*RECAPS, *DECREES)
