"""Workbooks of every Excel kind as rows of cells, refused before they take too much memory."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from pkanalysis.errors import PkError

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_BYTES = 2**30
MOST_CELLS = 50_000_000
LOCKED = "EncryptedPackage".encode("utf-16-le")


def excel_sheets(path: Path) -> dict[str, list[list[Any]]]:
    """Rows of every sheet from cell A1 on; equal texts are one object in memory.

    Raises
    ------
    PkError
        The workbook is locked, truncated, no workbook, or larger than :data:`MOST_BYTES` or :data:`MOST_CELLS`.
    """
    with path.open("rb") as file:
        is_zip = file.read(len(ZIP)) == ZIP
    if is_zip:
        _require_small(path)
    try:
        book = _opened(path)
        return {name: _rows(book.get_sheet_by_name(name)) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise PkError(f"{path.name} {_why_closed(path, error)}") from error


def _opened(path: Path) -> CalamineWorkbook:
    """The workbook by its suffix, which is fast; by its content where the suffix is another kind's."""
    try:
        return CalamineWorkbook.from_path(path)
    except CalamineError:
        return CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))


def _rows(sheet: CalamineSheet) -> list[list[Any]]:
    """Rows with the columns before the first filled one; numbers stay as they are, since 1 equals 1.0 and True."""
    shared: dict[str, str] = {}
    before = [""] * (sheet.start[1] if sheet.start else 0)
    return [
        before + [shared.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.iter_rows()
    ]


def _require_small(path: Path) -> None:
    """Refuse a workbook that unpacks to more than :data:`MOST_BYTES`, or has a stray cell far away."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
            sheets = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
            most = max((_cells(archive, name) for name in sheets), default=0) if size <= MOST_BYTES else 0
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, zlib.error) as error:
        raise PkError(f"{path.name} terpotong atau rusak; unduh atau salin ulang berkasnya.") from error
    if size > MOST_BYTES:
        raise PkError(
            f"{path.name} menjadi {size / 2**30:.1f} GiB bila dibuka, batasnya {MOST_BYTES / 2**30:.0f} GiB; "
            "pecah berkasnya per OPD atau simpan sebagai CSV."
        )
    if most > MOST_CELLS:
        raise PkError(
            f"{path.name} punya lembar seluas {most} sel, batasnya {MOST_CELLS}; hapus baris dan kolom kosong di "
            "luar tabel, lalu simpan ulang."
        )


def _cells(archive: zipfile.ZipFile, name: str) -> int:
    """Area of the sheet ``name`` as its first bytes declare it; 0 when they do not."""
    with archive.open(name) as sheet:
        found = re.search(rb'<dimension ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"', sheet.read(4096))
    if not found:
        return 0
    left, top, right, bottom = (part.decode() for part in found.groups())
    return (column_number(right) - column_number(left) + 1) * (int(bottom) - int(top) + 1)


def column_number(letters: str) -> int:
    """0-based column of its letters.

    Examples
    --------
    >>> column_number("A"), column_number("AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _why_closed(path: Path, error: Exception) -> str:
    """Why a spreadsheet does not open, and what to do."""
    if isinstance(error, PasswordError) or LOCKED in path.read_bytes():
        return "terkunci kata sandi; buka di Excel lalu simpan tanpa kata sandi."
    return "bukan buku kerja Excel yang utuh; buka di Excel lalu simpan ulang sebagai .xlsx."


def merged_down(path: Path, sheet: str) -> list[tuple[int, int, int]]:
    """First row, last row and column (0-based) of the cells of a workbook that are merged over several rows.

    Examples
    --------
    >>> merged_down(Path("daftar.csv"), "daftar")
    []
    """
    if path.suffix.lower() not in SUFFIXES:
        return []
    try:
        ranges = _opened(path).get_sheet_by_name(sheet).merged_cell_ranges or []
    except (CalamineError, OSError, ValueError):
        return []
    return [(top, bottom, left) for (top, left), (bottom, _) in ranges if bottom > top]
