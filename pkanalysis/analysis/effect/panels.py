"""Regressions with effects of unit and time, errors clustered by a stated convention.

Fixed effects taken out by means.

Regressions without effects of units: errors robust or clustered by a stated convention.

Fixed effects with each unit left out: what a few large units carry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as smf
from scipy import stats

from pkanalysis.analysis.claims import require
from pkanalysis.analysis.effect.design import Floats


def within(values: Floats, effects: Sequence[npt.ArrayLike], tolerance: float = 1e-13) -> Floats:
    """Columns of ``values`` (N x K) less the means of every effect, repeated until nothing changes.

    One round is exact for one effect and for a balanced panel.

    Examples
    --------
    >>> within(np.array([[1.0], [2.0], [5.0]]), [["a", "a", "b"]]).ravel().tolist()
    [-0.5, 0.5, 0.0]
    """
    places = [pd.factorize(np.asarray(effect), sort=True)[0] for effect in effects]
    left, scale = values, np.maximum(np.abs(values).max(axis=0), 1e-300)
    for _ in range(10_000):
        before = left
        for place in places:
            counts = np.bincount(place)
            means = np.column_stack([np.bincount(place, column) / counts for column in left.T])
            left = left - means[place]
        if len(places) == 1 or (np.abs(left - before) <= tolerance * scale).all():
            return left
    raise ValueError("efek tetap tidak terpisah; periksa apakah unit dan waktu saling terhubung")


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


Counted = Literal["full", "nested", "none"]


def fixed_effects(
    panel: pd.DataFrame,
    outcome: str,
    regressors: Sequence[str],
    unit: str,
    time: str | None = None,
    cluster: str | None = None,
    counted: Counted = "full",
) -> PanelFit:
    r"""Least squares with effects of ``unit`` and, where given, of ``time``; errors clustered (CR1).

    Factor :math:`G/(G-1) \cdot (N-1)/(N-K)`; t with G - 1. Which effects K counts is a convention:
    ``full`` all of them (linearmodels ``debiased, group_debias``; pyfixest ``k_fixef="full"``), ``nested``
    none that are nested in the clusters (Stata ``xtreg, fe``; reghdfe), ``none`` only the regressors.

    Parameters
    ----------
    panel : DataFrame
        One row per unit and time; rows with a missing value are dropped. It may be unbalanced.
    outcome, unit, time : str
    regressors : sequence of str
    cluster : str, optional
        The unit, where not given.
    counted : {"full", "nested", "none"}

    References
    ----------
    Cameron & Miller (2015), doi:10.3368/jhr.50.2.317.

    Examples
    --------
    >>> rows = pd.DataFrame({"u": list("aabbcc"), "t": [1, 2] * 3, "x": [0, 0, 0, 1, 0, 2], "y": [1, 2, 2, 5, 0, 6.5]})
    >>> fixed_effects(rows, "y", ["x"], "u", "t").coefficients["x"].round(3).item()
    2.75
    """
    rows = _rows(panel, [outcome, *regressors], unit, time, cluster or unit)
    effects = [name for name in (unit, time) if name is not None]
    values = within(rows[[outcome, *regressors]].to_numpy("float64"), [rows[name] for name in effects])
    _require_left(rows[list(regressors)], values[:, 1:])
    groups = pd.factorize(rows[cluster or unit], sort=True)[0]
    fit = sm.OLS(values[:, 0], values[:, 1:]).fit()
    count, width = int(groups.max()) + 1, len(regressors) + _effects_counted(rows, effects, cluster or unit, counted)
    sums = np.column_stack([np.bincount(groups, column) for column in (values[:, 1:] * fit.resid[:, None]).T])
    factor = count / (count - 1) * (len(rows) - 1) / (len(rows) - width)
    covariance = factor * fit.normalized_cov_params @ (sums.T @ sums) @ fit.normalized_cov_params
    names = pd.Index(regressors)
    return PanelFit(
        pd.Series(fit.params, names), pd.Series(np.sqrt(np.diag(covariance)), names), count - 1, len(rows), count,
        float(fit.rsquared), f"CR1, K menghitung efek tetap: {counted}",
    )  # fmt: skip


def _require_left(regressors: pd.DataFrame, left: Floats) -> None:
    """Refuse a regressor that the fixed effects, or the other regressors, explain fully."""
    scale = np.maximum(np.abs(regressors.to_numpy("float64")).max(axis=0, initial=0.0), np.finfo(float).tiny)
    singular = np.linalg.svd(left / scale, compute_uv=False)
    if len(left) <= left.shape[1] or singular[-1] <= 1e-10 * max(singular[0], 1.0):
        names = ", ".join(map(str, regressors.columns))
        raise ValueError(f"peubah {names} tidak menyisakan apa pun setelah efek tetap, atau saling menjelaskan")


def _rows(panel: pd.DataFrame, columns: list[str], unit: str, time: str | None, cluster: str) -> pd.DataFrame:
    keys = list(dict.fromkeys(name for name in (unit, time, cluster) if name is not None))
    names = list(dict.fromkeys([*keys, *columns]))
    require(panel, names)
    return panel[names].dropna().sort_values(names, kind="stable", ignore_index=True)


def _effects_counted(rows: pd.DataFrame, effects: list[str], cluster: str, counted: Counted) -> int:
    if counted == "none":
        return 0
    nested = {name for name in effects if rows.groupby(name)[cluster].nunique().eq(1).all()}
    kept = [name for name in effects if counted == "full" or name not in nested]
    return sum(rows[name].nunique() for name in kept) - max(len(kept) - 1, 0)


def without_each(
    panel: pd.DataFrame, outcome: str, regressors: Sequence[str], unit: str, time: str | None = None
) -> pd.DataFrame:
    """Coefficients of :func:`fixed_effects` when each unit is left out (units x regressors)."""
    names = sorted(panel[unit].unique())
    fits = [fixed_effects(panel[panel[unit].ne(name)], outcome, regressors, unit, time) for name in names]
    return pd.DataFrame([fit.coefficients for fit in fits], index=pd.Index(names, name=unit))


def jackknife(
    panel: pd.DataFrame, outcome: str, regressors: Sequence[str], unit: str, time: str | None = None
) -> pd.Series:
    r"""Cluster jackknife errors (CR3): :math:`\sqrt{(G-1)/G \sum_g (b_{-g} - b)^2}`.

    References
    ----------
    MacKinnon, Nielsen & Webb (2023), doi:10.1002/jae.2969.
    """
    whole = fixed_effects(panel, outcome, regressors, unit, time).coefficients
    others = without_each(panel, outcome, regressors, unit, time)
    return pd.Series(np.sqrt((len(others) - 1) / len(others) * ((others - whole) ** 2).sum()))
