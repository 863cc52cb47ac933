"""Why lines changed, as the OPD said it (``sebab``); what nobody explained stays unexplained."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget.changes import AMOUNTS

KEY = ["tahap_sebelum", "tahap_sesudah", "kode_opd", "kode_sub_kegiatan", "kode_rekening"]


def by_cause(steps: pd.DataFrame, causes: pd.DataFrame) -> pd.DataFrame:
    """Line changes of every step summed by stated cause.

    Parameters
    ----------
    steps : DataFrame
        Result of :func:`pkanalysis.analysis.budget.changes.steps`.
    causes : DataFrame
        Rows of ``perubahan_anggaran`` of the same year.

    Returns
    -------
    DataFrame
        ``tahap_sebelum``, ``tahap_sesudah``, ``sebab`` ("" = not given), and the five amounts of the
        lines that changed, gross at line level; stages in order, the largest decrease first.

    Examples
    --------
    >>> line = {"tahap_sebelum": "a", "tahap_sesudah": "b", "kode_opd": "X", "kode_sub_kegiatan": "1"}
    >>> amounts = {name: 5 for name in AMOUNTS}
    >>> steps = pd.DataFrame([line | {"kode_rekening": code} | amounts for code in ("p", "q")])
    >>> stated = pd.DataFrame([line | {"kode_rekening": "p", "sebab": "tkd"}])
    >>> by_cause(steps, stated)[["sebab", "pengurangan_rp"]].values.tolist()
    [['tkd', 5], ['', 5]]
    """
    changed = steps[steps["pengurangan_rp"].gt(0) | steps["penambahan_rp"].gt(0)]
    stated = changed.merge(causes[[*KEY, "sebab"]], "left", KEY, validate="many_to_one")
    sums = stated.fillna({"sebab": ""}).groupby([*KEY[:2], "sebab"], sort=False)[AMOUNTS].sum().reset_index()
    order = {stage: place for place, stage in enumerate(steps["tahap_sesudah"].unique())}
    sums = sums.sort_values("pengurangan_rp", ascending=False, kind="stable")
    return sums.sort_values("tahap_sesudah", key=lambda stages: stages.map(order), kind="stable", ignore_index=True)


def carried_by(steps: pd.DataFrame, is_counted: pd.Series) -> pd.DataFrame:
    """Who carries the gross decrease over the counted lines, the largest first.

    Returns
    -------
    DataFrame
        By ``kode_opd``: ``pengurangan_rp`` (whole rupiah), ``pangsa_pct`` of all, and
        ``kumulatif_pct``, the share of this OPD and those before it.

    Examples
    --------
    >>> steps = pd.DataFrame({"kode_opd": ["A", "B", "B"], "pengurangan_rp": [1, 2, 4]})
    >>> carried_by(steps, pd.Series([True, True, False])).round(1).reset_index().values.tolist()
    [['B', 2, 66.7, 66.7], ['A', 1, 33.3, 100.0]]
    """
    sums = steps[is_counted].groupby("kode_opd")["pengurangan_rp"].sum().sort_values(ascending=False, kind="stable")
    total = float(sums.sum()) or float("nan")
    return pd.DataFrame({
        "pengurangan_rp": sums,
        "pangsa_pct": 100 * sums / total,
        "kumulatif_pct": 100 * sums.cumsum() / total,
    })  # fmt: skip
