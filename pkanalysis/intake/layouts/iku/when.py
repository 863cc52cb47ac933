"""Year and quarter that the titles above a list name, for columns whose headings do not."""

from __future__ import annotations

import re

from pkanalysis.intake import dates
from pkanalysis.intake.book import Book, Rows, text
from pkanalysis.intake.layouts.iku.headings import Heading

_QUARTER = re.compile(r"(?i)\b(?:triwulan|tw)\.?\s*(?:ke-?)?(?:iv|iii|ii|i|[1-4])\b")
_LABELS = re.compile(r"(?i)(tahun|periode|triwulan)\b")


def year_above(book: Book, sheet: str, head: Rows, heading: Heading) -> int | None:
    """The year of columns without one: that of all other columns, of the titles above, the sheet or the file."""
    years = {item.year for item in heading.measures if item.year}
    if len(years) == 1:
        return years.pop()
    titles = titles_above(head)
    named = [words for words in titles if re.search(r"(?i)\b(tahun|t\.?a)\b", words)]
    return next((year for words in [*named, *titles, sheet, book.path.stem] if (year := dates.year(words))), None)


def titles_above(head: Rows) -> list[str]:
    """Texts of the rows that are titles or a label with its value (``Tahun | 2025``), the nearest first."""
    rows = [[cell for cell in row if text(cell).strip(" :")] for row in reversed(head)]
    labels = [" ".join(map(text, row)) for row in rows if 1 < len(row) <= 3 and _LABELS.match(text(row[0]))]
    return [*labels, *(text(cell) for row in rows if len(row) <= 3 for cell in row if isinstance(cell, str))]


def quarter_above(head: Rows, heading: Heading) -> str:
    """The quarter that the titles name where no column does, or empty."""
    if "periode" in heading.fields or any(item.period != "tahunan" for item in heading.measures):
        return ""
    found = {
        period
        for words in titles_above(head)
        if (named := _QUARTER.search(words)) and (period := dates.period(named[0]))
    }
    return found.pop() if len(found) == 1 else ""
