"""The unit of money that the words above or under a table state for all of it."""

from __future__ import annotations

import re

from pkanalysis.intake.cells.amounts import unit
from pkanalysis.intake.files.sheets import Rows, text

FOOT_ROWS = 15
_UNIT_STATED = re.compile(r"(?i)\bdalam\b|\(|\brp\b|^satuan\b|^\S+$")
_NOTE = re.compile(
    r"(?i)\W*((catatan|keterangan|ket)\W+)?((semua|seluruh)\s+)?((angka|nilai|jumlah|pagu)\s+)?(disajikan\s+)?(dalam|satuan)\b"
)
_COUNTED = re.compile(r"(?i)\d\s*(ribu|juta|mil[iy]ar|tril[iy]un)")


def stated_unit(above: Rows) -> int:
    """Rupiah per unit that the rows above a table name for all of it, as "(dalam ribuan rupiah)" does.

    Examples
    --------
    >>> stated_unit([["Rekap pagu"], ["(dalam jutaan rupiah)"]]), stated_unit([["Bantuan 2 miliar"]])
    (1000000, 1)
    >>> stated_unit([["Satuan: Ribu Rupiah"]]), stated_unit([["Program Rp 1 miliar per kelurahan"]])
    (1000, 1)
    """
    words = (text(cell) for row in above for cell in row if isinstance(cell, str))
    stated = (word for word in words if _UNIT_STATED.search(word) and not _COUNTED.search(word))
    return next((unit(word) for word in stated if unit(word) > 1), 1)


def unit_notes(body: Rows) -> Rows:
    """The notes under a table that name the unit of its figures, a row each."""
    words = [cell for row in body[-FOOT_ROWS:] for cell in row if isinstance(cell, str)]
    return [[word] for word in words if _NOTE.match(word)]
