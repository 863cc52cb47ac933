"""Opening a file as sheets of rows, whatever its container, with true row and column positions."""

from __future__ import annotations

import csv
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from pkanalysis.errors import PkError
from pkanalysis.intake.csvfile import SEPARATORS, csv_rows, decoded
from pkanalysis.intake.htmlfile import html_tables
from pkanalysis.intake.pdf import pages

Rows = list[list[Any]]

EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SUFFIXES = (*EXCEL, ".csv", ".json", ".pdf")
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
MOST_BYTES = 2**30
MOST_CELLS = 50_000_000
LOCKED = "EncryptedPackage".encode("utf-16-le")
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
        raise PkError(f"{path} adalah folder, bukan berkas; sebutkan berkas di dalamnya.")
    if path.suffix.lower() not in SUFFIXES:
        raise PkError(f"{path.name} berakhiran {path.suffix!r}; yang dapat dibaca: {', '.join(SUFFIXES)}.")
    if path.stat().st_size == 0:
        raise PkError(f"{path.name} kosong (0 byte); unduh atau salin ulang berkasnya.")
    sheets = _sheets(path)
    if not any(cell != "" for rows in sheets.values() for row in rows for cell in row):
        raise PkError(f"{path.name} tidak berisi sel apa pun; unduh atau salin ulang berkasnya.")
    return Book(path, sheets)


def _sheets(path: Path) -> dict[str, Rows]:
    """Sheets of a file; what it starts with decides, and its suffix only where that says nothing."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PkError(
            f"{path.name} tidak dapat dibuka ({error.strerror}); tutup di Excel atau periksa izinnya."
        ) from error
    if content.startswith((ZIP, OLE)):
        return _excel_sheets(path, content)
    if content.startswith(PDF) or path.suffix.lower() == ".pdf":
        return {**pages(path)}
    written = decoded(content)
    if re.match(r"\s*<", written) and re.search(r"(?i)<table", written):
        return {**html_tables(written)}
    if path.suffix.lower() == ".json":
        return {"json": _json_rows(path, written)}
    if path.suffix.lower() == ".csv" or _is_list(written):
        return {path.stem: _csv_sheet(path, written)}
    return _excel_sheets(path, content)


def _is_list(written: str) -> bool:
    """Whether a "spreadsheet" is really text with separators, as web applications export it."""
    lines = written.splitlines()[:20]
    return "\0" not in written and any(all(mark in line for line in lines) for mark in SEPARATORS) and len(lines) > 1


def _csv_sheet(path: Path, written: str) -> Rows:
    try:
        return csv_rows(written)
    except csv.Error as error:
        raise PkError(f"{path.name} bukan CSV yang utuh ({error}); simpan ulang dari Excel sebagai CSV.") from error


def _excel_sheets(path: Path, content: bytes) -> dict[str, Rows]:
    if content.startswith(ZIP):
        _require_small(path)
    try:
        book = CalamineWorkbook.from_path(path)
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise PkError(f"{path.name} {_why_closed(content, error)}") from error


def _require_small(path: Path) -> None:
    """Refuse a workbook that unpacks to more than :data:`MOST_BYTES`, or has a stray cell far away."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
            sheets = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
            most = max((_cells(archive, name) for name in sheets), default=0) if size <= MOST_BYTES else 0
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, zlib.error) as error:
        raise PkError(f"{path.name} terpotong atau rusak ({error}); unduh atau salin ulang berkasnya.") from error
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


def _why_closed(content: bytes, error: Exception) -> str:
    """Why a spreadsheet does not open, and what to do, from its first bytes."""
    if isinstance(error, PasswordError) or LOCKED in content:
        return "terkunci kata sandi; buka di Excel lalu simpan tanpa kata sandi."
    return f"bukan buku kerja Excel yang utuh ({error}); buka di Excel lalu simpan ulang sebagai .xlsx."


def _json_rows(path: Path, written: str) -> Rows:
    try:
        data = json.loads(written)
    except json.JSONDecodeError as error:
        raise PkError(f"{path.name} bukan JSON yang utuh (baris {error.lineno}); unduh ulang berkasnya.") from error
    records = _records(data)
    if not records:
        raise PkError(f"{path.name} tidak berisi daftar rekaman; yang dicari: daftar objek JSON dengan nama kolom.")
    names = list(dict.fromkeys(name for record in records for name in record))
    return [list(names), *([_json_cell(record.get(name)) for name in names] for record in records)]


def _records(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        lists = [value for value in data.values() if isinstance(value, list)]
        data = lists[0] if len(lists) == 1 else []
    return data if isinstance(data, list) and all(isinstance(item, dict) for item in data) else []


def _json_cell(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)


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


def cell_name(row: int, column: int) -> str:
    """Name of a cell from its 0-based row and column.

    Examples
    --------
    >>> cell_name(6, 3)
    'D7'
    """
    return f"{column_letters(column)}{row + 1}"
