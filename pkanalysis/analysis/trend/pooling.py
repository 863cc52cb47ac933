"""Slopes of many short series, each pulled towards the common one: partial pooling by REML."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import Floats


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
