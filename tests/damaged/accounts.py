"""LRA of one office, with sums at every level."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from damaged import lines, saving
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper
from damaged.trees import sums_above, tree
from pkanalysis.sample.catalogue import offices
from pkanalysis.sample.files import MARK

MONTH, PERIOD = 6, "periode 1 Juni s.d. 30 Juni 2025"
MEALS = "5.1.02.01.01.0052"
BUDGET, SPENT = "ANGGARAN", "REALISASI"


def statement(
    period: str = PERIOD, office: str = "KEC07", rows: pd.DataFrame | None = None, month: int | str = MONTH
) -> Pages:
    """An LRA of one office; ``month`` is the column of ``rows`` that it prints."""
    rows = lines.tree(office) if rows is None else rows
    own = offices().loc[office]
    head = [
        [MARK],
        ["LAPORAN REALISASI ANGGARAN"],
        [period],
        ["Unit Organisasi", ":", f"{own['kode_opd']} {own['nama_opd']}"],
        ["KODE REKENING", "URAIAN", BUDGET, SPENT],
    ]
    return [Page("LRA CONTOH", [*head, *tree(rows, ["perubahan", month], "JUMLAH BELANJA")], head=4)]


def overspent() -> Pages:
    """The same with meals of which twice the pagu was spent; every sum knows."""
    rows = lines.tree("KEC07")
    meals = rows["kode_rekening"].eq(MEALS)
    rows[MONTH] = rows[MONTH].mask(meals, 2 * rows["perubahan"])
    return statement(rows=rows)


def put_above(line: int, words: str) -> Callable[[Page], str]:
    """Write ``words`` over the last cell of the 1-based ``line`` above the table."""

    def do(page: Page) -> str:
        page.rows[line - 1][-1] = words
        return ""

    return do


def _changed(page: Page) -> tuple[str, ...]:
    line = page.line(MEALS)
    first, *others = sums_above(page, line, BUDGET)
    page.put(line, BUDGET, page.cell(line, BUDGET) + 7_000_000)
    return first, *others


def _worded(page: Page) -> tuple[str, ...]:
    line = page.line(MEALS)
    return page.put(line, BUDGET, "sesuai DPA"), *sums_above(page, line, BUDGET)


def _twin(page: Page) -> str:
    line = page.line(MEALS)
    page.repeat(line, 0)
    return page.whole(line + 1)


def _over(page: Page) -> tuple[str, ...]:
    meals = [line for line in range(1, len(page.rows) - page.head) if page.cell(line, 0) == MEALS]
    return tuple(page.place(line, SPENT) for line in meals)


def _of_2006(page: Page) -> str:
    for line, cells in enumerate(page.rows[page.head + 1 :], 1):
        parts = str(cells[0]).split(".")
        if len(parts) in (3, 6) and parts[0] == "5":
            page.put(line, 0, ".".join(["5", "2", str(int(parts[2])), *parts[5:], *parts[3:4]][:5]))
    return ""


FILES = (
    Paper("lra_2025_juni_CONTOH.xlsx", statement, saving.as_workbook),
    Paper("lra_2025_juni_berubah_CONTOH.xlsx", statement, saving.as_workbook, (
        Damage("satu angka berubah, jumlah di atasnya tidak", "peringatan", _changed),)),
    Paper("lra_2025_juni_kata_CONTOH.xlsx", statement, saving.as_workbook, (
        Damage("anggaran ditulis dengan kata", "galat", _worded),)),
    Paper("lra_2025_juni_lebih_CONTOH.xlsx", overspent, saving.as_workbook, (
        Damage("realisasi melebihi pagu", "peringatan", _over),)),
    Paper("lra_2025_kumulatif_CONTOH.xlsx", lambda: statement("periode 1 Januari s.d. 30 Juni 2025"),
          saving.as_workbook, (
        Damage("kumulatif beberapa bulan, tidak dapat dipecah per bulan", "peringatan", lambda _: ""),)),
    Paper("lra_2025_tanpa_periode_CONTOH.xlsx", statement, saving.as_workbook, (
        Damage("periode dibiarkan berupa titik-titik", "galat", put_above(3, "periode ........ s.d. ........ 2025")),)),
    Paper("lra_2025_tanpa_opd_CONTOH.xlsx", statement, saving.as_workbook, (
        Damage("nama OPD dibiarkan berupa titik-titik", "galat", put_above(4, "..............")),)),
    Paper("lra_2025_juni_ganda_CONTOH.xlsx", statement, saving.as_workbook, (
        Damage("baris tercatat dua kali; jumlah di atasnya menghitungnya sekali", "catatan", _twin),)),
    Paper("lra_2025_kode_lama_CONTOH.xlsx", statement, saving.as_workbook, (
        Damage("penomoran Permendagri 13/2006", "galat", _of_2006),)),
)  # fmt: skip
