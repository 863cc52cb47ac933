"""The first time after the cut, however it is told: a time, a list of them, or marks on the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types


def first_after(panel: pd.DataFrame, time: str, post: Any) -> Any:
    """First time after the cut, of the kind that ``panel[time]`` has.

    Parameters
    ----------
    panel : DataFrame
    time : str
    post
        That time; or every time after; or marks (0/1, true/false) on the rows: a column's name, or a series as long
        as the panel.

    Raises
    ------
    ValueError
        Marks or a list that do not part the times into before and after.

    Examples
    --------
    >>> rows = pd.DataFrame({"tahun": [2023, 2024, 2025], "sesudah": [0, 0, 1]})
    >>> [int(first_after(rows, "tahun", post)) for post in (2025, "2025", [2025], "sesudah", rows["tahun"].eq(2025))]
    [2025, 2025, 2025, 2025, 2025]
    """
    if isinstance(post, str) and post in panel.columns:
        return _first_marked(panel[time], panel[post])
    if not types.is_list_like(post):
        return as_time(post, panel[time])
    told = pd.Series(list(post), dtype=None if len(post) else "object")
    if types.is_bool_dtype(told) and not types.is_bool_dtype(panel[time]):
        return _first_marked(panel[time], told)
    return _first_listed(panel[time], as_times(told, panel[time]))


def as_times(values: Sequence[Any] | pd.Series, times: pd.Series) -> list[Any]:
    """Each of ``values`` as :func:`as_time`."""
    return [as_time(value, times) for value in values]


def as_time(value: Any, times: pd.Series) -> Any:
    """A year given as a number or as text, of the kind that ``times`` has; anything else as it is.

    Examples
    --------
    >>> as_time(2025, pd.Series(["2024", "2025"])), as_time("2025", pd.Series([2024, 2025]))
    ('2025', 2025.0)
    """
    if isinstance(value, bool) or not isinstance(value, int | str | np.integer):
        return value
    try:
        if isinstance(times.dtype, pd.PeriodDtype):
            return pd.PeriodIndex([str(value)], dtype=times.dtype)[0]
        if types.is_datetime64_any_dtype(times):
            return pd.Timestamp(str(value))
        if types.is_numeric_dtype(times):
            return float(value) if isinstance(value, str) else value
        return str(value) if isinstance(times.dropna().iloc[0], str) else value
    except (ValueError, IndexError):
        return value


def _first_marked(times: pd.Series, marks: pd.Series) -> Any:
    if len(marks) != len(times):
        raise ValueError(f"tanda sesudah harus satu per baris: {len(times)} baris, tertulis {len(marks)}")
    numbers = pd.to_numeric(marks, errors="coerce").to_numpy("float64", na_value=np.nan)
    if not np.isin(numbers, (0.0, 1.0)).all():
        raise ValueError("tanda sesudah harus 0 atau 1 (true atau false) pada setiap baris")
    after, before = times[numbers == 1].dropna(), times[numbers == 0]
    if after.empty or (before >= after.min()).any():
        raise ValueError("tanda sesudah harus membagi tahun yang sama untuk semua unit: sebelum semua, lalu sesudah")
    return after.min()


def _first_listed(times: pd.Series, told: list[Any]) -> Any:
    if not told:
        raise ValueError("tahun sesudah pengurangan tidak disebut; isi post dengan tahun pertamanya")
    first = min(told)
    if rest := sorted(set(times[times >= first].dropna().unique()) - set(told)):
        raise ValueError(f"tahun {rest[0]} tidak disebut sebagai tahun sesudah; sebut semua, atau pilih dengan years")
    return first
