"""Budget cut and achievement: each function returns one block of ``kaitan_anggaran_kinerja``."""

from pkanalysis.show.effect.figures import curve_figure, intervals, scatter, visible_effect
from pkanalysis.show.effect.fixed import LIMITS, OUTCOMES, fixed, originals, shape, sizes_in_order
from pkanalysis.show.effect.page import cover, level, method, missing, sentences, threats
from pkanalysis.show.effect.tables import (
    curve_table,
    estimates,
    influence,
    outcomes,
    parts,
    placebos,
    quarters,
    retargeting,
    sizes,
    years,
)

__all__ = [
    "LIMITS", "OUTCOMES", "cover", "curve_figure", "curve_table", "estimates", "fixed", "influence", "intervals",
    "level", "method", "missing", "originals", "outcomes", "parts", "placebos", "quarters", "retargeting", "scatter",
    "sentences", "shape", "sizes", "sizes_in_order", "threats", "visible_effect", "years",
]  # fmt: skip
