"""Will the target be reached: forecasts, required pace against historical pace, and a label."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import as_input, require_polarity
from pkanalysis.analysis.achievement.numerals import band
from pkanalysis.analysis.claims import Level, Refusal
from pkanalysis.analysis.trend import outlook
from pkanalysis.analysis.trend.reach import POINTS_FROM, Bounds, bounds, gate, required_pace, table
from pkanalysis.analysis.trend.sen import sloped
from pkanalysis.analysis.trend.sentences import joined
from pkanalysis.analysis.trend.series import Points, comparable

NOT_JUDGED = "tidak dinilai"


@dataclass(frozen=True)
class Projection:
    """Whether a target is within reach.

    ``methods``: rows ``naif``, ``rw_drift``, ``ols``, ``theil_sen``; columns ``titik``, ``se`` (units), ``df``,
    ``pi80_bawah``, ``pi80_atas`` (80 % interval), ``p_capai`` (0-1), missing where refused. ``required_pace``
    and ``historical_pace`` (Sen slope) in units per year. ``sentence`` is for the annex, ``plain`` for OPD pages.
    """

    methods: pd.DataFrame
    required_pace: float
    historical_pace: float
    label: str
    chance_band: str
    claim: Level
    refusals: tuple[Refusal, ...]
    sentence: str
    plain: str
    n: int


def project(
    years: Any,
    values: Any,
    target_year: int,
    target: float,
    polarity: str,
    upper: float | None = None,
    breaks: Collection[float] = (),
) -> Projection:
    """Forecasts of ``target_year`` with 80 % intervals, and the chance of reaching ``target``.

    Intervals and chances use t quantiles. No chance below five points, no forecast further than two
    years ahead or below four points, no chance where a method finds no spread at all.

    Parameters
    ----------
    years, values : sequence of float, same length
        Any order; missing values are left out.
    target_year : int
        After the last measured year.
    target : float
        Lower bound if a range.
    polarity : {"naik_baik", "turun_baik", "rentang"}
    upper : float, optional
        Upper bound of a range target.
    breaks : collection of int
        Years from which another definition holds; the series restarts.

    Raises
    ------
    ValueError
        ``target_year`` not after the last measured year, unknown polarity, two values for one year.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., sec. 5.5.

    Examples
    --------
    >>> result = project(range(2019, 2026), [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3], 2026, 79.0, "naik_baik")
    >>> result.label, result.methods["p_capai"].round(3).tolist()
    ('sulit', [0.201, 0.366, 0.171, nan])
    >>> result.plain
    'Untuk mencapai 79 pada 2026 perlu naik 1,7 per tahun; selama ini naik 0,975 per tahun.'
    """
    require_polarity(polarity)
    points = comparable(years, values, breaks)
    if points.n and target_year <= (last := points.years[-1]):
        raise ValueError(f"tahun target {target_year} harus sesudah tahun terakhir yang terukur, {last:.0f}")
    low, high = (float(as_input(limit)[0]) for limit in (target, upper))
    aim = bounds(low, high, polarity)
    methods = table(points, target_year, aim)
    refused = gate(points, target_year, aim, methods)
    methods["p_capai"] = np.nan if refused else methods["p_capai"]
    return _told(points, target_year, aim, methods, points.refusals + refused)


def _told(points: Points, year: int, aim: Bounds, methods: pd.DataFrame, refusals: tuple[Refusal, ...]) -> Projection:
    found = methods["p_capai"].dropna().to_numpy("float64")
    required = required_pace(points, year, aim)
    historical = sloped(points).slope if points.n >= POINTS_FROM else float("nan")
    plain = outlook.plain(points, year, aim, required, historical)
    notes = [item.sentence for item in refusals]
    return Projection(
        methods=methods,
        required_pace=required,
        historical_pace=historical,
        label=label(found),
        chance_band=band(float(np.median(found))) if found.size else "–",
        claim="L0" if methods["titik"].isna().all() else "L1",
        refusals=refusals,
        sentence=joined(plain, outlook.interval(methods), outlook.chances(found), *notes),
        plain=plain,
        n=points.n,
    )


def label(chances: Sequence[float] | Any) -> str:
    """Word for the chances of several methods.

    ``tidak pasti`` when they differ by more than 30 points; otherwise by their median: ``kemungkinan besar`` from
    80 %, ``mungkin`` from 40 %, else ``sulit``. ``tidak dinilai`` without chances.

    Examples
    --------
    >>> label([0.20, 0.37, 0.17]), label([0.5, 0.8, 0.6]), label([0.5, 0.81, 0.6]), label([])
    ('sulit', 'mungkin', 'tidak pasti', 'tidak dinilai')
    """
    given = np.round(np.asarray(chances, dtype="float64"), 12)
    if given.size == 0 or np.isnan(given).any():
        return NOT_JUDGED
    if round(float(np.ptp(given)), 12) > 0.30:
        return "tidak pasti"
    middle = float(np.median(given))
    return "kemungkinan besar" if middle >= 0.80 else "mungkin" if middle >= 0.40 else "sulit"
