"""Columns that several tables share."""

from pkanalysis.show import tables

CHANGE = tuple(tables.specified(tables.CHANGE, {}))
ACHIEVED = tuple(tables.specified(tables.ACHIEVED, {}))
