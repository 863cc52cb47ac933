"""Writing one cell as its kind: numbers as numbers, dates as dates, text as text even where it begins with ``=``."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pkanalysis.report.xlsx.styles import Styles, number_format
from pkanalysis.report.xlsx.totals import number

LONGEST = 32_767
"""Most UTF-16 units that a cell of a spreadsheet holds."""
CUT = " … [terpotong; selengkapnya pada laporan HTML]"
FIRST_DATE = dt.datetime(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; earlier dates are written as text."""


def put(
    page: Worksheet, row: int, column: int, cell: dict[str, Any], styles: Styles, total: bool = False, formula: str = ""
) -> None:
    """Write a cell of a payload; missing stays empty, a ``formula`` gets the value as its result."""
    value = number(cell)
    date = _date(cell)
    if formula:
        page.write_formula(row, column, formula, styles.cell(number_format(cell), total), value)
    elif value is not None:
        page.write_number(row, column, value, styles.cell(number_format(cell), total))
    elif date:
        page.write_datetime(row, column, date, styles.cell(number_format(cell), total))
    elif is_empty(cell):
        page.write_blank(row, column, None, styles.cell("", total))
    else:
        page.write_string(row, column, fit(cell["text"]), styles.cell("", total))


def is_empty(cell: dict[str, Any]) -> bool:
    """Whether nothing is printed: a missing value, whose dash belongs to the page, or an empty text."""
    return not cell["text"] or (cell["kind"] != "kalimat" and cell["raw"] is None)


def fit(text: str) -> str:
    """Text as one cell can hold it; what is cut off is said.

    Examples
    --------
    >>> fit("=1+1"), len(fit("x" * 40_000))
    ('=1+1', 32767)
    """
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


def plain(text: str) -> str:
    r"""Text for page footers and properties, where Excel takes no control characters.

    Examples
    --------
    >>> plain("Dinas\x0b A\nB")
    'Dinas A B'
    """
    return " ".join(re.sub(r"[\x00-\x1f\x7f\ufffe\uffff]", " ", text).split())


def _date(cell: dict[str, Any]) -> dt.datetime | None:
    if cell["kind"] != "tanggal" or cell["raw"] is None:
        return None
    date = dt.datetime.fromisoformat(cell["raw"]).replace(tzinfo=None)
    return date if date >= FIRST_DATE else None
