"""Writing the workbook of one OPD and period: each sheet from its description, filled with what is known."""

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
from pkanalysis.intake.layouts.form.formulas import of_period
from pkanalysis.intake.layouts.form.layout import IDENTITY, PROGRAMMES, SHEETS
from pkanalysis.intake.layouts.form.pages import LIST, Draft, write_checks, write_guide, write_lists
from pkanalysis.intake.layouts.form.prefill import Plan, Records, records
from pkanalysis.intake.layouts.form.spec import (
    EXAMPLE,
    EXAMPLE_MARK,
    FIRST,
    HEADINGS,
    OPEN,
    Field,
    Fill,
    Labels,
    Sheet,
    Stamp,
    made_on,
)
from pkanalysis.tables import Kind
from pkanalysis.vocabulary import PERIODS

LONGEST = 32_767
"""Most characters that a cell of a spreadsheet holds."""
LONGEST_ANALYSIS = 500
UPRIGHT_WIDTHS = (32, 44, 30, 52)
LINE_HEIGHT = 13.5
"""Points per line of text; rows get a height of their own because LibreOffice does not fit them on opening."""


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
    budget = tables.get("anggaran")
    has_budget = budget is not None and bool((budget["kode_opd"] == kode_opd).any())
    unused = frozenset([PROGRAMMES.name] if has_budget else [])
    owner = f"{found['nama_opd'].iloc[0]} — {config.daerah}"
    _write(path, Plan(records(tables, kode_opd, stamp), stamp, config, owner, True, unused), made)


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
    rows: dict[str, Records] = {IDENTITY.name: [{"tahun_isian": year, "periode_isian": period}]}
    _write(path, Plan(rows, stamp, config, config.daerah, is_known=False), made)


def _stamp(year: int, period: str, config: Config, made: dt.date | None) -> Stamp:
    if period not in PERIODS:
        raise PkError(f"periode {period!r} tidak dikenal; yang ada: {', '.join(PERIODS)}.")
    return Stamp(year, period, made_on(made or dt.date.today()), config.is_sample)


def _write(path: Path, plan: Plan, made: dt.date | None) -> None:
    book = Workbook(str(path), {"in_memory": True})
    created = dt.datetime.combine(made or dt.date.today(), dt.time())
    book.set_properties({"title": f"Isian {plan.owner}", "author": "pkanalysis", "created": created})
    draft = Draft(book, plan)
    write_guide(draft)
    for sheet in SHEETS:
        widths = UPRIGHT_WIDTHS if sheet.is_upright else [field.width for field in sheet.fields]
        page = draft.page(sheet.name, sheet.title, sheet.hint, widths, sheet.frozen)
        (_write_lines if sheet.is_upright else _write_rows)(page, sheet, draft)
    write_checks(draft)
    write_lists(draft)
    book.close()


def _write_lines(page: Worksheet, sheet: Sheet, draft: Draft) -> None:
    """Write the fields of the only row as lines: label, value, example, note."""
    for column, label in enumerate(("Uraian", "Isian", "Contoh", "Keterangan")):
        page.write_string(HEADINGS - 1, column, label, draft.heading("kuning" if column == 1 else "abu"))
    page.write_string(EXAMPLE - 1, 0, EXAMPLE_MARK, draft.cell("contoh"))
    page.write_string(EXAMPLE - 1, 1, "cara mengisi ada di kolom Contoh", draft.cell("contoh"))
    (record,) = draft.plan.records[sheet.name]
    for row, field in enumerate(sheet.fields, FIRST - 1):
        kind, labels, value = sheet.kinds[field.name], draft.lists.get(field.choices), record.get(field.name)
        is_open = not draft.plan.is_known and field.name not in record
        page.write_string(row, 0, field.label, draft.cell("abu"))
        _put(page, row, 1, value, kind, draft.cell("kuning" if is_open else field.fill, kind, "left"), labels)
        _put(page, row, 2, field.example, kind, draft.cell("contoh", kind, "left"), labels)
        page.write_string(row, 3, field.note, draft.cell("contoh"))
        _guard(page, sheet, field, (row, 1, row, 1))


def _write_rows(page: Worksheet, sheet: Sheet, draft: Draft) -> None:
    """Write headings, the example, filled rows and empty rows, and what the spreadsheet itself checks in them."""
    page.set_row(HEADINGS - 1, 42)
    page.set_row(EXAMPLE - 1, 2 * LINE_HEIGHT)
    filled = draft.plan.records.get(sheet.name, [])
    for column, field in enumerate(sheet.fields):
        fill = field.fill if filled else _fill(field, None)
        page.write_string(HEADINGS - 1, column, field.label, draft.heading(fill))
        if field.note:
            comment = {"x_scale": 3, "y_scale": 1.4, "author": "pkanalysis"}
            page.write_comment(HEADINGS - 1, column, field.note, comment)
        kind: Kind = sheet.kinds[field.name] if column else "teks"
        shown, labels = (field.example, draft.lists.get(field.choices)) if column else (EXAMPLE_MARK, None)
        _put(page, EXAMPLE - 1, column, shown, kind, draft.cell("contoh", kind), labels)
    formulas = of_period(draft.plan.stamp.year, draft.plan.stamp.period)
    for row, record in enumerate(draft.plan.rows(sheet), FIRST):
        if record and not sheet.has_long_text:  # as high as its longest text needs
            texts = ((record.get(field.name), field.width) for field in sheet.fields)
            lines = (math.ceil(0.8 * len(text) / width) for text, width in texts if isinstance(text, str))
            page.set_row(row - 1, LINE_HEIGHT * max(lines, default=1))
        for column, field in enumerate(sheet.fields):
            kind, fill, labels = sheet.kinds[field.name], _fill(field, record), draft.lists.get(field.choices)
            if field.formula and fill == "hijau":
                computed = draft.plan.fill(formulas[field.formula], sheet, row)
                page.write_formula(row - 1, column, computed, draft.cell(fill, kind), "")
            else:
                _put(page, row - 1, column, (record or {}).get(field.name), kind, draft.cell(fill, kind), labels)
    last = draft.plan.last(sheet) - 1
    for column, field in enumerate(sheet.fields):
        _guard(page, sheet, field, (FIRST - 1, column, last, column))
        if field.name == "periksa":  # what is not OK is coloured; where the OPD writes paragraphs, the whole row
            cell = f"${xl_col_to_name(column)}{FIRST}"
            first, style = (0, draft.alarm) if sheet.has_long_text else (column, draft.attention)
            rule = {"type": "formula", "criteria": f'=AND({cell}<>"",{cell}<>"OK")', "format": style}
            page.conditional_format(FIRST - 1, first, last, column, rule)


def _fill(field: Field, record: dict[str, Any] | None) -> Fill:
    if record is None:
        return "hijau" if field.formula else "abu" if field.is_shown else "kuning"
    column, values = field.only_for
    return "abu" if column and record.get(column) not in values else field.fill


def _put(page: Worksheet, row: int, column: int, value: Any, kind: Kind, style: Format, labels: Labels | None) -> None:
    """Write a stored value, or its word, by its kind (0-based place); text that begins with ``=`` is no formula."""
    if labels and isinstance(value, str):
        value = labels.get(value, value)
    if value is None or value is pd.NaT or value is pd.NA or value != value or value == "":
        page.write_blank(row, column, None, style)
    elif kind in ("teks", "ya_tidak"):
        text = str(value)
        if len(text) > LONGEST:
            raise PkError(
                f'lembar {page.name}, baris {row + 1}: teks "{text[:40]}…" panjangnya {len(text)} huruf, '
                f"sedangkan satu sel memuat paling banyak {LONGEST}; ringkas teks itu."
            )
        page.write_string(row, column, text, style)
    elif kind == "tanggal":
        page.write_datetime(row, column, pd.Timestamp(value).to_pydatetime(), style)
    else:
        page.write_number(row, column, value, style)


_DECIMAL = {
    "validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15,
    "error_message": "Isi angka saja, misalnya 75,5. Tanpa %, satuan, atau tanda seperti ±. "
    "Kosongkan bila belum ada angka.",
}  # fmt: skip
_RULES: dict[Kind, dict[str, Any]] = {
    "desimal": _DECIMAL,
    "persen": _DECIMAL,
    "rupiah": _DECIMAL,
    "bulat": {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 9999,
              "error_message": "Isi bilangan bulat, misalnya 2025."},
    "tanggal": {"validate": "date", "criteria": "between", "minimum": dt.date(1990, 1, 1),
                "maximum": dt.date(2100, 1, 1), "error_message": "Isi tanggal, misalnya 30/09/2025."},
}  # fmt: skip


def _guard(page: Worksheet, sheet: Sheet, field: Field, area: tuple[int, int, int, int]) -> None:
    """Let the spreadsheet refuse what the reader would refuse."""
    rule = _RULES.get(sheet.kinds[field.name])
    if field.choices:
        rule = {"validate": "list", "source": f"={LIST}{field.choices.upper()}",
                "error_type": "warning" if field.choices in OPEN else "stop",
                "error_message": f"Pilih {field.label} dari daftar (panah di kanan sel)."}  # fmt: skip
    elif rule is None and sheet.has_long_text and field.fill == "kuning":
        rule = {"validate": "length", "criteria": "<=", "value": LONGEST_ANALYSIS,
                "error_message": f"Paling banyak {LONGEST_ANALYSIS} huruf; ringkas isinya."}  # fmt: skip
    if rule and field in sheet.entries:
        page.data_validation(*area, {"ignore_blank": True, "error_title": "Isian tidak sesuai"} | rule)
