"""Laporan Realisasi Per Dokumen and RAK, one line per document or account."""

from __future__ import annotations

from itertools import accumulate

from damaged import lines, saving
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper
from pkanalysis.sample.files import MARK

OFFICES = ("DISKOMINFO", "DPMPTSP")
PLANNED = ("DISHUB", "DLH")
SPENT, DATED, ACCOUNT = "Nilai Realisasi", "Tanggal Dokumen", "Kode Rekening"


def report() -> Pages:
    """A Laporan Realisasi with its headings in the first row."""
    return documents(*OFFICES)


def documents(*offices: str, year: int = 2025) -> Pages:
    """A Laporan Realisasi."""
    frame = lines.documents(*offices, year=year)
    return [Page("Data Realisasi Dokumen", [list(frame.columns), *frame.values.tolist()])]


def titled() -> Pages:
    """The same below four lines that say what it is."""
    (page,) = report()
    above = [[MARK], ["Laporan Realisasi Per Dokumen"], ["Pemerintah Kota Contoh"], ["Tahun Anggaran 2025"]]
    return [Page(page.name, [*above, *page.rows], head=4)]


def cash_plan() -> Pages:
    """A RAK of two offices."""
    frame = lines.cash_plan(*PLANNED)
    return [Page("RAK CONTOH", [list(frame.columns), *frame.values.tolist()])]


def _untransferred(page: Page) -> str:
    direct = next(line for line in range(1, len(page.rows)) if page.cell(line, "Jenis Transaksi") == "LS")
    page.put(direct, "Tanggal Transfer", "")
    return ""


def _misdated(page: Page) -> str:
    for heading in (DATED, "Tanggal Transfer"):
        page.put(2, heading, "2024-12-30")
    return page.whole(2)


def _worded_month(page: Page) -> tuple[str, str]:
    return page.put(3, "MEI", "menyusul"), page.place(3, "JUMLAH")


def _running(page: Page) -> str:
    """Add every month to the one before."""
    first = page.column("JANUARI")
    for cells in page.rows[1:]:
        cells[first : first + 12] = accumulate(cells[first : first + 12])
    return ""


def _unplanned(page: Page) -> str:
    return page.put(5, "JUMLAH", page.cell(5, "JUMLAH") + 10_000)


def _shifted(page: Page) -> tuple[str, ...]:
    page.shift(5)
    return tuple(page.place(5, heading) for heading in (DATED, ACCOUNT, SPENT, "Kode SKPD", "Kode Sub Kegiatan"))


REPORTS = (
    Paper("laporan_realisasi_2025_CONTOH.xlsx", report, saving.as_workbook),
    Paper("laporan_realisasi_2025_judul_CONTOH.xlsx", titled, saving.as_workbook),
    Paper("laporan_realisasi_2025_CONTOH.json", report, saving.as_json),
    Paper("laporan_realisasi_2025_kata_CONTOH.xlsx", titled, saving.as_workbook, (
        Damage("nilai realisasi ditulis dengan kata", "galat", lambda page: page.put(4, SPENT, "lunas")),
        Damage("nilai realisasi kosong", "galat", lambda page: page.put(9, SPENT, "")),
        Damage("tanggal bukan tanggal", "galat", lambda page: page.put(12, DATED, "kemarin")),)),
    Paper("laporan_realisasi_2025_kunci_CONTOH.xlsx", report, saving.as_workbook, (
        Damage("kode SKPD kosong", "galat", lambda page: page.put(7, "Kode SKPD", "")),)),
    Paper("laporan_realisasi_2025_bergeser_CONTOH.xlsx", report, saving.as_workbook, (
        Damage("sel satu baris bergeser ke kanan", "galat", _shifted),)),
    Paper("laporan_realisasi_2025_ragu_CONTOH.xlsx", report, saving.as_workbook, (
        Damage("dokumen bertanggal di luar tahun anggaran", "peringatan",
               _misdated),
        Damage("kode rekening rusak", "peringatan", lambda page: page.put(8, ACCOUNT, "5.1.02.O1")),
        Damage("angka belakang hilang dalam notasi ilmiah", "peringatan",
               lambda page: page.put(10, SPENT, "1,5E+7")),
        Damage("dokumen LS belum ditransfer", "peringatan", _untransferred),)),
    Paper("laporan_realisasi_2025_ganda_CONTOH.xlsx", report, saving.as_workbook, (
        Damage("dokumen yang sama tercatat dua kali", "peringatan", lambda page: page.repeat(6, ACCOUNT)),)),
)  # fmt: skip
PLANS = (
    Paper("rak_2025_CONTOH.xlsx", cash_plan, saving.as_workbook),
    Paper("rak_2025_jumlah_CONTOH.xlsx", cash_plan, saving.as_workbook, (
        Damage("dua belas bulan tidak sama dengan jumlahnya", "peringatan", _unplanned),)),
    Paper("rak_2025_kumulatif_CONTOH.xlsx", cash_plan, saving.as_workbook, (
        Damage("bulan berisi angka kumulatif", "peringatan", _running),)),
    Paper("rak_2025_ganda_CONTOH.xlsx", cash_plan, saving.as_workbook, (
        Damage("baris tercatat dua kali", "peringatan", lambda page: page.repeat(6, "KODE REKENING")),)),
    Paper("rak_2025_kata_CONTOH.xlsx", cash_plan, saving.as_workbook, (
        Damage("rencana bulan ditulis dengan kata", "galat", _worded_month),)),
)  # fmt: skip
FILES = (*REPORTS, *PLANS)
