"""Writing one sheet from its description: headings, example, filled rows, empty rows, lists."""

from __future__ import annotations

import math
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pkanalysis.intake.layouts.form import page as pages
from pkanalysis.intake.layouts.form.cellwriter import put, word
from pkanalysis.intake.layouts.form.guards import colour_check, guard
from pkanalysis.intake.layouts.form.plan import Plan
from pkanalysis.intake.layouts.form.spec import EXAMPLE, EXAMPLE_MARK, FIRST, HEADINGS, Field, Fill, Sheet
from pkanalysis.intake.layouts.form.styles import Styles

UPRIGHT_WIDTHS = (32, 44, 30, 52)
LINE_HEIGHT = 13.5
"""Points per line of text; rows get a height of their own because LibreOffice does not fit them on opening."""


def write_sheet(book: Workbook, sheet: Sheet, plan: Plan, styles: Styles) -> None:
    """Add ``sheet`` to ``book``."""
    page = book.add_worksheet(sheet.name)
    widths = UPRIGHT_WIDTHS if sheet.is_upright else [field.width for field in sheet.fields]
    pages.head(page, plan, styles, sheet.title, sheet.hint, widths)
    if sheet.is_upright:
        _write_lines(page, sheet, plan, styles)
    else:
        _write_rows(page, sheet, plan, styles)
    pages.finish(page, plan, sheet.frozen)


def _write_rows(page: Worksheet, sheet: Sheet, plan: Plan, styles: Styles) -> None:
    page.set_row(HEADINGS - 1, 42)
    page.set_row(EXAMPLE - 1, 2 * LINE_HEIGHT)
    for column, field in enumerate(sheet.fields):
        _write_heading(page, column, field, styles.heading(field.fill if plan.rows(sheet) else _fill(field, None)))
        shown = EXAMPLE_MARK if column == 0 else word(field.example, plan.lists.get(field.choices))
        put(page, EXAMPLE - 1, column, shown, "teks" if column == 0 else sheet.kind(field),
            styles.example("teks" if column == 0 else sheet.kind(field)))  # fmt: skip
    records = [*plan.rows(sheet), *[None] * plan.room(sheet)]
    for row, record in enumerate(records, FIRST):
        _write_row(page, sheet, plan, styles, row, record)
    last = plan.last(sheet)
    for column, field in enumerate(sheet.fields):
        guard(page, sheet, field, (FIRST - 1, column, last - 1, column))
        if field.name == "periksa":
            colour_check(page, sheet, column, last, styles)


def _write_heading(page: Worksheet, column: int, field: Field, style: Format) -> None:
    page.write_string(HEADINGS - 1, column, field.label, style)
    if field.note:
        page.write_comment(HEADINGS - 1, column, field.note, {"x_scale": 3, "y_scale": 1.4, "author": "pkanalysis"})


def _write_row(
    page: Worksheet, sheet: Sheet, plan: Plan, styles: Styles, row: int, record: dict[str, Any] | None
) -> None:
    around = plan.around(sheet, row)
    if record and not sheet.has_long_text:
        page.set_row(row - 1, LINE_HEIGHT * _lines(sheet, record))
    for column, field in enumerate(sheet.fields):
        kind, fill = sheet.kind(field), _fill(field, record)
        if field.formula and fill == "hijau":
            page.write_formula(row - 1, column, field.formula(around), styles.cell(fill, kind), "")
        else:
            value = record.get(field.name) if record else None
            put(page, row - 1, column, word(value, plan.lists.get(field.choices)), kind, styles.cell(fill, kind))


def _lines(sheet: Sheet, record: dict[str, Any]) -> int:
    """Lines that the longest text of the row takes in its column."""
    texts = ((record.get(field.name), field.width) for field in sheet.fields)
    return max((math.ceil(0.8 * len(text) / width) for text, width in texts if isinstance(text, str)), default=1)


def _fill(field: Field, record: dict[str, Any] | None) -> Fill:
    if record is None:
        return "hijau" if field.formula else "abu" if field.is_shown else "kuning"
    column, values = field.only_for
    return "abu" if column and record.get(column) not in values else field.fill


def _write_lines(page: Worksheet, sheet: Sheet, plan: Plan, styles: Styles) -> None:
    """Write the fields of the only row as lines: label, value, example, note."""
    for column, label in enumerate(("Uraian", "Isian", "Contoh", "Keterangan")):
        page.write_string(HEADINGS - 1, column, label, styles.heading("kuning" if column == 1 else "abu"))
    page.write_string(EXAMPLE - 1, 0, EXAMPLE_MARK, styles.example("teks"))
    page.write_string(EXAMPLE - 1, 1, "cara mengisi ada di kolom Contoh", styles.example("teks"))
    (record,) = plan.rows(sheet)
    for row, field in enumerate(sheet.fields, FIRST - 1):
        kind, labels, value = sheet.kind(field), plan.lists.get(field.choices), record.get(field.name)
        is_open = not plan.is_known and field.name not in record
        page.write_string(row, 0, field.label, styles.cell("abu", "teks"))
        put(page, row, 1, word(value, labels), kind, styles.cell("kuning" if is_open else field.fill, kind, "left"))
        put(page, row, 2, word(field.example, labels), kind, styles.example(kind, "left"))
        page.write_string(row, 3, field.note, styles.example("teks"))
        guard(page, sheet, field, (row, 1, row, 1))
