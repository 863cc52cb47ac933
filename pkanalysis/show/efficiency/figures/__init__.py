"""Figures of budget efficiency: data in, a block with a drawing out; without data a sentence."""

from pkanalysis.show.efficiency.figures.dumbbell import before_after
from pkanalysis.show.efficiency.figures.flows import sources_and_uses
from pkanalysis.show.efficiency.figures.heatmap import cut_map
from pkanalysis.show.efficiency.figures.naming import short_names
from pkanalysis.show.efficiency.figures.peers import peers
from pkanalysis.show.efficiency.figures.ranking import ranked_cut
from pkanalysis.show.efficiency.figures.waterfall import waterfall

__all__ = ["before_after", "cut_map", "peers", "ranked_cut", "short_names", "sources_and_uses", "waterfall"]
