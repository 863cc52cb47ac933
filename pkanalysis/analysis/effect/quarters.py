"""D7: slope by quarter, each quarter against the same quarter of the year before."""

from __future__ import annotations

import pandas as pd
from statsmodels.stats.multitest import multipletests

from pkanalysis.analysis.effect.gate import refuse
from pkanalysis.analysis.effect.gathering import gather
from pkanalysis.analysis.effect.slopes import slope


def quarter_profile(
    panel: pd.DataFrame, outcome: str, dose: str, unit: str, year: str, quarter: str, post: int
) -> pd.DataFrame:
    """Slope on the size of the cut of the change between the same quarters of ``post`` and the year before.

    The first quarter is nearly a placebo: the cut was not yet in force.

    Parameters
    ----------
    panel : DataFrame
        Rows of unit x year x quarter.
    outcome, dose, unit, year, quarter : str
    post : int
        Year of the cut.

    Returns
    -------
    DataFrame
        Per quarter, in order: ``triwulan``, ``kemiringan``, ``galat_baku`` (HC3), ``batas_bawah``, ``batas_atas``
        (95 %), ``p``, ``p_holm`` (simultaneous over the quarters), ``n``, ``kode`` of a refusal or "" (the
        numbers are then missing).

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65-70; statsmodels ``multipletests``.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": list(range(9)) * 2, "tahun": [2024] * 9 + [2025] * 9, "tw": "TW1"})
    >>> rows["z"], rows["y"] = rows["opd"] / 50, [3.0, 4, 2, 5, 1, 4, 3, 2, 5, 3, 5, 1, 7, 0, 6, 1, 5, 6]
    >>> quarter_profile(rows, "y", "z", "opd", "tahun", "tw", 2025)[["triwulan", "n", "kode"]].values.tolist()
    [['TW1', 9, '']]
    """
    both = panel[panel[year].isin([post - 1, post])]
    rows = [
        {"triwulan": name} | _quarter(part, outcome, dose, unit, year, post) for name, part in both.groupby(quarter)
    ]
    names = ["triwulan", "kemiringan", "galat_baku", "batas_bawah", "batas_atas", "p", "n", "kode"]
    table = pd.DataFrame(rows, columns=names)
    known = table["p"].notna()
    holm = multipletests(table.loc[known, "p"], method="holm")[1] if known.any() else []
    table.insert(6, "p_holm", pd.Series(holm, index=table.index[known], dtype="float64"))
    return table


def _quarter(rows: pd.DataFrame, outcome: str, dose: str, unit: str, year: str, post: int) -> dict[str, object]:
    units = gather(rows, outcome, dose, unit, year, post, targets=None)
    if stops := refuse(units):
        return {"n": len(units.dose), "kode": stops[0].code}
    fit = slope(units.change, units.dose)
    low, high = fit.interval
    numbers = {"kemiringan": fit.beta, "galat_baku": fit.se, "batas_bawah": low, "batas_atas": high, "p": fit.p}
    return {**numbers, "n": fit.n, "kode": ""}
