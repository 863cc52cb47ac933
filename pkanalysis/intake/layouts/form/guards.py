"""Rules that the spreadsheet itself enforces or shows: lists, kinds of entries, colours of checks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pkanalysis.intake.layouts.form.labels import OPEN
from pkanalysis.intake.layouts.form.reference import list_name
from pkanalysis.intake.layouts.form.spec import FIRST, Field, Sheet
from pkanalysis.intake.layouts.form.styles import Styles

LONGEST_ANALYSIS = 500
NUMBER_RULE = "Isi angka saja, misalnya 75,5. Tanpa %, satuan, atau tanda seperti ±. Kosongkan bila belum ada angka."


def guard(page: Worksheet, sheet: Sheet, field: Field, area: tuple[int, int, int, int]) -> None:
    """Let the spreadsheet refuse what the reader would refuse."""
    if field not in sheet.entries:
        return
    rule = _rule(sheet, field)
    if rule:
        page.data_validation(*area, {"ignore_blank": True, "error_title": "Isian tidak sesuai"} | rule)


def _rule(sheet: Sheet, field: Field) -> dict[str, Any]:
    kind = sheet.kind(field)
    if field.choices:
        strictness = "warning" if field.choices in OPEN else "stop"
        return {"validate": "list", "source": f"={list_name(field.choices)}", "error_type": strictness,
                "error_message": f"Pilih {field.label} dari daftar (panah di kanan sel)."}  # fmt: skip
    if kind in ("desimal", "persen", "rupiah"):
        return {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
                "error_message": NUMBER_RULE}  # fmt: skip
    if kind == "bulat":
        return {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 9999,
                "error_message": "Isi bilangan bulat, misalnya 2025."}  # fmt: skip
    if kind == "tanggal":
        return {"validate": "date", "criteria": "between", "minimum": dt.date(1990, 1, 1),
                "maximum": dt.date(2100, 1, 1), "error_message": "Isi tanggal, misalnya 30/09/2025."}  # fmt: skip
    if sheet.has_long_text and field.fill == "kuning":
        return {"validate": "length", "criteria": "<=", "value": LONGEST_ANALYSIS,
                "error_message": f"Paling banyak {LONGEST_ANALYSIS} huruf; ringkas isinya."}  # fmt: skip
    return {}


def colour_check(page: Worksheet, sheet: Sheet, column: int, last: int, styles: Styles) -> None:
    """Colour what is not OK; in ``7_ANALISIS`` the whole row."""
    cell = f"${xl_col_to_name(column)}{FIRST}"
    is_row = sheet.has_long_text
    page.conditional_format(
        FIRST - 1, 0 if is_row else column, last - 1, column,
        {"type": "formula", "criteria": f'=AND({cell}<>"",{cell}<>"OK")',
         "format": styles.alarm if is_row else styles.attention},
    )  # fmt: skip
