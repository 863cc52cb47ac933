"""Whether a year is missing for everybody."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


def has_gap(years: pd.Index, post: Any) -> bool:
    """Whether a year is missing for everybody: none on one side, unequal steps, or two years that are no neighbours.

    Examples
    --------
    >>> has_gap(pd.Index([2022, 2023, 2025]), 2025), has_gap(pd.Index([2023, 2024, 2025]), 2025)
    (True, False)
    """
    if not (years < post).any() or not (years >= post).any():
        return True
    steps = set(np.diff(_places(years)))
    return len(steps) > 1 or (len(years) == 2 and max(steps) > 1)


def _places(years: pd.Index) -> npt.NDArray[np.float64]:
    """Years as numbers: of dates the year, or the month where they are not yearly; other names by their order."""
    if isinstance(years, pd.PeriodIndex):
        return years.asi8.astype("float64")
    if isinstance(years, pd.DatetimeIndex):
        is_yearly = len(set(years.month)) == 1
        return np.asarray(years.year if is_yearly else 12 * years.year + years.month, dtype="float64")
    numbers = pd.to_numeric(pd.Series(list(years)), errors="coerce").to_numpy("float64")
    return np.arange(len(years), dtype="float64") if np.isnan(numbers).any() else numbers
