"""Figures inside sentences of results, the Indonesian way."""

from __future__ import annotations

import math

from babel.numbers import format_decimal

SMALLEST_PRINTED = 0.001
LARGEST_WRITTEN_OUT = 1e20


def figure(value: float, decimals: int = 3) -> str:
    """A measured value with the decimals that it has, at most ``decimals``.

    Examples
    --------
    >>> figure(71.2), figure(1250.0), figure(-0.5), figure(float("nan"))
    ('71,2', '1.250', '-0,5', '–')
    """
    if not math.isfinite(value):
        return "–"
    if abs(value) > LARGEST_WRITTEN_OUT:
        return f"{value:.3g}".replace(".", ",")
    rounded = round(float(value), decimals)
    text = format_decimal(abs(rounded), f"#,##0.{'#' * decimals}", locale="id_ID")
    return f"-{text}" if rounded < 0 else str(text)


def pace(value: float) -> str:
    """A computed figure with three significant digits.

    Examples
    --------
    >>> pace(0.9750001), pace(1.016667), pace(-0.00042), pace(12345.6), pace(0)
    ('0,975', '1,02', '-0,00042', '12.346', '0')
    """
    if not math.isfinite(value) or value == 0:
        return figure(value)
    return figure(value, max(0, 2 - math.floor(math.log10(abs(value)))))


def chance(p: float) -> str:
    """A probability with two or three decimals; never zero.

    Examples
    --------
    >>> chance(0.0301587), chance(0.134), chance(0.0000055), chance(1.0)
    ('0,030', '0,13', 'kurang dari 0,001', '1,00')
    """
    if p < SMALLEST_PRINTED:
        return f"kurang dari {figure(SMALLEST_PRINTED)}"
    return str(format_decimal(p, "0.000" if p < 0.1 else "0.00", locale="id_ID"))


def band(p: float) -> str:
    """A probability as a band of ten points, since no forecast from a few years is finer.

    Examples
    --------
    >>> band(0.2014), band(0.7), band(1.0), band(float("nan"))
    ('20–30%', '70–80%', '90–100%', '–')
    """
    if not math.isfinite(p):
        return "–"
    low = min(9, math.floor(round(10 * p, 9)))
    return f"{10 * low}–{10 * low + 10}%"
