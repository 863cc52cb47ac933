"""One table of a sheet by its fields: cells as text, codes and rupiah, and findings at their cell.

The tables of a book that have certain headings are taken whole from their sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

import pandas as pd

from pkanalysis import codes
from pkanalysis.errors import PkError
from pkanalysis.intake.amounts import rupiah, unit
from pkanalysis.intake.book import Book, Rows, column_letters, merged_down, text
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.headings import Field, Header, find_header, is_numbering, stated_unit, unit_notes

OFFICES = ("kode_opd", "kode_sub_unit")


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
        title = self.header.titles.get(name, name)
        findings = [
            cell.finding(self.file, self.sheet, self._place(cell.position, name), title)
            for cell in (*read.problems, *read.doubts)
        ]
        if read.rounded:
            findings.append(self.finding("RUPIAH_DIBULATKAN", None, name, banyaknya=read.rounded))
        return pd.Series(read.figures, dtype="Int64"), findings

    def finding(self, code: str, line: int | None, name: str, value: object = "", /, **values: Any) -> Finding:
        """The finding of rule ``code`` about field ``name``, in the cell of ``line`` (0-based) or the whole sheet."""
        title = self.header.titles.get(name, name)
        return finding(code, self.file, self.sheet, self._place(line, name), title, str(value), **values)

    def _place(self, line: int | None, name: str) -> str:
        column = self.header.columns.get(name)
        if line is None:
            return ""
        return f"baris {self.rows[line]}" if column is None else f"{column_letters(column)}{self.rows[line]}"


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
    grid = Grid(file, sheet, header, cells, lines, stated_unit(above + unit_notes(body)), words)
    return _without_headings(grid, rows)


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
