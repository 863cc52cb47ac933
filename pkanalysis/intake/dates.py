"""Dates, months, years and periods as offices write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from pkanalysis import vocabulary
from pkanalysis.intake.book import normal, text

MONTHS = tuple(name.lower() for name in vocabulary.MONTHS)
SPELLINGS = tuple(
    (name, *others.split())
    for name, others in zip(
        MONTHS,
        (
            "jan januri january jaunari janurai",
            "feb pebruari peb febuari pebuari february febr februry pebr",
            "mar mrt march maert mart",
            "apr aprl apri aprill",
            "may mey",
            "jun june juny",
            "jul july",
            "agt agts agst ags agu agust aug august agus agustust agutus",
            "sep sept septemer sepember septmber",
            "okt oct october octeber oktobr",
            "nov nop nopember novembar nopemer novenber",
            "des dec december dsember dessember desmber",
        ),
        strict=True,
    )
)
"""How each month is written, its name first."""
_MONTH_OF = {spelling: month for month, row in enumerate(SPELLINGS, 1) for spelling in row}
_WORDS = re.compile(
    r"(?:[A-Za-z']+\s*,\s*)?(\d{1,2})\s*[-./ ]?\s*([A-Za-z]+)\.?\s*[-./ ,]?\s*(\d{4}|\d{2})(?:[ ,]+[\d:.]+)?"
)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T ].*)?")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_PERIOD = re.compile(r"(?:tw|triwulan|kuartal)(?:ke)?(iv|iii|ii|i|[1-4])(?:20\d{2})?")
_ROMAN = {roman.lower(): number for number, roman in enumerate(vocabulary.ROMAN, 1)}


def month(name: Any) -> int | None:
    """Month 1-12 of a name in its usual spellings, or ``None``.

    Examples
    --------
    >>> month("PEBRUARI"), month("AGTS"), month("Nopember "), month("Jumlah")
    (2, 8, 11, None)
    """
    return _MONTH_OF.get(normal(name))


def date(cell: Any) -> dt.date | None:
    """Date of a cell: date cells, ``7 Januari 2026``, ISO, or day first; ``None`` when it is none.

    Two digits are a year from 2000 on.

    Examples
    --------
    >>> date("7 Januari 2026"), date("2025-01-02T00:00:00Z"), date("02/03/2025")
    (datetime.date(2026, 1, 7), datetime.date(2025, 1, 2), datetime.date(2025, 3, 2))
    >>> date("Selasa, 7 Januari 2025"), date("07/01/25")
    (datetime.date(2025, 1, 7), datetime.date(2025, 1, 7))
    >>> date("null"), date("31/02/2025")
    (None, None)
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    words = text(cell)
    if found := _WORDS.fullmatch(words):
        written, number, day = found[3], month(found[2]) or 0, found[1]
    elif found := _ISO.fullmatch(words):
        written, number, day = found[1], int(found[2]), found[3]
    elif found := _DAY_FIRST.fullmatch(words):
        written, number, day = found[3], int(found[2]), found[1]
    else:
        return None
    try:
        return dt.date(int(written) + (2000 if len(written) == 2 else 0), number, int(day))
    except ValueError:
        return None


def year(cell: Any) -> int | None:
    """The one year 2000-2099 that a cell or file name mentions, or ``None``.

    Examples
    --------
    >>> year(2025.0), year("rekap5_2025_murni"), year("2024-2026")
    (2025, 2025, None)
    """
    found = set(_YEAR.findall(text(cell)))
    return int(found.pop()) if len(found) == 1 else None


def period(cell: Any) -> str | None:
    """Period code ``TW1``…``TW4`` or ``tahunan``, or ``None``.

    Examples
    --------
    >>> period("Triwulan II"), period("TW 3 2025"), period("Tahunan"), period("TW V")
    ('TW2', 'TW3', 'tahunan', None)
    """
    words = normal(text(cell))
    if words in ("tahunan", "tahun", "setahun"):
        return "tahunan"
    found = _PERIOD.fullmatch(words)
    return f"TW{_ROMAN.get(found[1]) or found[1]}" if found else None
