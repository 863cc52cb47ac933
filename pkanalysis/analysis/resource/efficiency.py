"""Efficiency E and its value NE as the Ministry of Finance computes them for ministries: a comparison, no rule here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis import given
from pkanalysis.analysis.achievement.formulas import as_input
from pkanalysis.analysis.claims import Level, Refusal, refusal

LIMIT = 20.0
PLAUSIBLE = 10.0
"""An achievement beyond this ratio (1,000 %) was probably given in per cent."""
Amounts = float | Sequence[float] | npt.NDArray[np.float64] | pd.Series


@dataclass(frozen=True)
class Efficiency:
    """``e_raw`` in per cent, NaN where ``refusals`` say why; ``n`` outputs were summed."""

    e_raw: float
    n: int
    refusals: tuple[Refusal, ...] = ()
    claim: Level = "L1"

    @property
    def e(self) -> float:
        """E truncated to [-20, 20] per cent."""
        return float(np.clip(self.e_raw, -LIMIT, LIMIT))

    @property
    def ne(self) -> float:
        """Value of E, 0-100: ``50 + E/20 * 50``."""
        return 50 + self.e / LIMIT * 50


def efficiency(
    ceiling: Amounts, achievement: Amounts, spent: Amounts, original_ceiling: Amounts | None = None
) -> Efficiency:
    r"""Efficiency over outputs: :math:`E = 100 \sum (P_i C_i - R_i) / \sum P_i C_i`.

    A ceiling that was cut in mid-year lowers E by arithmetic alone: use the revised one, give the
    original too, and show E on both. A rise of E after a cut is no better management.

    Parameters
    ----------
    ceiling, achievement, spent : float or array of shape (n,)
        Revised ceiling (Rp), achievement of the output as a ratio (1.22 = 122 %), spending (Rp).
    original_ceiling : float or array of shape (n,), optional
        Only to say ``PAGU_BERUBAH`` where it differs from ``ceiling``.

    Returns
    -------
    Efficiency
        ``.e`` (per cent, truncated), ``.e_raw``, ``.ne`` (0-100), ``.refusals``; NaN where a value is
        missing (``REALISASI_KOSONG``) or the sum of ceiling x achievement is not positive
        (``PAGU_CAPAIAN_NOL``). ``CAPAIAN_BUKAN_RASIO`` where an achievement looks like per cent.

    Raises
    ------
    ValueError
        The arrays differ in length, are no figures, or hold one beyond 1e20.

    References
    ----------
    PMK 214/PMK.02/2017 annex b and c; PMK 22/PMK.02/2021 (for ministries, not binding for regions).

    Examples
    --------
    >>> found = efficiency([4e9, 1e9, 5e9], [1.22, 0.80, 1.42], [3.8e9, 0.975e9, 4.725e9])
    >>> round(found.e_raw, 2), found.e, found.ne
    (25.67, 20.0, 100.0)
    >>> [item.code for item in efficiency(100, 0, 10).refusals]
    ['PAGU_CAPAIAN_NOL']
    """
    parts = {"pagu": ceiling, "capaian": achievement, "realisasi": spent}
    p, c, r = (as_input(given.numbers(values, name))[0] for name, values in parts.items())
    first = p if original_ceiling is None else given.numbers(original_ceiling, "pagu murni")
    if not p.shape == first.shape == c.shape == r.shape:
        raise ValueError(f"banyaknya pagu ({p.size}), capaian ({c.size}) dan realisasi ({r.size}) harus sama")
    if not np.isfinite(p + c + r).all():
        return Efficiency(float("nan"), p.size, (refusal("REALISASI_KOSONG"),))
    expected = float(p @ c)
    if expected <= 0:
        return Efficiency(float("nan"), p.size, (refusal("PAGU_CAPAIAN_NOL"),))
    doubts = {"PAGU_BERUBAH": not np.array_equal(p, first), "CAPAIAN_BUKAN_RASIO": bool((np.abs(c) > PLAUSIBLE).any())}
    found = tuple(refusal(code) for code, is_so in doubts.items() if is_so)
    return Efficiency(100 * (expected - float(r.sum())) / expected, p.size, found)
