"""Forecasts held against a target: intervals, chances, and the pace that is needed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from pkanalysis.analysis.claims import Refusal, refusal
from pkanalysis.analysis.trend.forecasts import METHODS, Forecast
from pkanalysis.analysis.trend.series import Points

POINTS_FROM, CHANCE_FROM, HORIZON = 4, 5, 2
"""Points for a forecast and for a chance; years ahead."""
COLUMNS = ["titik", "se", "df", "pi80_bawah", "pi80_atas", "p_capai"]
Bounds = tuple[float, float]


def bounds(target: float, upper: float | None, polarity: str) -> Bounds:
    """Lowest and highest value that reach the target; infinite where there is no such limit.

    A range that ends below its start is no target: both are missing.

    Examples
    --------
    >>> bounds(79, None, "naik_baik"), bounds(8, None, "turun_baik"), bounds(1.5, 3.5, "rentang")
    ((79, inf), (-inf, 8), (1.5, 3.5))
    """
    top = target if upper is None or np.isnan(upper) else upper
    if top < target:
        return float("nan"), float("nan")
    return {"naik_baik": (target, np.inf), "turun_baik": (-np.inf, top), "rentang": (target, top)}[polarity]


def table(points: Points, year: float, aim: Bounds) -> pd.DataFrame:
    """Every method's forecast, 80 % interval and chance; all missing where a forecast is refused."""
    if points.n < POINTS_FROM or year - points.years[-1] > HORIZON:
        return pd.DataFrame(np.nan, index=list(METHODS), columns=COLUMNS)
    scale = float(np.abs(points.values).max())
    rows = {name: _row(method(points, year), aim, scale) for name, method in METHODS.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS, dtype="float64")


def _row(made: Forecast, aim: Bounds, scale: float) -> list[float]:
    if made.df == 0 or made.is_certain(scale):
        return [made.point, *[np.nan] * 5]
    reach = stats.t.ppf(0.9, made.df) * made.se
    below, above = (stats.t.cdf((limit - made.point) / made.se, made.df) for limit in aim)
    return [made.point, made.se, made.df, made.point - reach, made.point + reach, above - below]


def gate(points: Points, year: float, aim: Bounds, methods: pd.DataFrame) -> tuple[Refusal, ...]:
    """Why no chance may be given; empty where it may."""
    is_far = points.n > 0 and year - points.years[-1] > HORIZON
    is_short, is_bare = points.n < POINTS_FROM, methods["df"].count() < len(METHODS) - 1
    rules = {
        "N_KURANG_DARI_4": is_short,
        "PELUANG_N_KURANG_DARI_5": POINTS_FROM <= points.n < CHANCE_FROM,
        "HORIZON_LEBIH_DARI_2_TAHUN": is_far,
        "TANPA_KERAGAMAN": is_bare and not is_short and not is_far,
        "TARGET_TIDAK_ADA": bool(np.isnan(aim).any()),
    }
    return tuple(refusal(code) for code, is_met in rules.items() if is_met)


def required_pace(points: Points, year: float, aim: Bounds) -> float:
    """Change per year to the nearer bound; of a one-sided target also where it is already passed.

    Examples
    --------
    >>> required_pace(Points(np.array([2024.0]), np.array([77.0])), 2026, (79.0, np.inf))
    1.0
    """
    if points.n == 0 or np.isnan(aim).any():
        return float("nan")
    low, high = aim
    last = points.values[-1]
    wanted = low if np.isinf(high) else high if np.isinf(low) else np.clip(last, low, high)
    return float((wanted - last) / (year - points.years[-1]))
