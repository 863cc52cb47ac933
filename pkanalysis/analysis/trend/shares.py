"""Regression of shares that lie strictly between 0 and 1."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import as_input


def beta_regression(shares: Any, regressors: pd.DataFrame) -> pd.DataFrame:
    """Beta regression with logit link and one precision.

    Parameters
    ----------
    shares : sequence of float, shape (n,)
        Strictly between 0 and 1.
    regressors : DataFrame
        One column per regressor, same order; a constant is added.

    Returns
    -------
    DataFrame
        Rows ``konstanta``, the regressors, ``presisi``; columns ``koefisien``, ``se`` (observed
        information; for ``presisi`` by the delta method).

    Raises
    ------
    ValueError
        A share of 0, 1 or outside, or a missing one; hardly more shares than unknowns.

    References
    ----------
    Ferrari & Cribari-Neto (2004), doi:10.1080/0266476042000214501.

    Examples
    --------
    >>> beta_regression([0.2, 1.0], pd.DataFrame({"x": [1, 2]}))
    Traceback (most recent call last):
    ...
    ValueError: pangsa harus di antara 0 dan 1 dan tidak kosong; baris 2 bernilai 1.0
    """
    y = as_input(shares)[0]
    if (outside := ~((y > 0) & (y < 1))).any():
        row = int(np.flatnonzero(outside)[0])
        raise ValueError(f"pangsa harus di antara 0 dan 1 dan tidak kosong; baris {row + 1} bernilai {y[row]}")
    if len(y) < (needed := regressors.shape[1] + 3):
        raise ValueError(f"pangsa ada {len(y)}, sedangkan {regressors.shape[1]} peubah perlu {needed} atau lebih")
    from statsmodels.othermod.betareg import BetaModel  # heavy, and rarely needed

    design = regressors.reset_index(drop=True).astype("float64")
    design.insert(0, "konstanta", 1.0)
    fit = BetaModel(y, design).fit(disp=0)
    table = pd.DataFrame({"koefisien": np.asarray(fit.params), "se": np.asarray(fit.bse)})
    precision = float(np.exp(table["koefisien"].iloc[-1]))
    table.iloc[-1] = [precision, precision * table["se"].iloc[-1]]
    return table.set_axis([*design.columns, "presisi"], axis=0)
