"""The marker in A1-A4 of every sheet: template version, period, date made, and DATA CONTOH."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date

from pkanalysis.config import SAMPLE_MARK
from pkanalysis.intake.layouts.form.labels import CLOSED, stored

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
