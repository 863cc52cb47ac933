"""Sentences on whether a target will be reached, by rule."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.analysis.achievement.formulas import Floats
from pkanalysis.analysis.achievement.numerals import band, figure, pace
from pkanalysis.analysis.trend.reach import Bounds
from pkanalysis.analysis.trend.sentences import paced
from pkanalysis.analysis.trend.series import Points


def plain(points: Points, year: int, aim: Bounds, required: float, historical: float) -> str:
    """For OPD pages: required pace against historical pace, no chance. Empty without value or target.

    Examples
    --------
    >>> points = Points(np.array([2025.0]), np.array([77.3]))
    >>> plain(points, 2026, (79.0, np.inf), 1.7, 0.975)
    'Untuk mencapai 79 pada 2026 perlu naik 1,7 per tahun; selama ini naik 0,975 per tahun.'
    >>> plain(points, 2026, (-np.inf, 80.0), 2.7, float("nan"))
    'Nilai terakhir (77,3) sudah memenuhi target 80 untuk 2026; laju selama ini belum dapat dihitung.'
    """
    if points.n == 0 or np.isnan(required):
        return ""
    low, high = aim
    goal = "–".join(figure(bound) for bound in dict.fromkeys(aim) if np.isfinite(bound))
    past = paced(historical) if np.isfinite(historical) else "belum dapat dihitung"
    so_far = f"selama ini {past}" if np.isfinite(historical) else f"laju selama ini {past}"
    if low <= points.values[-1] <= high:
        return f"Nilai terakhir ({figure(points.values[-1])}) sudah memenuhi target {goal} untuk {year}; {so_far}."
    return f"Untuk mencapai {goal} pada {year} perlu {paced(required)}; {so_far}."


def interval(methods: pd.DataFrame) -> str:
    """The 80 % interval of the random walk with drift; empty where refused."""
    low, high = (float(methods[side]["rw_drift"]) for side in ("pi80_bawah", "pi80_atas"))
    return f"Rentang wajar (80%): {pace(low)} sampai {pace(high)}." if np.isfinite(low) else ""


def chances(found: Floats) -> str:
    """The chance as a band, and how far the methods are apart; empty where refused.

    Examples
    --------
    >>> chances(np.array([0.2014, 0.3658, 0.1711]))
    'Peluang tercapai sekitar 20–30%, bergantung pada metode (10–20% sampai 30–40%).'
    """
    if not found.size:
        return ""
    low, high = band(float(found.min())), band(float(found.max()))
    spread = f", bergantung pada metode ({low} sampai {high})" if low != high else ""
    return f"Peluang tercapai sekitar {band(float(np.median(found)))}{spread}."
