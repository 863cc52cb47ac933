"""Data envelopment analysis, for units of one kind only (kecamatan)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog


def dea(inputs: Any, outputs: Any, constant_returns: bool = True, at_least: int = 3) -> pd.Series:
    """Input efficiency (0-1) of each unit against the best combination of the others.

    Minimise theta subject to ``X' lambda <= theta x_0``, ``Y' lambda >= y_0``, lambda >= 0 (CCR), and for variable
    returns also sum(lambda) = 1 (BCC).

    Parameters
    ----------
    inputs, outputs : array of shape (n,) or (n, k)
        Positive. Only homogeneous units.
    constant_returns : bool
    at_least : int
        Units needed per input and output.

    Raises
    ------
    ValueError
        Too few units: nearly all of them would look best.

    References
    ----------
    Charnes, Cooper & Rhodes (1978), doi:10.1016/0377-2217(78)90138-8; Cooper, Seiford & Tone, Data Envelopment
    Analysis, Table 1.1.

    Examples
    --------
    >>> dea([2, 3, 3, 4, 5, 5, 6, 8], [1, 3, 2, 3, 4, 2, 3, 5]).round(4).tolist()
    [0.5, 1.0, 0.6667, 0.75, 0.8, 0.4, 0.5, 0.625]
    """
    x, y = pd.DataFrame(inputs).astype("float64"), pd.DataFrame(outputs).astype("float64")
    if len(x) < (needed := at_least * (x.shape[1] + y.shape[1])):
        raise ValueError(f"unit ada {len(x)}, sedangkan {x.shape[1]} masukan dan {y.shape[1]} keluaran perlu {needed}")
    scores = [_score(x.to_numpy(), y.to_numpy(), unit, constant_returns) for unit in range(len(x))]
    return pd.Series(scores, index=x.index)


def _score(x: Any, y: Any, unit: int, constant_returns: bool) -> float:
    n = len(x)
    limits = np.block([[-x[unit][:, None], x.T], [np.zeros((y.shape[1], 1)), -y.T]])
    bounds = np.concatenate([np.zeros(x.shape[1]), -y[unit]])
    same = {} if constant_returns else {"A_eq": np.r_[0.0, np.ones(n)][None, :], "b_eq": [1.0]}
    solved = linprog(np.r_[1.0, np.zeros(n)], A_ub=limits, b_ub=bounds, **same)
    return float(solved.fun)
