"""Budget under Inpres 1/2025: classify accounts, compare stages, test the travel cut.

Two stages are compared by full outer join: a line that vanished or appeared is data. Gross
decrease, gross increase and net are three columns and depend on the level of comparison.
"""

from pkanalysis.analysis.accounts import TARGETED, classify, is_targeted, opaque
from pkanalysis.analysis.causes import by_cause, carried_by
from pkanalysis.analysis.changes import LINE, absent, compare, steps, targeted_decrease, total
from pkanalysis.analysis.travel import TRAVEL, travel_by_stage, travel_cut

__all__ = [
    "LINE",
    "TARGETED",
    "TRAVEL",
    "absent",
    "by_cause",
    "carried_by",
    "classify",
    "compare",
    "is_targeted",
    "opaque",
    "steps",
    "targeted_decrease",
    "total",
    "travel_by_stage",
    "travel_cut",
]
