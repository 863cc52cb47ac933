"""Trends of indicators over years, whether targets will be reached, and how sure that is (``pk.trend``).

One series: :func:`assess`, :func:`project`; many: :func:`survey`, :func:`backtest`, :func:`pooled_slopes`.
"""

from pkanalysis.analysis.trend.aims import agreed_targets, ahead, medium_targets, progress
from pkanalysis.analysis.trend.assessment import Assessment, assess
from pkanalysis.analysis.trend.conformal import HalfWidth, backtest, conformal
from pkanalysis.analysis.trend.control import Xmr, xmr
from pkanalysis.analysis.trend.discovery import FalseDiscovery, false_discovery, needed_together
from pkanalysis.analysis.trend.frontier import dea
from pkanalysis.analysis.trend.kendall import MannKendall, mann_kendall
from pkanalysis.analysis.trend.linear import Hac, Line, hac, ols
from pkanalysis.analysis.trend.outlooks import outlooks
from pkanalysis.analysis.trend.pooling import Pooled, pooled_slopes
from pkanalysis.analysis.trend.projection import Projection, label, project
from pkanalysis.analysis.trend.published import readings
from pkanalysis.analysis.trend.ranks import Ranking, ranking
from pkanalysis.analysis.trend.region import region, series_to
from pkanalysis.analysis.trend.robustness import leave_one_out, under_autocorrelation, without_years
from pkanalysis.analysis.trend.seasonal import SeasonalKendall, seasonal_mann_kendall
from pkanalysis.analysis.trend.sen import SenSlope, sen_slope
from pkanalysis.analysis.trend.series import Points, breaks_of, comparable
from pkanalysis.analysis.trend.shares import beta_regression
from pkanalysis.analysis.trend.standing import places
from pkanalysis.analysis.trend.surveying import survey, surveyed
from pkanalysis.analysis.trend.within_year import YearToDate, year_to_date

__all__ = [
    "Assessment",
    "FalseDiscovery",
    "Hac",
    "HalfWidth",
    "Line",
    "MannKendall",
    "Points",
    "Pooled",
    "Projection",
    "Ranking",
    "SeasonalKendall",
    "SenSlope",
    "Xmr",
    "YearToDate",
    "agreed_targets",
    "ahead",
    "assess",
    "backtest",
    "beta_regression",
    "breaks_of",
    "comparable",
    "conformal",
    "dea",
    "false_discovery",
    "hac",
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
    "seasonal_mann_kendall",
    "sen_slope",
    "series_to",
    "survey",
    "surveyed",
    "under_autocorrelation",
    "without_years",
    "xmr",
    "year_to_date",
]
