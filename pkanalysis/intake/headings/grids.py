"""The tables of a book that have certain headings, each taken whole from its sheet."""

from __future__ import annotations

from collections.abc import Sequence

from pkanalysis.errors import PkError
from pkanalysis.intake.files.excelfile import merged_down
from pkanalysis.intake.files.sheets import Book, Rows, text
from pkanalysis.intake.headings.columns import Field, Header, find_header
from pkanalysis.intake.headings.grid import Grid
from pkanalysis.intake.headings.merged import is_numbering
from pkanalysis.intake.headings.stated import stated_unit, unit_notes


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
