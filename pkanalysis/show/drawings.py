"""Former place of common charts, now :mod:`pkanalysis.show.drawing`."""

from pkanalysis.show.drawing import bars as bars
from pkanalysis.show.drawing import lines as lines
from pkanalysis.show.drawing import pairs as pairs
from pkanalysis.show.drawing import small_multiples as small_multiples
