"""Whether one series rises or falls: Mann-Kendall, exact for short series and with ties, and Sen's slope.

And over many series: how many of those that look real may be chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import false_discovery_control, norm

from pkanalysis.analysis.achievement.formulas import Floats, as_input, figure
from pkanalysis.analysis.claims import worded
from pkanalysis.analysis.trend.series import comparable

EXACT_BELOW = 10
"""From this number of points the normal approximation is allowed."""


@dataclass(frozen=True)
class MannKendall:
    """Mann-Kendall statistic.

    ``s`` = rising pairs - falling pairs; ``tau`` = s / (n (n - 1) / 2); ``p`` two-sided; ``method``
    ``eksak`` or ``normal``; ``variance`` of s under no change, corrected for ties; ``z`` with
    continuity correction. Missing where fewer than two points.
    """

    s: int
    tau: float
    p: float
    n: int
    method: str
    variance: float
    z: float


def mann_kendall(values: Any) -> MannKendall:
    """Whether values in order of time rise or fall more often than chance would have it.

    ``S = sum(sign(y_j - y_i), i < j)``. Below ten points p is exact: the share of all orders of these
    values whose S is at least as far from zero, ties included. From ten points
    ``Z = (S - sign(S)) / sqrt(Var S)`` is normal, ``Var S = (n(n-1)(2n+5) - sum t(t-1)(2t+5)) / 18``.

    Parameters
    ----------
    values : sequence of float, shape (n,)
        In order of time; the distance between years does not matter. Missing values are left out.

    Notes
    -----
    Under no change all orders are equally likely; where neighbouring years depend on each other p
    is too small (see :func:`pkanalysis.analysis.trend.under_autocorrelation`).

    References
    ----------
    Mann (1945), doi:10.2307/1907187; Kendall (1975), Rank Correlation Methods; exact law of S with
    ties as a Gaussian multinomial: Stanley, Enumerative Combinatorics 1, doi:10.1017/CBO9781139058520, 1.7.1.

    Examples
    --------
    >>> result = mann_kendall([71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3])
    >>> result.s, round(result.tau, 3), round(result.p, 4), result.n, result.method
    (15, 0.714, 0.0302, 7, 'eksak')
    >>> round(mann_kendall([90, 90, 95, 100, 100]).p, 4)
    0.0667
    """
    y = as_input(values)[0]
    y = y[np.isfinite(y)]
    n, s = len(y), statistic(y)
    ties = tuple(sorted(np.unique(y, return_counts=True)[1].tolist()))
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    z = (s - np.sign(s)) / np.sqrt(variance) if variance > 0 else 0.0
    if n < 2:
        return MannKendall(s, float("nan"), float("nan"), n, "eksak", variance, float(z))
    is_exact = n < EXACT_BELOW
    p = exact_p(s, ties) if is_exact else float(2 * norm.sf(abs(z)))
    return MannKendall(s, s / (n * (n - 1) / 2), p, n, "eksak" if is_exact else "normal", variance, float(z))


def statistic(values: Floats) -> int:
    """Rising pairs minus falling pairs.

    Examples
    --------
    >>> statistic(np.array([1.0, 3.0, 2.0]))
    1
    """
    return int(np.triu(np.sign(values[None, :] - values[:, None])).sum())


@lru_cache(maxsize=4096)
def exact_p(s: int, ties: tuple[int, ...]) -> float:
    """Two-sided p of ``s``: the share of orders whose S is at least as far from zero.

    Parameters
    ----------
    s : int
    ties : tuple of int
        How often each distinct value occurs, ascending.

    Examples
    --------
    >>> exact_p(6, (1, 1, 1, 1))
    0.08333333333333333
    """
    counts = orders(ties)
    scores = len(counts) - 1 - 2 * np.arange(len(counts))
    return float(int(counts[np.abs(scores) >= abs(s)].sum()) / int(counts.sum()))


@lru_cache(maxsize=512)
def orders(ties: tuple[int, ...]) -> npt.NDArray[Any]:
    """Number of distinct orders of values by their falling pairs 0, 1, ..., all untied pairs.

    The coefficients of ``prod_{j<=n} (1 - q^j) / prod_i prod_{j<=t_i} (1 - q^j)``, in whole numbers.

    Examples
    --------
    >>> orders((1, 1, 1)).tolist(), orders((1, 2)).tolist()
    ([1, 2, 2, 1], [1, 1, 1])
    """
    n = sum(ties)
    counts = np.zeros((n * n - sum(t * t for t in ties)) // 2 + 1, dtype=object)
    counts[0] = 1
    for factor in range(1, n + 1):
        counts[factor:] = counts[factor:] - counts[:-factor]
    for factor in (j for t in ties for j in range(1, t + 1)):
        for place in range(factor, len(counts)):
            counts[place] += counts[place - factor]
    return counts


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
    points = comparable(years, values)
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


@dataclass(frozen=True)
class FalseDiscovery:
    """Benjamini-Hochberg at level ``q``, in the order of the input.

    ``rejected``: bool of shape (m,), False where p is missing; ``adjusted``: adjusted p, missing where p is.
    ``tested`` counts the p that are there.
    """

    rejected: npt.NDArray[np.bool_]
    adjusted: Floats
    q: float
    tested: int
    sentence: str


def false_discovery(p_values: Any, q: float = 0.10) -> FalseDiscovery:
    """Which of many tests stand when at most the share ``q`` of those named may be wrong.

    ``adjusted_(i) = min over j >= i of p_(j) * m / j``; rejected where adjusted is at most q.

    Parameters
    ----------
    p_values : sequence of float, shape (m,)
        Missing ones (no test) are left out of m.
    q : float

    Raises
    ------
    ValueError
        A p below 0 or above 1.

    References
    ----------
    Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> result = false_discovery([0.001, 0.20, None, 0.03], q=0.10)
    >>> result.rejected.tolist(), result.adjusted.round(3).tolist()
    ([True, False, False, True], [0.003, 0.2, nan, 0.045])
    >>> result.sentence
    '2 dari 3 indikator yang diuji menunjukkan tren; yang keliru diharapkan paling banyak 10%.'
    """
    p = as_input(p_values)[0]
    if len(strange := p[(p < 0) | (p > 1)]):
        raise ValueError(f"nilai p {figure(float(strange[0]))} di luar rentang nol sampai satu; periksa deretnya")
    is_tested = ~np.isnan(p)
    adjusted = np.full(p.shape, np.nan)
    if is_tested.any():
        adjusted[is_tested] = false_discovery_control(p[is_tested])
    rejected = np.round(adjusted, 12) <= q
    tested = int(is_tested.sum())
    return FalseDiscovery(rejected, adjusted, q, tested, counted(int(rejected.sum()), tested, q))


def counted(found: int, tested: int, q: float) -> str:
    """``k dari m``, with the share of them that may be wrong.

    Examples
    --------
    >>> counted(12, 146, 0.10)
    '12 dari 146 indikator yang diuji menunjukkan tren; yang keliru diharapkan paling banyak 10%.'
    >>> counted(0, 146, 0.10)
    'Dari 146 indikator yang diuji, belum ada yang trennya dapat dibedakan dari kebetulan.'
    """
    if not found:
        return worded("TREN_BERSAMA_TIDAK_ADA" if tested else "TREN_BERSAMA_TANPA_UJI", m=tested)
    return worded("TREN_BERSAMA", k=found, m=tested, bagian=figure(100 * q, 1))


def needed_together(n: int, tested: int, q: float = 0.10) -> int:
    """How many of ``tested`` series of ``n`` points must be perfectly monotone before one of them stands.

    The smallest exact p of n points is 2/n!; k such series stand only when ``2/n! <= q k / tested``.

    Examples
    --------
    >>> needed_together(5, 300), needed_together(7, 300)
    (50, 2)
    """
    smallest = exact_p(n * (n - 1) // 2, (1,) * n)
    return max(1, math.ceil(round(smallest * tested / q, 9)))
