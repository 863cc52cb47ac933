"""How the cut that was carried out followed the rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Compliance:
    """How the actual cut followed the rule, over ``n`` OPD whose budget did not grow.

    ``correlation`` of size by rule and actual cut; ``slope`` of the actual cut on the size by rule (1 = to
    the letter). Both are missing below three OPD or where one of the sizes is constant.
    """

    correlation: float
    slope: float
    n: int


def compliance(sizes: pd.DataFrame) -> Compliance:
    """Correlation of the size by rule with the actual cut; OPD with gains are left out.

    Parameters
    ----------
    sizes : DataFrame
        Result of :func:`exposure`.

    Examples
    --------
    >>> compliance(pd.DataFrame({"potensi": [0.1, 0.2, 0.3, 0.2], "pengurangan": [0.05, 0.1, 0.15, -0.2]}))
    Compliance(correlation=1.0, slope=0.5, n=3)
    """
    names = ["potensi", "pengurangan"]
    pairs = sizes.loc[sizes["pengurangan"].ge(0), names].dropna().sort_values(names)
    spread = pairs.std()
    if len(pairs) < 3 or not spread.gt(1e-12).all():
        return Compliance(float("nan"), float("nan"), len(pairs))
    together = float(np.corrcoef(pairs.to_numpy().T)[0, 1])
    slope = together * float(spread["pengurangan"] / spread["potensi"])
    return Compliance(round(together, 12), round(slope, 12), len(pairs))
