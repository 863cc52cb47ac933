"""Cash plans that offices keep themselves: belanja as one target and one realisasi, and account by account."""

from __future__ import annotations

from damaged import lines, saving
from damaged.accounts import put_above
from damaged.page import Page, Rows
from damaged.planting import Damage, Pages, Paper
from damaged.trees import sums_above, tree
from pkanalysis.intake.dates import MONTHS
from pkanalysis.sample.catalogue import offices
from pkanalysis.sample.files import MARK

OFFICE, TITLES = "DISDAMKAR", [name.upper() for name in MONTHS]
MEALS = "5.1.02.01.01.0052"


def cash() -> Pages:
    """A cash plan with target and realisasi of belanja per month."""
    plan = lines.cash_plan("KEC08")
    spent, office = lines.tree("KEC08"), offices().loc["KEC08"]
    rows: Rows = [
        [MARK],
        ["ANGGARAN KAS DAN REALISASI"],
        ["SKPD", ":", f"{office['kode_opd']} {office['nama_opd']}"],
        ["TAHUN ANGGARAN 2025"],
        ["NO", "URAIAN", "RINCIAN", *(name.capitalize() for name in MONTHS)],
        [1, "BELANJA", "Target", *(int(plan[name.upper()].sum()) for name in MONTHS)],
        ["", "", "Realisasi", *(int(spent[number].sum()) for number in range(1, 13))],
    ]
    return [Page("Anggaran kas CONTOH", rows, head=4)]


def by_account() -> Pages:
    """A cash plan of one office with its pagu, twelve months and sums at every level."""
    own = offices().loc[OFFICE]
    plan = lines.cash_plan(OFFICE)[[*TITLES, "JUMLAH"]]
    rows = lines.tree(OFFICE)[["kode_sub_kegiatan", "nama_sub_kegiatan", "kode_rekening", "nama_rekening"]].join(plan)
    head = [
        [MARK],
        ["ANGGARAN KAS PER REKENING"],
        ["TAHUN ANGGARAN 2025"],
        ["SKPD", ":", f"{own['kode_opd']} {own['nama_opd']}"],
        ["KODE REKENING", "URAIAN", *TITLES, "JUMLAH"],
    ]
    return [Page("Kas per rekening CONTOH", [*head, *tree(rows, [*TITLES, "JUMLAH"], "JUMLAH BELANJA")], head=4)]


def _changed(page: Page) -> tuple[str, ...]:
    """Change a month: neither its JUMLAH nor the sums above it hold."""
    line = page.line(MEALS)
    page.put(line, "MEI", page.cell(line, "MEI") + 1_000_000)
    return page.place(line, "JUMLAH"), *sums_above(page, line, "MEI")


def _worded(page: Page) -> tuple[str, str]:
    return page.put(3, "MEI", "menyusul"), page.place(3, "JUMLAH")


FILES = (
    Paper("anggaran_kas_2025_CONTOH.xlsx", cash, saving.as_workbook),
    Paper("anggaran_kas_2025_kata_CONTOH.xlsx", cash, saving.as_workbook, (
        Damage("rencana bulan ditulis dengan kata", "galat", lambda page: page.put(1, "April", "belum ada")),)),
    Paper("anggaran_kas_2025_tanpa_opd_CONTOH.xlsx", cash, saving.as_workbook, (
        Damage("nama OPD dibiarkan berupa titik-titik", "galat", put_above(3, "..............")),)),
    Paper("kas_per_rekening_2025_CONTOH.xlsx", by_account, saving.as_workbook),
    Paper("kas_per_rekening_2025_berubah_CONTOH.xlsx", by_account, saving.as_workbook, (
        Damage("rencana satu bulan berubah, jumlahnya tidak", "peringatan", _changed),)),
    Paper("kas_per_rekening_2025_kata_CONTOH.xlsx", by_account, saving.as_workbook, (
        Damage("rencana bulan ditulis dengan kata", "galat", _worded),)),
)  # fmt: skip
