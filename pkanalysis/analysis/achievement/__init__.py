"""Achievement (capaian): the formula by polarity, caps, predicates, quarters to year.

Figures are kept uncapped; a cap is for display. Missing stays missing and never becomes zero.
The scorecard of many indicators is in :mod:`pkanalysis.analysis.achievement.scorecard`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.achievement.agreements import (
    Cascade,
    cascade,
    completeness,
    eased_targets,
    mean_parts,
    parts_between,
    retargeted,
    target_parts,
    unmatched,
)
from pkanalysis.analysis.achievement.averages import (
    Summary,
    compared,
    grouped,
    mean_of,
    movers,
    outlier,
    summarise,
)
from pkanalysis.analysis.achievement.formulas import (
    app_versions,
    as_input,
    by_formula,
    capped,
    explained_by,
    percent,
    reached,
    reconciled,
)
from pkanalysis.analysis.achievement.measured import achieved_by_year, aggregated, history
from pkanalysis.analysis.achievement.scorecard import of_office, scorecard, unscored
from pkanalysis.vocabulary import known

__all__ = [
    "Cascade", "Summary", "achieved_by_year", "annual", "app_versions", "by_formula", "capped", "cascade",
    "compared", "completeness", "eased_targets", "explained_by", "grouped", "history", "in_gap", "mean_of",
    "mean_parts", "movers", "of_office", "outlier", "parts_between", "percent", "predicate", "reached",
    "reconciled", "retargeted", "scorecard", "summarise", "target_parts", "unmatched", "unscored",
]  # fmt: skip


def predicate(percent: Any, scale: str = "permendagri_86_2017", round_first: bool = False) -> Any:
    """Predicate of an achievement or a SAKIP score.

    Parameters
    ----------
    percent : float or Series
        Per cent (or score) on the 0-100 scale; may exceed 100.
    scale : {"permendagri_86_2017", "akip"}
    round_first : bool
        Round half up to a whole number before comparing; the default compares unrounded with
        the lower limits (90,5 -> Tinggi).

    Returns
    -------
    str or Series of str
        The label; missing where ``percent`` is missing.

    Examples
    --------
    >>> predicate(90.5), predicate(90.5, round_first=True), predicate(72.4, "akip")
    ('Tinggi', 'Sangat Tinggi', 'BB')
    """
    chosen = reference.scale(scale)
    values, wrap = as_input(percent)
    number = np.floor(values + 0.5) if round_first else values
    is_in = [number > limit if chosen.is_open else number >= limit for limit in chosen.limits]
    labels = np.select(is_in, chosen.labels[:-1], default=chosen.labels[-1]).astype(object)
    labels[np.isnan(values)] = None
    return wrap(labels)


def in_gap(percent: Any, scale: str = "permendagri_86_2017") -> Any:
    """Whether a value falls between two classes as the scale is printed (90 < x < 91, ...).

    Examples
    --------
    >>> in_gap(90.5), in_gap(90), in_gap(91)
    (True, False, False)
    """
    values, wrap = as_input(percent)
    gaps = reference.scale(scale).gaps
    return wrap(np.any([(values > low) & (values < high) for low, high in gaps], axis=0) if gaps else values != values)


def annual(quarters: Any, aggregation: Any) -> Any:
    """Value of the year (or to date) from its quarters.

    Parameters
    ----------
    quarters : sequence of float, or DataFrame with one column per quarter
        For ``jumlah`` and ``rata_rata`` the quarter's own value; for ``kumulatif`` and
        ``posisi_akhir`` the value to the end of the quarter.
    aggregation : str or Series of str
        ``jumlah`` (sum), ``rata_rata`` (mean), ``posisi_akhir`` or ``kumulatif`` (last quarter).

    Returns
    -------
    float or Series
        Missing when a quarter that it needs is missing: a sum of three quarters is not a year.

    Raises
    ------
    ValueError
        An aggregation that is not one of the four.

    Examples
    --------
    >>> annual([10, 15, 20, 25], "jumlah"), annual([20, 48, 70, 97], "kumulatif")
    (70.0, 97.0)
    >>> annual([10, 15, None, 25], "jumlah")
    nan
    """
    frame = quarters if isinstance(quarters, pd.DataFrame) else pd.DataFrame([list(quarters)])
    kind = pd.Series(aggregation, index=frame.index)
    known("agregasi", kind.dropna())
    values = np.array([as_input(frame[name])[0] for name in frame]).T.reshape(frame.shape)
    value = np.where(kind.notna(), aggregated(values, np.ones(values.shape, dtype=bool), kind.to_numpy()), np.nan)
    return pd.Series(value, index=frame.index) if isinstance(quarters, pd.DataFrame) else float(value[0])
