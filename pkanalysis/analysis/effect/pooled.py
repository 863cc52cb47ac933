"""Regressions without effects of units: errors robust or clustered by a stated convention."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from scipy import stats

from pkanalysis.analysis.given import require


@dataclass(frozen=True)
class PanelFit:
    """Coefficients and their standard errors (Series by regressor), and the p of t with ``df`` degrees of freedom.

    ``n`` rows, ``clusters`` (None = not clustered), ``r2`` of the regression as fitted (after the fixed effects
    are taken out, where there are any), ``convention`` of the errors in words.
    """

    coefficients: pd.Series
    errors: pd.Series
    df: int
    n: int
    clusters: int | None
    r2: float
    convention: str

    @property
    def p(self) -> pd.Series:
        """Two-sided p by regressor."""
        return pd.Series(2 * stats.t.sf(np.abs(self.coefficients / self.errors), self.df), self.coefficients.index)


def pooled(frame: pd.DataFrame, formula: str, cluster: str | None = None) -> PanelFit:
    r"""Pooled least squares of a ``formula``.

    With ``cluster``: CR1 as in Stata, factor :math:`G/(G-1) \cdot (N-1)/(N-K)`, t with G - 1. Without: HC1
    (Stata ``robust``), t with N - K.

    Parameters
    ----------
    frame : DataFrame
        Rows with a missing value are dropped.
    formula : str
        For example ``"invest ~ value + capital"``; the constant is called ``Intercept``.
    cluster : str, optional

    Examples
    --------
    >>> rows = pd.DataFrame({"y": [1, 3, 2, 5, 4, 6], "x": [0, 1, 2, 3, 4, 5], "g": list("aabbcc")})
    >>> pooled(rows, "y ~ x", "g").df, pooled(rows, "y ~ x").coefficients["x"].round(3).item()
    (2, 0.886)
    """
    require(frame, [] if cluster is None else [cluster])
    columns = [name for name in frame.columns if _is_named(str(name), formula) or name == cluster]
    rows = frame[columns].dropna().sort_values(columns, kind="stable", ignore_index=True)
    model = smf.ols(formula, rows)
    if cluster is None:
        fit, count, convention = model.fit(cov_type="HC1", use_t=True), None, "HC1, t dengan N - K"
        return PanelFit(fit.params, fit.bse, int(fit.df_resid), int(fit.nobs), count, float(fit.rsquared), convention)
    groups = pd.factorize(rows[cluster], sort=True)[0]
    if (count := len(set(groups))) < 2:
        raise ValueError(f"galat menurut {cluster!r} memerlukan sedikitnya dua klaster")
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    return PanelFit(fit.params, fit.bse, count - 1, int(fit.nobs), count, float(fit.rsquared), "CR1, t dengan G - 1")


def _is_named(column: str, formula: str) -> bool:
    """Whether the formula names the column as a whole word: ``y`` is not in ``year``."""
    return re.search(rf"(?<!\w){re.escape(column)}(?!\w)", formula) is not None
