"""Opening files of any kind as sheets of rows of cells, with true row and column positions.

Excel and ODS, CSV as offices save it, JSON and HTML as web applications export them, and PDF with a text layer:
what a file starts with decides, and its suffix only where that says nothing.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from pypdfium2 import PdfDocument, PdfiumError
from python_calamine import CalamineError, CalamineWorkbook, PasswordError
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from pkanalysis.errors import PkError

Rows = list[list[Any]]

EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
SUFFIXES = (*EXCEL, ".csv", ".json", ".pdf")
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
LOCKED = "EncryptedPackage".encode("utf-16-le")
MOST_BYTES = 2**30
MOST_CELLS = 50_000_000
MOST_SPANNED = 1000
"""Columns or rows that one cell of a web page may reach over."""
SEPARATORS = ";,\t|"
HEAD_LINES = 50
PIECE = 2**20
BLANKS = {"", "-", "null", "undefined", "none", "nan", "n/a", "#ref!", "#n/a", "#value!", "#name?", "#div/0!"}
_DIMENSION = re.compile(rb'<dimension ref="([A-Z]{1,3}\d+):([A-Z]{1,3}\d+)"')
_FORMULA = re.compile(r'="([^"]*)"')
"""How web applications keep Excel from turning a code into a number."""


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
    """Open a spreadsheet, CSV, JSON, HTML or PDF file.

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
    try:
        sheets = _sheets(path)
    except OSError as error:
        raise PkError(
            f"{path.name} tidak dapat dibuka ({error.strerror}); tutup di Excel atau periksa izinnya."
        ) from error
    if not any(cell != "" for rows in sheets.values() for row in rows for cell in row):
        raise PkError(f"{path.name} tidak berisi sel apa pun; unduh atau salin ulang berkasnya.")
    return Book(path, sheets)


def _sheets(path: Path) -> dict[str, Rows]:
    with path.open("rb") as file:
        first = file.read(len(PDF))
    if first.startswith((ZIP, OLE)):
        return _excel(path)
    if first == PDF or path.suffix.lower() == ".pdf":
        return _pages(path)
    encoding = "utf-16" if first[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        with path.open(encoding=encoding) as whole:
            while encoding != "utf-16" and whole.read(PIECE):
                pass
    except UnicodeDecodeError:
        encoding = "cp1252"
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = list(islice(file, HEAD_LINES))
        file.seek(0)
        if "".join(lines).lstrip().startswith("<") and "<table" in (written := file.read()).lower():
            return {**html_tables(written)}
        file.seek(0)
        if path.suffix.lower() == ".json":
            return {"json": _json(path, file.read())}
        top = lines[:20]
        has_mark = any(all(mark in line for line in top) for mark in SEPARATORS)
        is_list = has_mark and len(top) > 1 and not any("\0" in line for line in top)
        if path.suffix.lower() == ".csv" or is_list:  # a "spreadsheet" may be text with separators
            try:
                return {path.stem: csv_rows(file)}
            except csv.Error as error:
                raise PkError(f"{path.name} bukan CSV yang utuh; simpan ulang dari Excel sebagai CSV.") from error
    return _excel(path)


def is_cut(book: Book) -> bool:
    """Whether the last line of a CSV has no line end: it may have been cut inside its last figure."""
    with book.path.open("rb") as file:
        is_list = set(book.sheets) == {book.path.stem} and file.read(len(ZIP)) not in (ZIP, OLE)
        file.seek(-min(4, book.path.stat().st_size), 2)
        return is_list and not file.read().replace(b"\0", b"").endswith((b"\n", b"\r"))


def csv_rows(file: TextIO) -> Rows:
    r"""Rows of a CSV text; a row that was quoted as a whole is taken apart.

    Equal cells are one object in memory: a recap repeats its names on a million rows.

    Parameters
    ----------
    file : text file
        Opened with ``newline=""``; it is read from its beginning.

    Raises
    ------
    csv.Error
        A field that never ends.

    Examples
    --------
    >>> from io import StringIO
    >>> csv_rows(StringIO("kode|nama\r5.1|Belanja\r", newline=""))
    [['kode', 'nama'], ['5.1', 'Belanja']]
    >>> csv_rows(StringIO("~kode,nama~\n~5.1,~~Belanja, lain~~~\n".replace("~", '"'), newline=""))
    [['kode', 'nama'], ['5.1', 'Belanja, lain']]
    >>> csv_rows(StringIO('kode,nama\n="5.10",Belanja\n', newline=""))
    [['kode', 'nama'], ['5.10', 'Belanja']]
    """
    file.seek(0)
    mark = _separator(file)
    file.seek(0)
    shared: dict[str, str] = {}
    rows: Rows = [list(map(shared.setdefault, row, row)) for row in csv.reader(file, delimiter=mark)]
    if any(cell.startswith('="') for cell in shared):
        rows = [[_FORMULA.sub(r"\1", cell) for cell in row] for row in rows]
    whole = [row[0] for row in rows if len(row) == 1 and '"' in row[0] and any(mark in row[0] for mark in SEPARATORS)]
    if 2 * len(whole) < len(rows):
        return rows
    inner = _separator(whole)
    return [next(csv.reader(row, delimiter=inner)) if len(row) == 1 else row for row in rows]


def _separator(lines: Iterable[str]) -> str:
    """The separator that gives the most fields in the first lines."""
    first = list(islice(lines, HEAD_LINES))
    return max(SEPARATORS, key=lambda mark: sum(len(row) - 1 for row in csv.reader(first, delimiter=mark)))


def _json(path: Path, written: str) -> Rows:
    """Headings and one row per record."""
    try:
        records = _records(json.loads(written))
    except (json.JSONDecodeError, RecursionError) as error:
        line = f"baris {error.lineno}" if isinstance(error, json.JSONDecodeError) else "bertingkat terlalu dalam"
        raise PkError(f"{path.name} bukan JSON yang utuh ({line}); unduh ulang berkasnya.") from error
    if not records:
        raise PkError(f"{path.name} tidak berisi daftar rekaman; yang dicari: daftar objek JSON dengan nama kolom.")
    names = list(dict.fromkeys(name for record in records for name in record))
    rows: Rows = [list(names)]
    for record in records:
        cells = ["" if record.get(name) is None else record[name] for name in names]
        plain = (json.dumps(cell, ensure_ascii=False) if isinstance(cell, list | dict) else cell for cell in cells)
        rows.append(list(plain))
    return rows


def _records(data: Any) -> list[dict[str, Any]]:
    """The records of a list, or of the one list of records anywhere in an object ("data", "data.items")."""
    if isinstance(data, dict):
        found = [records for value in data.values() if isinstance(value, list | dict) and (records := _records(value))]
        return found[0] if len(found) == 1 else []
    return data if isinstance(data, list) and all(isinstance(item, dict) for item in data) else []


def _pages(path: Path) -> dict[str, Rows]:
    """One sheet per page of a PDF, one text cell per line."""
    try:
        with closing(PdfDocument(path)) as document:
            written = [page.get_textpage().get_text_range().splitlines() for page in document]
    except (PdfiumError, OSError) as error:
        why = "bukan PDF yang utuh; unduh ulang berkasnya."
        if "password" in str(error).lower():
            why = "terkunci kata sandi; simpan ulang tanpa kata sandi."
        raise PkError(f"{path.name} {why}") from error
    found = {}
    for number, lines in enumerate(written, 1):
        found[f"halaman {number}"] = [[line.strip()] for line in lines if line.strip()]
    if not any(found.values()):
        raise PkError(
            f"{path.name} tidak punya lapisan teks (hasil pindai atau foto), sehingga angkanya tidak dapat dibaca; "
            "unduh PDF aslinya dari SIPD."
        )
    return {**found}


def _excel(path: Path) -> dict[str, Rows]:
    """Rows of every sheet from cell A1 on; equal texts are one object in memory.

    Numbers stay as they are, since 1 equals 1.0 and True.
    """
    with path.open("rb") as file:
        is_zip = file.read(len(ZIP)) == ZIP
    if is_zip:
        _require_small(path)
    try:
        book, found = _opened(path), {}
        for name in book.sheet_names:
            sheet, shared = book.get_sheet_by_name(name), dict[str, str]()
            before = [""] * (sheet.start[1] if sheet.start else 0)
            found[name] = [
                before + [shared.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in row]
                for row in sheet.iter_rows()
            ]
        return found
    except (CalamineError, OSError, ValueError) as error:
        why = "bukan buku kerja Excel yang utuh; buka di Excel lalu simpan ulang sebagai .xlsx."
        if isinstance(error, PasswordError) or LOCKED in path.read_bytes():
            why = "terkunci kata sandi; buka di Excel lalu simpan tanpa kata sandi."
        raise PkError(f"{path.name} {why}") from error


def _opened(path: Path) -> CalamineWorkbook:
    """The workbook by its suffix, which is fast; by its content where the suffix is another kind's."""
    try:
        return CalamineWorkbook.from_path(path)
    except CalamineError:
        return CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))


def _require_small(path: Path) -> None:
    """Refuse a workbook that unpacks to more than :data:`MOST_BYTES`, or has a stray cell far away.

    The cells of a sheet are those that its first bytes declare.
    """
    most = 0
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
            sheets = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
            for name in sheets if size <= MOST_BYTES else ():
                with archive.open(name) as sheet:
                    found = _DIMENSION.search(sheet.read(4096))
                if found:
                    (top, left), (bottom, right) = (xl_cell_to_rowcol(corner.decode()) for corner in found.groups())
                    most = max(most, (right - left + 1) * (bottom - top + 1))
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


def merged_down(path: Path, sheet: str) -> list[tuple[int, int, int]]:
    """First row, last row and column (0-based) of the cells of a workbook that are merged over several rows.

    Examples
    --------
    >>> merged_down(Path("daftar.csv"), "daftar")
    []
    """
    if path.suffix.lower() not in EXCEL:
        return []
    try:
        ranges = _opened(path).get_sheet_by_name(sheet).merged_cell_ranges or []
    except (CalamineError, OSError, ValueError):
        return []
    return [(top, bottom, left) for (top, left), (bottom, _) in ranges if bottom > top]


def html_tables(content: str) -> dict[str, list[list[str]]]:
    """Every table of a page as rows of text; merged cells keep their place, with the text in the first.

    Parameters
    ----------
    content : str
        The page.

    Examples
    --------
    >>> html_tables("<table><tr><th colspan=2>Pagu<th>Sisa</tr><tr><td>1<br>2<td>3<td>4</tr></table>")
    {'tabel 1': [['Pagu', '', 'Sisa'], ['1 2', '3', '4']]}
    """
    parser = _Tables()
    parser.feed(content)
    parser.close()
    found: dict[str, list[list[str]]] = {}
    for number, table in enumerate(parser.tables, 1):
        rows = found[f"tabel {number}"] = []
        hanging: dict[int, int] = {}  # rows that a cell above still reaches down, by column
        for cells in table:
            row: list[str] = []
            for cell in (*cells, None):
                while hanging.get(len(row), 0) > 0:
                    hanging[len(row)] -= 1
                    row.append("")
                if cell:
                    hanging |= dict.fromkeys(range(len(row), len(row) + cell.across), cell.down - 1)
                    row += [" ".join(cell.words.split()), *[""] * (cell.across - 1)]
            rows.append(row)
    return found


@dataclass
class _Cell:
    across: int
    down: int
    words: str = ""


class _Tables(HTMLParser):
    """Collects cells; a cell or row that is never closed ends where the next one starts."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[_Cell]]] = []
        self.cell: _Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            spans = (dict(attrs).get(name) or "" for name in ("colspan", "rowspan"))
            across, down = (max(1, min(int(span), MOST_SPANNED)) if span.isdigit() else 1 for span in spans)
            self.cell = _Cell(across, down)
            self.tables[-1][-1].append(self.cell)
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.cell = None

    def handle_data(self, data: str) -> None:
        if self.cell:
            self.cell.words += data


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


def cell_name(row: int, column: int) -> str:
    """Name of a cell from its 0-based row and column.

    Examples
    --------
    >>> cell_name(6, 3), cell_name(0, 26)
    ('D7', 'AA1')
    """
    return f"{xl_col_to_name(column)}{row + 1}"
