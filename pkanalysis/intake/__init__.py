"""Reading the files that analysts have: recognised by shape, checked, given back as tidy rows and findings."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

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
    known, reason = _layout(book, layout)
    reading = known.read(book, config, stage)
    tables = {name: conform(name, frame) for name, frame in reading.tables.items()}
    reading = replace(reading, reason=reason, tables=tables)
    found = _checked(reading, book.name)
    own = [
        *_uncomputed(book, reading, found),
        *reading.findings,
        *recognition.located(found, book, known.fields),
        *titles.contradicted(book, config, reading),
    ]
    if is_cut(book):  # some programs write the last line so, a broken download looks the same
        own += [
            finding("BERKAS_TERPOTONG", book.name, name, f"baris {len(rows)}") for name, rows in book.sheets.items()
        ]
    written = [replace(item, column=mapped.written.get((item.sheet, item.column), item.column)) for item in own]
    return personal.discreet(book, replace(reading, findings=[*mapped.findings, *written]))


def _layout(book: Book, name: str) -> tuple[Layout, str]:
    """The layout that the user named, or else the first that recognises the book, and why."""
    known = {item.name: item for item in LAYOUTS}
    if name and name not in known:
        raise PkError(f"tata letak {name!r} tidak dikenal; yang dikenal: {', '.join(known)}.")
    for item in [known[name]] if name else LAYOUTS:
        if reason := item.recognise(book):
            return item, "tata letak disebut oleh pengguna" if name else reason
    if name:
        raise PkError(
            f"{book.name} tidak dapat dibaca sebagai {name}: dicari {known[name].looked_for}; "
            f"ditemukan {recognition.contents(book)}."
        )
    raise PkError(recognition.refusal(book, LAYOUTS))


def _checked(reading: Reading, file: str) -> list[Finding]:
    """What the data dictionary finds wrong, but in rows with an error: a cell is not told a second time as missing."""
    told = {(item.sheet, re.sub(r"\D", "", item.place)) for item in reading.findings if item.severity == "galat"}
    found = []
    for name, frame in reading.tables.items():
        places = zip(frame["lembar"], frame["baris"].astype("string"), strict=True)
        found += check(name, frame.loc[[place not in told for place in places]] if told else frame, file)
    return found


def _uncomputed(book: Book, reading: Reading, found: list[Finding]) -> list[Finding]:
    """Formulas without a value in the sheets that were read; lists in which every amount must stand tell it anyway."""
    told = [*reading.findings, *found]
    if reading.layout not in WITH_BLANKS and not any(item.severity == "galat" for item in told):
        return []
    read = {str(name) for frame in reading.tables.values() for name in frame["lembar"].dropna().unique()}
    read |= {item.sheet for item in told if item.sheet}
    places = (place for place in checks.uncomputed(book.path) if place[0] in read)
    return [finding("RUMUS_BELUM_DIHITUNG", book.name, *place) for place in places]
