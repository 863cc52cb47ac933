"""Whether a cut was spread flat over the OPD, which point 5 of the Inpres asks not to do."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pkanalysis.analysis.budget.changes import total
from pkanalysis.analysis.claims import Refusal, refusal

ENOUGH = 8


@dataclass(frozen=True)
class Dispersion:
    """Spread of the change in per cent over ``n`` OPD with a base.

    ``mean_pct`` is the simple mean over OPD, ``overall_pct`` that of the sum, ``cv`` standard deviation
    (population) over |mean|, ``in_band_pct`` the share of OPD within ``band_points`` of the median.
    ``is_flat`` is missing where ``refusals`` say why. ``rows``: ``kode_opd``, amounts and ``persen``.
    """

    n: int
    mean_pct: float
    overall_pct: float
    cv: float
    in_band_pct: float
    is_flat: bool | None
    refusals: tuple[Refusal, ...]
    rows: pd.DataFrame


def dispersion(changes: pd.DataFrame, band_points: float = 2.0, flat_share: float = 80.0) -> Dispersion:
    """How much the cut in per cent differs between OPD.

    Parameters
    ----------
    changes : DataFrame
        Changes with ``kode_opd``, of the lines that count (all, or the targets).
    band_points : float
        Half width of the band around the median, in percentage points.
    flat_share : float
        From this share of OPD in the band on, in per cent, the cut is called flat [judgement].

    References
    ----------
    Inpres 1/2025 diktum KEEMPAT angka 5: not by equal shares ("tidak berdasarkan pemerataan").

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": list("ABCDEFGH"), "pagu_sebelum_rp": 100, "pagu_sesudah_rp": 90,
    ...                      "selisih_rp": -10, "pengurangan_rp": 10, "penambahan_rp": 0})
    >>> dispersion(rows).is_flat, dispersion(rows).cv
    (True, 0.0)
    >>> [item.code for item in dispersion(rows[:3]).refusals]
    ['UNIT_KURANG_DARI_8']
    """
    rows = total(changes, ["kode_opd"])
    shares = rows["persen"].dropna().astype("float64")
    n, mean = len(shares), float(shares.mean())
    in_band = 100 * float((shares - shares.median()).abs().le(band_points).mean())
    base = float(rows["pagu_sebelum_rp"].sum()) or float("nan")
    refusals = (refusal("UNIT_KURANG_DARI_8"),) if n < ENOUGH else ()
    return Dispersion(
        n=n,
        mean_pct=mean,
        overall_pct=100 * float(rows["selisih_rp"].sum()) / base,
        cv=float(shares.std(ddof=0)) / abs(mean) if mean else float("nan"),
        in_band_pct=in_band,
        is_flat=None if refusals else in_band >= flat_share and mean < 0,
        refusals=refusals,
        rows=rows,
    )
