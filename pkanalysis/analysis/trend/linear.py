"""Straight lines by least squares: with t for short series, with HAC for long ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from pkanalysis.analysis.achievement.formulas import as_input
from pkanalysis.analysis.claims import Refusal, refusal
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
