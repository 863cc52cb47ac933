"""SIPD "Laporan Realisasi" per document, as JSON or Excel, summed per month and line.

Only the columns in :data:`FIELDS` are taken: NIP, names of employees and the free text of documents
never get past this module. Nilai SP2D and Nilai SPD repeat on every line of a document and are not used.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book, text
from pkanalysis.intake.dates import date
from pkanalysis.intake.findings import finding
from pkanalysis.intake.grid import Grid, grids, has_table
from pkanalysis.intake.headings import fields
from pkanalysis.intake.layouts.lines import SUB_ACTIVITY, Part, Spec, once, organisations, read_lines, twins
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "laporan_realisasi"
SPEC = Spec(
    texts=("kode_opd", "nama_opd", "kode_sub_unit", "nama_sub_unit", *SUB_ACTIVITY, "nama_rekening"),
    activities=("kode_bidang_urusan", "kode_program", "kode_kegiatan", "kode_sub_kegiatan"),
    measures=("nilai_realisasi", "nilai_setoran"),
    required=("kode_opd", "kode_sub_kegiatan"),
)
FIELDS = (
    *fields("daftar", *SPEC.texts, *SPEC.activities, "kode_rekening"),
    *fields("laporan_realisasi"),
)
TWINS = ("kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening", "nomor", "tanggal", "realisasi_rp")
KEYS = ["tahun", "bulan", "kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening"]


def recognise(book: Book) -> str | None:
    """Reason why the book is a Laporan Realisasi, or ``None``."""
    sheet = has_table(book, FIELDS)
    return sheet and f"lembar {sheet} punya kolom Kode SKPD, Kode Rekening, Tanggal Dokumen dan Nilai Realisasi"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (spending has no stage)
    """Spending per month and line: sum of Nilai Realisasi less Nilai Setoran.

    Lines dated in another year are booked in the nearest month of the budget year.
    """
    lines = once(book.name, [_lines(grid) for grid in grids(book, FIELDS)], (*KEYS, "realisasi_rp"), tells=False)
    frame, findings = lines.frame, lines.findings
    if any(item.severity == "galat" for item in findings) or frame.empty:
        return Reading(NAME, "", {}, findings or [finding("REALISASI_TIDAK_ADA", book.name)])
    year = int(frame["tahun"].mode().iloc[0])
    other = frame[frame["tahun"] != year]
    if len(other):
        sheet, line = other[["lembar", "baris"]].iloc[0]
        place = (str(sheet), f"baris {line}")
        told = finding("TANGGAL_DI_LUAR_TAHUN", book.name, *place, banyaknya=len(other), tahun=year)
        findings = [*findings, told]
    month = frame["bulan"].mask(frame["tahun"] > year, 12).mask(frame["tahun"] < year, 1)
    dated = frame.assign(tahun=pd.array([year] * len(frame), dtype="Int64"), bulan=month)
    first = {name: "first" for name in dated.columns if name not in (*KEYS, "realisasi_rp")}
    monthly = dated.groupby(KEYS, as_index=False, sort=True, dropna=False).agg(first | {"realisasi_rp": "sum"})
    filled = Slice(NAME, year, "", tuple(sorted(set(dated["kode_opd"]))))
    return Reading(NAME, "", {"opd": organisations(dated), "realisasi_anggaran": monthly}, findings, (filled,))


def _lines(whole: Grid) -> Part:
    """Documents of a sheet, each with its month and the date of the data: the last Tanggal Simpan or transaction."""
    lines = read_lines(whole, SPEC)
    grid, spent = lines.grid, lines.frame["nilai_realisasi"]
    dates = []
    for name in ("tanggal_dokumen", "tanggal_transfer", "tanggal_simpan"):
        cells = grid.cells.get(name, [""] * len(grid))
        shared = {cell: date(cell) for cell in set(cells)}
        column = pd.Series([shared[cell] for cell in cells], dtype=object)
        dates.append(pd.to_datetime(column).astype("datetime64[us]"))
    written, transferred, saved = dates

    # Tanggal Transfer for LS, else Tanggal Dokumen, which also stands in for a transfer not made yet
    is_direct = pd.Series([kind.upper().endswith("LS") for kind in grid.texts("jenis_transaksi")], dtype=bool)
    when = transferred.where(is_direct & transferred.notna(), written)
    undated = [
        grid.finding("BUKAN_TANGGAL", line, "tanggal_dokumen", text(grid.cells["tanggal_dokumen"][line]))
        for line in when[when.isna()].index
    ]
    if waiting := int((is_direct & transferred.isna() & when.notna()).sum()):
        undated.append(grid.finding("LS_BELUM_DITRANSFER", None, "tanggal_transfer", banyaknya=waiting))

    returned = lines.frame["nilai_setoran"].fillna(0) if "nilai_setoran" in lines.frame else 0
    frame = lines.frame.drop(columns=list(SPEC.measures), errors="ignore").assign(
        tahun=when.dt.year.astype("Int64"), bulan=when.dt.month.astype("Int64"), kode_sumber_dana="",
        nama_sumber_dana="", paket="", realisasi_rp=spent - returned,
        tanggal_data=pd.Series(pd.concat([saved, when]).max(), index=when.index, dtype=when.dtype),
    )  # fmt: skip
    checked = frame.assign(nomor=grid.texts("nomor_dokumen"), tanggal=when)
    blank = [line for line, words in enumerate(grid.texts("nilai_realisasi")) if not words and pd.isna(spent[line])]
    return lines.part(
        frame, "induk rekening angka tanggal jumlah kembar kunci ragu kosong",
        tanggal=undated,
        kembar=twins(grid, checked, TWINS) if "nomor_dokumen" in grid.cells else [],
        kosong=[grid.finding("REALISASI_KOSONG", line, "nilai_realisasi") for line in blank],
    )  # fmt: skip


LAYOUT = Layout(
    NAME,
    "lembar atau JSON dengan kolom Kode SKPD, Kode Sub Kegiatan, Kode Rekening, Jenis Transaksi, Tanggal Dokumen "
    "dan Nilai Realisasi",
    recognise,
    read,
    FIELDS,
)
