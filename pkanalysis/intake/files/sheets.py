"""Opening a file as sheets of rows, whatever its container, with true row and column positions."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from pkanalysis.errors import PkError
from pkanalysis.intake.files.csvfile import SEPARATORS, csv_rows, head, open_text
from pkanalysis.intake.files.excelfile import OLE, ZIP, excel_sheets
from pkanalysis.intake.files.excelfile import SUFFIXES as EXCEL
from pkanalysis.intake.files.htmlfile import html_tables
from pkanalysis.intake.files.jsonfile import json_rows
from pkanalysis.intake.files.pdf import pages

Rows = list[list[Any]]

SUFFIXES = (*EXCEL, ".csv", ".json", ".pdf")
PDF = b"%PDF-"
BLANKS = {"", "-", "null", "undefined", "none", "nan", "n/a", "#ref!", "#n/a", "#value!", "#name?", "#div/0!"}


@dataclass(frozen=True)
class Book:
    """A file as rows of raw cells per sheet; ``rows[0][0]`` is cell A1."""

    path: Path
    sheets: dict[str, Rows]

    @property
    def name(self) -> str:
        """File name, as findings show it."""
        return self.path.name


def open_book(path: Path) -> Book:
    """Open a spreadsheet, CSV or JSON file.

    Parameters
    ----------
    path : pathlib.Path
        File with one of the suffixes :data:`SUFFIXES`.

    Raises
    ------
    PkError
        The file is missing, a directory, empty, locked, of an unknown kind, or cannot be read.
    """
    path = Path(path)
    if not path.exists():
        raise PkError(f"{path} tidak ada; periksa nama dan foldernya.")
    if path.is_dir():
        raise PkError(f'{path} adalah folder, bukan berkas; sebutkan berkas di dalamnya, misalnya "{path / "*.xlsx"}".')
    if path.suffix.lower() not in SUFFIXES:
        raise PkError(f"{path.name} berakhiran {path.suffix!r}; yang dapat dibaca: {', '.join(SUFFIXES)}.")
    if path.stat().st_size == 0:
        raise PkError(f"{path.name} kosong (0 byte); unduh atau salin ulang berkasnya.")
    sheets = _sheets(path)
    if not any(cell != "" for rows in sheets.values() for row in rows for cell in row):
        raise PkError(f"{path.name} tidak berisi sel apa pun; unduh atau salin ulang berkasnya.")
    return Book(path, sheets)


def is_cut(book: Book) -> bool:
    """Whether the last line of a CSV has no line end: it may have been cut inside its last figure."""
    with book.path.open("rb") as file:
        is_list = set(book.sheets) == {book.path.stem} and file.read(len(ZIP)) not in (ZIP, OLE)
        file.seek(-min(4, book.path.stat().st_size), 2)
        return is_list and not file.read().replace(b"\0", b"").endswith((b"\n", b"\r"))


def _sheets(path: Path) -> dict[str, Rows]:
    """Sheets of a file; what it starts with decides, and its suffix only where that says nothing."""
    try:
        with path.open("rb") as file:
            first = file.read(len(PDF))
        if first.startswith((ZIP, OLE)):
            return excel_sheets(path)
        if first == PDF or path.suffix.lower() == ".pdf":
            return {**pages(path)}
        with open_text(path) as written:
            return _written_sheets(path, written)
    except OSError as error:
        raise PkError(
            f"{path.name} tidak dapat dibuka ({error.strerror}); tutup di Excel atau periksa izinnya."
        ) from error


def _written_sheets(path: Path, file: TextIO) -> dict[str, Rows]:
    """Sheets of a text file: a web page, JSON, or lines with separators, as web applications export them."""
    lines, suffix = head(file), path.suffix.lower()
    if "".join(lines).lstrip().startswith("<") and "<table" in (written := file.read()).lower():
        return {**html_tables(written)}
    file.seek(0)
    if suffix == ".json":
        return {"json": json_rows(path, file.read())}
    if suffix == ".csv" or _is_list(lines):
        return {path.stem: _csv_sheet(path, file)}
    return excel_sheets(path)


def _is_list(lines: list[str]) -> bool:
    """Whether a "spreadsheet" is really text with separators."""
    first = lines[:20]
    has_mark = any(all(mark in line for line in first) for mark in SEPARATORS)
    return has_mark and len(first) > 1 and not any("\0" in line for line in lines)


def _csv_sheet(path: Path, file: TextIO) -> Rows:
    try:
        return csv_rows(file)
    except csv.Error as error:
        raise PkError(f"{path.name} bukan CSV yang utuh; simpan ulang dari Excel sebagai CSV.") from error


def text(cell: Any) -> str:
    r"""Text of a cell on one line; empty for blanks as offices write them (``-``, ``null``, ``#REF!``).

    Examples
    --------
    >>> text(2025.0), text(" Dinas\n Kesehatan\xa0"), text("null")
    ('2025', 'Dinas Kesehatan', '')
    """
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = " ".join(str(cell).split())
    return "" if words.lower() in BLANKS else words


def normal(cell: Any) -> str:
    r"""A heading without case, spaces, NBSP, slashes and other signs, for comparing.

    Examples
    --------
    >>> normal("PAKET/\xa0Kelompok"), normal("J U M L A H")
    ('paketkelompok', 'jumlah')
    """
    return re.sub(r"[^a-z0-9]+", "", str(cell).lower()) if isinstance(cell, str) else ""


def column_letters(column: int) -> str:
    """Letters of a 0-based column.

    Examples
    --------
    >>> column_letters(0), column_letters(26)
    ('A', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Name of a cell from its 0-based row and column.

    Examples
    --------
    >>> cell_name(6, 3)
    'D7'
    """
    return f"{column_letters(column)}{row + 1}"
