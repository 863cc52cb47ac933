"""The shapes in which published figures are written down: header names and what they mean to us."""

from __future__ import annotations

from dataclasses import dataclass

from pkanalysis.intake.book import Book

_SHARED = {"catatan": "catatan", "source": "sumber", "sumber": "sumber"}
_INDICATOR = {"indikator": "uraian", "satuan": "satuan", "arah": "arah", "arah_lebih_baik": "arah", "tahun": "tahun"}


@dataclass(frozen=True)
class Shape:
    """One shape: its ``topic``, the header names that tell it apart, and header name -> our column.

    ``unit`` is the unit where the file has no such column; ``is_dated`` marks figures that carry a
    date instead of a year and qualify their unit ("rupiah (lebih dari)").
    """

    topic: str
    needed: tuple[str, ...]
    columns: dict[str, str]
    unit: str = ""
    is_dated: bool = False

    @property
    def table(self) -> str:
        """The table that its rows go to."""
        return "opd" if self.topic == "opd" else "angka_terbit"

    @property
    def subject(self) -> str:
        """Our column that says what a row is about; a row without it is a blank line."""
        return "nama_opd" if self.topic == "opd" else "uraian"


SHAPES = (
    Shape(
        "kinerja_opd",
        ("opd", "indikator", "tahun", "target", "realisasi"),
        {"opd": "pelaku", **_INDICATOR, "periode": "periode", "target": "target", "realisasi": "nilai",
         "capaian_persen_sumber": "capaian_pct", **_SHARED},
    ),
    Shape(
        "iku_kota",
        ("indikator", "tahun", "target", "realisasi"),
        {**_INDICATOR, "target": "target", "realisasi": "nilai", "status": "status", **_SHARED},
    ),
    Shape("makro", ("indikator", "tahun", "nilai"), {**_INDICATOR, "nilai": "nilai", **_SHARED}),
    Shape(
        "efisiensi",
        ("kategori", "uraian", "nilai", "satuan"),
        {"kategori": "kelompok", "uraian": "uraian", "nilai": "nilai", "satuan": "satuan", "status": "status",
         "tanggal": "periode", **_SHARED},
        is_dated=True,
    ),
    Shape(
        "apbd",
        ("tahun", "versi", "uraian", "anggaran", "realisasi"),
        {"tahun": "tahun", "versi": "periode", "uraian": "uraian", "anggaran": "target", "realisasi": "nilai",
         "presisi": "presisi", **_SHARED},
        unit="rupiah",
    ),
    Shape(
        "opd",
        ("nama", "singkatan", "jenis"),
        {"nama": "nama_opd", "singkatan": "singkatan", "jenis": "jenis", "kode": "kode_opd", **_SHARED},
    ),
)  # fmt: skip


def headers(book: Book) -> list[str]:
    """Header names of the first sheet, lower case and trimmed; empty for a book without rows."""
    cells = next(iter(book.sheets.values()), [])
    return [str(cell).strip().casefold() for cell in cells[0]] if cells else []


def matching(book: Book) -> Shape | None:
    """The shape of the only sheet of ``book``, or ``None``; a source column is required."""
    found = set(headers(book))
    if len(book.sheets) != 1 or not found & {"source", "sumber"}:
        return None
    return next((shape for shape in SHAPES if found.issuperset(shape.needed)), None)
