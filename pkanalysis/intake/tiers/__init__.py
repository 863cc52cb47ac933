"""Budget forms with a subtotal at every level: their rows, their leaves, and their control totals."""

from pkanalysis.intake.tiers.control import Settled, has_subtotals, settle
from pkanalysis.intake.tiers.heads import Head, Period
from pkanalysis.intake.tiers.rows import Form, Row, forms

__all__ = ["Form", "Head", "Period", "Row", "Settled", "forms", "has_subtotals", "settle"]
