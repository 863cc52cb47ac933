"""Numbers of the page: per ten points of size, never without a sign that they are missing, no p of zero."""

from __future__ import annotations

import math

from pkanalysis.show.values import Value

STEP = 0.1
"""Estimates are told per this much size (share): 10 points."""


def number(raw: float, decimals: int = 2) -> Value:
    """A number that may be missing or without an end.

    Examples
    --------
    >>> str(number(-1.256)), str(number(float("inf"))), str(number(float("nan")))
    ('-1,26', 'tak terhingga', '–')
    """
    if math.isinf(raw):
        return Value("tak terhingga" if raw > 0 else "minus tak terhingga", "teks")
    return Value(None if math.isnan(raw) else float(raw), "angka", decimals)


def chance(p: float) -> Value:
    """A p value, never zero.

    Examples
    --------
    >>> str(chance(0.0312)), str(chance(0.00002)), str(chance(float("nan")))
    ('0,031', '< 0,001', '–')
    """
    if math.isnan(p):
        return Value(None, "teks")
    return Value("< 0,001", "teks") if p < 0.0005 else Value(float(p), "angka", 3)


def scale(outcome: str) -> float:
    """Factor from an estimate per unit of size to one per step, in the unit of :data:`OUTCOMES`."""
    return STEP * (100 if outcome == "tercapai" else 1)
