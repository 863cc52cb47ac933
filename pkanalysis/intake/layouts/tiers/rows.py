"""What a form is: its head and columns, and its rows with code, name and whole rupiah per measure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pkanalysis.intake.book import cell_name, normal
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.tiers.headings import Columns, Spots
from pkanalysis.intake.layouts.tiers.heads import Head
from pkanalysis.intake.layouts.tiers.keys import Code, Place

LEFT_OUT = re.compile(r"(?i)surplus|defisit|netto|silpa|sisa lebih|lebih pembiayaan")

Line = tuple[int, str, str]
"""1-based row, code and name as written."""


@dataclass(frozen=True)
class Row:
    """One row; ``place`` carries the activity of the rows above where the row writes its account only.

    ``spots`` are the columns of its figures, for a kind of belanja that stands beside others.
    """

    row: int
    code: Code
    place: Place
    name: str
    figures: dict[str, int | None]
    names: dict[int, str] = field(default_factory=dict)
    spots: Spots = field(default_factory=dict)

    @property
    def is_total(self) -> bool:
        """Whether it is a JUMLAH or TOTAL without a code."""
        has_code = bool(self.code.activity or self.code.account)
        return not has_code and normal(self.name).startswith(("jumlah", "total", "grandtotal", "subtotal"))


@dataclass(frozen=True)
class Form:
    """One form of a sheet: its head, its columns, its rows in order, and what was noticed in cells.

    ``slack`` is the number of figures whose sen were rounded off; sums may miss by as many rupiah.
    """

    file: str
    sheet: str
    head: Head
    columns: Columns
    rows: tuple[Row, ...]
    findings: list[Finding]
    slack: int = 0

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures of the form, as their headings name them."""
        return tuple(self.columns.titles)

    def finding(self, severity: Severity, row: Row | int, measure: str, value: str, rule: str, remedy: str) -> Finding:
        """A finding in the cell of ``measure`` and a row (or its number), or about the row without a measure."""
        number = row if isinstance(row, int) else row.row
        spots = self.columns.places if isinstance(row, int) else self.columns.places | row.spots
        place = cell_name(number - 1, spots[measure]) if measure in spots else f"baris {number}"
        title = self.columns.headings.get(row.spots.get(measure, -1), "") if isinstance(row, Row) else ""
        title = title or self.columns.titles.get(measure, "")
        return Finding(severity, self.file, self.sheet, place, title, value, rule, remedy)
