"""Use of resources: efficiency (LKjIP variants, Ministry of Finance), pace of spending, outturn (PEFA).

A budget cut is no efficiency: here money is held against what was reached with it.
"""

from pkanalysis.analysis.resource.by_activity import by_activity
from pkanalysis.analysis.resource.cascading import ACTIVITY, reach_down, supporting_activities
from pkanalysis.analysis.resource.efficiency import efficiency
from pkanalysis.analysis.resource.gathering import achieved, funds, heads, linked
from pkanalysis.analysis.resource.lkjip import resource_use
from pkanalysis.analysis.resource.pace import prognosis, same_month
from pkanalysis.analysis.resource.pefa import outturn
from pkanalysis.analysis.resource.supporting import supporting

__all__ = [
    "ACTIVITY",
    "achieved",
    "by_activity",
    "efficiency",
    "funds",
    "heads",
    "linked",
    "outturn",
    "prognosis",
    "reach_down",
    "resource_use",
    "same_month",
    "supporting",
    "supporting_activities",
]
