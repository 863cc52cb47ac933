"""Writing one value as its kind: numbers as numbers, text as text even where it begins with ``=``."""

from __future__ import annotations

from typing import Any

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pkanalysis.errors import PkError
from pkanalysis.intake.layouts.form.labels import Labels
from pkanalysis.tables import Kind

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
