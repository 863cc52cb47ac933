"""Reading the files that analysts have: recognised by shape, checked, given back as tidy rows and findings."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.intake import checks, personal, recognition, titles
from pkanalysis.intake.book import Book, is_cut, open_book
from pkanalysis.intake.checks import check
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts import (
    cash,
    dpa,
    e81,
    form,
    iku,
    laporan_realisasi,
    lra,
    penjabaran,
    published,
    recaps,
    sebelum_sesudah,
)
from pkanalysis.intake.reading import Layout, Reading
from pkanalysis.tables import conform


def _left_to(first: Layout, layout: Layout) -> Layout:
    """``layout``, which leaves a book that it would recognise to ``first`` where that one does too."""

    def recognise(book: Book) -> str | None:
        reason = layout.recognise(book)
        return None if reason and first.recognise(book) else reason

    return replace(layout, recognise=recognise)


_SEBELUM_SESUDAH = _left_to(form.LAYOUT, sebelum_sesudah.LAYOUT)
LAYOUTS: tuple[Layout, ...] = (
    form.LAYOUT,
    e81.LAYOUT,
    recaps.REKAP_PERUBAHAN,
    recaps.REKAP5,
    recaps.FORMAT_IMPOR,
    laporan_realisasi.LAYOUT,
    cash.RAK,
    cash.ANGGARAN_KAS,
    _left_to(_SEBELUM_SESUDAH, cash.KAS_REKENING),
    _SEBELUM_SESUDAH,
    _left_to(_SEBELUM_SESUDAH, lra.LAYOUT),
    _left_to(_SEBELUM_SESUDAH, penjabaran.LAYOUT),
    dpa.LAYOUT,
    iku.LAYOUT,
    published.LAYOUT,
)
WITH_BLANKS = ("rekap_perubahan", "rak", "anggaran_kas", "kas_rekening", "lra", "penjabaran")
"""Layouts in which an amount may be blank, so that a formula without a value would pass for nought."""


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
    recognition.require_known(config.kolom, [field for item in LAYOUTS for field in recognition.fields(item)])
    mapped = recognition.with_known_headings(open_book(Path(path)), config.kolom)
    book = mapped.book
    known, reason = _named(layout, book) if layout else _recognised(book)
    reading = known.read(book, config, stage)
    tables = {name: conform(name, frame) for name, frame in reading.tables.items()}
    untold = {name: _untold(frame, reading.findings) for name, frame in tables.items()}
    found = [finding for name, frame in untold.items() for finding in check(name, frame, book.name)]
    own = [
        *_formulas(book, reading, found),
        *reading.findings,
        *recognition.located(found, book, known.fields),
        *_titles(book, config, reading, tables),
        *_ended(book),
    ]
    findings = [*mapped.findings, *mapped.as_written(own)]
    return personal.discreet(book, replace(reading, reason=reason, tables=tables, findings=findings))


def _formulas(book: Book, reading: Reading, found: list[Finding]) -> list[Finding]:
    """Formulas without a value in the sheets that were read; lists in which every amount must stand tell it anyway."""
    told = [*reading.findings, *found]
    if reading.layout not in WITH_BLANKS and not any(item.severity == "galat" for item in told):
        return []
    named = {str(name) for frame in reading.tables.values() for name in frame["lembar"].dropna().unique()}
    return checks.findings(book.path, named | {item.sheet for item in told if item.sheet})


def _ended(book: Book) -> list[Finding]:
    """A note on a list whose last line does not end: some programs write it so, a broken download looks the same."""
    sheets = book.sheets.items() if is_cut(book) else ()
    return [finding("BERKAS_TERPOTONG", book.name, sheet, f"baris {len(rows)}") for sheet, rows in sheets]


def _titles(book: Book, config: Config, reading: Reading, tables: dict[str, pd.DataFrame]) -> list[Finding]:
    """Where the file name or a title speaks of another stage, year or office than the rows."""
    budget = reading.slices if "anggaran" in tables else ()
    money = reading.slices if {"anggaran", "realisasi_anggaran", "rencana_kas"} & set(tables) else ()
    inside = {code for piece in reading.slices for code in piece.opd}
    offices = titles.above(book, tables["opd"], inside) if "opd" in tables else []
    return [*titles.contradicted(book, config, budget), *titles.other_year(book, money), *offices]


def _untold(frame: pd.DataFrame, findings: list[Finding]) -> pd.DataFrame:
    """Rows that no error names yet: a cell that could not be read need not be told a second time as missing."""
    told = {(item.sheet, re.sub(r"\D", "", item.place)) for item in findings if item.severity == "galat"}
    if not told:
        return frame
    places = zip(frame["lembar"], frame["baris"].astype("string"), strict=True)
    return frame.loc[[place not in told for place in places]]


def _named(layout: str, book: Book) -> tuple[Layout, str]:
    known = {item.name: item for item in LAYOUTS}
    if layout not in known:
        raise PkError(f"tata letak {layout!r} tidak dikenal; yang dikenal: {', '.join(known)}.")
    if known[layout].recognise(book) is None:
        raise PkError(
            f"{book.name} tidak dapat dibaca sebagai {layout}: dicari {known[layout].looked_for}; "
            f"ditemukan {recognition.contents(book)}."
        )
    return known[layout], "tata letak disebut oleh pengguna"


def _recognised(book: Book) -> tuple[Layout, str]:
    for item in LAYOUTS:
        if reason := item.recognise(book):
            return item, reason
    raise PkError(recognition.refusal(book, LAYOUTS))
