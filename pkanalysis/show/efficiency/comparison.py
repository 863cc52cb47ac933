"""Former names of the page that compares two stages, now :mod:`pkanalysis.show.page`."""

from pkanalysis.show.page import NUMBERED_OTHERWISE as NUMBERED_OTHERWISE
from pkanalysis.show.page import ONE_STAGE as ONE_STAGE
from pkanalysis.show.page import Page as Comparison
from pkanalysis.show.page import before_amendment as before_amendment
from pkanalysis.show.page import comparison as comparison
from pkanalysis.show.page import hidden_sentence as hidden_sentence

__all__ = ["NUMBERED_OTHERWISE", "ONE_STAGE", "Comparison", "before_amendment", "comparison", "hidden_sentence"]
