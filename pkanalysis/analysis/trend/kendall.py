"""Mann-Kendall test of monotone change, exact for short series and with ties."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from pkanalysis.analysis.achievement.formulas import Floats, as_input

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
    return tested(y[np.isfinite(y)])


def tested(y: Floats) -> MannKendall:
    """:func:`mann_kendall` of values without missing ones."""
    n, s = len(y), statistic(y)
    ties = tuple(sorted(np.unique(y, return_counts=True)[1].tolist()))
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    z = (s - np.sign(s)) / np.sqrt(variance) if variance > 0 else 0.0
    method = "eksak" if n < EXACT_BELOW else "normal"
    p = exact_p(s, ties) if method == "eksak" else float(2 * norm.sf(abs(z)))
    tau = s / (n * (n - 1) / 2) if n > 1 else float("nan")
    return MannKendall(s, tau, p if n > 1 else float("nan"), n, method, variance, float(z))


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
