"""What a sheet and a column of the workbook are; writer and reader derive from these descriptions.

The marker in A1-A4 of every sheet: template version, period, date made, and DATA CONTOH.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from babel.dates import format_date
from xlsxwriter.utility import xl_col_to_name

from pkanalysis.config import SAMPLE_MARK
from pkanalysis.intake.layouts.form.formulas import Around
from pkanalysis.intake.layouts.form.labels import CLOSED, stored
from pkanalysis.tables import TABLES, Column, Kind

Fill = Literal["abu", "kuning", "hijau"]
HEADINGS, EXAMPLE, FIRST = 5, 6, 7
"""Rows of the headings, of the example and of the first data row (1-based)."""
EXAMPLE_MARK = "CONTOH"


@dataclass(frozen=True)
class Field:
    """One column of a sheet (or one line of ``1_IDENTITAS``).

    ``name`` is the column of the table, or a name of its own for a column that is not stored
    (then ``kind`` says what it holds). ``fill`` is its colour in a row that is already filled:
    ``abu`` locked, ``kuning`` for the OPD, ``hijau`` computed. In an empty row a stored column is
    yellow, and one with a ``formula`` is green. ``choices`` names a list of :mod:`labels`;
    ``is_shown`` marks words beside a code, never read back; ``only_for`` limits yellow to rows
    with one of these values in another column.
    """

    name: str
    label: str
    width: float
    fill: Fill = "abu"
    choices: str = ""
    kind: Kind = "teks"
    example: Any = ""
    note: str = ""
    formula: Callable[[Around], str] | None = None
    is_shown: bool = False
    only_for: tuple[str, tuple[str, ...]] = ("", ())


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, one line of instruction, the table it holds and its columns.

    ``key`` names the column without which a row cannot be placed. ``spare`` empty rows follow the
    filled ones; a sheet without any filled row gets ``room`` empty ones. ``is_upright`` turns the
    columns into lines (label, value). ``is_form``: a row counts once a yellow cell of it is filled.
    """

    name: str
    title: str
    hint: str
    fields: tuple[Field, ...]
    table: str = ""
    key: str = "kode_indikator"
    frozen: int = 2
    spare: int = 0
    room: int = 40
    is_upright: bool = False
    is_form: bool = False

    @cached_property
    def entries(self) -> tuple[Field, ...]:
        """Columns that are read back."""
        return tuple(field for field in self.fields if field.formula is None and not field.is_shown)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Columns of the table by name."""
        return {column.name: column for column in TABLES[self.table].columns} if self.table else {}

    @cached_property
    def letters(self) -> dict[str, str]:
        """Column letters of the fields by name."""
        return {field.name: xl_col_to_name(column) for column, field in enumerate(self.fields)}

    @property
    def has_long_text(self) -> bool:
        """Whether the OPD writes paragraphs here: rows grow with the text, and are red while it is missing."""
        return self.table == "analisis"

    def kind(self, field: Field) -> Kind:
        """Kind of a column: the data dictionary's, or the field's own."""
        column = self.columns.get(field.name)
        return column.kind if column else field.kind

    def position(self, name: str) -> int:
        """0-based column of a field."""
        return next(index for index, field in enumerate(self.fields) if field.name == name)


VERSION = "1"
TEMPLATE = "Templat isian pkanalysis versi"
PERIODS = CLOSED["periode"]


@dataclass(frozen=True)
class Stamp:
    """What the marker says; ``period`` is a stored period (``TW3``), ``version`` the template's."""

    year: int
    period: str
    made: str
    is_sample: bool
    version: str = VERSION

    @property
    def lines(self) -> tuple[str, ...]:
        """Text of A1, A2, A3 and A4.

        Examples
        --------
        >>> Stamp(2025, "TW3", "9 Oktober 2025", False).lines[:2]
        ('Templat isian pkanalysis versi 1', 'Periode: TW III 2025')
        """
        return (
            f"{TEMPLATE} {self.version}",
            f"Periode: {PERIODS[self.period]} {self.year}",
            f"Dibuat: {self.made}",
            SAMPLE_MARK if self.is_sample else "",
        )


def made_on(date: dt.date) -> str:
    """Print a date as the marker and the guide do.

    Examples
    --------
    >>> made_on(dt.date(2025, 10, 9))
    '9 Oktober 2025'
    """
    return format_date(date, "d MMMM y", locale="id_ID")


def has_stamp(rows: list[list[Any]]) -> bool:
    """Whether A1 carries the marker, of any version."""
    return _line(rows, 0).startswith(TEMPLATE)


def parse(rows: list[list[Any]]) -> Stamp | None:
    """Read the marker of a sheet; ``None`` if it is missing or was changed.

    Examples
    --------
    >>> parse([[line] for line in Stamp(2025, "tahunan", "", True).lines]).period
    'tahunan'
    """
    period = re.fullmatch(r"Periode: (.+) (\d{4})", _line(rows, 1))
    code = stored(PERIODS, period[1]) if period else None
    if not has_stamp(rows) or period is None or code is None:
        return None
    return Stamp(
        year=int(period[2]),
        period=code,
        made=_line(rows, 2).removeprefix("Dibuat:").strip(),
        is_sample=_line(rows, 3) == SAMPLE_MARK,
        version=_line(rows, 0).removeprefix(TEMPLATE).strip(),
    )


def _line(rows: list[list[Any]], row: int) -> str:
    return str(rows[row][0]).strip() if len(rows) > row and rows[row] else ""
