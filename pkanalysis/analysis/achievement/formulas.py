"""The achievement formula of one indicator: polarity, range targets, deviation or ratio."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.tables import POLARITIES

Floats = npt.NDArray[np.float64]
MISSING_TEXTS = ("", "-", "–")
LARGEST = 1e20
"""A figure beyond this is a slip, and its squares and sums would no longer be figures."""


def percent(actual: Any, target: Any, polarity: Any, upper: Any = None, formula: Any = "deviasi") -> Any:
    """Achievement in per cent, uncapped.

    ``deviasi``: ``C = 100 * (1 + p * (R - T) / |T|)`` with p = +1 for ``naik_baik`` and -1 for
    ``turun_baik``; for T > 0 that is R/T and (2T - R)/T, and it keeps the right direction for
    negative targets. ``rasio``: R/T and T/R. A range target [T, upper]: inside 100; outside, the
    nearer bound is the target. ``rentang`` is two-sided: below, R falls short of the lower bound;
    above, it exceeds the upper bound.

    Parameters
    ----------
    actual, target : float, sequence or Series
        R and T in the indicator's own unit; ``None``, ``NaN`` and ``"-"`` are missing.
    polarity : {"naik_baik", "turun_baik", "rentang"} or one of these for each
    upper : float, sequence or Series, optional
        Upper bound of a range target.
    formula : {"deviasi", "rasio"} or Series of these
        ``rasio`` only where the PK says so.

    Returns
    -------
    float, array or Series
        Per cent, in the form of the input. Missing where R or T is missing, where ``upper`` is below ``target``, where
        the bound that is used is zero (``TARGET_NOL``), and for ``rasio`` where R/T or T/R has no meaning.

    Raises
    ------
    ValueError
        A polarity or formula that is not known, text that is no number, a figure beyond 1e20, or inputs of unequal
        length or index.

    References
    ----------
    PermenPANRB 8/2021, Lampiran Bab VI (normal and special conditions, range targets); the
    two-sided range is this project's rule.

    Examples
    --------
    >>> percent(84, 80, "naik_baik"), percent(12, 10, "turun_baik"), percent(20, 8, "turun_baik")
    (105.0, 80.0, -50.0)
    >>> percent(9, 7, "turun_baik", upper=8), round(percent(5, 1.5, "rentang", upper=3.5), 2)
    (87.5, 57.14)
    >>> percent(8, 10, "turun_baik", formula="rasio"), percent(3, 0, "naik_baik")
    (125.0, nan)
    """
    _require(polarity, POLARITIES, "polaritas")
    _require(formula, ("deviasi", "rasio"), "rumus")
    index = _index(actual, target, polarity, upper, formula)
    real, low, high = _bounds(actual, target, upper)
    kind = np.asarray(polarity, dtype=object)
    bound = np.clip(real, low, high)
    sign = np.where((kind == "turun_baik") | ((kind == "rentang") & (real > high)), -1.0, 1.0)
    is_ratio = (np.asarray(formula, dtype=object) == "rasio") & (kind != "rentang")
    value = np.where(is_ratio, _ratio(real, bound, sign), _deviation(real, bound, sign))
    value = np.where(np.isfinite(value), value, np.nan)
    is_inside = (real == bound) & (low < high)
    return _wrap(np.where(is_inside, 100.0, value), index)


def _deviation(real: Floats, bound: Floats, sign: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where(bound == 0, np.nan, 100 * (1 + sign * (real - bound) / np.abs(bound)))


def _ratio(real: Floats, bound: Floats, sign: Floats) -> Floats:
    has_meaning = (bound > 0) & ((sign > 0) | (real > 0))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where(has_meaning, 100 * np.where(sign > 0, real / bound, bound / real), np.nan)


def capped(percent: Any, cap: float | None) -> Any:
    """Achievement clipped to [0, ``cap``] for display and averaging; unchanged when ``cap`` is None.

    Examples
    --------
    >>> capped(130, 120), capped(-20, 100), capped(96.5, None)
    (120.0, 0.0, 96.5)
    """
    values, wrap = as_input(percent)
    return wrap(values if cap is None else np.clip(values, 0.0, cap))


def reached(actual: Any, target: Any, polarity: Any, upper: Any = None) -> Any:
    """Whether the target is reached; defined for a zero target too, missing where a value is.

    Examples
    --------
    >>> reached(0, 0, "turun_baik"), reached(79.9, 80, "naik_baik"), reached(85, 80, "rentang", 90)
    (True, False, True)
    """
    _require(polarity, POLARITIES, "polaritas")
    index = _index(actual, target, polarity, upper)
    real, low, high = _bounds(actual, target, upper)
    kind = np.asarray(polarity, dtype=object)
    is_low_enough, is_high_enough = real <= high, real >= low
    is_reached = np.where(kind == "naik_baik", is_high_enough, is_low_enough & ((kind != "rentang") | is_high_enough))
    result = np.where(np.isnan(real + low), np.array(None, dtype=object), is_reached)
    return _wrap(result, index) if index is None else pd.Series(result, index=index, dtype="boolean")


def require_polarity(polarity: Any) -> None:
    """Refuse a polarity that is not known.

    Raises
    ------
    ValueError
        Not one of ``naik_baik``, ``turun_baik``, ``rentang``.
    """
    _require(polarity, POLARITIES, "polaritas")


def as_input(values: Any) -> tuple[Floats, Callable[[Any], Any]]:
    """Values as a float array, and the way back to a scalar, an array or a Series like the input."""
    index = values.index if isinstance(values, pd.Series) else None
    return _floats(values), lambda result: _wrap(result, index)


def _bounds(actual: Any, target: Any, upper: Any) -> tuple[Floats, Floats, Floats]:
    """Value and bounds; a range that ends below its start is no target."""
    real, low, high = _floats(actual), _floats(target), _floats(upper)
    high = np.where(np.isnan(high), low, high)
    is_range = ~(high < low)
    return real, np.where(is_range, low, np.nan), np.where(is_range, high, np.nan)


def _floats(values: Any) -> Floats:
    if isinstance(values, np.ndarray) and values.dtype == np.float64 and values.ndim:
        return _plausible(values)  # the common case of many short series
    cells = pd.Series(values if np.ndim(values) else [values], dtype=object)
    cells = cells.mask(cells.isin(MISSING_TEXTS))
    try:
        numbers = pd.to_numeric(cells).to_numpy("float64", na_value=np.nan)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{_no_number(cells)!r} bukan angka; tulis angka, atau kosongkan bila belum ada") from error
    return _plausible(numbers) if np.ndim(values) else _plausible(numbers)[0]


def _plausible(numbers: Floats) -> Floats:
    if (is_beyond := np.abs(numbers) > LARGEST).any():
        raise ValueError(f"angka {numbers[is_beyond][0]:.3g} terlalu besar untuk dihitung; periksa angka dan satuannya")
    return numbers


def _no_number(cells: pd.Series) -> str:
    """The first cell that is no number, as text."""

    def is_number(cell: Any) -> bool:
        try:
            return bool(pd.isna(cell)) or float(cell) is not None
        except (ValueError, TypeError):
            return False

    return next((str(cell) for cell in cells if not is_number(cell)), "isian")


def _index(*inputs: Any) -> pd.Index | None:
    """The index that all Series among the inputs share; sequences beside them must be as long."""
    lengths = {len(item) for item in inputs if np.ndim(item)}
    if len(lengths) > 1:
        listed = ", ".join(map(str, sorted(lengths)))
        raise ValueError(f"isian yang dibandingkan tidak sama banyak ({listed}); samakan dulu panjangnya")
    indexes = [item.index for item in inputs if isinstance(item, pd.Series)]
    if any(not index.equals(indexes[0]) for index in indexes):
        raise ValueError("deret yang dibandingkan harus berindeks sama; selaraskan dulu dengan .reindex()")
    return indexes[0] if indexes else None


def _wrap(result: Any, index: pd.Index | None) -> Any:
    found = np.asarray(result)
    return pd.Series(found, index=index) if index is not None else found if found.ndim else found.item()


def _require(given: Any, allowed: tuple[str, ...], what: str) -> None:
    wrong = sorted({str(item) for item in np.atleast_1d(np.asarray(given, dtype=object))} - set(allowed))
    if wrong:
        raise ValueError(f"{what} {wrong[0]!r} tidak dikenal; yang ada: {', '.join(allowed)}")
