"""Places of offices among their own kind, only as far as their intervals tell them apart."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.trend.ranks import ranking

COLUMNS = [
    "kode_opd",
    "jenis",
    "n_rata",
    "nilai",
    "bawah",
    "atas",
    "urutan_terbaik",
    "urutan_terburuk",
    "n_jenis",
    "is_terpisah",
]


def places(groups: pd.DataFrame, kinds: pd.Series) -> pd.DataFrame:
    """Mean achievement of each OPD with its interval and the places that it may have among OPD of its kind.

    Parameters
    ----------
    groups : DataFrame
        Arithmetic means per OPD (:func:`pkanalysis.analysis.achievement.averages.grouped`); those without
        ``se``, or alone of their kind, are left out.
    kinds : Series
        ``jenis`` by ``kode_opd``.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``jenis``, ``n_rata``, ``nilai`` with ``bawah`` and ``atas`` (95 %, t), ``urutan_terbaik`` and
        ``urutan_terburuk`` among ``n_jenis``, and ``is_terpisah``: whether all neighbours of that kind are apart.
        By kind; within it by value where they are apart, by code where not.

    Examples
    --------
    >>> groups = pd.DataFrame({"kode_opd": ["A", "B", "C"], "rata_rata": [99.0, 98.5, 70.0], "se": [1.0, 1.0, 2.0],
    ...                        "n_rata": [4, 4, 4]})
    >>> found = places(groups, pd.Series("dinas", index=["A", "B", "C"]))
    >>> found[["urutan_terbaik", "urutan_terburuk"]].to_numpy().tolist()
    [[1, 2], [1, 2], [3, 3]]
    """
    rows = groups.assign(jenis=groups["kode_opd"].map(kinds)).dropna(subset=["se", "rata_rata"])
    parts = [_kind(str(kind), own) for kind, own in rows.groupby("jenis", sort=True) if len(own) > 1]
    return pd.concat(parts, ignore_index=True)[COLUMNS] if parts else pd.DataFrame(columns=COLUMNS)


def _kind(kind: str, own: pd.DataFrame) -> pd.DataFrame:
    found = ranking(own["kode_opd"], own["rata_rata"], own["se"])
    table = found.table.rename(columns={"unit": "kode_opd"}).merge(own[["kode_opd", "n_rata"]], on="kode_opd")
    table = table.assign(jenis=kind, n_jenis=len(own), is_terpisah=found.is_allowed)
    return table if found.is_allowed else table.sort_values("kode_opd", kind="stable")
