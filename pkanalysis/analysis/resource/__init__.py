"""Use of resources: efficiency (LKjIP variants, Ministry of Finance), pace of spending, outturn (PEFA).

A budget cut is no efficiency: here money is held against what was reached with it.
"""

from pkanalysis.analysis.resource.efficiency import efficiency
from pkanalysis.analysis.resource.gathering import achieved, funds, heads, linked
from pkanalysis.analysis.resource.lkjip import resource_use
from pkanalysis.analysis.resource.pace import prognosis, same_month
from pkanalysis.analysis.resource.pefa import outturn
from pkanalysis.analysis.resource.supporting import by_activity, supporting

__all__ = [
    "achieved",
    "by_activity",
    "efficiency",
    "funds",
    "heads",
    "linked",
    "outturn",
    "prognosis",
    "resource_use",
    "same_month",
    "supporting",
]
