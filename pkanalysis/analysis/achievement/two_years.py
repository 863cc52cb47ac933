"""Achievement of two years side by side: over all indicators of each, and over those that both have."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.averages import Method, mean_of


def compared(before: pd.DataFrame, card: pd.DataFrame, method: Method = "aritmetik") -> pd.DataFrame:
    """Means of two years over all indicators of each, and over those that both years have.

    Parameters
    ----------
    before, card : DataFrame
        Scorecards of the earlier and the later year, same period.

    Returns
    -------
    DataFrame
        ``himpunan`` (``semua``, ``sama``) x ``saat`` (``lalu``, ``kini``): ``rata_rata``, ``n``, ``n_tanpa_data``,
        ``n_di_atas_100``.

    Examples
    --------
    >>> old = pd.DataFrame({"kode_indikator": ["a", "b"], "capaian_berlaku": [90.0, 120.0]})
    >>> new = pd.DataFrame({"kode_indikator": ["a", "c"], "capaian_berlaku": [95.0, 80.0]})
    >>> compared(old, new)["rata_rata"].tolist()
    [105.0, 87.5, 90.0, 95.0]
    """
    cards = {"lalu": before, "kini": card}
    achieved = {name: rows.set_index("kode_indikator")["capaian_berlaku"] for name, rows in cards.items()}
    both = achieved["lalu"].dropna().index.intersection(achieved["kini"].dropna().index)
    sets = {"semua": achieved, "sama": {name: values.loc[both] for name, values in achieved.items()}}
    rows = [
        (name, when, mean_of(values, method), values.count(), values.isna().sum(), values.gt(100).sum())
        for name, of in sets.items()
        for when, values in of.items()
    ]
    return pd.DataFrame(rows, columns=["himpunan", "saat", "rata_rata", "n", "n_tanpa_data", "n_di_atas_100"])


def movers(before: pd.DataFrame, card: pd.DataFrame) -> pd.DataFrame:
    """Mean achievement of each OPD in two years over the indicators that both years have.

    Examples
    --------
    >>> old = pd.DataFrame({"kode_indikator": ["a", "b"], "kode_opd": "X", "capaian_berlaku": [90.0, 120.0]})
    >>> new = pd.DataFrame({"kode_indikator": ["a", "c"], "kode_opd": "X", "capaian_berlaku": [95.0, 80.0]})
    >>> movers(old, new).to_numpy().tolist()
    [['X', 90.0, 95.0, 1]]
    """
    earlier = before[["kode_indikator", "capaian_berlaku"]].rename(columns={"capaian_berlaku": "lalu"})
    both = card[["kode_indikator", "kode_opd", "capaian_berlaku"]].merge(earlier, on="kode_indikator").dropna()
    both = both.rename(columns={"capaian_berlaku": "kini"})
    groups = both.groupby("kode_opd", sort=True)
    return groups[["lalu", "kini"]].mean().assign(n=groups.size()).reset_index()
