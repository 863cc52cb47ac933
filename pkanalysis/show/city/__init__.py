"""The summary of the whole region: the mayor's page and its tables; each function returns one block."""

from pkanalysis.show.achievement import achievements
from pkanalysis.show.city.offices import overview, travel
from pkanalysis.show.city.page import causes, cover, largest, sentences
from pkanalysis.show.opd_pages import cannot_conclude, formula, stages_figure

__all__ = [
    "achievements",
    "cannot_conclude",
    "causes",
    "cover",
    "formula",
    "largest",
    "overview",
    "sentences",
    "stages_figure",
    "travel",
]
