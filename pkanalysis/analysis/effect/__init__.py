"""Relation between the size of the budget cut and the change in performance, and what may be said of it.

All OPD were cut at once and by unequal sizes, so only the relation to the size can be seen; nothing here says
that the cut caused anything. :func:`dose_response` is the whole analysis, the others are its parts.
"""

from pkanalysis.analysis.effect.detail import (
    WithinOpd,
    by_programme,
    by_quarter,
    quarter_profile,
    spent_by_quarter,
    within_opd,
)
from pkanalysis.analysis.effect.exposure import (
    OUTCOMES,
    Compliance,
    cards,
    comparable,
    compliance,
    decompose,
    exposure,
    scores,
    standardised,
)
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
from pkanalysis.analysis.effect.response import THREATS, DoseResponse, dose_response, specifications
from pkanalysis.analysis.effect.slopes import Permutation, Slope, Wild, permutation, slope, wild_bootstrap

__all__ = [
    "OUTCOMES",
    "THREATS",
    "Bounded",
    "Compliance",
    "DoseResponse",
    "Equivalence",
    "Permutation",
    "Slope",
    "Wild",
    "WithinOpd",
    "by_programme",
    "by_quarter",
    "cards",
    "comparable",
    "compliance",
    "decompose",
    "dose_response",
    "equivalence",
    "exposure",
    "fractional_logit",
    "permutation",
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
]
