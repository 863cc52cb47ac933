"""Budget forms with a subtotal at every level: their rows, their leaves, and their control totals."""

from pkanalysis.intake.layouts.tiers.control import Settled, is_tree, settle
from pkanalysis.intake.layouts.tiers.forms import forms
from pkanalysis.intake.layouts.tiers.headings import HEADINGS
from pkanalysis.intake.layouts.tiers.heads import Head, Period
from pkanalysis.intake.layouts.tiers.rows import Form, Row

__all__ = ["HEADINGS", "Form", "Head", "Period", "Row", "Settled", "forms", "is_tree", "settle"]
