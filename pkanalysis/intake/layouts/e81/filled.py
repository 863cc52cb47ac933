"""The filled-in forms of a book, and the one of them that reports most."""

from __future__ import annotations

from dataclasses import dataclass

from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.e81.headings import QUARTERS, Form, find_form
from pkanalysis.intake.layouts.e81.levels import LEVELS, with_levels
from pkanalysis.intake.layouts.e81.lines import Line, read_lines
from pkanalysis.intake.layouts.office import Office, find_office
from pkanalysis.intake.values import Value


@dataclass(frozen=True)
class Filled:
    """A form with its lines; ``office`` is missing where the head does not name it."""

    file: str
    form: Form
    office: Office | None
    lines: list[Line]
    findings: list[Finding]

    @property
    def key(self) -> tuple[str, int | None]:
        """Whose form it is, and of which year."""
        return self.office.code if self.office else "", self.form.year

    @property
    def quarters(self) -> tuple[str, ...]:
        """Quarters up to the last one in which any line has a K or Rp that is not nought."""
        filled = [
            place
            for place, quarter in enumerate(QUARTERS, 1)
            if any(line.rp(quarter) or is_something(line.performance.get(quarter, Value())) for line in self.lines)
        ]
        return QUARTERS[: max(filled, default=0)]

    @property
    def activities(self) -> list[Line]:
        """Programmes, kegiatan and sub kegiatan, once each."""
        return [line for line in self.lines if line.level in LEVELS and not line.is_further]


def is_something(value: Value) -> bool:
    """Whether a value is there and is not nought."""
    return bool(value.letter) or (value.number is not None and value.number != 0)


def forms(book: Book) -> list[Filled]:
    """Every form of the book, the one with most quarters and lines first."""
    found = []
    for sheet, rows in book.sheets.items():
        if form := find_form(sheet, rows):
            read = read_lines(book.name, form, rows)
            first = read.lines[0].row if read.lines else len(rows)
            office = find_office(rows[:first])
            found.append(Filled(book.name, form, office, with_levels(read.lines), read.findings))
    return sorted(found, key=lambda item: (len(item.quarters), len(item.lines)), reverse=True)
