"""Would the verdict stand: without one year, without the pandemic, with dependent years."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import Floats
from pkanalysis.analysis.trend.kendall import statistic, tested
from pkanalysis.analysis.trend.sen import sloped
from pkanalysis.analysis.trend.series import Points, comparable

PANDEMIC = (2020, 2021)
RHO = (0.3, 0.5)
DRAWS, SEED = 20_000, 20250122


def leave_one_out(years: Any, values: Any) -> pd.DataFrame:
    """Sen's slope and p with each year left out in turn.

    Returns
    -------
    DataFrame
        ``tahun_dikeluarkan``, ``kemiringan`` (units per year), ``p``; by year.

    Examples
    --------
    >>> leave_one_out([2021, 2022, 2023], [1, 2, 9])["kemiringan"].tolist()
    [7.0, 4.0, 1.0]
    """
    points = comparable(years, values)
    rows = [(year, *_fit(points, points.years != year)) for year in points.years]
    frame = pd.DataFrame(rows, columns=["tahun_dikeluarkan", "kemiringan", "p"], dtype="float64")
    return frame.astype({"tahun_dikeluarkan": "int64"})


def without_years(years: Any, values: Any, left_out: Collection[int] = PANDEMIC) -> pd.DataFrame:
    """Sen's slope and p with and without the years ``left_out`` (the pandemic).

    Returns
    -------
    DataFrame
        Rows ``semua`` and ``tanpa``; columns ``n``, ``kemiringan``, ``p``.

    Examples
    --------
    >>> without_years([2019, 2020, 2021, 2022, 2023], [5, 1, 2, 6, 7])["kemiringan"].round(2).tolist()
    [1.0, 0.5]
    """
    points = comparable(years, values)
    kept = {"semua": np.ones(points.n, dtype=bool), "tanpa": ~np.isin(points.years, list(left_out))}
    rows = {name: (int(mask.sum()), *_fit(points, mask)) for name, mask in kept.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["n", "kemiringan", "p"])


def under_autocorrelation(years: Any, values: Any, rho: Sequence[float] = RHO) -> dict[float, float]:
    """P of the Mann-Kendall score if neighbouring years were correlated by ``rho``.

    The score is held against Gaussian AR(1) series of the same years without trend (20.000 draws,
    fixed seed); ``p = (draws with |S| at least as large + 1) / (draws + 1)``. ``rho`` is given, never
    estimated: from seven points its estimate is biased by about ``-(1 + 3 rho) / n``.

    References
    ----------
    Kendall (1954), doi:10.1093/biomet/41.3-4.403, for the bias.

    Examples
    --------
    >>> p = under_autocorrelation(range(2019, 2026), [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3])
    >>> p[0.3] < p[0.5], round(p[0.5], 2)
    (True, 0.11)
    """
    points = comparable(years, values)
    score = abs(statistic(points.values))
    scores = {value: _scores(tuple(points.years - points.years.min()), value) for value in rho if points.n > 1}
    return {value: float((np.sum(drawn >= score) + 1) / (DRAWS + 1)) for value, drawn in scores.items()}


def _fit(points: Points, kept: Any) -> tuple[float, float]:
    part = Points(points.years[kept], points.values[kept])
    return sloped(part).slope, tested(part.values).p


@lru_cache(maxsize=256)
def _scores(years: tuple[float, ...], rho: float) -> Floats:
    """Absolute Kendall scores of series without trend, neighbours correlated by ``rho`` per year."""
    correlation = rho ** np.abs(np.subtract.outer(years, years))
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, len(years)))
    series = noise @ np.linalg.cholesky(correlation).T
    first, second = np.triu_indices(len(years), k=1)
    return np.asarray(np.abs(np.sign(series[:, second] - series[:, first]).sum(axis=1)))
