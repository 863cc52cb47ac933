"""Order of units only where their intervals separate them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from pkanalysis.analysis.achievement.formulas import as_input
from pkanalysis.analysis.claims import Refusal, refusal


@dataclass(frozen=True)
class Ranking:
    """``table`` by value, largest first: ``unit``, ``nilai``, ``se``, ``bawah``, ``atas``, ``urutan_terbaik``,
    ``urutan_terburuk`` (the places that a unit may have). ``pairs`` are the neighbours in that order: ``selisih``,
    ``se_selisih``, ``is_terpisah``. ``is_allowed``: all neighbours are apart.
    """  # noqa: D205

    table: pd.DataFrame
    pairs: pd.DataFrame
    is_allowed: bool
    refusals: tuple[Refusal, ...]


def ranking(units: Any, estimates: Any, ses: Any, confidence: float = 0.95) -> Ranking:
    """Places of units, refused as a ranking where intervals of neighbours overlap.

    Two units are apart when ``estimate +- z se`` of one lies wholly above that of the other;
    ``se_selisih = sqrt(se_1^2 + se_2^2)``.

    Parameters
    ----------
    units, estimates, ses : sequences of the same length
        Comparable units only (the same kind of office); a unit without estimate or se is left out.
    confidence : float

    References
    ----------
    Goldstein & Spiegelhalter (1996), doi:10.2307/2983325.

    Examples
    --------
    >>> result = ranking(["A", "B"], [98.2, 97.9], [1.5, 1.4])
    >>> result.is_allowed, result.pairs["se_selisih"].round(3).tolist(), result.refusals[0].code
    (False, [2.052], 'PERINGKAT_TUMPANG_TINDIH')
    >>> result.table[["unit", "urutan_terbaik", "urutan_terburuk"]].to_numpy().tolist()
    [['A', 1, 2], ['B', 1, 2]]
    """
    frame = pd.DataFrame({"unit": list(units), "nilai": as_input(estimates)[0], "se": as_input(ses)[0]}).dropna()
    frame = frame.sort_values(["nilai", "unit"], ascending=[False, True], ignore_index=True)
    reach = norm.ppf((1 + confidence) / 2) * frame["se"]
    table = frame.assign(bawah=frame["nilai"] - reach, atas=frame["nilai"] + reach)
    low, high = table["bawah"].to_numpy(), table["atas"].to_numpy()
    is_above = low[:, None] > high[None, :]
    table["urutan_terbaik"] = 1 + is_above.sum(axis=0)
    table["urutan_terburuk"] = len(table) - is_above.sum(axis=1)
    pairs = _neighbours(table)
    is_allowed = bool(pairs["is_terpisah"].all())
    return Ranking(table, pairs, is_allowed, () if is_allowed else (refusal("PERINGKAT_TUMPANG_TINDIH"),))


def _neighbours(table: pd.DataFrame) -> pd.DataFrame:
    upper, lower = table.iloc[:-1].reset_index(drop=True), table.iloc[1:].reset_index(drop=True)
    return pd.DataFrame({
        "unit_atas": upper["unit"],
        "unit_bawah": lower["unit"],
        "selisih": upper["nilai"] - lower["nilai"],
        "se_selisih": np.hypot(upper["se"], lower["se"]),
        "is_terpisah": upper["bawah"] > lower["atas"],
    })  # fmt: skip
