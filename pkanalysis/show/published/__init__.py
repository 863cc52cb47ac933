"""The page on published figures: press and other secondary sources, each with its address."""

from pkanalysis.show.published.page import cover, indicator_count, limits, macro_figure, performance_figure
from pkanalysis.show.published.tables import (
    budget,
    budget_checks,
    indicators,
    macro,
    macro_notes,
    macro_others,
    performance,
    saving,
    saving_checks,
    source_list,
)

__all__ = [
    "budget", "budget_checks", "cover", "indicator_count", "indicators", "limits", "macro", "macro_figure",
    "macro_notes", "macro_others", "performance", "performance_figure", "saving", "saving_checks", "source_list",
]  # fmt: skip
