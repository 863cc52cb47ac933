"""Budget efficiency of the region: each function returns one block of ``efisiensi_anggaran``."""

from pkanalysis.show.efficiency.additions import additions, by_reason, limited, transfers
from pkanalysis.show.efficiency.annex import by_kind as theil
from pkanalysis.show.efficiency.annex import concentration, method, originals, outturn, watched
from pkanalysis.show.efficiency.announced import announced
from pkanalysis.show.efficiency.beside import ministry, resource_use, side_by_side
from pkanalysis.show.efficiency.categories import noted
from pkanalysis.show.efficiency.clarify import overview, patterns
from pkanalysis.show.efficiency.comparison import comparison
from pkanalysis.show.efficiency.extracts import complete, extract
from pkanalysis.show.efficiency.levels import by_account, by_programme, by_source, by_status
from pkanalysis.show.efficiency.lines import named, programmes
from pkanalysis.show.efficiency.movements import by_sector, net_sentences, per_office, turnover
from pkanalysis.show.efficiency.pace import ceilings, prognosis, same_month, sentence
from pkanalysis.show.efficiency.page import cover, limits, sentences
from pkanalysis.show.efficiency.points import by_words, marked, seven_points
from pkanalysis.show.efficiency.rates import local_rates, local_tests, realised, state_budget
from pkanalysis.show.efficiency.shares import decomposition
from pkanalysis.show.efficiency.simulation import checked_rates, other_rates
from pkanalysis.show.efficiency.travel import kinds, travel
from pkanalysis.show.efficiency.triggers import leaked_table, refilled_table, relabelled_table, spread, triggers

__all__ = [
    "additions",
    "announced",
    "by_account",
    "by_programme",
    "by_reason",
    "by_sector",
    "by_source",
    "by_status",
    "by_words",
    "ceilings",
    "checked_rates",
    "comparison",
    "complete",
    "concentration",
    "cover",
    "decomposition",
    "extract",
    "kinds",
    "leaked_table",
    "limited",
    "limits",
    "local_rates",
    "local_tests",
    "marked",
    "method",
    "ministry",
    "named",
    "net_sentences",
    "noted",
    "originals",
    "other_rates",
    "outturn",
    "overview",
    "patterns",
    "per_office",
    "prognosis",
    "programmes",
    "realised",
    "refilled_table",
    "relabelled_table",
    "resource_use",
    "same_month",
    "sentence",
    "sentences",
    "seven_points",
    "side_by_side",
    "spread",
    "state_budget",
    "theil",
    "transfers",
    "travel",
    "triggers",
    "turnover",
    "watched",
]
