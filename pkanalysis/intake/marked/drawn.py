"""The marked copy of a file that is no .xlsx, or too big to keep: its cells as read, in a new workbook."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pkanalysis.intake.files.sheets import Book, Rows
from pkanalysis.intake.listing import PLAIN, Listing, clean, fill
from pkanalysis.intake.marked.marks import AUTHOR, COLOURS, WIDTH, Mark, Spot

MOST_CELLS = 5_000_000
"""Above this only the top of each sheet and the lines with findings are written; half a minute."""
TOP, COLUMNS = 60, 100
"""Rows of a very big sheet that are written in any case, and columns that are made wide enough for a code."""
LAST_ROW, LAST_COLUMN, LONGEST_NAME = 1_048_576, 16_384, 31
"""What a sheet of Excel holds, and how long its name may be."""
_OPTIONS = PLAIN | {"constant_memory": True, "nan_inf_to_errors": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}


def write(target: Path, book: Book, marks: dict[Spot, Mark], told: Listing) -> None:
    """Write the copy: the list, then every sheet with its cells where they were."""
    names, is_whole = sheet_names(book, told.title), size(book) <= MOST_CELLS
    with xlsxwriter.Workbook(target, _OPTIONS) as copy:
        fills = {severity: copy.add_format({"bg_color": f"#{colour}"}) for severity, colour in COLOURS.items()}
        fill(copy, told)
        for name, rows in book.sheets.items():
            sheet = copy.add_worksheet(names[name])
            sheet.set_column(0, COLUMNS - 1, 18)
            own = _by_row({spot: mark for spot, mark in marks.items() if spot.sheet == name})
            for number, row in _lines(rows, own, is_whole):
                sheet.write_row(number, 0, row[:LAST_COLUMN])
                _paint(sheet, number, row, own.get(number, {}), fills)


def size(book: Book) -> int:
    """Cells of a book, blank ones within its rows too."""
    return sum(len(row) for rows in book.sheets.values() for row in rows)


def sheet_names(book: Book, title: str) -> dict[str, str]:
    """Name in the copy per sheet: without the signs that Excel refuses, short, and none twice.

    Examples
    --------
    >>> sheet_names(Book(Path("a.csv"), {"rekap [murni]": [], "TEMUAN": []}), "Temuan")
    {'rekap [murni]': 'rekap _murni_', 'TEMUAN': 'TEMUAN 2'}
    """
    names: dict[str, str] = {}
    for name in book.sheets:
        plain = re.sub(r"[\[\]:*?/\\]", "_", clean(name)).strip("' ")[:LONGEST_NAME] or "Lembar"
        taken = {title.casefold(), "history", *map(str.casefold, names.values())}
        tries = (plain, *(f"{plain[: LONGEST_NAME - 5]} {number}" for number in range(2, 10_000)))
        names[name] = next(each for each in tries if each.casefold() not in taken)
    return names


def _by_row(marks: dict[Spot, Mark]) -> dict[int, dict[int, Mark]]:
    own: dict[int, dict[int, Mark]] = {}
    for spot, mark in marks.items():
        own.setdefault(spot.row, {})[spot.column] = mark
    return own


def _lines(rows: Rows, marked: Collection[int], is_whole: bool) -> Iterator[tuple[int, list[Any]]]:
    """The lines to write in order, each with its 0-based row; a marked one may lie below the last."""
    above = range(len(rows) if is_whole else min(TOP, len(rows)))
    for number in (*above, *sorted(row for row in marked if row not in above)):
        if number < LAST_ROW:
            yield number, rows[number] if number < len(rows) else []


def _paint(sheet: Worksheet, number: int, row: list[Any], marks: dict[int, Mark], fills: dict[str, Format]) -> None:
    for column, mark in marks.items():
        sheet.write(number, column, row[column] if column < len(row) else "", fills[mark.severity])
        size = {"width": WIDTH, "height": mark.height}
        sheet.write_comment(number, column, mark.comment, {"author": AUTHOR} | size)
