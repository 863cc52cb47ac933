"""Budget forms with a subtotal at every level: their rows, their leaves, and their control totals."""

from __future__ import annotations

from pkanalysis.intake.layouts.trees.forms import Form, Head, Period, Row, forms
from pkanalysis.intake.layouts.trees.totals import Settled, is_tree, settle

__all__ = [
    "Form",
    "Head",
    "Period",
    "Row",
    "Settled",
    "forms",
    "is_tree",
    "settle",
]
