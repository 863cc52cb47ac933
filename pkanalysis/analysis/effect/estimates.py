"""The estimates of the relation: long difference (D1), ANCOVA (D2), placebos (D3), like kinds and ranks (D5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from scipy import stats

from pkanalysis.analysis.effect.shuffle import permutation
from pkanalysis.analysis.effect.slopes import Slope, fittable, slope
from pkanalysis.analysis.effect.units import Units, difference
from pkanalysis.analysis.effect.wild import DRAWS, SEED

LEVEL = 0.05
T_OF_PLACEBO = 2.0
SHARE_OF_PLACEBO = 0.5


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

    Parameters
    ----------
    units : Units
    main : Slope
        The long difference that the placebos are held against.
    others : mapping of str to Units
        Outcomes that were measured before the cut, by name.

    Returns
    -------
    DataFrame
        ``uji``, ``kemiringan``, ``galat_baku`` (HC3), ``t``, ``n``, ``lolos``: false where \|t\| > 2, or where
        the slope (of the same outcome) is at least half of an estimate that differs from zero at 5 %; of one
        that does not, there is nothing to explain away.
    """
    years = units.before
    between = {
        f"{later} dibanding {earlier}": slope(difference(years[later], years[earlier]), units.dose)
        for earlier, later in pairwise(years.columns)
    }
    fits = {name: slope(other.change, other.dose) for name, other in others.items() if fittable(other.dose)}
    most = SHARE_OF_PLACEBO * abs(main.beta) if main.p < LEVEL else float("inf")
    rows = [_placebo(name, fit, most) for name, fit in reversed(between.items())]
    rows += [_placebo(name, fit, float("inf")) for name, fit in fits.items()]
    return pd.DataFrame(rows, columns=["uji", "kemiringan", "galat_baku", "t", "n", "lolos"])


def _placebo(name: str, fit: Slope, most: float) -> list[object]:
    return [name, fit.beta, fit.se, fit.t, fit.n, abs(fit.t) <= T_OF_PLACEBO and abs(fit.beta) < most]


def within_kinds(units: Units) -> Slope | None:
    """D5: the long difference within like kinds of unit; kinds with one unit say nothing and are left out."""
    if units.kinds is None:
        return None
    is_shared = units.kinds.groupby(units.kinds).transform("size").gt(1)
    own = units.but(is_shared)
    kinds = pd.get_dummies(units.kinds[is_shared], drop_first=True, dtype=float)
    return slope(own.change, own.dose, kinds) if len(own.dose) and fittable(own.dose, kinds) else None


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
