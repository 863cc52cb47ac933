"""What :func:`pkanalysis.analysis.effect.dose_response` gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pkanalysis.analysis.claims import Level, Refusal
from pkanalysis.analysis.effect.estimates import Ranks
from pkanalysis.analysis.effect.events import EventStudy
from pkanalysis.analysis.effect.power import Equivalence
from pkanalysis.analysis.effect.shuffle import Permutation
from pkanalysis.analysis.effect.slopes import Slope
from pkanalysis.analysis.effect.verdict import THREATS, Condition
from pkanalysis.analysis.effect.wild import Wild

NAN = float("nan")


@dataclass(frozen=True)
class DoseResponse:
    """Result of :func:`pkanalysis.analysis.effect.dose_response`.

    Where the analysis was refused every number is missing. Numbers are in units of the outcome per one unit of
    the size (``step`` times that: per step).

    beta, se, df, p : long difference (D1), HC3 and t(N - 2)
    p_wild, interval : wild bootstrap and its 95 % interval by test inversion; an end may be infinite
    interval_hc3 : 95 % interval with HC3
    units : ``besar`` (size), ``sebelum`` (mean of the years before), ``sesudah``, ``perubahan`` by unit
    n, left_out : units used, and names of those without a size or a year
    leverage, leave_one_out : hat values, and the slope without each unit (Series by unit)
    placebos, event_study, ranks, within_kinds, ancova, last_year : D2-D5
    wild, permutation, wild_ancova : the tests in full
    mde : smallest effect seen with 80 % probability; ``equivalence`` per step, against the margin
    breakdown : largest bend of the trend (smoothness bounds) under which zero stays excluded; None with a single
        year before, and where the estimate does not differ from zero
    claim, reasons, refusals, threats : what may be said, and why not more
    """

    claim: Level
    refusals: tuple[Refusal, ...]
    n: int
    left_out: tuple[Any, ...]
    step: float
    beta: float = NAN
    se: float = NAN
    df: int = 0
    p: float = NAN
    p_wild: float = NAN
    interval: tuple[float, float] = (NAN, NAN)
    interval_hc3: tuple[float, float] = (NAN, NAN)
    mde: float = NAN
    breakdown: float | None = None
    units: pd.DataFrame | None = None
    leverage: pd.Series | None = None
    leave_one_out: pd.Series | None = None
    placebos: pd.DataFrame | None = None
    event_study: EventStudy | None = None
    ranks: Ranks | None = None
    within_kinds: Slope | None = None
    last_year: Slope | None = None
    ancova: Slope | None = None
    wild: Wild | None = None
    wild_ancova: Wild | None = None
    permutation: Permutation | None = None
    equivalence: Equivalence | None = None
    reasons: tuple[Condition, ...] = ()
    threats: tuple[str, ...] = THREATS

    @property
    def per_step(self) -> float:
        """``beta`` times ``step``: with shares and the default step, per 10 points of size."""
        return self.beta * self.step

    @property
    def bracket(self) -> tuple[float, float]:
        """From the lowest to the highest end of the HC3 intervals of D1 and ANCOVA (missing without ANCOVA)."""
        if self.ancova is None:
            return NAN, NAN
        ends = (*self.interval_hc3, *self.ancova.interval)
        return min(ends), max(ends)
