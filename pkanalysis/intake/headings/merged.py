"""Headings over two rows, and rows under a heading that only number its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from pkanalysis.intake.cells.dates import month
from pkanalysis.intake.files.sheets import text

_NUMBER = re.compile(r"\(?(\d{1,2})\)?\s*(=.*)?")


def merged(top: Sequence[Any], below: Sequence[Any]) -> list[tuple[str, ...]]:
    """Headings that each column may go by when merged cells of ``top`` reach over words of ``below``.

    Examples
    --------
    >>> merged(["NO", "SKPD", "", "PAGU"], ["", "KODE", "NAMA", ""])
    [('NO',), ('SKPD KODE', 'KODE SKPD'), ('SKPD NAMA', 'NAMA SKPD'), ('PAGU',)]
    >>> merged(["BULAN", ""], ["JANUARI", "FEBRUARI"])[1]
    ('BULAN FEBRUARI', 'FEBRUARI BULAN', 'FEBRUARI')
    """
    found: list[tuple[str, ...]] = []
    last = ""
    for upper, lower in zip_longest(top, below, fillvalue=""):
        own, under = (text(cell) if isinstance(cell, str) else "" for cell in (upper, lower))
        last = own or (last if under else "")
        both = (f"{last} {under}", f"{under} {last}") if last and under else (last or under,)
        found.append((*both, under) if len(both) > 1 and month(under) else both)
    return found


def is_numbering(row: Sequence[Any]) -> bool:
    """Whether the row numbers the columns, upwards: 1, 2, 3, 4 = 3 - 2.

    Examples
    --------
    >>> is_numbering(["1", "", "(2)", 3.0, "5 = 3-2"]), is_numbering([5, 5, 5]), is_numbering(["1", "2", "Gaji"])
    (True, False, False)
    """
    numbers = [_NUMBER.fullmatch(word) for word in map(text, row) if word]
    values = [int(found[1]) for found in numbers if found]
    return len(values) > 2 and len(values) == len(numbers) and values == sorted(set(values))
