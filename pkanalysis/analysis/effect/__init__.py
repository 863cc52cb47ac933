"""Relation between the size of the budget cut and the change in performance, and what may be said of it.

All OPD were cut at once and by unequal sizes, so only the relation to the size can be seen; nothing here says
that the cut caused anything. :func:`dose_response` is the whole analysis, the others are its parts.
"""

from pkanalysis.analysis.effect.bacon import bacon
from pkanalysis.analysis.effect.bounded import Bounded, fractional_logit, share_met
from pkanalysis.analysis.effect.compliance import Compliance, compliance
from pkanalysis.analysis.effect.detail import by_programme, by_quarter, spent_by_quarter
from pkanalysis.analysis.effect.exposure import exposure
from pkanalysis.analysis.effect.jackknives import jackknife, without_each
from pkanalysis.analysis.effect.outcomes import decompose, standardised
from pkanalysis.analysis.effect.panels import fixed_effects
from pkanalysis.analysis.effect.pooled import PanelFit, pooled
from pkanalysis.analysis.effect.power import Equivalence, equivalence, power_curve, sentence, smallest_visible
from pkanalysis.analysis.effect.programmes import WithinOpd, within_opd
from pkanalysis.analysis.effect.quarters import quarter_profile
from pkanalysis.analysis.effect.ranking import Gap, gap
from pkanalysis.analysis.effect.response import dose_response
from pkanalysis.analysis.effect.result import DoseResponse
from pkanalysis.analysis.effect.scores import OUTCOMES, cards, comparable, scores
from pkanalysis.analysis.effect.shuffle import Permutation, permutation
from pkanalysis.analysis.effect.slopes import Slope, slope
from pkanalysis.analysis.effect.variants import specifications
from pkanalysis.analysis.effect.verdict import THREATS
from pkanalysis.analysis.effect.wild import Wild, wild_bootstrap

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
