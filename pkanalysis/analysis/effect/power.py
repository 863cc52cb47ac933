"""What such data could have shown: smallest visible effect, and equivalence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats


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
    seen = f"efek terkecil yang bisa dideteksi ~{_number(smallest_visible(se, df))} {unit}"
    if 2 * stats.t.sf(abs(estimate) / se, df) < 0.05:
        return f"berbeda dari nol; {seen}"
    if margin is not None and equivalence(estimate, se, df, margin).is_shown:
        return f"efek lebih dari {_number(margin)} {unit} dapat dikesampingkan; {seen}"
    return f"belum dapat dibedakan dari nol; {seen}"


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
