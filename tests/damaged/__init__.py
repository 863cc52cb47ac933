"""Kota Contoh, damaged: small files in every layout with planted defects, each with a clean file beside it.

What is planted is data: a file is a clean page, what is done to it, and the places where a finding is due
(:class:`Paper`, :class:`Damage`). :func:`judge` holds the findings of an import against it; `python -m damaged [DIR]`
(or `make cacat`) writes all files, imports them and says what was found.
"""

from damaged.judging import Verdict, judge
from damaged.listing import FILE, table
from damaged.listing import write as write_list
from damaged.planting import Damage, Defect, Paper
from damaged.sending import PAPERS, home, write

__all__ = ["FILE", "PAPERS", "Damage", "Defect", "Paper", "Verdict", "home", "judge", "table", "write", "write_list"]
