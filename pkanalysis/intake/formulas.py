"""Formulas that were never computed: a workbook written by a script holds them without a value."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_UNCOMPUTED = re.compile(rb"<c r=\"([A-Z]+\d+)\"[^>]*><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def uncomputed(path: Path) -> str:
    """First cell of an .xlsx whose formula has no stored value, or ``""``.

    Such a cell reads as empty, so that a total would silently be smaller. Excel stores every value;
    a file saved by a script does not until somebody opens it in Excel and saves it.

    Parameters
    ----------
    path : Path
        A file; anything but an .xlsx has no such cells.
    """
    if not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if _SHEET.fullmatch(name)]
        found = (match for name in sorted(sheets) for match in _UNCOMPUTED.finditer(package.read(name)))
        return next((match.group(1).decode() for match in found), "")
