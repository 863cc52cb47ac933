"""Sen's slope with the confidence that its interval really has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from pkanalysis.analysis.achievement.formulas import Floats
from pkanalysis.analysis.trend.kendall import exact_p
from pkanalysis.analysis.trend.series import Points, comparable


@dataclass(frozen=True)
class SenSlope:
    """Median of all pairwise slopes, in units per year, with an order-statistic interval.

    ``achieved_confidence`` (0-1) is the level that ``low`` to ``high`` really has; below five points it
    stays below the level asked for. Missing below two (slope) or three points (interval).
    """

    slope: float
    low: float
    high: float
    achieved_confidence: float
    n: int


def sen_slope(years: Any, values: Any, confidence: float = 0.95) -> SenSlope:
    """Sen's slope per year; gaps between years are allowed.

    With N sorted slopes and k the smallest Kendall score with ``P(|S| >= k) <= 1 - confidence``:
    ``C = k - 2``, low = slope number ``M = (N - C) / 2``, high = number ``Q + 1 = (N + C) / 2 + 1``,
    achieved level ``1 - P(|S| >= k)``.

    Parameters
    ----------
    years, values : sequence of float, same length
        Missing values are left out.
    confidence : float
        Level asked for, 0-1.

    References
    ----------
    Sen (1968), doi:10.1080/01621459.1968.10480934; Hollander & Wolfe, Nonparametric Statistical
    Methods, ch. 9.

    Examples
    --------
    >>> result = sen_slope(range(2019, 2026), [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3])
    >>> round(result.slope, 3), round(result.low, 3), round(result.high, 3), round(result.achieved_confidence, 3)
    (0.975, 0.4, 1.6, 0.97)
    """
    return sloped(comparable(years, values), confidence)


def sloped(points: Points, confidence: float = 0.95) -> SenSlope:
    """:func:`sen_slope` of comparable points."""
    slopes = pairwise_slopes(points.years, points.values)
    median = float(np.median(slopes)) if len(slopes) else float("nan")
    if points.n < 3:
        return SenSlope(median, float("nan"), float("nan"), float("nan"), points.n)
    score, p = _critical(points.n, 1 - confidence)
    low, high = slopes[(len(slopes) - score + 2) // 2 - 1], slopes[(len(slopes) + score - 2) // 2]
    return SenSlope(median, float(low), float(high), 1 - p, points.n)


def pairwise_slopes(years: Floats, values: Floats) -> Floats:
    """Slopes between every two points, ascending.

    Examples
    --------
    >>> pairwise_slopes(np.array([1.0, 2.0, 4.0]), np.array([0.0, 1.0, 2.0])).tolist()
    [0.5, 0.6666666666666666, 1.0]
    """
    first, second = np.triu_indices(len(years), k=1)
    return np.sort((values[second] - values[first]) / (years[second] - years[first]))


@lru_cache(maxsize=256)
def _critical(n: int, alpha: float) -> tuple[int, float]:
    """Smallest Kendall score with p at most ``alpha``, and that p; the largest score where none has."""
    pairs, ties = n * (n - 1) // 2, (1,) * n
    found = pairs
    while found - 2 > 0 and exact_p(found - 2, ties) <= alpha + 1e-12:
        found -= 2
    return found, exact_p(found, ties)
