"""D5: the long difference within like kinds of unit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.analysis.effect.slopes import Slope
from pkanalysis.analysis.effect.units import Units


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
