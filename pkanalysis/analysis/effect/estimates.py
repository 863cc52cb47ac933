"""The estimates of the relation: long difference (D1), ANCOVA (D2), placebos (D3), ranks (D5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import stats

from pkanalysis.analysis.effect.design import Floats, fittable
from pkanalysis.analysis.effect.gate import FEWEST
from pkanalysis.analysis.effect.shuffle import permutation
from pkanalysis.analysis.effect.slopes import Slope, slope
from pkanalysis.analysis.effect.units import Units, difference
from pkanalysis.analysis.effect.wild import DRAWS, SEED

LEVEL = 0.05
T_OF_PLACEBO = 2.0
SHARE_OF_PLACEBO = 0.5
BEFORE = "rata-rata sebelum pengurangan"
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
    rows = [_placebo(name, slope(values, units.dose), most) for name, values in _before(units.before).items()]
    level = slope(units.before.mean(axis=1), units.dose)
    rows.append([BEFORE, level.beta, level.se, level.t, level.n, level.beta * main.beta >= 0 or abs(level.beta) < most])
    for name, other in others.items():
        if len(other.dose) >= FEWEST and other.before.size and fittable(other.dose):
            share = float(np.std(other.change) / np.std(units.change))
            rows.append(_placebo(name, slope(other.change, other.dose), most * share if share else most))
    return pd.DataFrame(rows, columns=["uji", "kemiringan", "galat_baku", "t", "n", "lolos"])


def _before(years: pd.DataFrame) -> dict[str, Floats]:
    """Changes between neighbouring years, latest first."""
    changes = {
        f"{later} dibanding {earlier}": difference(years[later], years[earlier])
        for earlier, later in pairwise(years.columns)
    }
    return dict(reversed(changes.items()))


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
