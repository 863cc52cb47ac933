"""D6: programmes within OPD, so that what is common to an OPD drops out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pkanalysis.analysis.claims import Refusal, refusal
from pkanalysis.analysis.effect.absorbing import within
from pkanalysis.analysis.effect.gate import FEWEST
from pkanalysis.analysis.effect.wild import DRAWS, SEED, wild_bootstrap

NAN = float("nan")


@dataclass(frozen=True)
class WithinOpd:
    """Slope of the change of programmes on their cut, with OPD effects; errors CR1 by OPD, wild bootstrap by OPD.

    ``n`` programmes of ``units`` OPD that have at least two; ``interval`` 95 % by test inversion.
    """

    beta: float
    t: float
    p_wild: float
    interval: tuple[float, float]
    n: int
    units: int
    refusals: tuple[Refusal, ...] = ()


def within_opd(
    programmes: pd.DataFrame, change: str, dose: str, unit: str, draws: int = DRAWS, seed: int = SEED
) -> WithinOpd:
    r"""Slope with OPD effects: :math:`\Delta y_{ip} = \alpha_i + \beta d_{ip} + e_{ip}`.

    Parameters
    ----------
    programmes : DataFrame
        One row per programme: ``unit`` (OPD), ``change`` of its indicators (mean), ``dose`` (cut, share 0-1).
        Missing values and OPD with a single programme are left out.
    change, dose, unit : str
    draws, seed : int

    Returns
    -------
    WithinOpd
        Refused below eight OPD, or where the cut is the same for all programmes of each OPD.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": np.repeat(list("abcdefgh"), 2), "d": [0.1, 0.3] * 8})
    >>> rows["y"] = -10 * rows["d"] + np.tile([0.5, -0.5, 0.2, 0.0], 4)
    >>> round(within_opd(rows, "y", "d", "opd").beta, 2)
    -13.0
    """
    names = [unit, dose, change]
    rows = programmes[names].dropna().sort_values(names, kind="stable", ignore_index=True)
    rows = rows[rows.groupby(unit)[dose].transform("size").gt(1)]
    units = rows[unit].nunique()
    if units < FEWEST:
        return WithinOpd(NAN, NAN, NAN, (NAN, NAN), len(rows), units, (refusal("UNIT_KURANG_DARI_8"),))
    values = within(rows[[change, dose]].to_numpy("float64"), [rows[unit]])
    if np.abs(values[:, 1]).max() <= 1e-12 * max(rows[dose].abs().max(), 1e-300):
        return WithinOpd(NAN, NAN, NAN, (NAN, NAN), len(rows), units, (refusal("BESAR_PENGURANGAN_SERAGAM"),))
    found = wild_bootstrap(values[:, 0], values[:, [1]], 0, rows[unit], draws=draws, seed=seed)
    beta = float(values[:, 1] @ values[:, 0] / (values[:, 1] @ values[:, 1]))
    return WithinOpd(beta, found.t, found.p, found.interval, len(rows), units)
