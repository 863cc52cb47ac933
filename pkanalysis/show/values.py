"""Indonesian numbers and sentences, at the edge only: typed values in, printed text out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal

from pkanalysis.frames import Kind as Kind

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


@dataclass(frozen=True)
class Phrase:
    """A sentence: a ``pattern`` of our own words with ``{name}`` for each typed value; ``**bold**``.

    Whatever came from data stands in ``values``, so it is escaped and counted like any other value.

    Examples
    --------
    >>> print(Phrase("{k} dari {n} indikator", {"k": Value(3, "bulat"), "n": Value(4, "bulat")}))
    3 dari 4 indikator
    """

    pattern: str
    values: dict[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.pattern.replace("**", "").format_map({name: str(value) for name, value in self.values.items()})


def phrases(values: dict[str, Value], *patterns: str) -> tuple[Phrase, ...]:
    """Several sentences that draw on the same values; each keeps only those that it prints.

    Examples
    --------
    >>> [str(item) for item in phrases({"n": Value(4, "bulat")}, "Ada {n} indikator.", "Tidak ada lagi.")]
    ['Ada 4 indikator.', 'Tidak ada lagi.']
    """
    return tuple(
        Phrase(pattern, {name: value for name, value in values.items() if f"{{{name}}}" in pattern})
        for pattern in patterns
    )


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
        See :data:`pkanalysis.frames.KINDS`.
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
    number = format_decimal(abs(value), "#,##0" + ("." + "0" * digits if digits else ""), locale="id_ID")
    shape = "({number})" if kind == "perubahan_rp" and value < 0 else _SHAPES.get(kind, "{sign}{number}")
    return shape.format(sign="-" if value < 0 else "", number=number)


def rounded(raw: Any, digits: int) -> Decimal:
    """Round half up on the decimal that Python prints, so that 86.65 becomes 86,7 as in Excel."""
    return Decimal(str(raw)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def rupiah(raw: Any) -> Value:
    """Whole rupiah, ``Rp1.000``."""
    return Value(None if is_missing(raw) else int(raw), "rupiah")


def count(raw: Any) -> Value:
    """A number of things."""
    return Value(None if is_missing(raw) else int(raw), "bulat")


def percent(raw: Any, decimals: int = 1) -> Value:
    """Per cent on the 0-100 scale, ``64,0%``."""
    return Value(None if is_missing(raw) else float(raw), "persen", decimals)


def points(raw: Any) -> Value:
    """Percentage points with one decimal."""
    return Value(None if is_missing(raw) else float(raw), "poin", 1)


plain = partial(Value, kind="teks")
"""Text that came from data."""
day = partial(Value, kind="tanggal")
"""A date."""


def gap(first: Any, second: Any, decimals: int = 1) -> Value:
    """Distance of two percentages in points, between the figures as printed, so that a reader can subtract them.

    Examples
    --------
    >>> str(gap(100.94, 97.14)), str(gap(59.8, 65.04))
    ('3,8', '5,2')
    """
    low, high = sorted((rounded(first, decimals), rounded(second, decimals)))
    return Value(float(high - low), "poin", decimals)


def measured(raw: Any, letter: Any = None) -> Value:
    """A figure of an indicator with the decimals that it has (at most 3); else its letter.

    Examples
    --------
    >>> str(measured(83.1)), str(measured(900.0)), str(measured(None, "BB")), str(measured(float("nan")))
    ('83,1', '900', 'BB', '–')
    """
    if is_missing(raw):
        return Value(None if is_missing(letter) else letter, "teks")
    exponent = Decimal(repr(round(float(raw), 3))).normalize().as_tuple().exponent
    return Value(float(raw), "angka", max(0, -int(exponent)))


def aim(low: Any, high: Any = None, letter: Any = None) -> Value | Phrase:
    """A target: a figure, a range, or a letter.

    Examples
    --------
    >>> str(aim(1.5, 3.5)), str(aim(86.0)), str(aim(None, None, "BB"))
    ('1,5–3,5', '86', 'BB')
    """
    if is_missing(high):
        return measured(low, letter)
    return Phrase("{bawah}–{atas}", {"bawah": measured(low), "atas": measured(high)})


def cells(rows: pd.DataFrame, say: Callable[..., Any], *columns: str) -> pd.Series:
    """What ``say`` makes of these columns, row by row.

    Examples
    --------
    >>> print(*cells(pd.DataFrame({"target": [1.5, 86.0], "atas": [3.5, None]}), aim, "target", "atas"))
    1,5–3,5 86
    """
    made = [say(*raw) for raw in rows[list(columns)].itertuples(index=False, name=None)]
    return pd.Series(made, rows.index, dtype=object)


def target_of(row: pd.Series, version: str = "") -> Value | Phrase:
    """The target of a scorecard row: of PK ``murni`` or ``perubahan``, or of the one in force."""
    version = version or ("perubahan" if row["ke"] else "murni")
    return aim(row[f"target_{version}"], row[f"target_{version}_atas"], row[f"target_{version}_huruf"])
