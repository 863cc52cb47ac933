"""Every estimate of the gathered units, and what the level of claim is weighed on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pkanalysis.analysis.effect import estimates
from pkanalysis.analysis.effect.design import with_constant
from pkanalysis.analysis.effect.estimates import LEVEL
from pkanalysis.analysis.effect.events import EventStudy, event_study
from pkanalysis.analysis.effect.honest import breakdown, largest_bend
from pkanalysis.analysis.effect.kinds import within_kinds
from pkanalysis.analysis.effect.power import equivalence, smallest_visible
from pkanalysis.analysis.effect.result import DoseResponse
from pkanalysis.analysis.effect.shuffle import permutation
from pkanalysis.analysis.effect.slopes import Slope
from pkanalysis.analysis.effect.units import Units
from pkanalysis.analysis.effect.verdict import Evidence, cautions, conditions, level
from pkanalysis.analysis.effect.wild import Wild, wild_bootstrap


def estimated(
    units: Units, earlier: Mapping[str, Units], margin: float, step: float, draws: int, seed: int
) -> DoseResponse:
    """All estimates of units that passed the data gate; ``earlier`` are the outcomes measured before the cut."""
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
        ranks=estimates.ranks(units, draws, seed), within_kinds=within_kinds(units),
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
        units=main.n,
        p=main.p,
        p_wild=wild.p,
        same_sign=lagged is not None and np.sign(lagged.beta) == np.sign(main.beta),
        both_exclude_zero=lagged is not None and main.excludes_zero and lagged.excludes_zero,
        placebos_pass=bool(tests["lolos"].all()),
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
