"""Width of a forecast learned from all indicators together: split conformal."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import as_input
from pkanalysis.analysis.trend.forecasts import METHODS, NO_SPREAD
from pkanalysis.analysis.trend.series import Points, comparable

TRAINED_FROM = 4
"""Points before the one left out."""


@dataclass(frozen=True)
class HalfWidth:
    """The ``k``-th smallest of ``n`` scores, ``q`` (in scales of the indicator); infinite when k > n."""

    k: int
    q: float
    n: int
    alpha: float


def conformal(scores: Any, alpha: float = 0.2) -> HalfWidth:
    """Half-width that covers ``1 - alpha`` of new indicators, whatever their law.

    ``k = ceil((n + 1)(1 - alpha))``, q = the k-th smallest score; infinite when k > n.

    Parameters
    ----------
    scores : sequence of float
        ``abs(actual - forecast) / scale`` of each indicator; missing ones are left out.
    alpha : float

    References
    ----------
    Lei et al. (2018), doi:10.1080/01621459.2017.1307116.

    Examples
    --------
    >>> conformal([0.2, 0.5, 0.7, 0.9, 1.1, 1.3, 1.6, 2.0, 2.4])
    HalfWidth(k=8, q=2.0, n=9, alpha=0.2)
    """
    given = as_input(scores)[0]
    ranked = np.sort(given[~np.isnan(given)])
    k = math.ceil(round((len(ranked) + 1) * (1 - alpha), 9))
    q = float(ranked[max(k, 1) - 1]) if k <= len(ranked) else float("inf")
    return HalfWidth(k, q, len(ranked), alpha)


def backtest(history: pd.DataFrame, method: str = "rw_drift") -> pd.DataFrame:
    """Leave the last year of every indicator out, forecast it, and score the error.

    Parameters
    ----------
    history : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi`` (see :func:`pkanalysis.achievement.history`).
    method : {"naif", "rw_drift", "ols", "theil_sen"}

    Returns
    -------
    DataFrame
        By ``kode_indikator``: ``tahun`` (left out), ``n`` (points before it), ``realisasi``, ``prediksi``,
        ``skala`` (root mean square change per year before it), ``skor`` = abs(realisasi - prediksi) / skala, and
        ``skala_kini`` (of the whole series): the next forecast has half-width ``q * skala_kini``. Series with
        fewer than five points or without any change are left out.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_indikator": "A", "tahun": range(2020, 2026), "realisasi": [1, 2, 4, 5, 7, 9]})
    >>> backtest(rows)[["prediksi", "skor"]].round(2).to_numpy().tolist()
    [[8.5, 0.32]]
    """
    rows = [
        (code, *_left_out(comparable(group["tahun"].to_numpy(), group["realisasi"].to_numpy()), method))
        for code, group in history.groupby("kode_indikator", sort=True)
    ]
    names = ["kode_indikator", "tahun", "n", "realisasi", "prediksi", "skala", "skala_kini"]
    frame = pd.DataFrame(rows, columns=names)
    frame = frame[frame["n"].ge(TRAINED_FROM) & frame["skala"].gt(0)].reset_index(drop=True)
    frame = frame.astype({"tahun": "int64"})
    return frame.assign(skor=(frame["realisasi"] - frame["prediksi"]).abs() / frame["skala"])


def _left_out(points: Points, method: str) -> tuple[float, ...]:
    before = Points(points.years[:-1], points.values[:-1])
    if before.n < TRAINED_FROM:
        return (np.nan, before.n, *[np.nan] * 4)
    year, value = points.years[-1], points.values[-1]
    return year, before.n, value, METHODS[method](before, year).point, _scale(before), _scale(points)


def _scale(points: Points) -> float:
    changes = np.diff(points.values) / np.sqrt(np.diff(points.years))
    scale = float(np.sqrt(np.mean(changes**2)))
    return scale if scale > NO_SPREAD * float(np.abs(points.values).max()) else 0.0
