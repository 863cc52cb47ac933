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
from pkanalysis.intake.book import Book, Rows, cell_name, merged_down, text
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.headings import Field, Header, find_header, is_numbering, stated_unit

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
        cells = self.cells.get(name)
        if cells is None:
            return [""] * len(self)
        shared = {cell: clean(cell) if clean else text(cell) for cell in set(cells)}
        if name in OFFICES and not clean:
            shared = {cell: codes.canonical_office(words) for cell, words in shared.items()}
        return [shared[cell] for cell in cells]

    def activities(self, name: str) -> list[str]:
        """Column of programme, kegiatan or sub kegiatan codes in their one form."""
        return self.texts(name, lambda cell: codes.canonical_activity(text(cell)))

    def amounts(self, name: str) -> tuple[pd.Series, list[Finding]]:
        """Column as rupiah, with an error for every cell that is none and a warning for lost digits."""
        own = unit(self.header.titles.get(name, ""))
        read = rupiah(self.cells.get(name, [""] * len(self)), own if own > 1 else self.factor)
        found = [
            self.finding(cell.code, cell.position, name, cell.text, **cell.values)
            for cell in (*read.problems, *read.doubts)
        ]
        if read.rounded:
            found.append(self.finding("RUPIAH_DIBULATKAN", None, name, banyaknya=read.rounded))
        return pd.Series(read.figures, dtype="Int64"), found

    def finding(self, code: str, line: int | None, name: str, value: object = "", /, **values: Any) -> Finding:
        """The finding of rule ``code`` about field ``name``, in the cell of ``line`` (0-based) or the whole sheet."""
        title, column = self.header.titles.get(name, name), self.header.columns.get(name)
        place = ""
        if line is not None:
            place = f"baris {self.rows[line]}" if column is None else cell_name(self.rows[line] - 1, column)
        return finding(code, self.file, self.sheet, place, title, str(value), **values)


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
    tables = [_grid(book, name, rows, header) for name, rows, header in found if header]
    if not tables:
        needed = ", ".join(field.headings[0] for field in fields if field.required)
        raise PkError(f"{book.name} tidak punya lembar dengan judul kolom {needed}; periksa baris judulnya.")
    return tables


def _grid(book: Book, sheet: str, rows: Rows, header: Header) -> Grid:
    """The table under ``header``, without the headings and the numbers under them that a page break repeats."""
    first = header.row + 1
    if first < len(rows) and is_numbering(rows[first]):
        first += 1
    filled = [place for place in range(first, len(rows)) if any(cell != "" for cell in rows[place])]
    body = [rows[place] for place in filled]
    cells = {
        name: [row[column] if column < len(row) else "" for row in body] for name, column in header.columns.items()
    }
    above = rows[: header.row]
    words = tuple(" ".join(filter(None, map(text, row))) for row in above)
    factor = stated_unit(above, body)
    grid = Grid(book.name, sheet, header, cells, [place + 1 for place in filled], factor, words)

    heading, upper = rows[header.row], rows[header.row - 1] if header.row else []
    places = ((name, heading[column]) for name, column in header.columns.items() if column < len(heading))
    name, word = next((name, cell) for name, cell in places if cell)
    if word in cells[name]:
        is_head = [cell == word for cell in cells[name]]
        around = zip(is_head, [False, *is_head], [*is_head[1:], False], body, strict=False)
        grid = grid.where(
            [
                not own and not (before and is_numbering(row)) and not (after and row == upper)
                for own, before, after, row in around
            ]
        )
    return _filled_down(book, grid)


def _filled_down(book: Book, grid: Grid) -> Grid:
    """The grid in which a key that is merged over several rows stands on each of them."""
    accounts = grid.cells.get("kode_rekening", [])
    columns = [grid.cells[name] for name in ("kode_opd", "kode_sub_kegiatan") if "" in grid.cells.get(name, [])]
    if not any(code != "" and key == "" for keys in columns for code, key in zip(accounts, keys, strict=True)):
        return grid
    keys = {grid.header.columns[name]: name for name in grid.cells if name.startswith("kode_")}
    place = {row: line for line, row in enumerate(grid.rows)}
    for top, bottom, column in merged_down(book.path, grid.sheet):
        cells = grid.cells.get(keys.get(column, ""), [])
        for row in range(top + 2, bottom + 2):
            if cells and top + 1 in place and row in place:
                cells[place[row]] = cells[place[top + 1]]
    return grid
