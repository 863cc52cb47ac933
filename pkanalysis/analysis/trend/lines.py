"""Straight lines of short series, and whether a verdict stands without a year or with dependent years.

And the slopes of many series together, each pulled towards the common one (partial pooling by REML).
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from pkanalysis.analysis.achievement.formulas import Floats
from pkanalysis.analysis.trend.kendall import mann_kendall, sen_slope, statistic
from pkanalysis.analysis.trend.series import Points, comparable

PANDEMIC = (2020, 2021)
RHO = (0.3, 0.5)
DRAWS, SEED = 20_000, 20250122


@dataclass(frozen=True)
class Line:
    """Least-squares line; slope in units per year, ``low`` to ``high`` at ``confidence``, df = n - 2.

    ``detectable`` is the smallest slope that a test at 5 % would find in four of five such series.
    """

    slope: float
    se: float
    t: float
    p: float
    low: float
    high: float
    intercept: float
    intercept_se: float
    df: int
    confidence: float
    detectable: float


def ols(years: Any, values: Any, confidence: float = 0.95) -> Line | None:
    """Least-squares line with t quantiles of n - 2 degrees of freedom; ``None`` below three points.

    Parameters
    ----------
    years, values : sequence of float, same length
        Missing values are left out.
    confidence : float

    Notes
    -----
    Residuals are taken as independent and normal: with few yearly points this is a cross-check of
    :func:`mann_kendall`, not the verdict. ``detectable = (t_0.975 + t_0.80) * se``.

    References
    ----------
    Anscombe (1973), doi:10.1080/00031305.1973.10478966, for the numbers of the tests.

    Examples
    --------
    >>> line = ols(range(2019, 2026), [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3])
    >>> round(line.slope, 4), round(line.se, 4), round(line.t, 3), round(line.p, 5), line.df
    (0.9679, 0.1986, 4.874, 0.00458, 5)
    """
    points = comparable(years, values)
    if points.n < 3:
        return None
    fit, df = stats.linregress(points.years, points.values), points.n - 2
    reach = float(stats.t.ppf((1 + confidence) / 2, df) * fit.stderr)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = float(np.float64(fit.slope) / fit.stderr)
    return Line(
        slope=float(fit.slope),
        se=float(fit.stderr),
        t=ratio,
        p=float(fit.pvalue),
        low=float(fit.slope) - reach,
        high=float(fit.slope) + reach,
        intercept=float(fit.intercept),
        intercept_se=float(fit.intercept_stderr),
        df=df,
        confidence=confidence,
        detectable=float((stats.t.ppf(0.975, df) + stats.t.ppf(0.80, df)) * fit.stderr),
    )


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
    rows = [(int(year), *_without(points, points.years == year)[1:]) for year in points.years]
    kinds = {"tahun_dikeluarkan": "int64", "kemiringan": "float64", "p": "float64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


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
    gone = {"semua": np.zeros(points.n, dtype=bool), "tanpa": np.isin(points.years, list(left_out))}
    rows = {name: _without(points, is_gone) for name, is_gone in gone.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["n", "kemiringan", "p"])


def _without(points: Points, is_gone: npt.NDArray[np.bool_]) -> tuple[int, float, float]:
    """Number, Sen's slope and p of the points that are left."""
    years, values = points.years[~is_gone], points.values[~is_gone]
    return len(years), sen_slope(years, values).slope, mann_kendall(values).p


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


@lru_cache(maxsize=256)
def _scores(years: tuple[float, ...], rho: float) -> Floats:
    """Absolute Kendall scores of series without trend, neighbours correlated by ``rho`` per year."""
    correlation = rho ** np.abs(np.subtract.outer(years, years))
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, len(years)))
    series = noise @ np.linalg.cholesky(correlation).T
    first, second = np.triu_indices(len(years), k=1)
    return np.asarray(np.abs(np.sign(series[:, second] - series[:, first]).sum(axis=1)))


@dataclass(frozen=True)
class Pooled:
    """Random slopes.

    ``intercept``, ``slope``: common values with ``intercept_se``, ``slope_se``; ``sd_intercept``, ``sd_slope``,
    ``correlation`` between units; ``sd_residual``. ``slopes`` by unit: ``unit``, ``n``, ``kemiringan_sendiri``
    (least squares), ``kemiringan`` (shrunken), ``se`` (of the shrunken one, given the variances).
    ``is_converged`` False: show own slopes only.
    """

    intercept: float
    slope: float
    intercept_se: float
    slope_se: float
    sd_intercept: float
    sd_slope: float
    correlation: float
    sd_residual: float
    slopes: pd.DataFrame
    is_converged: bool


def pooled_slopes(frame: pd.DataFrame, unit: str, time: str, value: str, standardise: bool = True) -> Pooled | None:
    """Common slope and shrunken slopes of all series; ``None`` below two usable series.

    ``y_it = a + a_i + (b + b_i) t + e_it``, (a_i, b_i) normal, by REML. Standardised: every series is
    ``(y - mean) / sd``, its years are counted from their mean, and no intercept is needed (slopes in sd per year).

    Parameters
    ----------
    frame : DataFrame
        Columns ``unit``, ``time``, ``value``; rows with missing values are left out, and when
        standardised also series with fewer than three points or without change.
    standardise : bool

    References
    ----------
    Laird & Ware (1982), doi:10.2307/2529876; Bates et al. (2015), doi:10.18637/jss.v067.i01.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": list("AAAABBBBCCCC"), "tahun": [1, 2, 3, 4] * 3,
    ...                      "nilai": [1, 2, 2, 3, 5, 5, 6, 7, 9, 7, 8, 6.0]})
    >>> pooled_slopes(rows, "opd", "tahun", "nilai").slopes["kemiringan_sendiri"].round(2).tolist()
    [0.73, 0.73, -0.62]
    """
    rows = frame[[unit, time, value]].set_axis(["unit", "t", "y"], axis=1).dropna()
    rows = rows.sort_values(["unit", "t"], ignore_index=True).astype({"t": "float64", "y": "float64"})
    rows = (_standardised(rows) if standardise else rows).assign(satu=1.0)
    if rows["unit"].nunique() < 2:
        return None
    from statsmodels.regression.mixed_linear_model import MixedLM  # heavy, and only the city page needs it

    names = ["t"] if standardise else ["satu", "t"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a variance at its boundary is told by sd_slope = 0
        model = MixedLM(rows["y"], rows[names], groups=rows["unit"], exog_re=rows[names])
        fit = model.fit(reml=True, method=["bfgs", "powell"])
    between, common = np.atleast_2d(np.asarray(fit.cov_re)), np.asarray(fit.fe_params)
    spread = np.asarray(fit.cov_params())[: len(names), : len(names)]
    slopes = [
        {"unit": name, "n": len(part)} | _shrunken(part, names, between, float(fit.scale), common, spread)
        for name, part in rows.groupby("unit")
    ]
    sd, se = (np.sqrt(np.diag(part).clip(min=0)) for part in (between, spread))  # the fit may end just below zero
    (intercept, slope), (sd_intercept, sd_slope), (intercept_se, slope_se) = (
        np.pad(pair, (2 - len(names), 0)).tolist() for pair in (common, sd, se)
    )
    return Pooled(
        intercept=intercept,
        slope=slope,
        intercept_se=intercept_se,
        slope_se=slope_se,
        sd_intercept=sd_intercept,
        sd_slope=sd_slope,
        correlation=float(between[0, -1] / (sd[0] * sd[-1])) if len(names) == 2 and sd.all() else float("nan"),
        sd_residual=float(fit.scale) ** 0.5,
        slopes=pd.DataFrame(slopes),
        is_converged=bool(fit.converged),
    )


def _standardised(rows: pd.DataFrame) -> pd.DataFrame:
    """Each series in its own mean and deviation; those without change or below three points are left out."""
    groups = rows.groupby("unit")
    sd, mean = groups["y"].transform("std"), groups[["t", "y"]].transform("mean")
    is_usable = groups["y"].transform("size").ge(3) & sd.gt(1e-9 * rows["y"].abs())
    centred = rows.assign(y=(rows["y"] - mean["y"]) / sd, t=rows["t"] - mean["t"])
    return centred[is_usable].reset_index(drop=True)


def _shrunken(
    part: pd.DataFrame, names: list[str], between: Floats, within: float, common: Floats, spread: Floats
) -> dict[str, float]:
    """Own slope, and the best linear predictor with its standard error: C + A V A', A = 1 - weight."""
    z, y = part[names].to_numpy(), part["y"].to_numpy()
    gain = between @ z.T @ np.linalg.inv(z @ between @ z.T + within * np.eye(len(y)))
    own = np.linalg.lstsq(z, y, rcond=None)[0]
    shrunk = common + gain @ (y - z @ common)
    left = np.eye(len(names)) - gain @ z
    error = left @ between + left @ spread @ left.T
    se = float(max(error[-1, -1], 0.0) ** 0.5)
    return {"kemiringan_sendiri": float(own[-1]), "kemiringan": float(shrunk[-1]), "se": se}
