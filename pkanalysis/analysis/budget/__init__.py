"""Budget under Inpres 1/2025: what changed, whether the rule was met, where it went, what is worth a look.

Two stages are compared by full outer join: a line that vanished or appeared is data. Gross
decrease, gross increase and net are three columns and depend on the level of comparison.
"""

from pkanalysis.analysis.budget.accounts import TARGETED, classify, comparable, is_targeted, opaque, refine
from pkanalysis.analysis.budget.changes import (
    LINE,
    absent,
    additions,
    compare,
    decompose,
    in_both,
    reallocation,
    sector,
    steps,
    targeted_decrease,
    total,
)
from pkanalysis.analysis.budget.directive import (
    TRANSFER,
    by_cause,
    carried_by,
    measures,
    parts,
    reasons,
    seven_points,
    transfer_kind,
    what_if,
)
from pkanalysis.analysis.budget.patterns import (
    capital_cut,
    concentration,
    dispersion,
    leaked,
    refilled,
    relabelled,
    service_cut,
    theil_by_group,
)
from pkanalysis.analysis.budget.rates import (
    TRAVEL,
    rate_by_stage,
    rate_cut,
    targeted_accounts,
    travel_by_stage,
    travel_cut,
    travel_kind,
    travel_realised,
)

__all__ = [
    "LINE", "TARGETED", "TRANSFER", "TRAVEL", "absent", "additions", "by_cause", "capital_cut", "carried_by",
    "classify", "comparable", "compare", "concentration", "decompose", "dispersion", "in_both", "is_targeted",
    "leaked", "measures", "opaque", "parts", "rate_by_stage", "rate_cut", "reallocation", "reasons", "refilled",
    "refine", "relabelled", "sector", "service_cut", "seven_points", "steps", "targeted_accounts",
    "targeted_decrease", "theil_by_group", "total", "transfer_kind", "travel_by_stage", "travel_cut",
    "travel_kind", "travel_realised", "what_if",
]  # fmt: skip
