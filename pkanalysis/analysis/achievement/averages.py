"""Averages of achievement, all of them by one mean: of an OPD, of a group, of two years side by side.

An indicator counts with its ``bobot`` where the table ``indikator`` has that column, else all count alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from pkanalysis import vocabulary

WEIGHT = "bobot"


@dataclass(frozen=True)
class Summary:
    """Counts and means of a scorecard; means are in per cent, uncapped, without missing ones.

    ``n_reached`` counts against the PK that is in force; ``mean_original`` is over the indicators
    that have a PK murni target, ``mean_current`` over those with a target in force. ``n_missing`` were
    due and not delivered; ``n_unjudged`` have a value but no target, or letters on no known scale.
    """

    n: int
    n_measured: int
    n_reached: int
    n_waiting: int
    n_unmeasurable: int
    n_missing: int
    mean_current: float
    n_current: int
    mean_original: float
    n_original: int
    n_unjudged: int


def summarise(card: pd.DataFrame) -> Summary:
    """Counts and means of a scorecard.

    Examples
    --------
    >>> import pandas as pd
    >>> card = pd.DataFrame({"status": ["final", None], "is_tercapai": pd.array([True, None], dtype="boolean"),
    ...                      "realisasi": [52.0, None], "realisasi_huruf": [None, None],
    ...                      "capaian_berlaku": [104.0, None], "capaian_murni": [102.0, None]})
    >>> s = summarise(card)
    >>> s.n_reached, s.n_measured, s.n_missing, s.mean_current
    (1, 1, 1, 104.0)
    """
    is_measured, status = card["is_tercapai"].notna(), card["status"]
    current, original = card["capaian_berlaku"], card["capaian_murni"]
    weights = weights_of(card)
    has_value = card["realisasi"].notna() | card["realisasi_huruf"].notna()
    is_waiting = ~is_measured & status.isin(vocabulary.NOT_YET)
    is_unmeasurable = ~is_measured & status.isin(vocabulary.NOT_MEASURED)
    return Summary(
        n=len(card),
        n_measured=int(is_measured.sum()),
        n_reached=int(card["is_tercapai"].fillna(False).sum()),
        n_waiting=int(is_waiting.sum()),
        n_unmeasurable=int(is_unmeasurable.sum()),
        n_missing=int((~is_measured & ~is_waiting & ~is_unmeasurable & ~has_value).sum()),
        n_unjudged=int((~is_measured & has_value).sum()),
        mean_current=mean_of(current, weights=weights),
        n_current=int(current.count()),
        mean_original=mean_of(original, weights=weights),
        n_original=int(original.count()),
    )


Method = Literal["aritmetik", "geometrik"]
RANKED_FROM = 3
"""Indicators that an office needs before its mean has an interval."""


def weights_of(rows: pd.DataFrame) -> pd.Series | None:
    """Weight of each indicator (``bobot``, 1 where it is empty); ``None`` where all count alike.

    Examples
    --------
    >>> weights_of(pd.DataFrame({"bobot": [2, None]})).tolist(), weights_of(pd.DataFrame({"kode_opd": ["X"]}))
    ([2.0, 1.0], None)
    """
    if WEIGHT not in rows or rows[WEIGHT].isna().all():
        return None
    weights = rows[WEIGHT].astype("float64").fillna(1.0)
    if (is_wrong := ~weights.gt(0) | np.isinf(weights)).any():
        raise ValueError(f"bobot harus lebih dari 0; tertulis {weights[is_wrong].iloc[0]:g}")
    return weights


def mean_of(values: pd.Series, method: Method = "aritmetik", weights: pd.Series | None = None) -> float:
    r"""Mean of the values that are there; missing without any, and for ``geometrik`` when one is not above zero.

    :math:`\sum w_i C_i / \sum w_i`, or :math:`\exp(\sum w_i \ln C_i / \sum w_i)`.

    Parameters
    ----------
    values : Series
        Achievements in per cent.
    method : {"aritmetik", "geometrik"}
    weights : Series, optional
        Of the same index, above 0; all 1 unless given.

    References
    ----------
    PMK 22/2021, annex (geometric mean of achievements).

    Examples
    --------
    >>> round(mean_of(pd.Series([94.87, 76.31]), "geometrik"), 2), mean_of(pd.Series([100.0, None, 90.0]))
    (85.09, 95.0)
    >>> mean_of(pd.Series([100.0, 90.0]), weights=pd.Series([3, 1]))
    97.5
    """
    vocabulary.known("cara merata-ratakan", method)
    given = values.dropna().astype("float64")
    if method == "geometrik" and not given.empty:
        return float(np.exp(mean_of(given.map(math.log), weights=weights))) if given.gt(0).all() else float("nan")
    if weights is None or given.empty:
        return float(given.mean())
    return float(np.average(given, weights=weights[given.index]))


def means(rows: pd.DataFrame, by: Sequence[Any], columns: Sequence[str], sort: bool = True) -> pd.DataFrame:
    """:func:`mean_of` of each column per group, with the weights of the rows.

    Parameters
    ----------
    rows : DataFrame
        One row per indicator (and year), with ``bobot`` where indicators do not count alike.
    by
        Columns of ``rows``, or Series beside them.
    columns : sequence of str
    sort : bool
        Groups in order of their keys; else as they come.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": "X", "capaian_berlaku": [100.0, 90.0], "bobot": [3, 1]})
    >>> means(rows, ["kode_opd"], ["capaian_berlaku"])["capaian_berlaku"].tolist()
    [97.5]
    """
    keys, figures = [rows[key] if isinstance(key, str) else key for key in by], rows[list(columns)]
    if (weights := weights_of(rows)) is None:
        return figures.groupby(keys, sort=sort).mean()
    sums, told = (part.mul(weights, axis=0).groupby(keys, sort=sort).sum() for part in (figures, figures.notna()))
    return sums / told.where(told > 0)


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
        ``by``, the counts of :class:`~pkanalysis.analysis.achievement.averages.Summary`, ``rata_rata``
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
    current, original, weights = card["capaian_berlaku"], card["capaian_murni"], weights_of(card)
    return asdict(summarise(card)) | {
        "rata_rata": mean_of(current, method, weights),
        "n_rata": int(current.count()),
        "rata_rata_murni": mean_of(original, method, weights),
        "n_murni": int(original.count()),
        "n_tanpa_data": int(current.isna().sum()),
        "n_di_atas_100": int(current.gt(100).sum()),
        "se": _error(current.dropna(), weights),
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
    farthest, weights = int(np.argmax((values - values.median()).abs().to_numpy())), weights_of(known)
    rest = mean_of(values[np.arange(len(values)) != farthest], weights=weights)
    return (known.iloc[farthest], rest) if abs(mean_of(values, weights=weights) - rest) >= least else None


def _error(values: pd.Series, weights: pd.Series | None) -> float:
    """Standard error of the mean, widened so that a normal interval of it is that of t; missing without spread."""
    if len(values) < RANKED_FROM or values.max() == values.min():
        return float("nan")
    widening = stdtrit(len(values) - 1, 0.975) / ndtri(0.975)
    if weights is None:
        return float(values.std() / len(values) ** 0.5 * widening)
    own, n = weights[values.index], len(values)
    spread = float(np.sqrt((own**2 * (values - mean_of(values, weights=own)) ** 2).sum() * n / (n - 1)))
    return float(spread / own.sum() * widening)


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
    cards = {"lalu": before.set_index("kode_indikator"), "kini": card.set_index("kode_indikator")}
    first, last = (rows["capaian_berlaku"].dropna().index for rows in cards.values())
    both = first.intersection(last)
    sets = {"semua": cards, "sama": {when: rows.loc[both] for when, rows in cards.items()}}
    rows = []
    for name, of in sets.items():
        for when, own in of.items():
            values = own["capaian_berlaku"]
            mean = mean_of(values, method, weights_of(own))
            rows.append((name, when, mean, values.count(), values.isna().sum(), values.gt(100).sum()))
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
    both = card.merge(earlier, on="kode_indikator").rename(columns={"capaian_berlaku": "kini"})
    both = both.dropna(subset=["lalu", "kini", "kode_opd"])
    number = both.groupby("kode_opd", sort=True).size()
    return means(both, ["kode_opd"], ["lalu", "kini"]).assign(n=number).reset_index()
