"""SIPD "Laporan Realisasi" per document, as JSON or Excel, summed per month and line.

Only the columns in :data:`FIELDS` are taken: NIP, names of employees and the free text of documents
never get past this module. Nilai SP2D and Nilai SPD repeat on every line of a document and are not used.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book, text
from pkanalysis.intake.control import doubtful, totals
from pkanalysis.intake.dates import date
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.grid import Grid, grids, has_table
from pkanalysis.intake.headings import Field
from pkanalysis.intake.layouts.lines import ACTIVITY_FIELDS, Part, accounts, join, keyless, leaves, organisations, twins
from pkanalysis.intake.layouts.rekap5.fields import FIELDS as RECAP
from pkanalysis.intake.layouts.repeated import once
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "laporan_realisasi"

FIELDS = (
    *(field for field in RECAP if field.name in ("kode_opd", "nama_opd", "kode_sub_unit", "nama_sub_unit")),
    *ACTIVITY_FIELDS,
    *(field for field in RECAP if field.name in ("kode_rekening", "nama_rekening")),
    Field("jenis_transaksi", ("JENIS TRANSAKSI", "TIPE TRANSAKSI")),
    Field("nomor_dokumen", ("NOMOR DOKUMEN", "NO DOKUMEN", "NOMOR BUKTI", "NO BUKTI"), required=False),
    Field("tanggal_dokumen", ("TANGGAL DOKUMEN", "TGL DOKUMEN")),
    Field("tanggal_transfer", ("TANGGAL TRANSFER", "TANGGAL SP2D TRANSFER", "TGL TRANSFER"), required=False),
    Field("tanggal_simpan", ("TANGGAL SIMPAN", "TGL SIMPAN"), required=False),
    Field("nilai_realisasi", ("NILAI REALISASI", "NILAI REALISASI (RP)", "REALISASI (RP)", "REALISASI")),
    Field("nilai_setoran", ("NILAI SETORAN", "NILAI SETORAN (RP)", "SETORAN", "PENGEMBALIAN"), required=False),
)

_TEXTS = (
    "kode_opd", "nama_opd", "kode_sub_unit", "nama_sub_unit", "nama_bidang_urusan", "nama_program",
    "nama_kegiatan", "nama_sub_kegiatan", "nama_rekening",
)  # fmt: skip
_ACTIVITIES = ("kode_bidang_urusan", "kode_program", "kode_kegiatan", "kode_sub_kegiatan")
_TWINS = (
    "kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening", "nomor", "tanggal", "realisasi_rp"
)  # fmt: skip
_KEYS = ["tahun", "bulan", "kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening"]


def recognise(book: Book) -> str | None:
    """Reason why the book is a Laporan Realisasi, or ``None``."""
    sheet = has_table(book, FIELDS)
    return sheet and f"lembar {sheet} punya kolom Kode SKPD, Kode Rekening, Tanggal Dokumen dan Nilai Realisasi"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (spending has no stage)
    """Spending per month and line: sum of Nilai Realisasi less Nilai Setoran."""
    parts = [_lines(grid) for grid in grids(book, FIELDS)]
    lines = join(once(book.name, parts, (*_KEYS, "realisasi_rp"), tells=False))
    if any(finding.severity == "galat" for finding in lines.findings) or lines.frame.empty:
        return Reading(NAME, "", {}, lines.findings or [_nothing(book)])
    year = int(lines.frame["tahun"].mode().iloc[0])
    dated = _within(lines.frame, year)
    tables = {"opd": organisations(dated), "realisasi_anggaran": _monthly(dated)}
    findings = [*lines.findings, *_other_years(book, lines.frame, year)]
    return Reading(NAME, "", tables, findings, _slices(dated, year))


def _nothing(book: Book) -> Finding:
    return Finding("galat", book.name, "", "", "", "", "tidak ada baris realisasi", "unduh ulang laporan dari SIPD")


def _lines(whole: Grid) -> Part:
    grid, above, skipped = leaves(whole)
    canonical, strange = accounts(grid)
    spent, wrong_spent = grid.amounts("nilai_realisasi")
    returned, wrong_returned = grid.amounts("nilai_setoran")
    when, wrong_dates = _dates(grid)
    frame = pd.DataFrame(
        {name: grid.texts(name) for name in _TEXTS}
        | {name: grid.activities(name) for name in _ACTIVITIES}
        | {"kode_rekening": canonical, "kode_rekening_asli": grid.texts("kode_rekening", str)}
        | {"tahun": when.dt.year.astype("Int64"), "bulan": when.dt.month.astype("Int64")}
        | {"kode_sumber_dana": "", "nama_sumber_dana": "", "paket": ""}
        | {"tanggal_data": _saved(grid, when), "realisasi_rp": spent - returned.fillna(0)}
        | {"lembar": grid.sheet, "baris": grid.rows}
    )
    checked = frame.assign(
        nilai_realisasi=spent, nilai_setoran=returned.fillna(0), nomor=grid.texts("nomor_dokumen"), tanggal=when
    )
    found = [
        *totals(above, checked, ("nilai_realisasi", "nilai_setoran")),
        *(twins(grid, checked, _TWINS) if "nomor_dokumen" in grid.header.columns else []),
        *keyless(grid, ("kode_opd", "kode_sub_kegiatan")),
        *doubtful(grid, canonical, grid.activities("kode_sub_kegiatan")),
        *_unpaid(grid, spent),
    ]
    return Part(frame, [*skipped, *strange, *wrong_spent, *wrong_returned, *wrong_dates, *found])


def _unpaid(grid: Grid, spent: pd.Series) -> list[Finding]:
    """An error per blank Nilai Realisasi; what is no amount has its own."""
    rule, remedy = "nilai realisasi kosong", "isi angkanya, atau hapus barisnya"
    written = grid.texts("nilai_realisasi")
    return [
        grid.said("galat", line, "nilai_realisasi", "", rule, remedy)
        for line in spent[spent.isna()].index if not written[line]
    ]  # fmt: skip


def _column_dates(grid: Grid, name: str) -> pd.Series:
    cells = grid.cells.get(name, [""] * len(grid))
    shared = {cell: date(cell) for cell in set(cells)}
    return pd.to_datetime(pd.Series([shared[cell] for cell in cells], dtype=object)).astype("datetime64[us]")


def _dates(grid: Grid) -> tuple[pd.Series, list[Finding]]:
    """Tanggal Transfer for LS, else Tanggal Dokumen, which also stands in for a transfer not made yet."""
    written = _column_dates(grid, "tanggal_dokumen")
    transferred = _column_dates(grid, "tanggal_transfer")
    is_direct = pd.Series([text(kind).upper().endswith("LS") for kind in grid.texts("jenis_transaksi")], dtype=bool)
    when = transferred.where(is_direct & transferred.notna(), written)
    findings = [
        grid.said("galat", line, "tanggal_dokumen", text(grid.cells["tanggal_dokumen"][line]),
                     "bukan tanggal", "tulis tanggal seperti 7 Januari 2025 atau 2025-01-07")
        for line in when[when.isna()].index
    ]  # fmt: skip
    waiting = int((is_direct & transferred.isna() & when.notna()).sum())
    if waiting:
        rule = f"{waiting} dokumen LS belum punya tanggal transfer; bulannya diambil dari Tanggal Dokumen"
        findings.append(grid.said("peringatan", None, "tanggal_transfer", "", rule, "unduh ulang setelah ditransfer"))
    return when, findings


def _saved(grid: Grid, when: pd.Series) -> pd.Series:
    """Date of the data on every line: the last Tanggal Simpan or transaction in the sheet."""
    last = pd.concat([_column_dates(grid, "tanggal_simpan"), when]).max()
    return pd.Series(last, index=when.index, dtype=when.dtype)


def _within(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """Lines dated in another year are booked in the nearest month of the budget year."""
    month = frame["bulan"].mask(frame["tahun"] > year, 12).mask(frame["tahun"] < year, 1)
    return frame.assign(tahun=pd.array([year] * len(frame), dtype="Int64"), bulan=month)


def _other_years(book: Book, frame: pd.DataFrame, year: int) -> list[Finding]:
    other = frame[frame["tahun"] != year]
    if other.empty:
        return []
    first = other.iloc[0]
    rule = f"{len(other)} baris bertanggal di luar {year}; dibukukan di bulan terdekat tahun itu"
    place = f"baris {first['baris']}"
    return [Finding("peringatan", book.name, str(first["lembar"]), place, "", "", rule, "periksa tanggal dokumennya")]


def _monthly(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per month and line; names and place are those of its first document."""
    others = {name: "first" for name in frame.columns if name not in (*_KEYS, "realisasi_rp")}
    return frame.groupby(_KEYS, as_index=False, sort=True, dropna=False).agg(others | {"realisasi_rp": "sum"})


def _slices(frame: pd.DataFrame, year: int) -> tuple[Slice, ...]:
    return (Slice(NAME, year, "", tuple(sorted(set(frame["kode_opd"])))),)


LAYOUT = Layout(
    NAME,
    "Laporan Realisasi SIPD",
    "lembar atau JSON dengan kolom Kode SKPD, Kode Sub Kegiatan, Kode Rekening, Jenis Transaksi, Tanggal Dokumen "
    "dan Nilai Realisasi",
    recognise,
    read,
    FIELDS,
)
