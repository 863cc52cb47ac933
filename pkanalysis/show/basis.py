"""Former place of the legal basis of stages, now :mod:`pkanalysis.show.page`."""

from pkanalysis.show.page import basis as basis
from pkanalysis.show.page import laws as laws
