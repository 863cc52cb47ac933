"""Chapters of the report of one OPD; each function returns one block."""

from pkanalysis.show.opd.achievement import achievements, analysis, results_figure
from pkanalysis.show.opd.agreement import agreements, targets
from pkanalysis.show.opd.closing import cannot_conclude, formula, provenance, signatures, sources, warnings
from pkanalysis.show.opd.cover import cover
from pkanalysis.show.opd.summary import attention, headline, need_to_know, stages_figure
from pkanalysis.show.opd.years import history, history_figure, in_words

__all__ = [
    "achievements",
    "agreements",
    "analysis",
    "attention",
    "cannot_conclude",
    "cover",
    "formula",
    "headline",
    "history",
    "history_figure",
    "in_words",
    "need_to_know",
    "provenance",
    "results_figure",
    "signatures",
    "sources",
    "stages_figure",
    "targets",
    "warnings",
]
