"""Budget under Inpres 1/2025: what changed, whether the rule was met, where it went, what is worth a look.

Two stages are compared by full outer join: a line that vanished or appeared is data. Gross
decrease, gross increase and net are three columns and depend on the level of comparison.
"""

from pkanalysis.analysis.budget.accounts import TARGETED, classify, is_targeted, opaque
from pkanalysis.analysis.budget.announced import measures
from pkanalysis.analysis.budget.bookings import capital_cut, relabelled, service_cut
from pkanalysis.analysis.budget.by_account import targeted_accounts
from pkanalysis.analysis.budget.causes import by_cause, carried_by
from pkanalysis.analysis.budget.changes import LINE, absent, compare, in_both, steps, targeted_decrease, total
from pkanalysis.analysis.budget.comparability import comparable
from pkanalysis.analysis.budget.concentration import concentration, theil_by_group
from pkanalysis.analysis.budget.decomposition import decompose
from pkanalysis.analysis.budget.destinations import additions, sector
from pkanalysis.analysis.budget.directive import seven_points
from pkanalysis.analysis.budget.dispersion import dispersion
from pkanalysis.analysis.budget.keywords import refine
from pkanalysis.analysis.budget.parts import parts
from pkanalysis.analysis.budget.patterns import leaked, refilled
from pkanalysis.analysis.budget.rates import rate_by_stage, rate_cut
from pkanalysis.analysis.budget.reallocation import reallocation
from pkanalysis.analysis.budget.simulation import what_if
from pkanalysis.analysis.budget.transfers import TRANSFER, reasons, transfer_kind
from pkanalysis.analysis.budget.travel import TRAVEL, travel_by_stage, travel_cut, travel_kind
from pkanalysis.analysis.budget.travel_spent import travel_realised

__all__ = [
    "LINE",
    "TARGETED",
    "TRANSFER",
    "TRAVEL",
    "absent",
    "additions",
    "by_cause",
    "capital_cut",
    "carried_by",
    "classify",
    "comparable",
    "compare",
    "concentration",
    "decompose",
    "dispersion",
    "in_both",
    "is_targeted",
    "leaked",
    "measures",
    "opaque",
    "parts",
    "rate_by_stage",
    "rate_cut",
    "reallocation",
    "reasons",
    "refilled",
    "refine",
    "relabelled",
    "sector",
    "service_cut",
    "seven_points",
    "steps",
    "targeted_accounts",
    "targeted_decrease",
    "theil_by_group",
    "total",
    "transfer_kind",
    "travel_by_stage",
    "travel_cut",
    "travel_kind",
    "travel_realised",
    "what_if",
]
