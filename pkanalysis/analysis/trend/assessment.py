"""The verdict on one series, gated by the number of comparable points."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import require_polarity
from pkanalysis.analysis.claims import Level, Refusal, refusal
from pkanalysis.analysis.trend import sentences
from pkanalysis.analysis.trend.kendall import tested
from pkanalysis.analysis.trend.linear import Line, fitted
from pkanalysis.analysis.trend.robustness import leave_one_out, under_autocorrelation, without_years
from pkanalysis.analysis.trend.sen import sloped
from pkanalysis.analysis.trend.series import Points, comparable

SLOPE_FROM, TREND_FROM = 4, 5
"""Points needed for a slope, and for a verdict on a trend."""
NAN = float("nan")
Direction = Literal["naik", "turun", ""]
Movement = Literal["membaik", "memburuk", ""]


@dataclass(frozen=True)
class Assessment:
    """What may be said of one series; statistics are missing where the gate forbids them.

    ``is_trend``: p of Mann-Kendall at most alpha and no refusal in the way. ``direction`` of the values and
    ``movement`` by polarity are filled only for a trend. ``rises`` and ``falls`` count changes from one point to
    the next. ``sentence`` is for the annex and city notebooks, ``plain`` (no statistics) for OPD pages.
    ``s`` to ``method`` as in :class:`MannKendall`, ``slope`` to ``achieved_confidence`` as in :class:`SenSlope`.
    ``leave_one_out``, ``without_pandemic`` and ``under_autocorrelation`` show how far the verdict stands.
    """

    claim: Level
    refusals: tuple[Refusal, ...]
    sentence: str
    plain: str
    n: int
    years: tuple[int, ...]
    rises: int
    falls: int
    is_trend: bool = False
    direction: Direction = ""
    movement: Movement = ""
    s: int | None = None
    tau: float = NAN
    p: float = NAN
    method: str = ""
    slope: float = NAN
    low: float = NAN
    high: float = NAN
    achieved_confidence: float = NAN
    ols: Line | None = None
    leave_one_out: pd.DataFrame | None = None
    without_pandemic: pd.DataFrame | None = None
    under_autocorrelation: dict[float, float] = field(default_factory=dict)

    @property
    def slope_range(self) -> tuple[float, float]:
        """Smallest and largest Sen slope when one year is left out; missing where not computed."""
        if self.leave_one_out is None:
            return NAN, NAN
        return float(self.leave_one_out["kemiringan"].min()), float(self.leave_one_out["kemiringan"].max())


def assess(
    years: Any,
    values: Any,
    polarity: str,
    breaks: Collection[float] = (),
    alpha: float = 0.05,
    confidence: float = 0.95,
) -> Assessment:
    """What a short yearly series says of a trend, and what it does not.

    Fewer than 4 comparable points: first-last difference only (``N_KURANG_DARI_4``); 4: slope and
    description (``N4_TIDAK_MUNGKIN_SIGNIFIKAN_DUA_ARAH``); from 5: Mann-Kendall (exact below 10), Sen slope,
    least squares as cross-check, robustness.

    Parameters
    ----------
    years, values : sequence of float, same length
        Any order; missing values are left out.
    polarity : {"naik_baik", "turun_baik", "rentang"}
    breaks : collection of int
        Years from which another definition or unit holds (:func:`breaks_of`); the series restarts.
    alpha, confidence : float

    Returns
    -------
    Assessment
        ``claim`` is L0 below four points, L2 for a trend, otherwise L1.

    Raises
    ------
    ValueError
        Unknown polarity, unequal lengths, or two values for one year.

    References
    ----------
    Mann (1945), doi:10.2307/1907187; Sen (1968), doi:10.1080/01621459.1968.10480934.

    Examples
    --------
    >>> result = assess(range(2019, 2026), [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3], "naik_baik")
    >>> result.claim, result.direction, result.movement
    ('L2', 'naik', 'membaik')
    >>> result.plain
    'Dari 7 tahun (2019–2025), 4 kali naik dan 2 kali turun; rata-rata naik 1,02 per tahun. Cenderung naik.'
    >>> assess([2022, 2023, 2024, 2025], [1, 2, 3, 4], "naik_baik").refusals[0].code
    'N4_TIDAK_MUNGKIN_SIGNIFIKAN_DUA_ARAH'
    """
    require_polarity(polarity)
    points = comparable(years, values, breaks)
    changes = np.diff(points.values)
    bare = Assessment(
        claim="L0",
        refusals=points.refusals + _gate(points.n),
        sentence="",
        plain="",
        n=points.n,
        years=tuple(int(year) for year in points.years),
        rises=int((changes > 0).sum()),
        falls=int((changes < 0).sum()),
    )
    found = bare if points.n < SLOPE_FROM else _sloped(bare, points, confidence)
    found = found if points.n < TREND_FROM else _judged(found, points, polarity, alpha, confidence)
    plain = sentences.plain(points, found.rises, found.falls, found.direction)
    return replace(found, plain=plain, sentence=_sentence(points, found, alpha))


def _gate(n: int) -> tuple[Refusal, ...]:
    if n < SLOPE_FROM:
        return (refusal("N_KURANG_DARI_4"),)
    return (refusal("N4_TIDAK_MUNGKIN_SIGNIFIKAN_DUA_ARAH"),) if n < TREND_FROM else ()


def _sloped(bare: Assessment, points: Points, confidence: float) -> Assessment:
    test, sen = tested(points.values), sloped(points, confidence)
    statistics = {name: getattr(test, name) for name in ("s", "tau", "p", "method")}
    interval = {name: getattr(sen, name) for name in ("slope", "low", "high", "achieved_confidence")}
    return replace(bare, claim="L1", **statistics, **interval)


def _judged(found: Assessment, points: Points, polarity: str, alpha: float, confidence: float) -> Assessment:
    years, values, is_trend = points.years, points.values, found.p <= alpha
    direction: Direction = ("naik" if (found.s or 0) > 0 else "turun") if is_trend else ""
    return replace(
        found,
        claim="L2" if is_trend else "L1",
        is_trend=is_trend,
        direction=direction,
        movement=_movement(direction, polarity),
        ols=fitted(points, confidence),
        leave_one_out=leave_one_out(years, values),
        without_pandemic=without_years(years, values),
        under_autocorrelation=under_autocorrelation(years, values),
    )


def _movement(direction: Direction, polarity: str) -> Movement:
    if not direction or polarity == "rentang":
        return ""
    return "membaik" if (direction == "naik") == (polarity == "naik_baik") else "memburuk"


def _sentence(points: Points, found: Assessment, alpha: float) -> str:
    restarted = " ".join(item.sentence for item in points.refusals)
    if found.n < SLOPE_FROM:
        return sentences.joined(restarted, sentences.short(points))
    if found.n < TREND_FROM:
        return sentences.joined(restarted, sentences.four(points, found.slope), found.refusals[-1].sentence)
    interval = sentences.sloping(found.slope, found.low, found.high, found.achieved_confidence)
    verdict = sentences.joined(restarted, sentences.verdict(points, found.p, found.direction), interval)
    if not found.is_trend:
        return sentences.joined(verdict, sentences.unseen(found.n, found.ols))
    dependent = sentences.dependent(found.under_autocorrelation, alpha)
    return sentences.joined(verdict, dependent, sentences.fragile(found.slope_range))
