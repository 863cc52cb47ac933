"""Writing the source files of the sample, in the layouts in which analysts have them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
from pandas.api.types import is_numeric_dtype
from xlsxwriter import Workbook

from pkanalysis.sample.budget import stages
from pkanalysis.sample.catalogue import read
from pkanalysis.sample.documents import report
from pkanalysis.sample.lines import structure
from pkanalysis.sample.spending import plan

MARK = "DATA CONTOH — bukan data resmi"
MADE = dt.datetime(2026, 1, 10)
REKAP = {
    "TAHUN": "tahun", "KODE URUSAN": "kode_urusan", "NAMA URUSAN": "nama_urusan", "KODE SKPD": "kode_opd",
    "NAMA SKPD": "nama_opd", "KODE SUB UNIT": "kode_sub_unit", "NAMA SUB UNIT": "nama_sub_unit",
    "KODE BIDANG URUSAN": "kode_bidang_urusan", "NAMA BIDANG URUSAN": "nama_bidang_urusan",
    "KODE PROGRAM": "kode_program", "NAMA PROGRAM": "nama_program", "KODE KEGIATAN": "kode_kegiatan",
    "NAMA KEGIATAN": "nama_kegiatan", "KODE SUB KEGIATAN": "kode_sub_kegiatan",
    "NAMA SUB KEGIATAN": "nama_sub_kegiatan", "KODE SUMBER DANA": "kode_sumber_dana",
    "NAMA SUMBER DANA": "nama_sumber_dana", "KODE REKENING": "kode_rekening", "NAMA REKENING": "nama_rekening",
    "PAKET/KELOMPOK": "kelompok", "NAMA PAKET/KELOMPOK": "paket", "PAGU": "pagu_rp",
}  # fmt: skip
"""Headings of rekap5 after NO, and where their values come from."""
PLAN = [
    "TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB UNIT", "NAMA SUB UNIT", "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN",
    "KODE SUMBER DANA", "NAMA SUMBER DANA", "KODE REKENING", "NAMA REKENING",
]  # fmt: skip
MONTHS = [
    "JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI",
    "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER", "DESEMBER",
]  # fmt: skip


def recap(year: int, stage: str) -> pd.DataFrame:
    """A rekap5 of one stage: 23 columns, codes as text, pagu as numbers."""
    pagu = stages()[year, stage]
    rows = structure()[pagu > 0].assign(tahun=year, kelompok="[#]", pagu_rp=pagu[pagu > 0])
    rows["kode_urusan"] = rows["kode_bidang_urusan"].str[0]
    rows["nama_urusan"] = rows["kode_urusan"].map(read("bidang").set_index("kode")["nama"])
    frame = pd.DataFrame({heading: rows[column] for heading, column in REKAP.items()})
    frame.insert(0, "NO", range(1, len(frame) + 1))
    return frame


def cash_plan(year: int) -> pd.DataFrame:
    """A RAK of one year on its last stage: a column per month and their sum."""
    months = pd.DataFrame(plan().loc[year]).set_axis(MONTHS, axis=1)
    rows = structure().loc[months.index].assign(tahun=year)
    frame = pd.DataFrame({heading: rows[REKAP[heading]] for heading in PLAN}).join(months)
    return frame.assign(JUMLAH=frame[MONTHS].sum(axis=1))


def write_recap(folder: Path, year: int, stage: str) -> Path:
    """Write ``rekap5_<year>_<stage>_CONTOH.xlsx``."""
    return _write(folder / f"rekap5_{year}_{stage}_CONTOH.xlsx", "Rekap CONTOH", recap(year, stage))


def write_plan(folder: Path, year: int) -> Path:
    """Write ``rak_<year>_CONTOH.xlsx``."""
    return _write(folder / f"rak_{year}_CONTOH.xlsx", "RAK CONTOH", cash_plan(year))


def write_report(folder: Path, year: int) -> Path:
    """Write ``laporan_realisasi_<year>_CONTOH.xlsx``; that of 2025 has four lines above its headings."""
    above = [MARK, "Laporan Realisasi Per Dokumen", "Pemerintah Kota Contoh", f"Tahun Anggaran {year}"]
    path = folder / f"laporan_realisasi_{year}_CONTOH.xlsx"
    return _write(path, "Data Realisasi Dokumen", report(year), above if year == 2025 else [])


def _write(path: Path, sheet: str, frame: pd.DataFrame, above: list[str] | None = None) -> Path:
    """Write ``frame`` row by row with its headings, below the lines ``above``."""
    with Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"title": MARK, "author": "pkanalysis", "created": MADE})
        page = book.add_worksheet(sheet)
        page.set_footer(f"&C{MARK}")
        head = above or []
        for number, line in enumerate(head):
            page.write_string(number, 0, line)
        for column, heading in enumerate(frame.columns):
            page.write_string(len(head), column, heading)
        writers = [page.write_number if is_numeric_dtype(kind) else page.write_string for kind in frame.dtypes]
        for number, cells in enumerate(frame.itertuples(index=False), len(head) + 1):
            for column, (put, cell) in enumerate(zip(writers, cells, strict=True)):
                put(number, column, cell)
    return path
