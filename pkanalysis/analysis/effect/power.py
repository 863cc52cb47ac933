"""What such data can show: smallest visible effect, equivalence, outcomes that end at a cap (D8).

And how far the trend may bend before zero is no longer excluded: smoothness bounds, fixed-length intervals (D4).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize, stats
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from pkanalysis.analysis.claims import Refusal, refusal, worded
from pkanalysis.analysis.effect.estimates import EventStudy
from pkanalysis.analysis.effect.slopes import Floats, fittable, with_constant
from pkanalysis.analysis.effect.units import FEWEST, MOST_CAPPED


def smallest_visible(se: float, df: float, level: float = 0.05, power: float = 0.80) -> float:
    r"""Minimum detectable effect: :math:`(t_{1-\alpha/2} + t_{power}) \cdot se`.

    Parameters
    ----------
    se, df : float
        Standard error and degrees of freedom of the estimate.
    level, power : float
        Two-sided level of the test; probability of seeing such an effect.

    References
    ----------
    Bloom (1995), doi:10.1177/0193841X9501900504.

    Examples
    --------
    >>> round(smallest_visible(1.17, 48), 2)
    3.35
    """
    return float((stats.t.ppf(1 - level / 2, df) + stats.t.ppf(power, df)) * se)


def power_curve(se: float, df: float, level: float = 0.05, points: int = 61) -> pd.DataFrame:
    """Probability of seeing an effect, by its true size, from none to three smallest visible ones.

    Parameters
    ----------
    se, df : float
    level : float
        Two-sided level of the test.
    points : int

    Returns
    -------
    DataFrame
        ``efek`` (unit of the estimate) and ``peluang`` (0-1) that the test tells it from zero.

    Examples
    --------
    >>> curve = power_curve(1.17, 48, points=4)
    >>> curve["efek"].round(2).tolist(), curve["peluang"].round(2).tolist()
    ([0.0, 3.35, 6.69, 10.04], [0.05, 0.8, 1.0, 1.0])
    """
    effects = np.linspace(0, 3 * smallest_visible(se, df, level), points)
    needed = stats.t.ppf(1 - level / 2, df)
    chances = stats.nct.sf(needed, df, effects / se) + stats.nct.cdf(-needed, df, effects / se)
    return pd.DataFrame({"efek": effects, "peluang": chances})


@dataclass(frozen=True)
class Equivalence:
    """Two one-sided tests: ``p`` (larger of the two), ``margin`` in the unit of the estimate, whether ``is_shown``."""

    p: float
    margin: float
    is_shown: bool


def equivalence(estimate: float, se: float, df: float, margin: float, level: float = 0.05) -> Equivalence:
    """Whether an effect beyond ``margin`` (fixed before the run) can be excluded: TOST.

    References
    ----------
    Schuirmann (1987), doi:10.1007/BF01068419.

    Examples
    --------
    >>> found = equivalence(-1.0, 1.17, 48, 2.0)
    >>> round(found.p, 3), found.is_shown
    (0.198, False)
    """
    p = max(float(stats.t.sf((estimate + margin) / se, df)), float(stats.t.cdf((estimate - margin) / se, df)))
    return Equivalence(p, margin, p < level)


def sentence(estimate: float, se: float, df: float, unit: str, margin: float | None = None) -> str:
    """What may be said of an estimate: never that there is no effect unless equivalence is shown.

    Parameters
    ----------
    estimate, se, df : float
    unit : str
        Unit of the estimate in Indonesian.
    margin : float, optional
        Equivalence margin fixed before the run.

    Examples
    --------
    >>> sentence(-1.0, 1.17, 48, "poin per 10% pemotongan", margin=2.0)
    'belum dapat dibedakan dari nol; efek terkecil yang bisa dideteksi ~3,3 poin per 10% pemotongan'
    """

    def written(value: float) -> str:
        return f"{value:.1f}".replace(".", ",")

    seen = worded("TAKSIRAN_TERLIHAT", besar=written(smallest_visible(se, df)), satuan=unit)
    if 2 * stats.t.sf(abs(estimate) / se, df) < 0.05:
        return worded("TAKSIRAN_BERBEDA", terlihat=seen)
    if margin is not None and equivalence(estimate, se, df, margin).is_shown:
        return worded("TAKSIRAN_SETARA", batas=written(margin), satuan=unit, terlihat=seen)
    return worded("TAKSIRAN_BELUM_BEDA", terlihat=seen)


NAN = float("nan")
STEPS = 20
FAR = 10.0
"""The search for the breakdown ends at this many times the largest slope."""


class Lines:
    r"""Linear estimators of the mean slope after that a straight trend cannot move: weights ``first + turns @ c``.

    ``c`` (years before - 1) are the weights that the bends of the trend before get; those after weigh ``later`` in
    all, whatever is chosen. Bends of at most M then move the estimate by at most :math:`M (later + \sum |c|)`.
    """

    def __init__(self, slopes: Floats, covariance: Floats, before: int) -> None:
        """Of ``slopes`` by year (without the reference, in order) the first ``before`` lie before the cut."""
        self.slopes, self.covariance = slopes, covariance
        after = np.arange(1.0, len(slopes) - before + 1)
        years, bends = np.arange(before, 0.0, -1.0), np.arange(1.0, before)
        inverse = np.linalg.inv(np.vstack([np.maximum(years - bends[:, None], 0), -years]))
        self.first = np.concatenate([-after.mean() * inverse[:, -1], np.full(len(after), 1 / len(after))])
        self.turns = np.vstack([inverse[:, :-1], np.zeros((len(after), before - 1))])
        self.later = float(np.maximum(after - np.arange(len(after))[:, None], 0).mean(axis=1).sum())

    def interval(self, bend: float) -> tuple[float, float]:
        """Shortest interval of fixed length that holds the effect in 95 % whatever trend bends by at most ``bend``."""
        size = self.turns.shape[1]
        best = np.zeros(2 * size)
        if size:
            options = {"ftol": 1e-14, "gtol": 1e-10, "maxiter": 1_000}
            half, limits = partial(self._half, bend=bend), [(0, None)] * (2 * size)
            best = optimize.minimize(half, best, jac=True, bounds=limits, method="L-BFGS-B", options=options).x
        centre, half_length = float(self._weights(best) @ self.slopes), self._half(best, bend)[0]
        return centre - half_length, centre + half_length

    def _weights(self, parts: Floats) -> Floats:
        positive, negative = np.split(parts, 2)
        weights: Floats = self.first + self.turns @ (positive - negative)
        return weights

    def _half(self, parts: Floats, bend: float) -> tuple[float, Floats]:
        """Half the length, convex in the positive and negative ``parts`` of c, and its gradient."""
        weights = self._weights(parts)
        se = float(np.sqrt(weights @ self.covariance @ weights))
        shift = bend * (self.later + float(parts.sum())) / se
        # 95 % quantile of the absolute value of a normal variable with mean ``shift`` and unit variance
        quantile = float(shift + stats.norm.ppf(0.95) if shift > 5 else np.sqrt(stats.ncx2.ppf(0.95, 1, shift**2)))
        rise = np.tanh(quantile * shift)
        slope = (quantile - shift * rise) / se * (self.turns.T @ self.covariance @ weights)
        return se * quantile, np.concatenate([slope, -slope]) + rise * bend


def largest_bend(events: EventStudy, post: Any) -> float:
    r"""Largest :math:`|\delta_{t+1} - 2\delta_t + \delta_{t-1}|` of the slopes before ``post``; 0 with fewer than 3."""
    table = events.table
    before = [*table.loc[table["tahun"] < post, "kemiringan"], 0.0]
    return float(np.abs(np.diff(before, 2)).max()) if len(before) > 2 else 0.0


def breakdown(events: EventStudy, post: Any) -> float | None:
    """Largest bend (second difference) of the trend under which the robust interval of the effect excludes zero.

    Infinite where even a bend ten times the largest slope does not bring zero in; None with fewer than two years
    before, and where the slopes have no error.

    References
    ----------
    Rambachan & Roth (2023), doi:10.1093/restud/rdad018, section 4.1; mean of the years after.
    """
    slopes, before = events.table["kemiringan"].to_numpy("float64"), int((events.table["tahun"] < post).sum())
    scale = float(np.sqrt(np.diag(events.covariance)).max())
    if before == 0 or scale <= 1e-9 * np.abs(slopes).max():
        return None
    found = Lines(slopes / scale, events.covariance / scale**2, before)

    def covers_zero(bend: float) -> bool:
        lowest, highest = found.interval(bend)
        return lowest <= 0 <= highest

    low, high = 0.0, FAR * float(np.abs(slopes).max()) / scale
    if covers_zero(low):
        return 0.0
    if not covers_zero(high):
        return float("inf")
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if covers_zero(middle) else (middle, high)
    return scale * low


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
    is_same = len(np.unique(np.asarray(dose))) == 1
    stops = {
        "UNIT_KURANG_DARI_8": len(shares) < FEWEST,
        "BESAR_PENGURANGAN_SERAGAM": is_same,
        "PENGUNGKIT_TUNGGAL": not is_same and not fittable(dose, *controls),
        "MAYORITAS_DI_BATAS_ATAS": capped >= MOST_CAPPED,
    }
    if code := next((code for code, is_met in stops.items() if is_met), ""):
        return Bounded(NAN, NAN, (NAN, NAN), NAN, capped, len(shares), (refusal(code),))
    design = with_constant(dose, *controls)
    fit = GLM(shares, design, family=Binomial()).fit()
    chance = np.asarray(fit.fittedvalues)
    spread = chance * (1 - chance)
    bread = np.linalg.pinv(design.T @ (spread[:, None] * design))
    hat = spread * np.einsum("ij,jk,ik->i", design, bread, design)
    scores = ((shares - chance) / (1 - hat))[:, None] * design @ bread
    gradient = fit.params[1] * ((spread * (1 - 2 * chance))[:, None] * design).mean(axis=0)
    gradient[1] += spread.mean()
    effect = cap * float(fit.params[1]) * float(spread.mean())
    se, df = cap * float(np.sqrt(gradient @ (scores.T @ scores) @ gradient)), len(shares) - design.shape[1]
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
