"""D8: outcomes that end at a cap; fractional logit."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from pkanalysis.analysis.claims import Refusal, refusal
from pkanalysis.analysis.effect.design import Floats, fittable, with_constant
from pkanalysis.analysis.effect.gate import FEWEST, MOST_CAPPED

NAN = float("nan")


@dataclass(frozen=True)
class Bounded:
    """Average marginal effect in units of the outcome per one unit of the size, its error, 95 % interval and p.

    ``capped``: share of units at the cap (0-1). Ends pull a straight line towards zero, this one less so.
    """

    effect: float
    se: float
    interval: tuple[float, float]
    p: float
    capped: float
    n: int
    refusals: tuple[Refusal, ...] = ()


def fractional_logit(outcome: npt.ArrayLike, dose: npt.ArrayLike, cap: float, *controls: npt.ArrayLike) -> Bounded:
    r"""Fractional logit of ``outcome / cap``: :math:`E[y/c] = \Lambda(a + b z + g'w)`, quasi-likelihood.

    Parameters
    ----------
    outcome, dose : array_like, shape (N,)
        ``outcome`` between 0 and ``cap``; it is clipped to that.
    cap : float
    *controls : array_like, shape (N,) or (N, C)
        For example the outcome before.

    Returns
    -------
    Bounded
        Errors are HC3 of the weighted fit, by the delta method (GLM of statsmodels takes ``HC3`` for HC0, hence
        computed here). Refused below eight units, where the size is constant,
        and where half of the units or more are at the cap.

    References
    ----------
    Papke & Wooldridge (1996), doi:10.1002/(SICI)1099-1255(199611)11:6<619::AID-JAE418>3.0.CO;2-1;
    statsmodels GLM Binomial.

    Examples
    --------
    >>> found = fractional_logit([90, 80, 85, 70, 75, 60, 65, 50, 55], range(9), 100)
    >>> round(found.effect, 2), found.capped
    (-4.58, 0.0)
    """
    shares = np.clip(np.asarray(outcome, "float64") / cap, 0.0, 1.0)
    capped = float((shares >= 1 - 1e-12).mean()) if len(shares) else 0.0
    if codes := _refused(shares, dose, capped, controls):
        return Bounded(NAN, NAN, (NAN, NAN), NAN, capped, len(shares), tuple(refusal(code) for code in codes))
    design = with_constant(dose, *controls)
    fit = sm.GLM(shares, design, family=sm.families.Binomial()).fit()
    chance = np.asarray(fit.fittedvalues)
    spread = chance * (1 - chance)
    covariance = _hc3(design, spread, shares - chance)
    gradient = fit.params[1] * ((spread * (1 - 2 * chance))[:, None] * design).mean(axis=0)
    gradient[1] += spread.mean()
    effect = cap * float(fit.params[1]) * float(spread.mean())
    se = cap * float(np.sqrt(gradient @ covariance @ gradient))
    df = len(shares) - design.shape[1]
    half, p = float(stats.t.ppf(0.975, df)) * se, float(2 * stats.t.sf(abs(effect) / se, df))
    return Bounded(effect, se, (effect - half, effect + half), p, capped, len(shares))


def share_met(units: pd.DataFrame | None) -> Bounded | None:
    """D8: the share of indicators that reach their target, on the size and the share before.

    Parameters
    ----------
    units : DataFrame or None
        ``besar``, ``sebelum`` and ``sesudah`` (shares, 0-1) of each unit, as :attr:`DoseResponse.units`.

    Returns
    -------
    Bounded or None
        ``None`` where there are no units, or where the size parts them fully and no slope exists.
    """
    if units is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            return fractional_logit(units["sesudah"], units["besar"], 1.0, units["sebelum"])
        except PerfectSeparationWarning:
            return None


def _hc3(design: Floats, spread: Floats, residual: Floats) -> Floats:
    """Covariance of the coefficients: residuals over 1 - leverage of the weighted fit."""
    bread = np.linalg.pinv(design.T @ (spread[:, None] * design))
    hat = spread * np.einsum("ij,jk,ik->i", design, bread, design)
    scores = (residual / (1 - hat))[:, None] * design @ bread
    covariance: Floats = scores.T @ scores
    return covariance


def _refused(shares: Floats, dose: npt.ArrayLike, capped: float, controls: tuple[npt.ArrayLike, ...]) -> list[str]:
    if len(shares) < FEWEST:
        return ["UNIT_KURANG_DARI_8"]
    if not fittable(dose, *controls):
        return ["BESAR_PENGURANGAN_SERAGAM" if np.ptp(np.asarray(dose)) == 0 else "PENGUNGKIT_TUNGGAL"]
    return ["MAYORITAS_DI_BATAS_ATAS"] if capped >= MOST_CAPPED else []
