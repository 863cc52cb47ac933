"""How far the trend may bend before zero is no longer excluded (smoothness bounds).

Needs the optional package ``diff_diff``; without it nothing is computed, and what depends on it counts as not met.
Its ``relative_magnitude`` bounds are not used: they reject too often.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from pkanalysis.analysis.effect.events import EventStudy

STEPS = 10


def largest_bend(events: EventStudy, post: Any) -> float:
    r"""Largest :math:`|\delta_{t+1} - 2\delta_t + \delta_{t-1}|` of the slopes before ``post``; 0 with fewer than 3."""
    table = events.table
    before = [*table.loc[table["tahun"] < post, "kemiringan"], 0.0]
    return float(np.abs(np.diff(before, 2)).max()) if len(before) > 2 else 0.0


def breakdown(events: EventStudy, post: Any) -> float | None:
    """Largest bend (second difference) of the trend under which the robust interval of the effect excludes zero.

    Infinite where even a bend ten times the largest slope does not bring zero in; None without ``diff_diff``,
    and with fewer than two years before.

    References
    ----------
    Rambachan & Roth (2023), doi:10.1093/restud/rdad018; fixed-length intervals, mean of the years after.
    """
    is_before = np.asarray(events.table["tahun"] < post)
    if find_spec("diff_diff") is None or not is_before.any():
        return None
    low, high = 0.0, 10 * float(events.table["kemiringan"].abs().max())
    results = _results(events, is_before)
    if _covers_zero(results, low) or high == 0:
        return 0.0
    if not _covers_zero(results, high):
        return float("inf")
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if _covers_zero(results, middle) else (middle, high)
    return low


def _covers_zero(results: Any, bend: float) -> bool:
    found = import_module("diff_diff").HonestDiD(method="smoothness", M=bend).fit(results)
    return not (found.ci_lb > 0 or found.ci_ub < 0)


def _results(events: EventStudy, is_before: Any) -> Any:
    kinds = import_module("diff_diff.results")
    nan, none = float("nan"), (float("nan"), float("nan"))
    rows = events.table.itertuples(index=False)
    effects = {row.tahun: kinds.PeriodEffect(row.tahun, row.kemiringan, row.galat_baku, nan, nan, none) for row in rows}
    years = np.array(list(effects), dtype=object)
    return kinds.MultiPeriodDiDResults(
        effects, nan, nan, nan, nan, none, 0, 0, 0, list(years[is_before]), list(years[~is_before]),
        vcov=events.covariance, reference_period=events.reference,
        interaction_indices={year: place for place, year in enumerate(years)},
    )  # fmt: skip
