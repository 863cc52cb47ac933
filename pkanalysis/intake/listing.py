"""Findings as a workbook: one sheet, one row per finding."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from pkanalysis.errors import PkError
from pkanalysis.intake.findings import NAMES, Finding, as_frame

WIDTHS = {"tingkat": 12, "berkas": 36, "lembar": 18, "tempat": 12, "kolom": 22, "nilai": 22, "aturan": 60, "saran": 50}


def write(path: Path, findings: list[Finding]) -> None:
    """Write the findings to the workbook ``path``, with a fixed heading row and a filter.

    Raises
    ------
    PkError
        The file cannot be written, for example because a spreadsheet program shows it.
    """
    rows = as_frame(findings).rename(columns={"file": "berkas"} | NAMES)[list(WIDTHS)]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            _fill(book, rows)
    except FileCreateError as error:
        raise PkError(f"{path} tidak dapat ditulis ({error}); tutup berkas itu atau pilih nama lain.") from error


def _fill(book: xlsxwriter.Workbook, rows: pd.DataFrame) -> None:
    sheet = book.add_worksheet("Temuan")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, (name, width) in enumerate(WIDTHS.items()):
        sheet.set_column(place, place, width, wrapped)
        sheet.write_string(0, place, name.capitalize(), bold)
    for number, row in enumerate(rows.astype(str).itertuples(index=False), start=1):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(WIDTHS) - 1)
