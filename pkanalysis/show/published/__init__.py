"""The page on published figures: press and other secondary sources, each with its address."""

from pkanalysis.show.published.bars import performance_figure
from pkanalysis.show.published.checks import budget_checks, saving_checks
from pkanalysis.show.published.panels import macro_figure
from pkanalysis.show.published.series import macro, macro_notes, macro_others
from pkanalysis.show.published.tables import budget, indicators, performance, saving, source_list
from pkanalysis.show.published.words import cover, indicator_count, limits

__all__ = [
    "budget", "budget_checks", "cover", "indicator_count", "indicators", "limits", "macro", "macro_figure",
    "macro_notes", "macro_others", "performance", "performance_figure", "saving", "saving_checks", "source_list",
]  # fmt: skip
