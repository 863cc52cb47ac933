"""Writing the workbook of one OPD and period, filled with what is known and locked.

Writing one sheet from its description: headings, example, filled rows, empty rows, lists.

Writing one value as its kind: numbers as numbers, text as text even where it begins with ``=``.

Rules that the spreadsheet itself enforces or shows: lists, kinds of entries, colours of checks.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.intake.layouts.form import pages
from pkanalysis.intake.layouts.form.labels import OPEN, Labels
from pkanalysis.intake.layouts.form.layout import IDENTITY, PROGRAMMES, SHEETS
from pkanalysis.intake.layouts.form.pages import Styles, list_name, write_checks, write_guide, write_lists
from pkanalysis.intake.layouts.form.prefill import Plan, records
from pkanalysis.intake.layouts.form.spec import (
    EXAMPLE,
    EXAMPLE_MARK,
    FIRST,
    HEADINGS,
    Field,
    Fill,
    Sheet,
    Stamp,
    made_on,
)
from pkanalysis.tables import PERIODS, Kind

LONGEST = 32_767
"""Most characters that a cell of a spreadsheet holds."""


def put(page: Worksheet, row: int, column: int, value: Any, kind: Kind, style: Format) -> None:
    """Write ``value`` (0-based place) or leave the cell empty where it is missing.

    Raises
    ------
    PkError
        A text longer than a cell can hold.
    """
    if value is None or value is pd.NaT or value is pd.NA or value != value or value == "":
        page.write_blank(row, column, None, style)
    elif kind in ("teks", "ya_tidak"):
        _put_text(page, row, column, str(value), style)
    elif kind == "tanggal":
        page.write_datetime(row, column, pd.Timestamp(value).to_pydatetime(), style)
    else:
        page.write_number(row, column, value, style)


def word(value: Any, labels: Labels | None) -> Any:
    """Word for a stored value; the value itself where the list does not have it."""
    return labels.get(value, value) if labels and isinstance(value, str) else value


def _put_text(page: Worksheet, row: int, column: int, value: str, style: Format) -> None:
    if len(value) > LONGEST:
        raise PkError(
            f'lembar {page.name}, baris {row + 1}: teks "{value[:40]}…" panjangnya {len(value)} huruf, '
            f"sedangkan satu sel memuat paling banyak {LONGEST}; ringkas teks itu."
        )
    page.write_string(row, column, value, style)


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


def file_name(config: Config, year: int, period: str, singkatan: str) -> str:
    """Name of the workbook of one OPD and period.

    Examples
    --------
    >>> file_name(Config("nyata", "Kota X"), 2025, "TW3", "DINKES")
    'ISIAN_2025_TW3_DINKES.xlsx'
    >>> file_name(Config("contoh", "Kota Contoh"), 2025, "TW3", "DINCONTOH")
    'ISIAN_2025_TW3_DINCONTOH_CONTOH.xlsx'
    """
    safe = "".join(letter if letter.isalnum() else "-" for letter in singkatan)
    return f"ISIAN_{year}_{period}_{safe}{'_CONTOH' if config.is_sample else ''}.xlsx"


def write(
    path: Path,
    tables: Mapping[str, pd.DataFrame],
    kode_opd: str,
    year: int,
    period: str,
    config: Config,
    made: dt.date | None = None,
) -> None:
    """Write the workbook of one OPD and period.

    What ``tables`` hold for the OPD is filled in and locked; rows of this period's ``realisasi``
    go into the yellow cells, earlier ones into ``4b_RIWAYAT``, later ones nowhere. A sheet without
    rows gets empty yellow ones.

    Parameters
    ----------
    path : pathlib.Path
        File to write; see :func:`file_name`.
    tables : mapping of str to DataFrame
        Conformed tables of the data dictionary, of this OPD or of all; missing ones are empty.
    kode_opd : str
    year : int
    period : {"TW1", "TW2", "TW3", "TW4", "tahunan"}
    config : Config
    made : datetime.date, optional
        Date in the marker and in the file's properties; today if not given.

    Raises
    ------
    PkError
        The OPD is not in ``tables["opd"]``, the period is not known, or a text is too long for a cell.
    """
    stamp = _stamp(year, period, config, made)
    found = tables["opd"][tables["opd"]["kode_opd"] == kode_opd]
    if found.empty:
        raise PkError(f"OPD {kode_opd!r} tidak ada dalam daftar OPD; impor atau lengkapi daftar OPD lebih dulu.")
    rows = records(tables, kode_opd, stamp)
    budget = tables.get("anggaran")
    has_budget = budget is not None and bool((budget["kode_opd"] == kode_opd).any())
    unused = frozenset([PROGRAMMES.name]) if has_budget else frozenset[str]()
    owner = f"{found['nama_opd'].iloc[0]} — {config.daerah}"
    _write(path, Plan(rows, stamp, config, owner, is_known=True, unused=unused), made)


def write_blank(path: Path, config: Config, year: int, period: str, made: dt.date | None = None) -> None:
    """Write a workbook for an OPD that is not known yet: every entry is a yellow cell.

    Parameters
    ----------
    path : pathlib.Path
    config : Config
    year : int
    period : {"TW1", "TW2", "TW3", "TW4", "tahunan"}
    made : datetime.date, optional
        Date in the marker and in the file's properties; today if not given.
    """
    stamp = _stamp(year, period, config, made)
    rows = {IDENTITY.name: [{"tahun_isian": year, "periode_isian": period}]}
    _write(path, Plan(rows, stamp, config, config.daerah, is_known=False), made)


def _stamp(year: int, period: str, config: Config, made: dt.date | None) -> Stamp:
    if period not in PERIODS:
        raise PkError(f"periode {period!r} tidak dikenal; yang ada: {', '.join(PERIODS)}.")
    return Stamp(year, period, made_on(made or dt.date.today()), config.is_sample)


def _write(path: Path, plan: Plan, made: dt.date | None) -> None:
    book = Workbook(str(path), {"in_memory": True})
    created = dt.datetime.combine(made or dt.date.today(), dt.time())
    book.set_properties({"title": f"Isian {plan.owner}", "author": "pkanalysis", "created": created})
    styles = Styles(book)
    write_guide(book, plan, styles)
    for sheet in SHEETS:
        write_sheet(book, sheet, plan, styles)
    write_checks(book, plan, styles)
    write_lists(book, plan)
    book.close()
