"""Straight lines by least squares: with t for short series, with HAC for long ones.

Would the verdict stand: without one year, without the pandemic, with dependent years.

Slopes of many short series, each pulled towards the common one: partial pooling by REML.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from pkanalysis.analysis.achievement.formulas import Floats, as_input
from pkanalysis.analysis.claims import Refusal, refusal
from pkanalysis.analysis.trend.kendall import sloped, statistic, tested
from pkanalysis.analysis.trend.series import Points, comparable

HAC_FROM = 20


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
    return fitted(comparable(years, values), confidence)


def fitted(points: Points, confidence: float = 0.95) -> Line | None:
    """:func:`ols` of comparable points."""
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


@dataclass(frozen=True)
class Hac:
    """Least squares with HAC standard errors.

    ``table``: one row per regressor and ``konstanta``, columns ``koefisien``, ``se``, ``t``, ``p``; empty
    where refused. ``lags`` and ``is_small_sample`` state the convention.
    """

    table: pd.DataFrame
    lags: int
    is_small_sample: bool
    n: int
    refusals: tuple[Refusal, ...]


def hac(values: Any, regressors: Any, lags: int, small_sample: bool = True) -> Hac:
    """Least squares with Newey-West (Bartlett) standard errors; refused below 20 points.

    Parameters
    ----------
    values : sequence of float, shape (n,)
        In order of time, without gaps.
    regressors : sequence of float, or DataFrame
        The years, or one column per regressor; a constant is added.
    lags : int
        Largest lag with weight ``1 - lag / (lags + 1)``.
    small_sample : bool
        Multiply the covariance by n / (n - k) and use t (as Stata ``newey``); else normal quantiles.

    References
    ----------
    Newey & West (1987), doi:10.2307/1913610. Convention checked against Stata in statsmodels' tests.

    Examples
    --------
    >>> hac([1, 2, 3], [1, 2, 3], lags=1).refusals[0].code
    'HAC_N_KURANG_20'
    """
    frame = pd.DataFrame(regressors if np.ndim(regressors) > 1 else {"tahun": as_input(regressors)[0]})
    frame = frame.reset_index(drop=True).assign(konstanta=1.0).astype("float64")
    y = as_input(values)[0]
    if len(y) < HAC_FROM:
        empty = pd.DataFrame(columns=["koefisien", "se", "t", "p"], dtype="float64")
        return Hac(empty, lags, small_sample, len(y), (refusal("HAC_N_KURANG_20"),))
    from statsmodels.regression.linear_model import OLS  # heavy, and rarely needed

    options = {"maxlags": lags, "use_correction": small_sample}
    fit = OLS(y, frame).fit(cov_type="HAC", cov_kwds=options, use_t=small_sample)
    table = pd.DataFrame({"koefisien": fit.params, "se": fit.bse, "t": fit.tvalues, "p": fit.pvalues})
    return Hac(table, lags, small_sample, len(y), ())


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
    rows = _standardised(rows) if standardise else rows
    if rows["unit"].nunique() < 2:
        return None
    names = ["t"] if standardise else ["satu", "t"]
    design = rows.assign(satu=1.0)[names]
    fit = _fitted(rows["y"], design, rows["unit"])
    between, within = np.atleast_2d(np.asarray(fit.cov_re)), float(fit.scale)
    common, spread = np.asarray(fit.fe_params), np.asarray(fit.cov_params())[: len(names), : len(names)]
    groups = rows.assign(satu=1.0).groupby("unit")
    slopes = [_unit(name, part, names, between, within, common, spread) for name, part in groups]
    sd, se = (np.sqrt(np.diag(part).clip(min=0)) for part in (between, spread))  # the fit may end just below zero
    has_intercept = not standardise
    return Pooled(
        intercept=float(common[0]) if has_intercept else 0.0,
        slope=float(common[-1]),
        intercept_se=float(se[0]) if has_intercept else 0.0,
        slope_se=float(se[-1]),
        sd_intercept=float(sd[0]) if has_intercept else 0.0,
        sd_slope=float(sd[-1]),
        correlation=float(between[0, -1] / (sd[0] * sd[-1])) if has_intercept and sd.all() else float("nan"),
        sd_residual=within**0.5,
        slopes=pd.DataFrame(slopes),
        is_converged=bool(fit.converged),
    )


def _standardised(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows.groupby("unit")
    sd = groups["y"].transform("std")
    is_usable = groups["y"].transform("size").ge(3) & sd.gt(1e-9 * rows["y"].abs())
    mean = groups[["t", "y"]].transform("mean")
    centred = rows.assign(y=(rows["y"] - mean["y"]) / sd, t=rows["t"] - mean["t"])
    return centred[is_usable].reset_index(drop=True)


def _fitted(y: pd.Series, design: pd.DataFrame, units: pd.Series) -> Any:
    from statsmodels.regression.mixed_linear_model import MixedLM  # heavy, and only the city page needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a variance at its boundary is told by sd_slope = 0
        return MixedLM(y, design, groups=units, exog_re=design).fit(reml=True, method=["bfgs", "powell"])


def _unit(
    name: Any, part: pd.DataFrame, names: list[str], between: Floats, within: float, common: Floats, spread: Floats
) -> dict[str, Any]:
    """Own slope, and the best linear predictor with its standard error: C + A V A', A = 1 - weight."""
    z, y = part[names].to_numpy(), part["y"].to_numpy()
    gain = between @ z.T @ np.linalg.inv(z @ between @ z.T + within * np.eye(len(y)))
    own = np.linalg.lstsq(z, y, rcond=None)[0]
    shrunk = common + gain @ (y - z @ common)
    left = np.eye(len(names)) - gain @ z
    error = left @ between + left @ spread @ left.T
    return {
        "unit": name,
        "n": len(y),
        "kemiringan_sendiri": float(own[-1]),
        "kemiringan": float(shrunk[-1]),
        "se": float(max(error[-1, -1], 0.0) ** 0.5),
    }
