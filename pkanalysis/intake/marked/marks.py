"""Where findings stand in the sheets of a file, and what the marked cell says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from xlsxwriter.utility import xl_cell_to_rowcol

from pkanalysis.intake.files.sheets import Book, Rows, cell_name, normal, text
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.listing import clean

AUTHOR = "pkanalysis"
COLOURS = {"galat": "FFC7CE", "peringatan": "FFEB9C", "catatan": "DDEBF7"}
"""Fill per severity, the worst first: red, yellow, blue grey."""
HEAD_ROWS = 60
"""Rows in which headings are looked for."""
MOST_WORDS = 1500
"""Characters of a comment; all findings are on the list."""
WIDTH, LINE, LETTERS = 340, 18, 48
"""Width of a comment and height of its lines in pixels, and letters per line."""
_CELL, _ROW = re.compile(r"[A-Z]{1,3}\d+"), re.compile(r"\bbaris (\d+)")


class Spot(NamedTuple):
    """A cell: name of its sheet, 0-based row and column."""

    sheet: str
    row: int
    column: int

    def link(self, sheet: str) -> str:
        """Its address under the name that ``sheet`` has in the copy.

        Examples
        --------
        >>> Spot("Data", 6, 3).link("Data O'2")
        "'Data O''2'!D7"
        """
        quoted = sheet.replace("'", "''")
        return f"'{quoted}'!{cell_name(self.row, self.column)}"


@dataclass(frozen=True)
class Mark:
    """How a cell is marked: its worst severity, and a comment with every rule and remedy."""

    severity: str
    comment: str

    @property
    def height(self) -> int:
        """Height in pixels that shows the whole comment, up to 25 lines."""
        lines = sum(1 + len(line) // LETTERS for line in self.comment.splitlines())
        return LINE * min(lines + 1, 25)


def spots(findings: Sequence[Finding], book: Book) -> list[Spot | None]:
    """Per finding its cell, ``None`` where it is about a whole sheet or file.

    A line stands for the cell under the heading that the finding names, else for its first filled cell.
    """
    only = next(iter(book.sheets)) if len(book.sheets) == 1 else ""

    @cache
    def under(sheet: str, below: int, heading: str) -> int | None:
        return _under(book.sheets[sheet][:below], heading)

    def spot(finding: Finding) -> Spot | None:
        sheet = finding.sheet or only
        if sheet not in book.sheets:
            return None
        if _CELL.fullmatch(finding.place):
            return Spot(sheet, *xl_cell_to_rowcol(finding.place))
        if found := _ROW.search(finding.place):
            row = int(found[1]) - 1
            column = under(sheet, min(row, HEAD_ROWS), finding.column)
            return Spot(sheet, row, _first(book.sheets[sheet], row) if column is None else column)
        return None

    return [spot(finding) for finding in findings]


def _under(above: Rows, heading: str) -> int | None:
    """Column that has ``heading`` in the lowest row above that has it at all."""
    wanted = normal(heading)
    columns = (column for row in reversed(above) for column, cell in enumerate(row) if normal(cell) == wanted)
    return next(columns, None) if wanted else None


def _first(rows: Rows, row: int) -> int:
    """First filled column of a row."""
    line = rows[row] if row < len(rows) else []
    return next((column for column, cell in enumerate(line) if text(cell)), 0)


def marks(findings: Sequence[Finding], places: Sequence[Spot | None]) -> dict[Spot, Mark]:
    """One mark per cell from the findings that stand there."""
    grouped: dict[Spot, list[Finding]] = {}
    for finding, place in zip(findings, places, strict=True):
        if place is not None:
            grouped.setdefault(place, []).append(finding)
    return {place: _mark(found) for place, found in grouped.items()}


def _mark(found: list[Finding]) -> Mark:
    order = list(COLOURS)
    worst = sorted(found, key=lambda finding: order.index(finding.severity))
    said = dict.fromkeys(f"{item.severity.upper()}: {item.rule}.\nSaran: {item.remedy}." for item in worst)
    words = clean("\n\n".join(said))
    if len(words) > MOST_WORDS:
        words = f"{words[:MOST_WORDS]} …\n\nSelengkapnya di lembar daftar temuan."
    return Mark(worst[0].severity, words)
