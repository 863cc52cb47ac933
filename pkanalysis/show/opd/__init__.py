"""Chapters of the report of one OPD; each function returns one block."""

from pkanalysis.show.opd.achievement import achievements, analysis, results_figure
from pkanalysis.show.opd.agreement import agreements, targets
from pkanalysis.show.opd.clarify import clarify
from pkanalysis.show.opd.closing import cannot_conclude, formula, provenance, signatures, sources, warnings
from pkanalysis.show.opd.cover import cover
from pkanalysis.show.opd.inpres import targeted_accounts
from pkanalysis.show.opd.lines import travel
from pkanalysis.show.opd.money import by_category, by_kind, by_programme, by_stage, hidden
from pkanalysis.show.opd.saving import additions, causes, points
from pkanalysis.show.opd.spending import absorption, absorption_figure, by_month
from pkanalysis.show.opd.summary import attention, headline, need_to_know, stages_figure
from pkanalysis.show.opd.supporting import cascaded, realised, supporting
from pkanalysis.show.opd.years import history, history_figure, in_words

__all__ = [
    "absorption",
    "absorption_figure",
    "achievements",
    "additions",
    "agreements",
    "analysis",
    "attention",
    "by_category",
    "by_kind",
    "by_month",
    "by_programme",
    "by_stage",
    "cannot_conclude",
    "cascaded",
    "causes",
    "clarify",
    "cover",
    "formula",
    "headline",
    "hidden",
    "history",
    "history_figure",
    "in_words",
    "need_to_know",
    "points",
    "provenance",
    "realised",
    "results_figure",
    "signatures",
    "sources",
    "stages_figure",
    "supporting",
    "targeted_accounts",
    "targets",
    "travel",
    "warnings",
]
