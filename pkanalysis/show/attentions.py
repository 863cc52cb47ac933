"""Former place of sentences for attention, now :mod:`pkanalysis.show.sentences`."""

from pkanalysis.show.sentences import AT_MOST as AT_MOST
from pkanalysis.show.sentences import FAR_ABOVE as FAR_ABOVE
from pkanalysis.show.sentences import NAMED as NAMED
from pkanalysis.show.sentences import far_above as far_above
from pkanalysis.show.sentences import limited_but_added as limited_but_added
from pkanalysis.show.sentences import not_delivered as not_delivered
from pkanalysis.show.sentences import not_reached as not_reached
from pkanalysis.show.sentences import nothing_delivered as nothing_delivered
from pkanalysis.show.sentences import older_year as older_year
from pkanalysis.show.sentences import travel_refilled as travel_refilled
