"""Budget forms with a subtotal at every level: their rows, their leaves, and their control totals."""

from pkanalysis.intake.tiers.control import Settled, is_tree, settle
from pkanalysis.intake.tiers.forms import forms
from pkanalysis.intake.tiers.headings import HEADINGS
from pkanalysis.intake.tiers.heads import Head, Period
from pkanalysis.intake.tiers.rows import Form, Row

__all__ = ["HEADINGS", "Form", "Head", "Period", "Row", "Settled", "forms", "is_tree", "settle"]
