"""The summary of the whole region: the mayor's page and its tables; each function returns one block."""

from pkanalysis.show.city.offices import overview, travel
from pkanalysis.show.city.page import causes, cover, largest, sentences
from pkanalysis.show.opd.achievement import achievements
from pkanalysis.show.opd.closing import cannot_conclude, formula
from pkanalysis.show.opd.money import by_category, by_kind, by_stage, hidden
from pkanalysis.show.opd.spending import absorption, absorption_figure, by_month
from pkanalysis.show.opd.summary import stages_figure

__all__ = [
    "absorption",
    "absorption_figure",
    "achievements",
    "by_category",
    "by_kind",
    "by_month",
    "by_stage",
    "cannot_conclude",
    "causes",
    "cover",
    "formula",
    "hidden",
    "largest",
    "overview",
    "sentences",
    "stages_figure",
    "travel",
]
