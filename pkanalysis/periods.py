"""Periods of a year: which quarters count, which were due, when a period ends."""

from __future__ import annotations

import pandas as pd

from pkanalysis.tables import PERIODS

QUARTERS = PERIODS[:4]
_DUE = {"semesteran": ("TW2", "TW4"), "tahunan": ("TW4",)}


def quarters_to(period: str) -> tuple[str, ...]:
    """Quarters up to and including ``period``; all four for ``tahunan``.

    Examples
    --------
    >>> quarters_to("TW3"), quarters_to("tahunan")[-1]
    (('TW1', 'TW2', 'TW3'), 'TW4')
    """
    if period not in PERIODS:
        raise ValueError(f"periode {period!r} tidak dikenal; yang ada: {', '.join(PERIODS)}")
    return QUARTERS[: PERIODS.index(period) + 1]


def last_month(period: str) -> int:
    """Last month (1-12) of ``period``.

    Examples
    --------
    >>> last_month("TW3"), last_month("tahunan")
    (9, 12)
    """
    return 3 * len(quarters_to(period))


def end_of(year: int, period: str) -> pd.Timestamp:
    """Last day of ``period`` in ``year``.

    Examples
    --------
    >>> end_of(2025, "TW3").date().isoformat()
    '2025-09-30'
    """
    return pd.Timestamp(year, last_month(period), 1) + pd.offsets.MonthEnd(0)


def due_quarters(schedule: str | None) -> tuple[str, ...]:
    """Quarters in which an indicator of that schedule must be measured; every quarter when unknown.

    Examples
    --------
    >>> due_quarters("semesteran")
    ('TW2', 'TW4')
    """
    return _DUE.get(str(schedule), QUARTERS)
