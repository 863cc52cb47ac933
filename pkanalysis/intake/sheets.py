"""Opening a file as sheets of rows, whatever its container, with true row and column positions."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from pkanalysis.errors import PkError

Rows = list[list[Any]]

EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SUFFIXES = (*EXCEL, ".csv", ".json")
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
    if path.suffix.lower() == ".csv":
        return {path.stem: _csv_rows(_text(path))}
    if path.suffix.lower() == ".json":
        return {"json": _json_rows(path)}
    return _excel_sheets(path)


def _excel_sheets(path: Path) -> dict[str, Rows]:
    try:
        book = CalamineWorkbook.from_path(path)
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, OSError) as error:
        raise PkError(f"{path.name} {_why_closed(path, error)}") from error


def _why_closed(path: Path, error: Exception) -> str:
    """Why a spreadsheet does not open, and what to do, from its first bytes."""
    content = path.read_bytes()
    if isinstance(error, PasswordError) or LOCKED in content:
        return "terkunci kata sandi; buka di Excel lalu simpan tanpa kata sandi."
    if b"<table" in content[:20000].lower():
        return "sebenarnya halaman HTML; buka di Excel lalu simpan sebagai Workbook (.xlsx)."
    return f"bukan buku kerja Excel yang utuh ({error}); buka di Excel lalu simpan ulang sebagai .xlsx."


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _csv_rows(content: str) -> Rows:
    head = content.splitlines()[:50]
    delimiter = max(";,\t", key=lambda mark: sum(len(row) - 1 for row in csv.reader(head, delimiter=mark)))
    return [list(row) for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)]


def _json_rows(path: Path) -> Rows:
    try:
        data = json.loads(_text(path))
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


def cell_name(row: int, column: int) -> str:
    """Name of a cell from its 0-based row and column.

    Examples
    --------
    >>> cell_name(6, 3)
    'D7'
    """
    return f"{column_letters(column)}{row + 1}"
