"""The estimates of the relation between the size of the cut and the change.

Long difference (D1), ANCOVA (D2), placebos (D3), slope by year (D4), ranks and the slope within like kinds (D5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import stats

from pkanalysis.analysis.claims import worded
from pkanalysis.analysis.effect.slopes import DRAWS, SEED, Floats, Slope, fittable, permutation, slope
from pkanalysis.analysis.effect.units import FEWEST, Units, difference

LEVEL = 0.05
T_OF_PLACEBO = 2.0
SHARE_OF_PLACEBO = 0.5
BEFORE = worded("UJI_RATA_RATA")
"""Name of the placebo on the level before the cut."""


def long_difference(units: Units, last_only: bool = False) -> Slope:
    r"""D1: :math:`\bar Y_{i,post} - \bar Y_{i,pre} = a + \beta z_i + e_i`, one row per unit.

    With two years it equals the two-way fixed-effects slope. ``last_only`` takes the last year before
    instead of the mean of all.

    References
    ----------
    Bertrand, Duflo & Mullainathan (2004), doi:10.1162/003355304772839588.
    """
    change = difference(units.after, units.before.iloc[:, -1]) if last_only else units.change
    return slope(change, units.dose)


def ancova(units: Units, last_only: bool = True) -> Slope | None:
    r"""D2: :math:`\bar Y_{i,post} = a + \beta z_i + \gamma Y_{i,pre} + e_i`; None where it cannot be fitted.

    D1 and D2 bracket the truth where the cut follows either the lasting level or the last value; where it
    follows a passing shock the bracket fails, and only the placebos show it.

    References
    ----------
    Angrist & Pischke (2009), section 5.4; Ding & Li (2019), doi:10.1017/pan.2019.25.
    """
    earlier = units.before.iloc[:, -1] if last_only else units.before.mean(axis=1)
    return slope(units.after, units.dose, earlier) if fittable(units.dose, earlier) else None


def placebos(units: Units, main: Slope, others: Mapping[str, Units]) -> pd.DataFrame:
    r"""D3: the same regression where no effect can be: between years before, and on earlier outcomes.

    And the level before: where the size goes with it, a return to the usual looks like an effect of the other sign.

    Parameters
    ----------
    units : Units
    main : Slope
        The long difference that the placebos are held against.
    others : mapping of str to Units
        Outcomes that were measured before the cut, by name; those of fewer than eight units are left out.

    Returns
    -------
    DataFrame
        ``uji``, ``kemiringan``, ``galat_baku`` (HC3), ``t``, ``n``, ``lolos``: false where \|t\| > 2, or where
        the slope is at least half of an estimate that differs from zero at 5 % (of one that does not, there is
        nothing to explain away); slopes of other outcomes are compared in the spread of their own change. The
        level (:data:`BEFORE`) fails only where its slope is at least half of the estimate, with the other sign: with
        the same sign, or smaller, a return to the usual cannot be what is seen.
    """
    most = SHARE_OF_PLACEBO * abs(main.beta) if main.p < LEVEL else float("inf")
    years, rows = units.before, []
    for earlier, later in reversed([*pairwise(years.columns)]):
        fit = slope(difference(years[later], years[earlier]), units.dose)
        rows.append(_placebo(worded("UJI_TAHUN", sesudah=later, sebelum=earlier), fit, most))
    level = slope(years.mean(axis=1), units.dose)
    rows.append([BEFORE, level.beta, level.se, level.t, level.n, level.beta * main.beta >= 0 or abs(level.beta) < most])
    for name, other in others.items():
        if len(other.dose) >= FEWEST and other.before.size and fittable(other.dose):
            share = float(np.std(other.change) / np.std(units.change))
            rows.append(_placebo(name, slope(other.change, other.dose), most * share if share else most))
    return pd.DataFrame(rows, columns=["uji", "kemiringan", "galat_baku", "t", "n", "lolos"])


def _placebo(name: str, fit: Slope, most: float) -> list[object]:
    return [name, fit.beta, fit.se, fit.t, fit.n, abs(fit.t) <= T_OF_PLACEBO and abs(fit.beta) < most]


@dataclass(frozen=True)
class Ranks:
    """Rank relation of size and change: Spearman ``rho``, Kendall ``tau``, and ``p`` (permutation of the ranks)."""

    rho: float
    tau: float
    p: float


def ranks(units: Units, draws: int = DRAWS, seed: int = SEED) -> Ranks:
    """D5: the relation by ranks, which one large unit cannot carry."""
    sizes, changes = stats.rankdata(units.dose), stats.rankdata(units.change)
    rho = stats.spearmanr(sizes, changes).statistic
    tau = stats.kendalltau(sizes, changes).statistic
    return Ranks(float(rho), float(tau), permutation(changes, sizes, draws, seed).p_slope)


@dataclass(frozen=True)
class EventStudy:
    """Slopes by year.

    ``table``: ``tahun``, ``kemiringan``, ``galat_baku``, ``batas_bawah``, ``batas_atas`` (95 %, t with units - 1);
    the reference year, where the slope is zero by construction, is not in it. ``covariance`` (years x years) is
    that of the slopes; ``reference`` the year they are held against.
    """

    table: pd.DataFrame
    covariance: Floats
    reference: object


def event_study(units: Units) -> EventStudy:
    r"""Unit and year effects, size x year, errors clustered on units.

    Equals, year by year, the slope of :math:`Y_{it} - Y_{i,ref}` on :math:`z_i`. Errors are CR1 with every
    parameter counted: :math:`G/(G-1) \cdot (NT-1)/(NT-K)`, K = units + 2 (years - 1).

    References
    ----------
    Freyaldenhoven, Hansen & Shapiro (2019), doi:10.1257/aer.20180609, on such profiles.
    """
    reference = units.before.columns[-1]
    others = units.values.columns.drop(reference)
    changes = np.column_stack([difference(units.values[year], units.values[reference]) for year in others])
    sizes = np.asarray(units.dose - units.dose.mean(), dtype="float64")
    norm = sizes @ sizes
    slopes = sizes @ changes / norm
    scores = sizes[:, None] * (changes - changes.mean(axis=0) - sizes[:, None] * slopes)
    count, years = units.values.shape
    factor = count / (count - 1) * (count * years - 1) / (count * years - count - 2 * (years - 1))
    covariance = factor * scores.T @ scores / norm**2
    se = np.sqrt(np.diag(covariance))
    half = stats.t.ppf(0.975, count - 1) * se
    table = {"tahun": others, "kemiringan": slopes, "galat_baku": se, "batas_bawah": slopes - half}
    return EventStudy(pd.DataFrame(table | {"batas_atas": slopes + half}), covariance, reference)


def within_kinds(units: Units) -> Slope | None:
    r"""Long difference within like kinds of unit; kinds with one unit say nothing and are left out.

    Equals the regression with a dummy per kind, without the matrix of dummies: change and size less their
    means of the kind, leverage :math:`1/n_k + \tilde z_i^2 / \sum \tilde z^2`. None where it cannot be fitted.
    """
    if units.kinds is None:
        return None
    own = units.but(units.kinds.groupby(units.kinds).transform("size").gt(1))
    assert own.kinds is not None
    kinds, change = own.kinds.groupby(own.kinds), pd.Series(own.change, own.dose.index).groupby(own.kinds)
    sizes = (own.dose - own.dose.groupby(own.kinds).transform("mean")).to_numpy("float64")
    norm, df = float(sizes @ sizes), len(sizes) - kinds.ngroups - 1
    if df < 1 or norm <= 1e-20 * float((own.dose.to_numpy("float64") ** 2).sum()):
        return None
    hat = 1 / kinds.transform("size").to_numpy("float64") + sizes**2 / norm
    if hat.max() >= 1 - 1e-9:
        return None
    values = own.change - change.transform("mean").to_numpy("float64")
    beta = float(sizes @ values) / norm
    rest = values - beta * sizes
    weights = {"HC0": 1.0, "HC1": len(sizes) / df, "HC2": 1 / (1 - hat), "HC3": 1 / (1 - hat) ** 2}
    errors = {name: float(np.sqrt((sizes**2 * rest**2 * weight).sum())) / norm for name, weight in weights.items()}
    classic = {"klasik": float(np.sqrt(rest @ rest / df / norm))}
    return Slope(beta, classic | errors, df, len(sizes), hat, beta - sizes * rest / (norm * (1 - hat)))
