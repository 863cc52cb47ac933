"""The page on achievement of IKU and their trends; each function returns one block."""

from pkanalysis.show.opd.achievement import achievements, analysis
from pkanalysis.show.opd.closing import formula
from pkanalysis.show.opd.years import history
from pkanalysis.show.trends import (
    agreements,
    cascade,
    flags,
    outlook,
    page,
    published,
    retargeting,
    scorecards,
    series,
    unscored,
    verdicts,
)
from pkanalysis.show.trends.applications import applications
from pkanalysis.show.trends.caterpillar import caterpillar
from pkanalysis.show.trends.comparison import benchmarks, medium_term
from pkanalysis.show.trends.eased import eased
from pkanalysis.show.trends.fans import fans
from pkanalysis.show.trends.heat import heatmap
from pkanalysis.show.trends.indicators import scorecard
from pkanalysis.show.trends.movers import slope_chart
from pkanalysis.show.trends.page import cannot_conclude, cover, known
from pkanalysis.show.trends.standing import places
from pkanalysis.show.trends.this_year import this_year
from pkanalysis.show.trends.versions import targets_figure

__all__ = [
    "achievements",
    "agreements",
    "analysis",
    "applications",
    "benchmarks",
    "cannot_conclude",
    "cascade",
    "caterpillar",
    "cover",
    "eased",
    "fans",
    "flags",
    "formula",
    "heatmap",
    "history",
    "known",
    "medium_term",
    "outlook",
    "page",
    "places",
    "published",
    "retargeting",
    "scorecard",
    "scorecards",
    "series",
    "slope_chart",
    "targets_figure",
    "this_year",
    "unscored",
    "verdicts",
]
