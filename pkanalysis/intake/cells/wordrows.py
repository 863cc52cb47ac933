"""Rows of a list that are words only: signatures, notes, the titles that a new page repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pkanalysis.intake.files.sheets import text

_FIGURE = re.compile(r"(?i)\W{0,2}(rp\W{0,2})?X?\d[\d.,\s]*\W{0,3}")
_NIP = 18
"""Digits of the number that stands under a signature, and is neither code nor amount."""
TOTAL = re.compile(r"(?i)(sub\s*|grand\s*)?(jumlah|total)\b")
"""How a row starts that adds up others."""


def is_words(cells: Sequence[Any]) -> bool:
    """Whether no cell of a row holds a code or an amount, or calls the row a total.

    Examples
    --------
    >>> is_words(["", "Kota, 3 Januari 2025", "NIP. 19700101 199003 1 001"]), is_words(["JUMLAH", ""])
    (True, False)
    >>> is_words(["5.1.02", "Belanja"]), is_words(["Dinas Uji", 12]), is_words(["197001011990031001"])
    (False, False, True)
    """
    return not any(map(_tells, cells))


def _tells(cell: Any) -> bool:
    if not isinstance(cell, str):
        return True
    words = text(cell)
    is_figure = bool(_FIGURE.fullmatch(words)) and sum(sign.isdigit() for sign in words) != _NIP
    return is_figure or bool(TOTAL.match(words))
