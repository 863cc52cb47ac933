"""The verdict on one series, gated by the number of comparable points.

Sentences on trends, by rule: number, direction, uncertainty, and what may not be concluded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import chance, figure, pace, require_polarity
from pkanalysis.analysis.claims import Level, Refusal, refusal
from pkanalysis.analysis.trend.kendall import sloped, tested
from pkanalysis.analysis.trend.lines import Line, fitted, leave_one_out, under_autocorrelation, without_years
from pkanalysis.analysis.trend.series import Points, comparable


def joined(*parts: str) -> str:
    """The parts that are not empty, one after the other."""
    return " ".join(part for part in parts if part)


def sentences_plain(points: Points, rises: int, falls: int, direction: str) -> str:
    """For OPD pages: counts and pace, no statistics.

    Examples
    --------
    >>> plain(Points(np.array([2024.0, 2025.0]), np.array([70.0, 72.0])), 1, 0, "")
    'Baru 2 tahun yang dapat dibandingkan: 70 pada 2024, 72 pada 2025 (naik 2).'
    """
    if points.n < 4:
        return short(points)
    if rises == falls == 0:
        return f"Selama {points.n} tahun ({points.span}) nilainya tetap {figure(points.values[-1])}."
    change = (points.values[-1] - points.values[0]) / (points.years[-1] - points.years[0])
    counts = f"Dari {points.n} tahun ({points.span}), {rises} kali naik dan {falls} kali turun"
    doubt = "Belum dapat dibedakan dari naik-turun biasa" if points.n > 4 else "Belum dapat dipastikan sebagai tren"
    verdict = f"Cenderung {direction}" if direction else doubt
    return f"{counts}; rata-rata {paced(change)}. {verdict}."


def short(points: Points) -> str:
    """Fewer than four points: what was measured and when, and the difference of first and last."""
    if points.n == 0:
        return "Belum ada nilai yang dapat dibandingkan."
    seen = ", ".join(f"{figure(v)} pada {y:.0f}" for y, v in zip(points.years, points.values, strict=True))
    change = f" ({moved(points.values[-1] - points.values[0])})" if points.n > 1 else ""
    return f"Baru {points.n} tahun yang dapat dibandingkan: {seen}{change}."


def four(points: Points, slope: float) -> str:
    """Four points: description and slope."""
    return f"{counted(points)}; kemiringan {pace(slope)} per tahun."


def sentences_verdict(points: Points, p: float, direction: str) -> str:
    """Five points and more: pairs of years, probability, verdict.

    Examples
    --------
    >>> points = Points(np.arange(2021.0, 2026.0), np.array([90.0, 90, 95, 100, 100]))
    >>> verdict(points, 0.0667, "").split(". ")[1]
    'Peluang pola sekuat ini muncul kebetulan 0,067: belum dapat dibedakan dari fluktuasi biasa.'
    """
    words = f"cenderung {direction}" if direction else "belum dapat dibedakan dari fluktuasi biasa"
    return f"{counted(points)}. Peluang pola sekuat ini muncul kebetulan {chance(p)}: {words}."


def sloping(slope: float, low: float, high: float, confidence: float) -> str:
    """Slope with the level that its interval really has.

    Examples
    --------
    >>> sloping(0.975, 0.4, 1.6, 0.9698)
    'Kemiringan 0,975 per tahun, rentang 0,4 sampai 1,6 (tingkat keyakinan 97%).'
    """
    return (
        f"Kemiringan {pace(slope)} per tahun, rentang {pace(low)} sampai {pace(high)} (tingkat keyakinan "
        f"{figure(100 * confidence, 1)}%)."
    )


def unseen(n: int, line: Line | None) -> str:
    """How small a slope these points could not show; nothing where the line leaves no residue."""
    if line is None or not line.detectable > 0:
        return ""
    return f"Dengan {n} titik, perubahan di bawah {pace(line.detectable)} per tahun memang tidak akan terlihat."


def sentences_dependent(chances: Mapping[float, float], alpha: float) -> str:
    """What remains of a trend when neighbouring years depend on each other."""
    weak = {rho: p for rho, p in chances.items() if p > alpha}
    if not weak:
        return ""
    listed = " dan ".join(f"{chance(p)} (korelasi {figure(rho)})" for rho, p in weak.items())
    return f"Bila nilai tahun berdekatan saling terkait, peluang itu menjadi {listed}; bacalah dengan hati-hati."


def fragile(slopes: tuple[float, float]) -> str:
    """That one year carries the direction."""
    low, high = slopes
    return "Arahnya tidak bertahan bila satu tahun dikeluarkan." if low <= 0 <= high else ""


def counted(points: Points) -> str:
    """Pairs of years that rise, and that fall."""
    signs = np.triu(np.sign(points.values[None, :] - points.values[:, None]))
    up, down = int((signs > 0).sum()), int((signs < 0).sum())
    return f"Dari {points.n} tahun ({points.span}), {up} pasangan tahun naik dan {down} turun"


def paced(change: float) -> str:
    """A change per year in words, ``naik 0,8 per tahun``."""
    return moved(change) if change == 0 else f"{moved(change)} per tahun"


def moved(change: float) -> str:
    """A change in words, ``naik 0,8``."""
    return "tidak berubah" if change == 0 else f"{'naik' if change > 0 else 'turun'} {pace(abs(change))}"


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
    plain = sentences_plain(points, found.rises, found.falls, found.direction)
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
        return joined(restarted, short(points))
    if found.n < TREND_FROM:
        return joined(restarted, four(points, found.slope), found.refusals[-1].sentence)
    interval = sloping(found.slope, found.low, found.high, found.achieved_confidence)
    verdict = joined(restarted, sentences_verdict(points, found.p, found.direction), interval)
    if not found.is_trend:
        return joined(verdict, unseen(found.n, found.ols))
    dependent = sentences_dependent(found.under_autocorrelation, alpha)
    return joined(verdict, dependent, fragile(found.slope_range))
