"""Fixed effects with each unit left out: what a few large units carry."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pkanalysis.analysis.effect.panels import fixed_effects


def without_each(
    panel: pd.DataFrame, outcome: str, regressors: Sequence[str], unit: str, time: str | None = None
) -> pd.DataFrame:
    """Coefficients of :func:`fixed_effects` when each unit is left out (units x regressors)."""
    names = sorted(panel[unit].unique())
    fits = [fixed_effects(panel[panel[unit].ne(name)], outcome, regressors, unit, time) for name in names]
    return pd.DataFrame([fit.coefficients for fit in fits], index=pd.Index(names, name=unit))


def jackknife(
    panel: pd.DataFrame, outcome: str, regressors: Sequence[str], unit: str, time: str | None = None
) -> pd.Series:
    r"""Cluster jackknife errors (CR3): :math:`\sqrt{(G-1)/G \sum_g (b_{-g} - b)^2}`.

    References
    ----------
    MacKinnon, Nielsen & Webb (2023), doi:10.1002/jae.2969.
    """
    whole = fixed_effects(panel, outcome, regressors, unit, time).coefficients
    others = without_each(panel, outcome, regressors, unit, time)
    return pd.Series(np.sqrt((len(others) - 1) / len(others) * ((others - whole) ** 2).sum()))
