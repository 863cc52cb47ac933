"""Reading the files that analysts have: recognised by shape, checked, given back as tidy rows and findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.intake import (
    anggaran_kas,
    dpa,
    e81,
    form,
    format_impor,
    iku,
    laporan_realisasi,
    lra,
    penjabaran,
    published,
    rak,
    rekap5,
    rekap_perubahan,
    sebelum_sesudah,
)
from pkanalysis.intake.checks import check
from pkanalysis.intake.reading import Layout, Reading
from pkanalysis.intake.sheets import Book, open_book, text
from pkanalysis.tables import conform

LAYOUTS: tuple[Layout, ...] = (
    form.LAYOUT,
    rekap5.LAYOUT,
    rekap_perubahan.LAYOUT,
    format_impor.LAYOUT,
    laporan_realisasi.LAYOUT,
    rak.LAYOUT,
    anggaran_kas.LAYOUT,
    sebelum_sesudah.LAYOUT,
    lra.LAYOUT,
    penjabaran.LAYOUT,
    dpa.LAYOUT,
    e81.LAYOUT,
    iku.LAYOUT,
    published.LAYOUT,
)


def read(path: Path, config: Config, stage: str = "", layout: str = "") -> Reading:
    """Recognise, read and check one file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    config : Config
        Configuration of the workspace: its stages say which budget stages exist.
    stage : str
        Budget stage named by the user, when the file does not say it.
    layout : str
        Name of the layout to read the file as; empty to recognise it.

    Returns
    -------
    Reading
        Conformed rows per table and every finding; an error finding means that nothing may be stored.

    Raises
    ------
    PkError
        The file cannot be opened, or has no layout that is known.
    """
    book = open_book(Path(path))
    known, reason = _named(layout, book) if layout else _recognised(book)
    reading = known.read(book, config, stage)
    tables = {name: conform(name, frame) for name, frame in reading.tables.items()}
    found = [finding for name, frame in tables.items() for finding in check(name, frame, book.name)]
    return replace(reading, reason=reason, tables=tables, findings=[*reading.findings, *found])


def _named(layout: str, book: Book) -> tuple[Layout, str]:
    known = {item.name: item for item in LAYOUTS}
    if layout not in known:
        raise PkError(f"tata letak {layout!r} tidak dikenal; yang dikenal: {', '.join(known)}.")
    if known[layout].recognise(book) is None:
        raise PkError(
            f"{book.name} tidak dapat dibaca sebagai {layout}: dicari {known[layout].looked_for}; "
            f"ditemukan {_contents(book)}."
        )
    return known[layout], "tata letak disebut oleh pengguna"


def _recognised(book: Book) -> tuple[Layout, str]:
    for item in LAYOUTS:
        if reason := item.recognise(book):
            return item, reason
    looked_for = "; ".join(f"{item.title} ({item.looked_for})" for item in LAYOUTS)
    raise PkError(f"{book.name} tidak dikenali; dicari salah satu dari: {looked_for}; ditemukan {_contents(book)}.")


def _contents(book: Book) -> str:
    """Sheet names with the headings of each."""
    return "; ".join(f"lembar {name} berisi {_headings(rows)}" for name, rows in list(book.sheets.items())[:5])


def _headings(rows: list[list[object]]) -> str:
    """First row that is at least half as full as the fullest: headings, and not yet the data under them."""
    words = [[text(cell) for cell in row if isinstance(cell, str) and text(cell)] for row in rows[:20]]
    most = max(map(len, words), default=0)
    first = next((row for row in words if row and 2 * len(row) >= most), ["(tanpa judul kolom)"])
    return ", ".join(first[:8]) + (", …" if len(first) > 8 else "")
