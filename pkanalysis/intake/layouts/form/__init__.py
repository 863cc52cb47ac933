"""The fillable workbook (lembar kerja isian): one file per OPD and period, written and read back.

Sheets and columns are described once (:mod:`layout`, :mod:`labels`); writer and reader derive
from that description. ``[kalender] batas_isian`` (period -> date) and ``narahubung`` of the
configuration are printed on the guide.
"""

from pkanalysis.intake.layouts.form.reader import LAYOUT
from pkanalysis.intake.layouts.form.writer import file_name, write, write_blank

__all__ = ["LAYOUT", "file_name", "write", "write_blank"]
