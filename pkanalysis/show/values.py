"""Indonesian numbers, at the edge only: typed values in, printed text out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal

Kind = Literal["rupiah", "rp", "perubahan_rp", "persen", "poin", "angka", "bulat", "tahun", "tanggal", "teks"]

EMPTY = "–"
_SHAPES = {"rupiah": "{sign}Rp{number}", "persen": "{sign}{number}%", "perubahan_rp": "{number}"}


@dataclass(frozen=True)
class Value:
    """A raw value that knows how it is printed.

    ``raw`` is a number (rupiah, per cent on 0-100, plain), a date, text, or ``None`` for
    missing, which prints as an en dash and never as zero.
    """

    raw: Any
    kind: Kind = "angka"
    decimals: int = 0

    def __str__(self) -> str:
        return text(self.raw, self.kind, self.decimals)


def is_missing(raw: Any) -> bool:
    """Whether ``raw`` is None, NaN, NA or NaT."""
    return raw is None or (pd.api.types.is_scalar(raw) and bool(pd.isna(raw)))


def text(raw: Any, kind: Kind = "angka", decimals: int = 0) -> str:
    """Print one value the Indonesian way.

    Parameters
    ----------
    raw : number, date, str or None
        Per cent and points on the 0-100 scale; rupiah in whole rupiah.
    kind : {"rupiah", "rp", "perubahan_rp", "persen", "poin", "angka", "bulat", "tahun", "tanggal", "teks"}
        ``rp`` is rupiah under a heading that says Rp; ``perubahan_rp`` is rupiah of a change as the
        Perda prints it: a decrease in parentheses.
    decimals : int
        Digits after the comma for ``persen``, ``poin`` and ``angka``.

    Examples
    --------
    >>> import datetime as dt
    >>> text(31424000000, "rupiah"), text(64.04, "persen", 1), text(-1.5, "angka", 2)
    ('Rp31.424.000.000', '64,0%', '-1,50')
    >>> text(None, "rupiah"), text(dt.date(2025, 6, 25), "tanggal"), text(-1120000000, "perubahan_rp")
    ('–', '25 Juni 2025', '(1.120.000.000)')
    """
    if is_missing(raw):
        return EMPTY
    if kind == "teks":
        return str(raw)
    if kind == "tahun":
        return str(int(raw))
    if kind == "tanggal":
        return format_date(raw, "d MMMM y", locale="id_ID")
    digits = decimals if kind in ("persen", "poin", "angka") else 0
    value = rounded(raw, digits)
    number = format_decimal(abs(value), _pattern(digits), locale="id_ID")
    shape = "({number})" if kind == "perubahan_rp" and value < 0 else _SHAPES.get(kind, "{sign}{number}")
    return shape.format(sign="-" if value < 0 else "", number=number)


def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def rounded(raw: Any, digits: int) -> Decimal:
    """Round half up on the decimal that Python prints, so that 86.65 becomes 86,7 as in Excel."""
    return Decimal(str(raw)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
