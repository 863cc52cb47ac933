"""Quality flags on targets and values: something to ask about, never a verdict (``pk.quality``)."""

import pandas as pd

from pkanalysis.analysis.quality.copied import (
    always_on_target,
    equals_target,
    listed_twice,
    repeats_another,
    repeats_last_year,
)
from pkanalysis.analysis.quality.doubtful import far_above, leaps, target_below_last_year, wrong_direction
from pkanalysis.analysis.quality.flagged import COLUMNS

__all__ = [
    "always_on_target",
    "equals_target",
    "far_above",
    "flags",
    "leaps",
    "listed_twice",
    "repeats_another",
    "repeats_last_year",
    "target_below_last_year",
    "wrong_direction",
]


def flags(cards: pd.DataFrame, history: pd.DataFrame, year: int, period: str = "tahunan") -> pd.DataFrame:
    """All quality flags of a year, with the default threshold of each rule.

    Parameters
    ----------
    cards : DataFrame
        Scorecard of ``year`` and ``period`` (:func:`pkanalysis.achievement.scorecard`).
    history : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``, ``target`` up to ``year``
        (:func:`pkanalysis.achievement.history`).
    year : int
    period : str
        Within the year, sums and cumulative indicators are not held against the whole of last year.

    Returns
    -------
    DataFrame
        ``bendera``, ``kode_opd``, ``kode_indikator``, ``nama_indikator``, ``nilai``, ``pembanding`` (what it was held
        against), ``ambang`` (threshold of the rule), ``keterangan`` (Indonesian sentence); by OPD, indicator, flag.

    Examples
    --------
    >>> from pkanalysis.tables import empty
    >>> from pkanalysis.analysis.achievement.scorecard import scorecard
    >>> names = ("indikator", "target", "realisasi", "perjanjian")
    >>> cards = scorecard({name: empty(name) for name in names}, 2025, "TW4")
    >>> len(flags(cards, pd.DataFrame(columns=["kode_indikator", "tahun", "realisasi", "target"]), 2025))
    0
    """
    is_growing = cards["agregasi"].isin(("jumlah", "kumulatif"))
    yearly = cards if period in ("TW4", "tahunan") else cards[~is_growing]
    found = [
        equals_target(cards),
        always_on_target(cards, history),
        repeats_last_year(yearly, history, year),
        repeats_another(cards),
        listed_twice(cards),
        target_below_last_year(yearly, history, year),
        far_above(cards, history, year),
        leaps(cards, history, year),
        wrong_direction(cards, history),
    ]
    together = pd.concat(found, ignore_index=True)[COLUMNS]
    return together.sort_values(["kode_opd", "kode_indikator", "bendera"], ignore_index=True)
