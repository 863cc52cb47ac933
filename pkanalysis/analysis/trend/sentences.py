"""Sentences on trends, by rule: number, direction, uncertainty, and what may not be concluded."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pkanalysis.analysis.achievement.numerals import chance, figure, pace
from pkanalysis.analysis.trend.linear import Line
from pkanalysis.analysis.trend.series import Points


def joined(*parts: str) -> str:
    """The parts that are not empty, one after the other."""
    return " ".join(part for part in parts if part)


def plain(points: Points, rises: int, falls: int, direction: str) -> str:
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


def verdict(points: Points, p: float, direction: str) -> str:
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


def dependent(chances: Mapping[float, float], alpha: float) -> str:
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
