"""Averages of achievement over groups of indicators, each with what it is an average of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from pkanalysis.analysis.achievement.scorecard import summarise

Method = Literal["aritmetik", "geometrik"]
METHODS = ("aritmetik", "geometrik")
RANKED_FROM = 3
"""Indicators that an office needs before its mean has an interval."""


def mean_of(values: pd.Series, method: Method = "aritmetik") -> float:
    """Mean of the values that are there; missing without any, and for ``geometrik`` when one is not above zero.

    References
    ----------
    PMK 22/2021, annex (geometric mean of achievements).

    Examples
    --------
    >>> round(mean_of(pd.Series([94.87, 76.31]), "geometrik"), 2), mean_of(pd.Series([100.0, None, 90.0]))
    (85.09, 95.0)
    """
    given = values.dropna().astype("float64")
    if method == "aritmetik" or given.empty:
        return float(given.mean())
    return float(np.exp(np.log(given).mean())) if given.gt(0).all() else float("nan")


def grouped(card: pd.DataFrame, by: Sequence[str], method: Method = "aritmetik") -> pd.DataFrame:
    """Counts and means of a scorecard per group; nothing missing counts as zero.

    Parameters
    ----------
    card : DataFrame
        A scorecard (:func:`pkanalysis.analysis.achievement.scorecard.scorecard`).
    by : sequence of str
        Columns of ``card``; their values in order.
    method : {"aritmetik", "geometrik"}

    Returns
    -------
    DataFrame
        ``by``, the counts of :class:`~pkanalysis.analysis.achievement.scorecard.Summary`, ``rata_rata``
        (against the PK in force) over ``n_rata``, ``rata_rata_murni`` over ``n_murni`` (per cent, uncapped),
        ``n_tanpa_data``, ``n_di_atas_100`` and ``se`` (of the arithmetic mean in points, widened for t;
        missing below three indicators or where all are equal).

    Examples
    --------
    >>> card = pd.DataFrame({"kode_opd": "X", "status": "final", "realisasi_huruf": None,
    ...     "is_tercapai": pd.array([True, False, None], "boolean"), "realisasi": [52.0, 9.0, None],
    ...     "capaian_berlaku": [104.0, 90.0, None], "capaian_murni": [102.0, 90.0, None]})
    >>> grouped(card, ["kode_opd"])[["rata_rata", "n_rata", "n_tanpa_data", "n_di_atas_100"]].to_numpy().tolist()
    [[97.0, 2.0, 1.0, 1.0]]
    """
    keys = list(by)
    rows = [dict(zip(keys, key, strict=True)) | _of(part, method) for key, part in card.groupby(keys, sort=True)]
    return pd.DataFrame(rows, columns=[*keys, *_COLUMNS])


_COLUMNS = [
    "n", "n_measured", "n_reached", "n_waiting", "n_unmeasurable", "n_missing", "n_unjudged", "rata_rata", "n_rata",
    "rata_rata_murni", "n_murni", "n_tanpa_data", "n_di_atas_100", "se",
]  # fmt: skip


def _of(card: pd.DataFrame, method: Method) -> dict[str, Any]:
    current, original = card["capaian_berlaku"], card["capaian_murni"]
    return asdict(summarise(card)) | {
        "rata_rata": mean_of(current, method),
        "n_rata": int(current.count()),
        "rata_rata_murni": mean_of(original, method),
        "n_murni": int(original.count()),
        "n_tanpa_data": int(current.isna().sum()),
        "n_di_atas_100": int(current.gt(100).sum()),
        "se": _error(current.dropna()),
    }


def outlier(card: pd.DataFrame, least: float = 5.0) -> tuple[pd.Series, float] | None:
    """The one indicator that decides a mean: its row, and the mean without it.

    ``None`` where leaving out the achievement farthest from the median moves the arithmetic mean by less than
    ``least`` points, or below three indicators.

    Examples
    --------
    >>> card = pd.DataFrame({"nama_indikator": list("abcd"), "capaian_berlaku": [99.0, 100.0, 101.0, 900.0]})
    >>> row, rest = outlier(card)
    >>> row["nama_indikator"], rest
    ('d', 100.0)
    >>> outlier(card.head(3)) is None
    True
    """
    known = card[card["capaian_berlaku"].notna()]
    values = known["capaian_berlaku"].astype("float64")
    if len(values) < RANKED_FROM:
        return None
    farthest = int(np.argmax((values - values.median()).abs().to_numpy()))
    rest = float(np.delete(values.to_numpy(), farthest).mean())
    return (known.iloc[farthest], rest) if abs(values.mean() - rest) >= least else None


def _error(values: pd.Series) -> float:
    """Standard error of the mean, widened so that a normal interval of it is that of t; missing without spread."""
    if len(values) < RANKED_FROM or values.max() == values.min():
        return float("nan")
    widening = stats.t.ppf(0.975, len(values) - 1) / stats.norm.ppf(0.975)
    return float(values.std() / len(values) ** 0.5 * widening)
