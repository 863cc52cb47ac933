"""Change in the outcome on the size of the cut: every estimate, and the level of claim that they allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from pkanalysis.analysis.effect import estimates
from pkanalysis.analysis.effect.estimates import LEVEL
from pkanalysis.analysis.effect.events import EventStudy, event_study
from pkanalysis.analysis.effect.gate import refuse
from pkanalysis.analysis.effect.gathering import TARGETS, gather
from pkanalysis.analysis.effect.honest import breakdown, largest_bend
from pkanalysis.analysis.effect.power import equivalence, smallest_visible
from pkanalysis.analysis.effect.result import DoseResponse
from pkanalysis.analysis.effect.shuffle import permutation
from pkanalysis.analysis.effect.slopes import Slope, with_constant
from pkanalysis.analysis.effect.units import Units
from pkanalysis.analysis.effect.verdict import Evidence, cautions, conditions, level
from pkanalysis.analysis.effect.wild import DRAWS, SEED, Wild, wild_bootstrap


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
    earlier: Sequence[str] = (),
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
        First year after the cut.
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
    earlier : sequence of str
        Columns of outcomes that were measured before the cut (placebos).
    years : sequence, optional
        Years to use; without it every year of the panel, which must be evenly spaced.
    margin, step : float
        Equivalence margin per ``step`` of size, fixed before the run.
    draws, seed : int

    Returns
    -------
    DoseResponse

    Raises
    ------
    ValueError
        A column that is not there, or a unit with more than one size.

    References
    ----------
    Callaway, Goodman-Bacon & Sant'Anna (2024), doi:10.3386/w32117; Cameron, Gelbach & Miller (2008),
    doi:10.1162/rest.90.3.414; Rambachan & Roth (2023), doi:10.1093/restud/rdad018.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": [f"OPD{i}" for i in range(9)] * 2, "tahun": [2024] * 9 + [2025] * 9})
    >>> rows["potensi"] = [i / 50 for i in range(9)] * 2
    >>> rows["capaian"] = [90.0, 94, 91, 95, 92, 96, 93, 97, 94, 89, 95, 88, 93, 87, 92, 86, 93, 87]
    >>> found = dose_response(rows, "capaian", "potensi", "opd", "tahun", 2025)
    >>> round(found.per_step, 2), found.claim, [item.code for item in found.refusals]
    (-4.08, 'L2', ['PRATREN_TIDAK_CUKUP'])
    >>> dose_response(rows[rows["tahun"].eq(2024)], "capaian", "potensi", "opd", "tahun", 2025).claim
    'L0'
    """
    units = gather(
        panel, outcome, dose, unit, time, post,
        cap=cap, limits=limits, targets=targets, kind=kind, item=item, years=years,
    )  # fmt: skip
    if stops := refuse(units):
        return DoseResponse("L0", stops, len(units.dose), units.left_out, step)
    controls = {name: gather(panel, name, dose, unit, time, post, targets=None, years=years) for name in earlier}
    return _estimated(units, controls, margin, step, draws, seed)


def _estimated(
    units: Units, earlier: dict[str, Units], margin: float, step: float, draws: int, seed: int
) -> DoseResponse:
    main, lagged = estimates.long_difference(units), estimates.ancova(units)
    wild = wild_bootstrap(units.change, with_constant(units.dose), draws=draws, seed=seed)
    tests = estimates.placebos(units, main, earlier)
    events = event_study(units)
    evidence = _evidence(units, main, lagged, wild, tests, events)
    reasons = conditions(evidence)
    return DoseResponse(
        claim=level(reasons), reasons=reasons, refusals=cautions(evidence, bool(units.left_out)),
        n=main.n, left_out=units.left_out, step=step,
        beta=main.beta, se=main.se, df=main.df, p=main.p, interval_hc3=main.interval,
        wild=wild, p_wild=wild.p, interval=wild.interval,
        units=units.table,
        leverage=pd.Series(main.leverage, units.dose.index, name="daya_ungkit"),
        leave_one_out=pd.Series(main.without, units.dose.index, name="kemiringan"),
        placebos=tests, event_study=events, breakdown=evidence.breakdown,
        ranks=estimates.ranks(units, draws, seed), within_kinds=estimates.within_kinds(units),
        last_year=estimates.long_difference(units, last_only=True),
        ancova=lagged, wild_ancova=_wild_ancova(units, lagged, draws, seed),
        permutation=permutation(units.change, units.dose, draws, seed),
        mde=smallest_visible(main.se, main.df),
        equivalence=equivalence(main.beta * step, main.se * step, main.df, margin),
    )  # fmt: skip


def _evidence(
    units: Units, main: Slope, lagged: Slope | None, wild: Wild, tests: pd.DataFrame, events: EventStudy
) -> Evidence:
    return Evidence(
        p=main.p,
        p_wild=wild.p,
        same_sign=lagged is not None and np.sign(lagged.beta) == np.sign(main.beta),
        both_exclude_zero=lagged is not None and main.excludes_zero and lagged.excludes_zero,
        placebos_pass=bool(tests["lolos"].all()),
        has_placebos=len(tests) > 0,
        leverage=float(main.leverage.max()),
        sign_is_stable=bool((np.sign(main.without) == np.sign(main.beta)).all()),
        years_before=units.before.shape[1],
        known=units.known,
        capped=units.capped,
        breakdown=breakdown(events, units.post) if max(main.p, wild.p) < LEVEL else None,
        largest_bend=largest_bend(events, units.post),
    )


def _wild_ancova(units: Units, lagged: Slope | None, draws: int, seed: int) -> Wild | None:
    if lagged is None:
        return None
    return wild_bootstrap(units.after, with_constant(units.dose, units.before.iloc[:, -1]), draws=draws, seed=seed)
