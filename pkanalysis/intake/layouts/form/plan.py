"""What goes where: the rows of every sheet, and the addresses that formulas point at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pkanalysis.config import Config
from pkanalysis.intake.layouts.form.formulas import Around
from pkanalysis.intake.layouts.form.labels import Labels, closed
from pkanalysis.intake.layouts.form.layout import BY_NAME
from pkanalysis.intake.layouts.form.prefill import Records
from pkanalysis.intake.layouts.form.spec import FIRST, Sheet
from pkanalysis.intake.layouts.form.stamp import Stamp


@dataclass(frozen=True)
class Plan:
    """One workbook to be written. ``is_known`` says that the OPD is known, so its sheets are locked.

    ``unused`` names sheets that get neither rows nor room.
    """

    records: dict[str, Records]
    stamp: Stamp
    config: Config
    owner: str
    is_known: bool
    unused: frozenset[str] = frozenset()

    @cached_property
    def lists(self) -> dict[str, Labels]:
        """Closed lists with the stages of the configuration."""
        return closed(self.config)

    def rows(self, sheet: Sheet) -> Records:
        """Filled rows of a sheet."""
        return self.records.get(sheet.name, [])

    def room(self, sheet: Sheet) -> int:
        """Number of empty rows below the filled ones."""
        if sheet.name in self.unused:
            return 0
        return sheet.spare if self.rows(sheet) else sheet.room

    def last(self, sheet: Sheet) -> int:
        """Last data row (1-based); at least the first one, so that ranges are never reversed."""
        return max(FIRST, FIRST - 1 + len(self.rows(sheet)) + self.room(sheet))

    def span(self, sheet_name: str, field: str) -> str:
        """Absolute range of one column of a sheet."""
        sheet = BY_NAME[sheet_name]
        letter = sheet.letters[field]
        return f"'{sheet_name}'!${letter}${FIRST}:${letter}${self.last(sheet)}"

    def around(self, sheet: Sheet, row: int) -> Around:
        """What formulas of ``row`` (1-based) may point at."""
        cells = {name: f"${letter}{row}" for name, letter in sheet.letters.items()}
        return Around(cells, self.span, self.stamp.year, self.stamp.period)
