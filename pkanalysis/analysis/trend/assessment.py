"""What one short yearly series says of a trend, and what it does not: gated by the number of comparable points."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from pkanalysis import vocabulary
from pkanalysis.analysis.achievement.formulas import chance, figure, pace
from pkanalysis.analysis.claims import Level, Refusal, refused, worded
from pkanalysis.analysis.trend.kendall import mann_kendall, sen_slope
from pkanalysis.analysis.trend.lines import Line, leave_one_out, ols, under_autocorrelation, without_years
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
    vocabulary.known("polaritas", polarity)
    points = comparable(years, values, breaks)
    changes = np.diff(points.values)
    rules = {
        "N_KURANG_DARI_4": points.n < SLOPE_FROM,
        "N4_TIDAK_MUNGKIN_SIGNIFIKAN_DUA_ARAH": SLOPE_FROM <= points.n < TREND_FROM,
    }
    found = Assessment(
        claim="L0" if points.n < SLOPE_FROM else "L1",
        refusals=points.refusals + refused(rules),
        sentence="",
        plain="",
        n=points.n,
        years=tuple(int(year) for year in points.years),
        rises=int((changes > 0).sum()),
        falls=int((changes < 0).sum()),
    )
    if points.n >= SLOPE_FROM:
        test, sen = mann_kendall(points.values), sen_slope(points.years, points.values, confidence)
        found = replace(found, s=test.s, tau=test.tau, p=test.p, method=test.method)
        found = replace(found, **{name: getattr(sen, name) for name in ("slope", "low", "high", "achieved_confidence")})
    if points.n >= TREND_FROM:
        found = _judged(found, points, polarity, alpha, confidence)
    return replace(found, plain=_plain(points, found), sentence=_sentence(points, found, alpha))


def _judged(found: Assessment, points: Points, polarity: str, alpha: float, confidence: float) -> Assessment:
    """The verdict on a trend, and how far it stands."""
    direction: Direction = ""
    movement: Movement = ""
    if is_trend := found.p <= alpha:
        direction = "naik" if (found.s or 0) > 0 else "turun"
        if vocabulary.POLARITIES[polarity].sign:
            movement = "membaik" if (direction == "naik") == (vocabulary.POLARITIES[polarity].sign > 0) else "memburuk"
    years, values = points.years, points.values
    return replace(
        found,
        claim="L2" if is_trend else "L1",
        is_trend=is_trend,
        direction=direction,
        movement=movement,
        ols=ols(years, values, confidence),
        leave_one_out=leave_one_out(years, values),
        without_pandemic=without_years(years, values),
        under_autocorrelation=under_autocorrelation(years, values),
    )


def _plain(points: Points, found: Assessment) -> str:
    """For OPD pages: counts and pace, no statistics."""
    if points.n < SLOPE_FROM:
        return _few(points)
    span = {"n": points.n, "rentang": points.span}
    if found.rises == found.falls == 0:
        return worded("TREN_TETAP", **span, nilai=figure(points.values[-1]))
    change = (points.values[-1] - points.values[0]) / (points.years[-1] - points.years[0])
    counts = worded("TREN_HITUNGAN", **span, naik=found.rises, turun=found.falls, laju=per_year(change))
    if found.direction:
        return joined(counts, worded("TREN_CENDERUNG", arah=found.direction))
    return joined(counts, worded("TREN_BELUM_PASTI" if points.n < TREND_FROM else "TREN_BELUM_BEDA"))


def _few(points: Points) -> str:
    """Fewer than four points: what was measured and when, and the difference of first and last."""
    if points.n == 0:
        return worded("TREN_KOSONG")
    pairs = zip(points.years, points.values, strict=True)
    seen = ", ".join(worded("TREN_NILAI_TAHUN", nilai=figure(value), tahun=f"{year:.0f}") for year, value in pairs)
    if points.n == 1:
        return worded("TREN_SINGKAT", n=1, nilai=seen)
    change = moved(points.values[-1] - points.values[0])
    return worded("TREN_SINGKAT_SELISIH", n=points.n, nilai=seen, selisih=change)


def _sentence(points: Points, found: Assessment, alpha: float) -> str:
    """For the annex: pairs of years, slope or probability, verdict, and how far it stands."""
    restarted = [item.sentence for item in points.refusals]
    if points.n < SLOPE_FROM:
        return joined(*restarted, _few(points))
    signs = np.triu(np.sign(points.values[None, :] - points.values[:, None]))
    up, down = int((signs > 0).sum()), int((signs < 0).sum())
    pairs = worded("TREN_PASANGAN", n=points.n, rentang=points.span, naik=up, turun=down)
    if points.n < TREND_FROM:
        own = worded("TREN_EMPAT_TITIK", pasangan=pairs, laju=pace(found.slope))
        return joined(*restarted, own, found.refusals[-1].sentence)
    interval = worded(
        "TREN_KEMIRINGAN", laju=pace(found.slope), bawah=pace(found.low), atas=pace(found.high),
        keyakinan=figure(100 * found.achieved_confidence, 1),
    )  # fmt: skip
    if found.is_trend:
        verdict = worded("TREN_PELUANG", pasangan=pairs, peluang=chance(found.p), arah=found.direction)
        low, high = found.slope_range
        fragile = worded("TREN_RAPUH") if low <= 0 <= high else ""
        return joined(*restarted, verdict, interval, _dependent(found.under_autocorrelation, alpha), fragile)
    verdict = worded("TREN_PELUANG_BELUM_BEDA", pasangan=pairs, peluang=chance(found.p))
    unseen = ""
    if found.ols is not None and found.ols.detectable > 0:  # nothing where the line leaves no residue
        unseen = worded("TREN_TAK_TERLIHAT", n=points.n, laju=pace(found.ols.detectable))
    return joined(*restarted, verdict, interval, unseen)


def _dependent(chances: Mapping[float, float], alpha: float) -> str:
    """What remains of a trend when neighbouring years depend on each other."""
    weak = [
        worded("TREN_PELUANG_KORELASI", peluang=chance(p), korelasi=figure(rho))
        for rho, p in chances.items()
        if p > alpha
    ]
    return worded("TREN_TERKAIT", peluang=" dan ".join(weak)) if weak else ""


def joined(*parts: str) -> str:
    """The parts that are not empty, one after the other."""
    return " ".join(part for part in parts if part)


def moved(change: float) -> str:
    """A change in words, ``naik 0,8``."""
    if change == 0:
        return worded("GERAK_TETAP")
    return worded("GERAK_NAIK" if change > 0 else "GERAK_TURUN", besar=pace(abs(change)))


def per_year(change: float) -> str:
    """A change per year in words, ``naik 0,8 per tahun``."""
    return moved(change) if change == 0 else worded("GERAK_PER_TAHUN", gerak=moved(change))
