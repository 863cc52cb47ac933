"""Sheets of cash plans: where their months and sums stand, and which rows are target or realisasi of belanja."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pkanalysis.intake.book import Book, Rows, normal, text
from pkanalysis.intake.dates import month
from pkanalysis.intake.grid import SUMMED
from pkanalysis.intake.headings import stated_unit
from pkanalysis.intake.layouts.trees.forms import Above, Head
from pkanalysis.intake.layouts.trees.headings import kind_of

LOOK_ROWS = 60
LEAST_AMOUNT = 10_000
"""Above the numbers that count rows or name a year."""

KINDS = {
    **dict.fromkeys(("target", "rencana", "anggarankas", "rak", "rencanakas"), "rencana_kas"),
    "realisasi": "realisasi_anggaran",
}
ACCOUNTS = {
    "pendapatan": "", "pembiayaan": "", "penerimaanpembiayaan": "", "pengeluaranpembiayaan": "",
    "belanja": "5", "belanjadaerah": "5", "jumlahbelanja": "5", "totalbelanja": "5", "belanjaoperasi": "5.1",
    "belanjamodal": "5.2", "belanjatidakterduga": "5.3", "belanjatransfer": "5.4",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row: its 1-based row, table, account and raw cells per month and printed sum."""

    row: int
    table: str
    account: str
    cells: dict[int | str, Any]


@dataclass(frozen=True)
class Sheet:
    """A sheet with its head, its columns (0-based, by month or printed sum), its unit, and its belanja lines.

    ``sums`` are lines that other lines are parts of; ``loose`` are 1-based rows of belanja with figures that are
    neither target nor realisasi.
    """

    name: str
    head: Head
    columns: dict[int | str, int]
    factor: int = 1
    lines: list[Line] = field(default_factory=list)
    sums: list[Line] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)


def sheets(book: Book) -> list[Sheet]:
    """Sheets of the book that name all twelve months and have lines of belanja."""
    found = (_sheet(book, name, rows) for name, rows in book.sheets.items())
    return [sheet for sheet in found if sheet and sheet.lines]


def _sheet(book: Book, name: str, rows: Rows) -> Sheet | None:
    """The sheet read below the row that names all twelve months."""
    for place, row in enumerate(rows[:LOOK_ROWS]):
        months: dict[int | str, int] = {number: column for column, cell in enumerate(row) if (number := month(cell))}
        if len(months) == 12:
            above = Above(rows[:place]).head((name, book.path.stem))
            columns = months | _sums(row, min(months.values()))
            lines = _lines(rows, place + 1, columns)
            has_parts = {line.table for line in lines if len(line.account) > 1}
            sums = [line for line in lines if len(line.account) == 1 and line.table in has_parts]
            parts = [line for line in lines if line not in sums]
            loose = _loose(rows, place + 1, columns)
            return Sheet(name, above, columns, stated_unit(rows[:place]), parts, sums, loose)
    return None


def _sums(row: Sequence[Any], first: int) -> dict[int | str, int]:
    """Columns of quarters and of the sum of the year, to the right of the first month."""
    found: dict[int | str, int] = {}
    for column, cell in enumerate(row[first:], first):
        kind = "jumlah" if normal(cell).startswith(("jumlah", "total")) else kind_of(text(cell)) or ""
        if kind in SUMMED:
            found.setdefault(kind, column)
    return found


def _lines(rows: Rows, first: int, columns: dict[int | str, int]) -> list[Line]:
    """Belanja rows with their table and account."""
    lines, account = [], ""
    for number, row in enumerate(rows[first:], first + 1):
        left = [normal(cell) for cell in row[: min(columns.values())]]
        account = next((ACCOUNTS[words] for words in left if words in ACCOUNTS), account)
        table = next((KINDS[words] for words in left if words in KINDS), "")
        if account and table:
            lines.append(Line(number, table, account, {key: _cell(row, column) for key, column in columns.items()}))
    return lines


def _loose(rows: Rows, first: int, columns: dict[int | str, int]) -> list[int]:
    """Rows with figures that name belanja, have no words at all, or their TARGET or REALISASI among the months."""
    left = min(columns.values())
    found, account = [], ""
    for number, row in enumerate(rows[first:], first + 1):
        before, after = ([normal(text(cell)) for cell in cells] for cells in (row[:left], row[left:]))
        own = next((ACCOUNTS[words] for words in before if words in ACCOUNTS), None)
        account = account if own is None else own
        is_nameless = not any(before) or any(words in KINDS for words in after)
        has_figure = any(isinstance(cell, int | float) and cell for cell in row[left:])
        if has_figure and account and (own or is_nameless) and not any(words in KINDS for words in before):
            found.append(number)
    return found


def shifted(rows: Rows, sheet: Sheet) -> list[int]:
    """1-based rows of belanja with an amount before the first month, as when their cells moved to the left."""
    left = min(sheet.columns.values())
    return [
        line.row for line in (*sheet.lines, *sheet.sums)
        if any(isinstance(cell, int | float) and abs(cell) >= LEAST_AMOUNT for cell in rows[line.row - 1][:left])
    ]  # fmt: skip


def _cell(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else ""
