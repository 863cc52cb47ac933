"""Regressions with effects of unit and time, errors clustered by a stated convention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
import statsmodels.api as sm

from pkanalysis.analysis.effect.absorbing import within
from pkanalysis.analysis.effect.design import Floats
from pkanalysis.analysis.effect.pooled import PanelFit
from pkanalysis.analysis.given import require

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
