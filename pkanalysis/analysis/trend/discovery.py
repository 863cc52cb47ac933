"""Many tests at once: how many of those that look real may be chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import false_discovery_control

from pkanalysis.analysis.achievement.formulas import Floats, as_input
from pkanalysis.analysis.achievement.numerals import figure
from pkanalysis.analysis.trend.kendall import exact_p


@dataclass(frozen=True)
class FalseDiscovery:
    """Benjamini-Hochberg at level ``q``, in the order of the input.

    ``rejected``: bool of shape (m,), False where p is missing; ``adjusted``: adjusted p, missing where p is.
    ``tested`` counts the p that are there.
    """

    rejected: npt.NDArray[np.bool_]
    adjusted: Floats
    q: float
    tested: int
    sentence: str


def false_discovery(p_values: Any, q: float = 0.10) -> FalseDiscovery:
    """Which of many tests stand when at most the share ``q`` of those named may be wrong.

    ``adjusted_(i) = min over j >= i of p_(j) * m / j``; rejected where adjusted is at most q.

    Parameters
    ----------
    p_values : sequence of float, shape (m,)
        Missing ones (no test) are left out of m.
    q : float

    Raises
    ------
    ValueError
        A p below 0 or above 1.

    References
    ----------
    Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> result = false_discovery([0.001, 0.20, None, 0.03], q=0.10)
    >>> result.rejected.tolist(), result.adjusted.round(3).tolist()
    ([True, False, False, True], [0.003, 0.2, nan, 0.045])
    >>> result.sentence
    '2 dari 3 indikator yang diuji menunjukkan tren; yang keliru diharapkan paling banyak 10%.'
    """
    p = as_input(p_values)[0]
    if len(strange := p[(p < 0) | (p > 1)]):
        raise ValueError(f"nilai p {figure(float(strange[0]))} di luar rentang nol sampai satu; periksa deretnya")
    is_tested = ~np.isnan(p)
    adjusted = np.full(p.shape, np.nan)
    if is_tested.any():
        adjusted[is_tested] = false_discovery_control(p[is_tested])
    rejected = np.round(adjusted, 12) <= q
    found, tested = int(rejected.sum()), int(is_tested.sum())
    return FalseDiscovery(rejected, adjusted, q, tested, counted(found, tested, q))


def counted(found: int, tested: int, q: float) -> str:
    """``k dari m``, with the share of them that may be wrong.

    Examples
    --------
    >>> counted(12, 146, 0.10)
    '12 dari 146 indikator yang diuji menunjukkan tren; yang keliru diharapkan paling banyak 10%.'
    >>> counted(0, 146, 0.10)
    'Dari 146 indikator yang diuji, belum ada yang trennya dapat dibedakan dari kebetulan.'
    """
    if not tested:
        return "Belum ada indikator yang dapat diuji."
    if not found:
        return f"Dari {tested} indikator yang diuji, belum ada yang trennya dapat dibedakan dari kebetulan."
    share = figure(100 * q, 1)
    return (
        f"{found} dari {tested} indikator yang diuji menunjukkan tren; yang keliru diharapkan paling banyak {share}%."
    )


def needed_together(n: int, tested: int, q: float = 0.10) -> int:
    """How many of ``tested`` series of ``n`` points must be perfectly monotone before one of them stands.

    The smallest exact p of n points is 2/n!; k such series stand only when ``2/n! <= q k / tested``.

    Examples
    --------
    >>> needed_together(5, 300), needed_together(7, 300)
    (50, 2)
    """
    smallest = exact_p(n * (n - 1) // 2, (1,) * n)
    return max(1, math.ceil(round(smallest * tested / q, 9)))
