"""Relation between the size of the budget cut and the change in performance, and what may be said of it.

All OPD were cut at once and by unequal sizes, so only the relation to the size can be seen; nothing here says
that the cut caused anything. :func:`dose_response` is the whole analysis, the others are its parts.
"""

from pkanalysis.analysis.effect.bacon import bacon
from pkanalysis.analysis.effect.detail import (
    WithinOpd,
    by_programme,
    by_quarter,
    quarter_profile,
    spent_by_quarter,
    within_opd,
)
from pkanalysis.analysis.effect.exposure import OUTCOMES, Compliance, cards, comparable, compliance, exposure, scores
from pkanalysis.analysis.effect.panels import PanelFit, fixed_effects, jackknife, pooled, without_each
from pkanalysis.analysis.effect.power import (
    Bounded,
    Equivalence,
    equivalence,
    fractional_logit,
    power_curve,
    sentence,
    share_met,
    smallest_visible,
)
from pkanalysis.analysis.effect.response import DoseResponse, dose_response, specifications
from pkanalysis.analysis.effect.slopes import Gap, Permutation, Slope, Wild, gap, permutation, slope, wild_bootstrap
from pkanalysis.analysis.effect.units import decompose, standardised
from pkanalysis.analysis.effect.verdict import THREATS

__all__ = [
    "OUTCOMES",
    "THREATS",
    "Bounded",
    "Compliance",
    "DoseResponse",
    "Equivalence",
    "Gap",
    "PanelFit",
    "Permutation",
    "Slope",
    "Wild",
    "WithinOpd",
    "bacon",
    "by_programme",
    "by_quarter",
    "cards",
    "comparable",
    "compliance",
    "decompose",
    "dose_response",
    "equivalence",
    "exposure",
    "fixed_effects",
    "fractional_logit",
    "gap",
    "jackknife",
    "permutation",
    "pooled",
    "power_curve",
    "quarter_profile",
    "scores",
    "sentence",
    "share_met",
    "slope",
    "smallest_visible",
    "specifications",
    "spent_by_quarter",
    "standardised",
    "wild_bootstrap",
    "within_opd",
    "without_each",
]
