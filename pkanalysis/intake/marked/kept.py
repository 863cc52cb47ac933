"""The marked copy of an .xlsx: the workbook itself, with fills, comments and one more sheet."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pkanalysis.intake.files.sheets import cell_name, column_letters
from pkanalysis.intake.listing import PLACE, WIDTHS, Listing, height, table
from pkanalysis.intake.marked.marks import AUTHOR, COLOURS, LINE, WIDTH, Mark, Spot

_PLAIN, _BOLD = Font("Calibri", 11), Font("Calibri", 11, bold=True)
_LINK = Font("Calibri", 11, underline="single", color="0000FF")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_LETTERS = [column_letters(column) for column in range(len(WIDTHS))]


def write(target: Path, source: Path, marks: dict[Spot, Mark], told: Listing) -> None:
    """Write the copy with formatting, formulas, merged cells, comments and protection of ``source``."""
    with source.open("rb") as file:  # by name openpyxl takes only its own suffixes
        book = load_workbook(file, rich_text=True)
    for spot, mark in marks.items():
        _paint(book[spot.sheet], spot, mark)
    for page in book.worksheets:
        page.sheet_view.tabSelected = False  # what is typed goes to every selected sheet
    _list(book.create_sheet(told.title, 0), told)
    book.active = 0
    book.save(target)


def _paint(sheet: Worksheet, spot: Spot, mark: Mark) -> None:
    """Colour the cell, of merged cells their first one, and put the comment under any that is there."""
    address = cell_name(spot.row, spot.column)
    merged = next((area for area in sheet.merged_cells.ranges if address in area), None)
    there = sheet[address] if merged is None else sheet.cell(merged.min_row, merged.min_col)
    there.fill = PatternFill("solid", fgColor=f"FF{COLOURS[mark.severity]}")
    before = f"{there.comment.text}\n\n" if there.comment else ""
    there.comment = Comment(before + mark.comment, AUTHOR, height=mark.height + LINE * before.count("\n"), width=WIDTH)


def _list(sheet: Worksheet, told: Listing) -> None:
    top = len(told.notes) + 1
    for number, note in enumerate(told.notes, start=1):
        _say(sheet.cell(number, 1), note, _PLAIN)
    for number, row in enumerate(table(told.findings), start=top):
        sheet.row_dimensions[number].height = height(row)
        for place, words in enumerate(row, start=1):
            _say(sheet.cell(number, place), words, _BOLD if number == top else _PLAIN).alignment = _WRAPPED
        if address := told.link(number - top - 1):
            _say(sheet.cell(number, PLACE + 1), row[PLACE] or "lembar", _LINK)
            sheet.cell(number, PLACE + 1).hyperlink = Hyperlink(f"{_LETTERS[PLACE]}{number}", location=address)
    for letter, width in zip(_LETTERS, WIDTHS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{_LETTERS[-1]}{top + len(told.findings)}"


def _say(cell: Cell, words: str, font: Font) -> Cell:
    """Write text that is never taken for a formula."""
    cell.value, cell.data_type, cell.font = words, "s", font
    return cell
