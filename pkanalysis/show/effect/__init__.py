"""Budget cut and achievement: each function returns one block of ``kaitan_anggaran_kinerja``."""

from pkanalysis.show.effect.annex import curve_figure, curve_table, method
from pkanalysis.show.effect.case import LIMITS, OUTCOMES, case, originals
from pkanalysis.show.effect.comparisons import placebos, quarters, years
from pkanalysis.show.effect.estimates import estimates
from pkanalysis.show.effect.figures import intervals, visible_effect
from pkanalysis.show.effect.influence import influence
from pkanalysis.show.effect.page import cover, level, missing, sentences, threats
from pkanalysis.show.effect.scatter import scatter
from pkanalysis.show.effect.sizes import sizes
from pkanalysis.show.effect.tables import outcomes, parts, retargeting

__all__ = [
    "LIMITS",
    "OUTCOMES",
    "case",
    "cover",
    "curve_figure",
    "curve_table",
    "estimates",
    "influence",
    "intervals",
    "level",
    "method",
    "missing",
    "originals",
    "outcomes",
    "parts",
    "placebos",
    "quarters",
    "retargeting",
    "scatter",
    "sentences",
    "sizes",
    "threats",
    "visible_effect",
    "years",
]
