"""The first sheet: title, agency, status, and where everything is."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pkanalysis.report.document import Document
from pkanalysis.report.xlsx import page as pages
from pkanalysis.report.xlsx.cells import fit
from pkanalysis.report.xlsx.page import Running
from pkanalysis.report.xlsx.parts import Parts, Sheet
from pkanalysis.report.xlsx.styles import Styles

NAME = "Isi"
HEADS = {"Lembar": 32, "Bab": 36, "Isi": 70}
BROKEN = "Sebagian laporan gagal dibuat; isinya tidak ada di berkas ini."
NUMBERS = "Persen ditulis pada skala 0-100. Sel kosong berarti tidak ada data, bukan nol."


def write(book: Workbook, document: Document, parts: Parts, styles: Styles) -> None:
    """Add the sheet to the workbook."""
    page, area = book.add_worksheet(NAME), pages.area(list(HEADS.values()))
    for column, width in enumerate(HEADS.values()):
        page.set_column(column, column, width)
    lines = [
        (document.mark, styles.mark),
        (document.title, styles.title),
        (document.agency, styles.caption),
        *((text, styles.line) for text in parts.cover),
        (document.footer, styles.line),
        (BROKEN if parts.is_broken else "", styles.mark),
        (NUMBERS, styles.small),
    ]
    shown = [(text, style) for text, style in lines if text]
    for row, (text, style) in enumerate(shown):
        pages.line(page, row, text, style, area)
    _list(page, len(shown) + 1, parts.sheets, styles)
    pages.print_setup(page, Running(document.mark, document.footer), heading=len(shown) + 1)


def _list(page: Worksheet, heading: int, sheets: Sequence[Sheet], styles: Styles) -> None:
    for column, label in enumerate(HEADS):
        page.write_string(heading, column, label, styles.heading)
    for row, sheet in enumerate(sheets, start=heading + 1):
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", styles.link, sheet.name)
        page.write_string(row, 1, fit(sheet.chapter), styles.cell())
        page.write_string(row, 2, fit(sheet.caption), styles.cell())
