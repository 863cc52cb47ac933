"""Rows of a list of indicators, each with its office, direction and values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake import dates, directions
from pkanalysis.intake.iku.headings import Heading, Measure
from pkanalysis.intake.invented import indicator_code
from pkanalysis.intake.office import Office, find_office
from pkanalysis.intake.sheets import Book, Rows, cell_name, normal, text
from pkanalysis.intake.values import Value, values

_REGION = re.compile(r"(?i)(pemerintah\s+)?(kabupaten|kab\.?|kota|provinsi|pemkab|pemkot|pemda|daerah)\b(\s+\w+){0,3}")
_COPY = re.compile(r"(?i)\s*\((salinan|copy|kopi|duplikat|ganda)\)")


@dataclass(frozen=True)
class Reported:
    """One value: as written, as read, and in which cell."""

    measure: Measure
    year: int
    written: str
    value: Value
    place: str


@dataclass(frozen=True)
class Item:
    """One row of the list; ``direction`` is as written, ``polarity`` as understood (empty: not understood)."""

    sheet: str
    row: int
    office: Office | None
    name: str
    words: dict[str, str]
    direction: str
    polarity: str
    reported: tuple[Reported, ...]

    @property
    def subject(self) -> str:
        """Name without the mark of a copy."""
        return _COPY.sub("", self.name)

    @property
    def code(self) -> str:
        """Invented code of the indicator."""
        return indicator_code(self.office.code if self.office else "", "IKU", self.subject)

    @property
    def level(self) -> str:
        """``iku_kota`` for the region itself, ``iku_opd`` for an office."""
        return "iku_kota" if self.office and _REGION.fullmatch(self.office.name) else "iku_opd"

    @property
    def document(self) -> str:
        """``pk_perubahan`` where the row says so."""
        return "pk_perubahan" if "perubahan" in self.words.get("dokumen", "").lower() else "pk"

    @property
    def is_draft(self) -> bool:
        """Whether the row is marked as a draft."""
        return bool(re.search(r"(?i)draf|sementara|belum final", self.words.get("status", "")))

    @property
    def key(self) -> tuple[object, ...]:
        """What may be there once: indicator, year and document, under the same value columns."""
        columns = tuple((told.measure.kind, told.year, told.measure.period) for told in self.reported)
        return self.code, self.document, columns

    def of(self, kind: str) -> list[Reported]:
        """Values of one kind, in the order of the columns."""
        return [item for item in self.reported if item.measure.kind == kind]


def items(book: Book, sheet: str, heading: Heading) -> list[Item]:
    """Rows under the heading that name an indicator or hold a value."""
    rows = book.sheets[sheet]
    body = [(number, row) for number, row in enumerate(rows[heading.row + 1 :], heading.row + 2)]
    read = {item: values([_cell(row, item.column) for _, row in body]) for item in heading.measures}
    offices = _offices(rows, heading, [row for _, row in body])
    year = _year(book, sheet, rows[: heading.row])
    found = []
    for place, (number, row) in enumerate(body):
        words = {field: text(_cell(row, column)) for field, column in heading.fields.items()}
        own_year = dates.year(words.get("tahun", "")) or year or 0
        reported = tuple(
            Reported(item, item.year or _common_year(heading) or own_year, str(_cell(row, item.column)).strip(),
                     read[item][place], cell_name(number - 1, item.column))
            for item in heading.measures
        )  # fmt: skip
        direction = str(_cell(row, heading.fields["arah"])).strip() if "arah" in heading.fields else ""
        if words["indikator"] or any(not item.value.is_empty for item in reported):
            found.append(
                Item(sheet, number, offices[place], words["indikator"], words, direction,
                     directions.written(direction), reported)
            )  # fmt: skip
    return found


def _cell(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else ""


def _offices(rows: Rows, heading: Heading, body: Rows) -> list[Office | None]:
    """Office per row: its own cell, a merged one above, or the head of the sheet."""
    last = find_office(rows[: heading.row])
    found = []
    for row in body:
        name = text(_cell(row, heading.fields["opd"])) if "opd" in heading.fields else ""
        last = Office(name) if normal(name) else last
        found.append(last)
    return found


def _common_year(heading: Heading) -> int | None:
    """The one year that the headings mention; columns without a year are of that year."""
    years = {item.year for item in heading.measures if item.year}
    return years.pop() if len(years) == 1 else None


def _year(book: Book, sheet: str, head: Rows) -> int | None:
    for words in [*(cell for row in head for cell in row), sheet, book.path.stem]:
        if found := dates.year(words):
            return found
    return None
