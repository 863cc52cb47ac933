"""The sheet of one table: what it is, the rows with their totals, and below them notes and source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pkanalysis.report.xlsx import page as pages
from pkanalysis.report.xlsx.cells import fit, put
from pkanalysis.report.xlsx.page import Running
from pkanalysis.report.xlsx.parts import Sheet
from pkanalysis.report.xlsx.styles import Styles
from pkanalysis.report.xlsx.totals import Plan, plan

MARGIN = 2
"""Characters of a column that indent and filter arrow take."""
EMPTY = "Tidak ada baris."
MOVED = "Baris jumlah berada di bawah rincian, agar tabel dapat diurutkan dan disaring."
UNSORTED = "Tabel ini tanpa saringan: mengurutkannya akan mengubah baris yang dijumlahkan."
SHARES = "Persen dan poin pada baris jumlah adalah nilai, bukan rumus."
MISFIT = 'Jumlah pada baris "{row}" kolom {columns} ditulis sebagai nilai, bukan rumus: tidak sama dengan rinciannya.'


def write(book: Workbook, sheet: Sheet, running: Running, styles: Styles) -> None:
    """Add the sheet to the workbook."""
    table, layout, page = sheet.table, plan(sheet.table), book.add_worksheet(sheet.name)
    widths = pages.widths(table["columns"], table["rows"])
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    area = pages.area(widths)
    unit = f"Satuan: {table['unit']}" if table["unit"] else ""
    words = ((running.mark, styles.mark), (sheet.caption, styles.caption), (unit, styles.line))
    head = [(text, style) for text, style in words if text]
    for row, (text, style) in enumerate(head):
        pages.line(page, row, text, style, area)
    _grid(page, len(head), table, layout, styles, widths)
    below = len(head) + 1 + max(1, len(table["rows"]))
    for row, text in enumerate(_notes(table, layout), start=below):
        pages.line(page, row, text, styles.small, area)
    pages.print_setup(page, running, heading=len(head))


def _grid(
    page: Worksheet, heading: int, table: dict[str, Any], layout: Plan, styles: Styles, widths: list[int]
) -> None:
    """The heading and the rows; filter over the rows without their totals."""
    columns, top = table["columns"], heading + 1
    for column, head in enumerate(columns):
        page.write_string(heading, column, fit(head["label"]), styles.heading)
    page.set_row(heading, _height([head["label"] for head in columns], widths))
    for row, position in enumerate(layout.order, start=top):
        page.set_row(row, _height([cell["text"] for cell in table["rows"][position]], widths))
        for column, cell in enumerate(table["rows"][position]):
            formula = layout.formula(position, column, top) or ""
            put(page, row, column, cell, styles, position in layout.totals, formula)
    page.freeze_panes(top, 0)
    if layout.is_sortable and columns:
        page.autofilter(heading, 0, heading + len(layout.details), len(columns) - 1)
    if table["rows"]:
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{top + len(table['rows'])}"})


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Height of a row, given since not every program fits it to wrapped text on opening."""
    letters = [int(width * 1.1) - MARGIN for width in widths]  # a width counts digits, letters are narrower
    return max((pages.height(*pair) for pair in zip(texts, letters, strict=True)), default=15)


def _notes(table: dict[str, Any], layout: Plan) -> Iterator[str]:
    """The lines below the table, the block's own last."""
    if not table["rows"]:
        yield EMPTY
    if layout.is_moved:
        yield MOVED
    if not layout.is_sortable:
        yield UNSORTED
    for total in layout.totals.values():
        if total.misfits:
            cells = table["rows"][total.row]
            row = " ".join(cell["text"] for cell in cells if cell["kind"] in ("teks", "kalimat") and cell["text"])
            yield MISFIT.format(row=row, columns=", ".join(table["columns"][c]["label"] for c in total.misfits))
    if any(cell["kind"] in ("persen", "poin") for row in layout.totals for cell in table["rows"][row]):
        yield SHARES
    if table["note"]:
        yield table["note"]
    if table["source"]:
        yield f"Sumber: {table['source']}"
