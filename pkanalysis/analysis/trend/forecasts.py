"""Simple forecasts of a yearly series: naive, random walk with drift, straight line, Theil-Sen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pkanalysis.analysis.trend.linear import fitted
from pkanalysis.analysis.trend.sen import pairwise_slopes
from pkanalysis.analysis.trend.series import Points

NAN = float("nan")
NO_SPREAD = 1e-9
"""Spread, relative to the values, that is rounding and no information."""


class Forecast(NamedTuple):
    """``point`` and ``se`` in the indicator's unit; t has ``df`` degrees of freedom (0 = point only)."""

    point: float
    se: float = NAN
    df: int = 0

    def is_certain(self, scale: float) -> bool:
        """Whether the series left no spread to learn from; ``scale`` is its largest value."""
        return self.df > 0 and not self.se > NO_SPREAD * scale


def naive(points: Points, year: float) -> Forecast:
    """Last value; ``se = sqrt(h * mean(change^2 / gap))``, df = n - 1.

    Examples
    --------
    >>> series = Points(np.arange(2019.0, 2026.0), np.array([71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]))
    >>> [round(x, 3) for x in naive(series, 2026)]
    [77.3, 1.889, 6]
    """
    changes, gaps = np.diff(points.values), np.diff(points.years)
    ahead = year - points.years[-1]
    return Forecast(float(points.values[-1]), float(np.sqrt(ahead * np.mean(changes**2 / gaps))), points.n - 1)


def rw_drift(points: Points, year: float) -> Forecast:
    """Last value and mean change; ``se = s * sqrt(h + h^2 / (years covered))``, df = n - 2.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sec. 5.5.

    Examples
    --------
    >>> series = Points(np.arange(2019.0, 2026.0), np.array([71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]))
    >>> [round(x, 3) for x in rw_drift(series, 2026)]
    [78.317, 1.884, 5]
    """
    changes, gaps = np.diff(points.values), np.diff(points.years)
    ahead, covered = year - points.years[-1], points.years[-1] - points.years[0]
    drift = changes.sum() / covered
    spread = np.sqrt(np.sum((changes - drift * gaps) ** 2 / gaps) / (points.n - 2))
    reach = np.sqrt(ahead + ahead**2 / covered)
    return Forecast(float(points.values[-1] + drift * ahead), float(spread * reach), points.n - 2)


def straight(points: Points, year: float) -> Forecast:
    """Least-squares line; prediction standard error, df = n - 2.

    Examples
    --------
    >>> series = Points(np.arange(2019.0, 2026.0), np.array([71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]))
    >>> [round(x, 3) for x in straight(series, 2026)]
    [77.557, 1.376, 5]
    """
    line, centre = fitted(points), points.years.mean()
    if line is None:
        return Forecast(NAN)
    width = np.sum((points.years - centre) ** 2)
    spread = line.se * np.sqrt(width)
    point = points.values.mean() + line.slope * (year - centre)
    return Forecast(float(point), float(spread * np.sqrt(1 + 1 / points.n + (year - centre) ** 2 / width)), line.df)


def theil_sen(points: Points, year: float) -> Forecast:
    """Sen's slope through the medians of years and values; a point only.

    Examples
    --------
    >>> series = Points(np.arange(2019.0, 2026.0), np.array([71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]))
    >>> round(theil_sen(series, 2026).point, 3)
    77.9
    """
    slope = np.median(pairwise_slopes(points.years, points.values))
    return Forecast(float(np.median(points.values) + slope * (year - np.median(points.years))))


METHODS = {"naif": naive, "rw_drift": rw_drift, "ols": straight, "theil_sen": theil_sen}
"""Code of each method, and the method."""
