"""Outcomes: what a reported change is made of, and values in their own spread before the cut."""

from __future__ import annotations

from typing import Any

import pandas as pd


def decompose(
    panel: pd.DataFrame, original: str, valid: str, reported: str, unit: str, time: str, post: Any
) -> pd.DataFrame:
    r"""Change of the reported achievement per unit: fixed target + change of target + cap.

    :math:`\Delta C^{rep} = \Delta C^{orig} + \Delta(C^{valid} - C^{orig}) + \Delta(C^{rep} - C^{valid})`, each
    the value after minus the mean of the years before. The second part, regressed on the size of the cut, is a
    finding of its own: lowering targets is a way in which a cut works, never a control.

    Parameters
    ----------
    panel : DataFrame
        Rows of unit x time, or finer (averaged), with achievement in per cent against the original target,
        against the valid one, and as reported. Rows where one of the three is missing are left out.
    original, valid, reported, unit, time : str
    post
        First year after the cut.

    Returns
    -------
    DataFrame
        Per unit: ``perubahan_dilaporkan``, ``target_tetap``, ``perubahan_target``, ``batas_atas`` (points); the
        last three add up to the first.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": "A", "tahun": [2024, 2025], "murni": [95.0, 80.0], "perubahan": [95.0, 110.0]})
    >>> rows["dibatasi"] = rows["perubahan"].clip(upper=100)
    >>> decompose(rows, "murni", "perubahan", "dibatasi", "opd", "tahun", 2025).iloc[0, 1:].tolist()
    [5.0, -15.0, 30.0, -10.0]
    """
    names = [unit, time, original, valid, reported]
    rows = panel[names].dropna().sort_values(names, kind="stable", ignore_index=True)
    yearly = rows.groupby([unit, time])[[original, valid, reported]].mean()
    is_after = yearly.index.get_level_values(time) >= post
    after, before = (part.groupby(level=unit).mean() for part in (yearly[is_after], yearly[~is_after]))
    change = (after - before).dropna()
    parts = {
        "perubahan_dilaporkan": change[reported],
        "target_tetap": change[original],
        "perubahan_target": change[valid] - change[original],
        "batas_atas": change[reported] - change[valid],
    }
    return pd.DataFrame(parts).reset_index()


def standardised(
    panel: pd.DataFrame, value: str, item: str, time: str, post: Any, polarity: str | None = None
) -> pd.Series:
    """Values of each item in its own mean and standard deviation of the years before ``post``, better = higher.

    Parameters
    ----------
    panel : DataFrame
    value, item, time : str
        Columns of the realisation, the indicator and the year.
    post
    polarity : str, optional
        Column ``naik_baik`` / ``turun_baik``; ``turun_baik`` is turned round, ``rentang`` is missing.

    Returns
    -------
    Series
        Index of ``panel``; missing where fewer than two values before, or no spread among them.

    Examples
    --------
    >>> rows = pd.DataFrame({"iku": "a", "tahun": [2022, 2023, 2024, 2025], "y": [1.0, 2.0, 3.0, 5.0]})
    >>> standardised(rows, "y", "iku", "tahun", 2025).tolist()
    [-1.0, 0.0, 1.0, 3.0]
    """
    before = panel[value].where(panel[time] < post).groupby(panel[item])
    mean, spread = before.transform("mean"), before.transform("std")
    kinds = pd.Series("naik_baik", panel.index) if polarity is None else panel[polarity]
    sign = kinds.map({"naik_baik": 1.0, "turun_baik": -1.0}).astype("float64")
    return sign * (panel[value] - mean) / spread.where(spread > 1e-12 * mean.abs().clip(lower=1e-300))
