"""The data gate: what stops an analysis before any number is computed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pkanalysis.analysis.claims import Refusal, refusal
from pkanalysis.analysis.effect.design import fittable
from pkanalysis.analysis.effect.units import Units

FEWEST = 8
LEAST_KNOWN = 0.8
MOST_CAPPED = 0.5


def refuse(units: Units) -> tuple[Refusal, ...]:
    """Refusals that stop the analysis of ``units``; none where it may go on.

    References
    ----------
    Rule of the data gate: at least 8 units, original targets known for 80 % of the rows, fewer than half of the
    units at the cap, every year there, sizes and changes that differ.

    Examples
    --------
    >>> from pkanalysis.analysis.effect.gathering import gather
    >>> rows = pd.DataFrame({"opd": list("aabb"), "tahun": [2024, 2025] * 2, "y": [1, 2, 3, 5], "z": 0.1})
    >>> [item.code for item in refuse(gather(rows, "y", "z", "opd", "tahun", 2025))]
    ['UNIT_KURANG_DARI_8', 'BESAR_PENGURANGAN_SERAGAM']
    """
    is_known = units.known is None or units.known >= LEAST_KNOWN
    has_units = len(units.dose) > 0
    is_same = has_units and _is_constant(units.dose)
    found = {
        "REALISASI_KOSONG": not units.has_values,
        "TARGET_AWAL_TIDAK_ADA": not is_known,
        "TAHUN_TIDAK_LENGKAP": units.has_gap or (len(units.dose) < FEWEST and bool(units.left_out)),
        "UNIT_KURANG_DARI_8": len(units.dose) < FEWEST,
        "BESAR_PENGURANGAN_SERAGAM": is_same,
        "MAYORITAS_DI_BATAS_ATAS": units.capped >= MOST_CAPPED,
        "HASIL_SERAGAM": has_units and not units.before.empty and _is_constant(pd.Series(units.change), units.after),
        "PENGUNGKIT_TUNGGAL": len(units.dose) >= FEWEST and not is_same and not fittable(units.dose),
    }
    return tuple(refusal(code) for code, is_found in found.items() if is_found)


def _is_constant(values: pd.Series, scale: pd.Series | None = None) -> bool:
    size = np.abs(np.asarray(values if scale is None else scale)).max()
    return bool(np.ptp(values.to_numpy()) <= 1e-12 * max(float(size), 1e-300))
