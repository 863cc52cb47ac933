"""The workbook: contents first, then every sheet; the same input gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import os

from xlsxwriter import Workbook

from pkanalysis.report.document import Document
from pkanalysis.report.xlsx import contents, table
from pkanalysis.report.xlsx.cells import plain
from pkanalysis.report.xlsx.page import Running
from pkanalysis.report.xlsx.parts import Parts
from pkanalysis.report.xlsx.styles import Styles

EPOCH = "SOURCE_DATE_EPOCH"
ZIP_START = 315_532_800
"""1 January 1980, where the calendar of zip files begins: the date of a workbook that was given none."""


def write(document: Document, parts: Parts) -> bytes:
    """Write the workbook, for Excel 2010 and later, without a personal author.

    Parameters
    ----------
    document : Document
        Title, agency, footer and mark of the report.
    parts : Parts
        Its sheets, in order.
    """
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        created = dt.datetime.fromtimestamp(int(os.environ.get(EPOCH, ZIP_START)), dt.UTC)
        book.set_properties({"title": plain(document.title)[:255], "created": created.replace(tzinfo=None)})
        styles = Styles(book)
        contents.write(book, document, parts, styles)
        for sheet in parts.sheets:
            table.write(book, sheet, Running(document.mark, document.footer), styles)
    return file.getvalue()
