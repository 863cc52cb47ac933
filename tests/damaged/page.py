"""A sheet that can be damaged: it changes in place and says which cell was hit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake.book import cell_name

Rows = list[list[Any]]


@dataclass
class Page:
    """Rows of one sheet, with the 0-based row of its headings.

    Lines are counted below the headings from 1 (the headings are 0), or from the end with -1. A column is named
    by its heading or, where headings repeat, by its 0-based number.

    Examples
    --------
    >>> page = Page("Rekap", [["DATA CONTOH"], ["KODE", "PAGU"], ["5.1", 10], ["5.2", 20]], head=1)
    >>> page.put(1, "PAGU", "sepuluh"), page.cell(1, "PAGU"), page.repeat(-1, "KODE")
    ('B3', 'sepuluh', 'A5')
    """

    name: str
    rows: Rows
    head: int = 0

    def column(self, heading: str | int) -> int:
        """0-based column of a heading."""
        return heading if isinstance(heading, int) else self.rows[self.head].index(heading)

    def row(self, line: int) -> int:
        """0-based row of a line."""
        return self.head + line if line >= 0 else len(self.rows) + line

    def line(self, words: str) -> int:
        """The first line in which ``words`` stand as a cell."""
        return next(place for place, cells in enumerate(self.rows[self.head + 1 :], 1) if words in cells)

    def cell(self, line: int, heading: str | int) -> Any:
        """What stands there."""
        return self.rows[self.row(line)][self.column(heading)]

    def place(self, line: int, heading: str | int) -> str:
        """Name of the cell, as findings write it."""
        return cell_name(self.row(line), self.column(heading))

    def whole(self, line: int) -> str:
        """Name of the line, as findings write it."""
        return f"baris {self.row(line) + 1}"

    def cells(self) -> Iterator[tuple[int, int, Any]]:
        """Every filled cell with its 0-based row and column."""
        return (
            (row, column, cell)
            for row, cells in enumerate(self.rows)
            for column, cell in enumerate(cells)
            if cell != ""
        )

    def put(self, line: int, heading: str | int, value: Any) -> str:
        """Write ``value`` and name the cell."""
        cells = self.rows[self.row(line)]
        column = self.column(heading)
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = value
        return self.place(line, heading)

    def fill(self, heading: str | int, values: list[Any]) -> None:
        """Write ``values`` under the heading, from the first line on."""
        for line, value in enumerate(values, 1):
            self.put(line, heading, value)

    def repeat(self, line: int, heading: str | int) -> str:
        """Copy the line right below itself and name the cell of the copy under ``heading``."""
        row = self.row(line)
        self.rows.insert(row + 1, list(self.rows[row]))
        return cell_name(row + 1, self.column(heading))

    def drop(self, line: int) -> None:
        """Take the line out."""
        del self.rows[self.row(line)]

    def shift(self, line: int) -> None:
        """Move the cells of the line one column to the right."""
        self.rows[self.row(line)].insert(0, "")

    def cut(self, heading: str | int) -> None:
        """Take the column out of the heading row and of every line."""
        column = self.column(heading)
        for cells in self.rows[self.head :]:
            del cells[column : column + 1]
