"""Seasonal Mann-Kendall: quarters are compared with the same quarter of other years only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pkanalysis.analysis.achievement.formulas import as_input
from pkanalysis.analysis.claims import Level, Refusal, refusal
from pkanalysis.analysis.trend.kendall import orders, statistic

YEARS_NEEDED = 4


@dataclass(frozen=True)
class SeasonalKendall:
    """Sum of the scores of the seasons, its exact two-sided ``p``, and what may be said."""

    s: int
    p: float
    n: int
    years: int
    is_trend: bool
    claim: Level
    refusals: tuple[Refusal, ...]


def seasonal_mann_kendall(values: Any, seasons: int = 4, alpha: float = 0.05) -> SeasonalKendall:
    """Whether the same quarters rise or fall over the years; no verdict below four years.

    ``S' = sum of S of each season``; p is exact: the law of S' is the convolution of the laws of its
    seasons, ties included.

    Parameters
    ----------
    values : sequence of float, shape (years * seasons,)
        In order of time from a first season; missing quarters are ``None`` or ``NaN``.
    seasons : int
    alpha : float

    Notes
    -----
    Seasons are taken as independent of each other; cumulative quarters are not.

    References
    ----------
    Hirsch, Slack & Smith (1982), doi:10.1029/WR018i001p00107.

    Examples
    --------
    >>> result = seasonal_mann_kendall([20, 45, 70, 98, 24, 49, 75, 99])
    >>> result.s, result.p, result.is_trend, result.refusals[0].code
    (4, 0.125, False, 'MUSIMAN_KURANG_4_TAHUN')
    """
    flat = as_input(values)[0]
    table = np.pad(flat, (0, -len(flat) % seasons), constant_values=np.nan).reshape(-1, seasons)
    columns = [column[np.isfinite(column)] for column in table.T]
    years = min(len(column) for column in columns)
    s, p = sum(statistic(column) for column in columns), _exact(columns)
    refusals = () if years >= YEARS_NEEDED else (refusal("MUSIMAN_KURANG_4_TAHUN"),)
    is_trend = not refusals and p <= alpha
    claim: Level = "L2" if is_trend else "L1"
    return SeasonalKendall(s, p, sum(map(len, columns)), years, is_trend, claim, refusals)


def _exact(columns: list[Any]) -> float:
    law = np.ones(1)
    for column in columns:
        counts = orders(tuple(sorted(np.unique(column, return_counts=True)[1].tolist())))
        law = np.convolve(law, (counts / counts.sum()).astype("float64"))
    scores = len(law) - 1 - 2 * np.arange(len(law))
    observed = abs(sum(statistic(column) for column in columns))
    return float(min(1.0, law[np.abs(scores) >= observed].sum()))
