"""Typed values in short: what table cells and sentences are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from pkanalysis.show.blocks import Phrase
from pkanalysis.show.values import Value, is_missing, rounded


def rupiah(raw: Any) -> Value:
    """Whole rupiah, ``Rp1.000``."""
    return Value(_int(raw), "rupiah")


def percent(raw: Any, decimals: int = 1) -> Value:
    """Per cent on the 0-100 scale, ``64,0%``."""
    return Value(_float(raw), "persen", decimals)


def points(raw: Any) -> Value:
    """Percentage points with one decimal."""
    return Value(_float(raw), "poin", 1)


def gap(first: Any, second: Any, decimals: int = 1) -> Value:
    """Distance of two percentages in points, between the figures as printed, so that a reader can subtract them.

    Examples
    --------
    >>> str(gap(100.94, 97.14)), str(gap(59.8, 65.04))
    ('3,8', '5,2')
    """
    low, high = sorted((rounded(first, decimals), rounded(second, decimals)))
    return Value(float(high - low), "poin", decimals)


def count(raw: Any) -> Value:
    """A number of things."""
    return Value(_int(raw), "bulat")


def plain(raw: Any) -> Value:
    """Text that came from data."""
    return Value(raw, "teks")


def day(raw: Any) -> Value:
    """A date."""
    return Value(raw, "tanggal")


def measured(raw: Any, letter: Any = None) -> Value:
    """A figure of an indicator with the decimals that it has (at most 3); else its letter.

    Examples
    --------
    >>> str(measured(83.1)), str(measured(900.0)), str(measured(None, "BB")), str(measured(float("nan")))
    ('83,1', '900', 'BB', '–')
    """
    number = _float(raw)
    if number is None:
        return Value(None if is_missing(letter) else letter, "teks")
    exponent = Decimal(repr(round(number, 3))).normalize().as_tuple().exponent
    return Value(number, "angka", max(0, -int(exponent)))


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


def target_of(row: pd.Series, version: str = "") -> Value | Phrase:
    """The target of a scorecard row: of PK ``murni`` or ``perubahan``, or of the one in force."""
    version = version or ("perubahan" if row["ke"] else "murni")
    return aim(row[f"target_{version}"], row[f"target_{version}_atas"], row[f"target_{version}_huruf"])


def achieved(row: pd.Series) -> tuple[Any, ...]:
    """Unit, target, value and achievement against both PK versions, the cells of ``columns.ACHIEVED``."""
    return (
        row["satuan"],
        target_of(row),
        measured(row["realisasi"], row["realisasi_huruf"]),
        percent(row["capaian_murni"]),
        percent(row["capaian_perubahan"]),
    )


def _int(raw: Any) -> int | None:
    return None if is_missing(raw) else int(raw)


def _float(raw: Any) -> float | None:
    return None if is_missing(raw) else float(raw)
