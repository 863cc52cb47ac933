"""The matrix of a regression: constant, regressors, whole rows, and whether a slope can be had from it.

Options of the analysis within their bounds, told in a sentence where they are not.

The first time after the cut, however it is told: a time, a list of them, or marks on the rows.

Whether a year is missing for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

Floats = npt.NDArray[np.float64]


def with_constant(*columns: npt.ArrayLike) -> Floats:
    """Matrix (N, 1 + C) of a constant and ``columns``."""
    parts = [np.asarray(column, dtype="float64") for column in columns]
    return np.column_stack([np.ones(len(parts[0])), *parts])


def complete(outcome: npt.ArrayLike, design: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Outcome and design without the rows where a value is missing or infinite.

    Examples
    --------
    >>> complete([1.0, float("nan"), 3.0], [[1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])[0].tolist()
    [1.0, 3.0]
    """
    values, matrix = np.asarray(outcome, dtype="float64"), np.asarray(design, dtype="float64")
    if values.shape != matrix.shape[:1]:
        raise ValueError(f"hasil dan besar pengurangan harus sama panjang, tertulis {len(values)} dan {len(matrix)}")
    is_whole = np.isfinite(values) & np.isfinite(matrix).all(axis=1)
    return values[is_whole], matrix[is_whole]


def fittable(dose: npt.ArrayLike, *controls: npt.ArrayLike) -> bool:
    """Whether the slope and its HC3 error exist: full rank, and no row that alone fixes a coefficient.

    Examples
    --------
    >>> fittable([0, 0, 0, 0, 1]), fittable([0, 0, 1, 2, 3])
    (False, True)
    """
    return _is_fittable(with_constant(dose, *controls))


def require_fit(design: Floats) -> None:
    """Refuse a matrix from which there is no slope with an HC3 error."""
    if not _is_fittable(design):
        raise ValueError(
            "kemiringan tidak dapat dihitung: besar pengurangan seragam, dijelaskan peubah lain, atau ditentukan satu "
            "baris saja"
        )


def _is_fittable(design: Floats) -> bool:
    if len(design) <= design.shape[1]:
        return False
    scaled = design / np.maximum(np.abs(design).max(axis=0), np.finfo(float).tiny)
    basis, singular, _ = np.linalg.svd(scaled, full_matrices=False)
    return bool(singular[-1] > 1e-10 * singular[0] and (basis**2).sum(axis=1).max() < 1 - 1e-9)


def check(
    limits: tuple[float, float] | None, targets: str | float | None, margin: float, step: float, draws: int
) -> None:
    """Refuse options that no result could come from.

    Examples
    --------
    >>> check((0, 150), 80, 2.0, 0.1, 999)
    Traceback (most recent call last):
        ...
    ValueError: targets harus bagian dari 0 sampai 1, tertulis 80
    """
    is_share = targets is None or isinstance(targets, str) or 0 <= targets <= 1
    rules = {
        "limits": (limits, limits is None or limits[0] < limits[1], "batas bawah lalu batas atas yang lebih besar"),
        "targets": (targets, is_share, "bagian dari 0 sampai 1"),
        "margin": (margin, margin > 0, "lebih dari nol"),
        "step": (step, step > 0, "lebih dari nol"),
        "draws": (draws, draws >= 1, "sedikitnya satu ulangan"),
    }
    for name, (value, is_met, rule) in rules.items():
        if not is_met:
            raise ValueError(f"{name} harus {rule}, tertulis {value}")


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
