"""Trends of indicators over years, whether targets will be reached, and how sure that is (``pk.trend``).

One series: :func:`assess`, :func:`project`; many: :func:`survey`, :func:`backtest`, :func:`pooled_slopes`.
"""

from pkanalysis.analysis.trend.assessment import Assessment, assess
from pkanalysis.analysis.trend.kendall import (
    FalseDiscovery,
    MannKendall,
    SenSlope,
    false_discovery,
    mann_kendall,
    needed_together,
    sen_slope,
)
from pkanalysis.analysis.trend.lines import (
    Line,
    Pooled,
    leave_one_out,
    ols,
    pooled_slopes,
    under_autocorrelation,
    without_years,
)
from pkanalysis.analysis.trend.projection import HalfWidth, Projection, backtest, conformal, label, outlooks, project
from pkanalysis.analysis.trend.region import (
    Ranking,
    Xmr,
    places,
    ranking,
    readings,
    region,
    series_to,
    survey,
    surveyed,
    xmr,
)
from pkanalysis.analysis.trend.series import (
    Points,
    YearToDate,
    agreed_targets,
    ahead,
    breaks_of,
    comparable,
    medium_targets,
    progress,
    year_to_date,
)

__all__ = [
    "Assessment",
    "FalseDiscovery",
    "HalfWidth",
    "Line",
    "MannKendall",
    "Points",
    "Pooled",
    "Projection",
    "Ranking",
    "SenSlope",
    "Xmr",
    "YearToDate",
    "agreed_targets",
    "ahead",
    "assess",
    "backtest",
    "breaks_of",
    "comparable",
    "conformal",
    "false_discovery",
    "label",
    "leave_one_out",
    "mann_kendall",
    "medium_targets",
    "needed_together",
    "ols",
    "outlooks",
    "places",
    "pooled_slopes",
    "progress",
    "project",
    "ranking",
    "readings",
    "region",
    "sen_slope",
    "series_to",
    "survey",
    "surveyed",
    "under_autocorrelation",
    "without_years",
    "xmr",
    "year_to_date",
]
