"""Kota Contoh, damaged: small files in every layout with planted defects, each with a clean file beside it.

What is planted is data: a file is a clean page, what is done to it, and the places where a finding is due
(:class:`Paper`, :class:`Damage`). :func:`judge` holds the findings of an import against it.
"""

from pkanalysis.sample.defects.judging import Verdict, judge
from pkanalysis.sample.defects.listing import FILE, table
from pkanalysis.sample.defects.listing import write as write_list
from pkanalysis.sample.defects.planting import Damage, Defect, Paper
from pkanalysis.sample.defects.sending import PAPERS, home, write

__all__ = ["FILE", "PAPERS", "Damage", "Defect", "Paper", "Verdict", "home", "judge", "table", "write", "write_list"]
