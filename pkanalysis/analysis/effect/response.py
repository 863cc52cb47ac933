"""Change in the outcome on the size of the cut: every estimate, and the level of claim that they allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pkanalysis.analysis.effect.gate import refuse
from pkanalysis.analysis.effect.gathering import TARGETS, gather
from pkanalysis.analysis.effect.options import check
from pkanalysis.analysis.effect.result import DoseResponse
from pkanalysis.analysis.effect.weighing import estimated
from pkanalysis.analysis.effect.wild import DRAWS, SEED


def dose_response(
    panel: pd.DataFrame,
    outcome: str,
    dose: str,
    unit: str,
    time: str,
    post: Any,
    *,
    cap: float | None = None,
    limits: tuple[float, float] | None = None,
    targets: str | float | None = TARGETS,
    kind: str | None = None,
    item: str | None = None,
    earlier: str | Sequence[str] = (),
    years: Sequence[Any] | None = None,
    margin: float = 2.0,
    step: float = 0.1,
    draws: int = DRAWS,
    seed: int = SEED,
) -> DoseResponse:
    r"""Relate the change in an outcome to the size of the cut, all units cut at once with unequal size.

    D1, the headline: :math:`\bar Y_{i,post} - \bar Y_{i,pre} = a + \beta z_i + e_i`. What hit all units
    alike is in ``a`` and cannot be seen. The result never says that the cut caused anything.

    Parameters
    ----------
    panel : DataFrame
        Rows of unit x year, or finer (averaged to unit x year). Order does not matter. Units without one of
        the years are left out.
    outcome, dose, unit, time : str
        Columns; ``dose`` is one number per unit (a share 0-1 for the default ``step``).
    post
        First year after the cut; or all years after; or marks on the rows (0/1): a column's name, or a series.
    cap : float, optional
        Upper limit of the outcome; without it a largest value shared by half of the units counts as one.
    limits : (float, float), optional
        Rows are clipped to these before averaging, for example (0, 150).
    targets : str or float, optional
        Column of the original target (missing = unknown) or whether it is known, or the share known (0-1);
        None where the outcome is not held against a target.
    kind : str, optional
        Column of the kind of unit, for the slope within like kinds.
    item : str, optional
        Column of the indicator: only indicators with a value in every year are averaged (the common set).
        Without it every row counts, and a unit's average may move because its indicators changed.
    earlier : str or sequence of str
        Columns of outcomes that were measured before the cut (placebos), with a value in a year of each side.
    years : sequence, optional
        Years to use; without it every year of the panel, which must be evenly spaced (two years: neighbours).
    margin, step : float
        Equivalence margin per ``step`` of size, fixed before the run.
    draws, seed : int

    Returns
    -------
    DoseResponse

    Raises
    ------
    ValueError
        A column that is not there, a unit with more than one size, times that cannot be compared with ``post``, or
        an option beyond its bounds.

    References
    ----------
    Callaway, Goodman-Bacon & Sant'Anna (2024), doi:10.3386/w32117; Cameron, Gelbach & Miller (2008),
    doi:10.1162/rest.90.3.414; Rambachan & Roth (2023), doi:10.1093/restud/rdad018.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": [f"OPD{i}" for i in range(9)] * 2, "tahun": [2024] * 9 + [2025] * 9})
    >>> rows["potensi"] = [i / 50 for i in range(9)] * 2
    >>> rows["capaian"] = [92.0, 94, 91, 95, 92, 96, 91, 95, 92, 93, 96, 90, 94, 89, 92, 86, 90, 85]
    >>> found = dose_response(rows, "capaian", "potensi", "opd", "tahun", 2025)
    >>> round(found.per_step, 2), found.claim, [item.code for item in found.refusals]
    (-5.33, 'L2', ['PRATREN_TIDAK_CUKUP'])
    >>> dose_response(rows[rows["tahun"].eq(2024)], "capaian", "potensi", "opd", "tahun", 2025).claim
    'L0'
    """
    check(limits=limits, targets=targets, margin=margin, step=step, draws=draws)
    units = gather(
        panel, outcome, dose, unit, time, post,
        cap=cap, limits=limits, targets=targets, kind=kind, item=item, years=years,
    )  # fmt: skip
    if stops := refuse(units):
        return DoseResponse("L0", stops, len(units.dose), units.left_out, step)
    shape = (dose, unit, time, units.post)
    controls = {
        name: gather(panel.dropna(subset=name) if name in panel else panel, name, *shape, targets=None, years=years)
        for name in ([earlier] if isinstance(earlier, str) else earlier)
    }
    return estimated(units, controls, margin, step, draws, seed)
