"""Control limits of single values (XmR)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import as_input
from pkanalysis.analysis.claims import Refusal, refusal

POINTS_FROM, RUN, D2 = 8, 8, 1.128
"""Points needed; length of a run on one side; mean range of two normal values in sd."""
NAN = float("nan")


@dataclass(frozen=True)
class Xmr:
    """Limits in the unit of the values (missing where refused).

    ``signals``: one row per value, ``nilai``, ``is_di_luar`` (outside the limits), ``is_beruntun`` (eighth or later
    in a run on one side of the mean).
    """

    mean: float
    moving_range: float
    lower: float
    upper: float
    n: int
    signals: pd.DataFrame
    refusals: tuple[Refusal, ...]


def xmr(values: Any, season: int = 0) -> Xmr:
    """Mean and limits ``mean +- 3 * MR / 1.128``, MR the mean absolute change from value to value.

    Parameters
    ----------
    values : sequence of float, shape (n,)
        In order of time; missing values are left out. Preferably 12 points, at least 8.
    season : int
        4 for quarters with a season: the changes against the same quarter of last year are charted
        instead of the values.

    References
    ----------
    NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, doi:10.18434/M32189.

    Examples
    --------
    >>> chart = xmr([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    >>> round(chart.mean, 2), round(chart.lower, 3), round(chart.upper, 3)
    (50.81, 45.816, 55.804)
    >>> xmr([1, 2, 3]).refusals[0].code
    'XMR_N_KURANG_8'
    """
    given = as_input(values)[0]
    charted = given[season:] - given[:-season] if season else given
    y = charted[np.isfinite(charted)]
    if len(y) < POINTS_FROM:
        signals = pd.DataFrame({"nilai": y, "is_di_luar": False, "is_beruntun": False})
        return Xmr(NAN, NAN, NAN, NAN, len(y), signals, (refusal("XMR_N_KURANG_8"),))
    mean, moving = float(y.mean()), float(np.abs(np.diff(y)).mean())
    reach = 3 * moving / D2
    signals = pd.DataFrame({"nilai": y, "is_di_luar": np.abs(y - mean) > reach, "is_beruntun": _runs(y - mean)})
    return Xmr(mean, moving, mean - reach, mean + reach, len(y), signals, ())


def _runs(distance: Any) -> Any:
    sides = pd.Series(np.sign(distance))
    length = sides.groupby(sides.ne(sides.shift()).cumsum()).cumcount() + 1
    return (length.ge(RUN) & sides.ne(0)).to_numpy()
