"""Finding a table by its headings, and taking its columns, whatever their order and address."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

import pandas as pd

from pkanalysis import codes
from pkanalysis.errors import PkError
from pkanalysis.intake.cells.amounts import rupiah, unit
from pkanalysis.intake.files.excelfile import merged_down
from pkanalysis.intake.files.sheets import Book, Rows, column_letters, text
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.headings.headwords import in_full, normals, of_one_year, plainly
from pkanalysis.intake.headings.merged import is_numbering, merged

HEAD_ROWS = 40
FOOT_ROWS = 15
OFFICES = ("kode_opd", "kode_sub_unit")
_UNIT_STATED = re.compile(r"(?i)\bdalam\b|\(|\brp\b|^satuan\b|^\S+$")
_NOTE = re.compile(
    r"(?i)\W*((catatan|keterangan|ket)\W+)?((semua|seluruh)\s+)?((angka|nilai|jumlah|pagu)\s+)?(disajikan\s+)?(dalam|satuan)\b"
)
_COUNTED = re.compile(r"(?i)\d\s*(ribu|juta|mil[iy]ar|tril[iy]un)")


@dataclass(frozen=True)
class Field:
    """A column to look for: our name, the headings it goes by, and whether the table needs it."""

    name: str
    headings: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True)
class Header:
    """The (last) heading row (0-based), and per field found its 0-based column and its heading as written."""

    row: int
    columns: dict[str, int]
    titles: dict[str, str]


def find_header(rows: Rows, fields: Sequence[Field], limit: int = HEAD_ROWS) -> Header | None:
    """The first of the top ``limit`` rows that has every required heading, in any order and spelling.

    Examples
    --------
    >>> find_header([["Lampiran"], ["Pagu (Rp)", "KODE  REKENING"]], [Field("kode", ("kode rekening",))])
    Header(row=1, columns={'kode': 1}, titles={'kode': 'KODE REKENING'})
    """
    for place, row in enumerate(rows[:limit]):
        under = rows[place + 1] if place + 1 < len(rows) else []
        for last, titles in ((place, [(cell,) for cell in row]), (place + 1, merged(row, under))):
            columns = _columns(titles, fields)
            if all(field.name in columns for field in fields if field.required):
                return Header(last, columns, {name: text(titles[column][0]) for name, column in columns.items()})
    return None


def _columns(titles: Sequence[tuple[Any, ...]], fields: Sequence[Field]) -> dict[str, int]:
    """Column per field; the first column that goes by a heading has it, with or without its unit."""
    where: dict[str, int] = {}
    written = [(column, cell) for column, cells in enumerate(titles) for cell in cells if isinstance(cell, str)]
    for spell in (plainly, in_full, of_one_year(written)):
        for column, cell in written:
            for name in spell(cell):
                where.setdefault(name, column)
    found = {field.name: [where[name] for name in normals(field.headings) if name in where] for field in fields}
    return {name: columns[0] for name, columns in found.items() if columns}


@dataclass(frozen=True)
class Grid:
    """One table of a sheet: raw cells per field, with the 1-based row of each line.

    ``factor`` is the rupiah per unit that the rows above the headings name; a heading may name its own.
    ``above`` are the words of those rows, a line each.
    """

    file: str
    sheet: str
    header: Header
    cells: dict[str, list[Any]]
    rows: list[int]
    factor: int = 1
    above: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, keep: Sequence[bool]) -> Grid:
        """The lines for which ``keep`` is true."""
        cells = {name: list(compress(column, keep)) for name, column in self.cells.items()}
        return replace(self, cells=cells, rows=list(compress(self.rows, keep)))

    def texts(self, name: str, clean: Callable[[Any], str] | None = None) -> list[str]:
        """Column as text, each distinct cell cleaned once and shared; empty when there is no such column.

        Codes of SKPD and sub units come in their one form unless ``clean`` says otherwise.
        """
        clean = clean or (_office if name in OFFICES else text)
        cells = self.cells.get(name)
        if cells is None:
            return [""] * len(self)
        shared = {cell: clean(cell) for cell in set(cells)}
        return [shared[cell] for cell in cells]

    def activities(self, name: str) -> list[str]:
        """Column of programme, kegiatan or sub kegiatan codes in their one form."""
        return self.texts(name, lambda cell: codes.canonical_activity(text(cell)))

    def amounts(self, name: str) -> tuple[pd.Series, list[Finding]]:
        """Column as rupiah, with an error for every cell that is none and a warning for lost digits."""
        own = unit(self.header.titles.get(name, ""))
        read = rupiah(self.cells.get(name, [""] * len(self)), own if own > 1 else self.factor)
        findings = [
            self.finding("galat", place.position, name, place.text, place.reason, "tulis angka rupiah saja")
            for place in read.problems
        ]
        findings += [
            self.finding("peringatan", place.position, name, place.text, place.reason, "tulis angka lengkapnya")
            for place in read.doubts
        ]
        if read.rounded:
            findings.append(
                self.finding(
                    "catatan", None, name, "", f"{read.rounded} angka bersen dibulatkan ke rupiah", "tidak perlu diubah"
                )
            )
        return pd.Series(read.figures, dtype="Int64"), findings

    def finding(self, severity: Severity, line: int | None, name: str, value: str, rule: str, remedy: str) -> Finding:
        """A finding about field ``name``, in the cell of ``line`` (0-based) or the whole sheet."""
        column = self.header.columns.get(name)
        place = "" if line is None else f"baris {self.rows[line]}"
        if line is not None and column is not None:
            place = f"{column_letters(column)}{self.rows[line]}"
        return Finding(severity, self.file, self.sheet, place, self.header.titles.get(name, name), value, rule, remedy)


def _office(cell: Any) -> str:
    return codes.canonical_office(text(cell))


def has_table(book: Book, fields: Sequence[Field]) -> str | None:
    """Name of the first sheet that holds a table with these headings, or ``None``."""
    return next((name for name, rows in book.sheets.items() if find_header(rows, fields)), None)


def grids(book: Book, fields: Sequence[Field]) -> list[Grid]:
    """Every sheet of the book that holds the table; blank rows and columns that are not fields are left behind.

    Raises
    ------
    PkError
        No sheet has the headings.
    """
    found = [(name, rows, find_header(rows, fields)) for name, rows in book.sheets.items()]
    tables = [_filled_down(book, _grid(book.name, name, rows, header)) for name, rows, header in found if header]
    if not tables:
        needed = ", ".join(field.headings[0] for field in fields if field.required)
        raise PkError(f"{book.name} tidak punya lembar dengan judul kolom {needed}; periksa baris judulnya.")
    return tables


def _grid(file: str, sheet: str, rows: Rows, header: Header) -> Grid:
    first = header.row + 1
    if first < len(rows) and is_numbering(rows[first]):
        first += 1
    filled = [place for place in range(first, len(rows)) if any(cell != "" for cell in rows[place])]
    body = [rows[place] for place in filled]
    cells = {
        name: [row[column] if column < len(row) else "" for row in body] for name, column in header.columns.items()
    }
    lines = [place + 1 for place in filled]
    above = rows[: header.row]
    words = tuple(" ".join(filter(None, map(text, row))) for row in above)
    grid = Grid(file, sheet, header, cells, lines, stated_unit(above + _notes(body)), words)
    return _without_headings(grid, rows)


def _notes(body: Rows) -> Rows:
    """Notes under a table that name the unit of its figures."""
    words = [cell for row in body[-FOOT_ROWS:] for cell in row if isinstance(cell, str)]
    return [[word] for word in words if _NOTE.match(word)]


def _filled_down(book: Book, grid: Grid) -> Grid:
    """The grid in which a key that is merged over several rows stands on each of them."""
    ranges = merged_down(book.path, grid.sheet) if _lacks_keys(grid) else []
    if not ranges:
        return grid
    keys = {grid.header.columns[name]: name for name in grid.cells if name.startswith("kode_")}
    place = {row: line for line, row in enumerate(grid.rows)}
    for top, bottom, column in ranges:
        cells = grid.cells.get(keys.get(column, ""), [])
        for row in range(top + 2, bottom + 2):
            if cells and top + 1 in place and row in place:
                cells[place[row]] = cells[place[top + 1]]
    return grid


def _lacks_keys(grid: Grid) -> bool:
    """Whether a line with an account has no SKPD or no sub kegiatan."""
    accounts = grid.cells.get("kode_rekening", [])
    columns = [grid.cells[name] for name in ("kode_opd", "kode_sub_kegiatan") if "" in grid.cells.get(name, [])]
    return any(code != "" and key == "" for keys in columns for code, key in zip(accounts, keys, strict=True))


def _without_headings(grid: Grid, rows: Rows) -> Grid:
    """The grid without its own heading rows and the numbers under them, which a page break repeats."""
    heading = rows[grid.header.row]
    places = ((name, heading[column]) for name, column in grid.header.columns.items() if column < len(heading))
    name, word = next((name, cell) for name, cell in places if cell)
    column = grid.cells[name]
    if word not in column:
        return grid
    is_head = [cell == word for cell in column]
    upper = rows[grid.header.row - 1] if grid.header.row else []
    keep = [
        not own and not (before and is_numbering(rows[row - 1])) and not (after and rows[row - 1] == upper)
        for own, before, after, row in zip(is_head, [False, *is_head], [*is_head[1:], False], grid.rows, strict=False)
    ]
    return grid.where(keep)


def stated_unit(above: Rows) -> int:
    """Rupiah per unit that the rows above a table name for all of it, as "(dalam ribuan rupiah)" does.

    Examples
    --------
    >>> stated_unit([["Rekap pagu"], ["(dalam jutaan rupiah)"]]), stated_unit([["Bantuan 2 miliar"]])
    (1000000, 1)
    >>> stated_unit([["Satuan: Ribu Rupiah"]]), stated_unit([["Program Rp 1 miliar per kelurahan"]])
    (1000, 1)
    """
    words = (text(cell) for row in above for cell in row if isinstance(cell, str))
    stated = (word for word in words if _UNIT_STATED.search(word) and not _COUNTED.search(word))
    return next((unit(word) for word in stated if unit(word) > 1), 1)
