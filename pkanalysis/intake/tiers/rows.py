"""Rows of a form: code, name and whole rupiah per measure, with the row they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pkanalysis.intake.amounts import Problem, rupiah
from pkanalysis.intake.columns import stated_unit
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.sebelum_sesudah.heads import split_code
from pkanalysis.intake.sheets import Book, Rows, cell_name, text
from pkanalysis.intake.tiers.headings import Columns, find
from pkanalysis.intake.tiers.heads import Head, head
from pkanalysis.intake.tiers.keys import Code, Place, is_code, split

LEFT_OUT = re.compile(r"(?i)surplus|defisit|netto|silpa|sisa lebih|lebih pembiayaan")
TOTAL = re.compile(r"(?i)(jumlah|total|grand total)\b")


@dataclass(frozen=True)
class Row:
    """One row; ``place`` carries the activity of the rows above where the row writes its account only."""

    row: int
    code: Code
    place: Place
    name: str
    figures: dict[str, int | None]
    names: dict[int, str] = field(default_factory=dict)

    @property
    def is_total(self) -> bool:
        """Whether it is a JUMLAH or TOTAL without a code."""
        return not (self.code.activity or self.code.account) and bool(TOTAL.match(self.name))


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
        return tuple(self.columns.places)

    def finding(self, severity: Severity, row: int, measure: str, value: str, rule: str, remedy: str) -> Finding:
        """A finding in the cell of ``measure`` and 1-based ``row``, or about the row when ``measure`` is empty."""
        place = cell_name(row - 1, self.columns.places[measure]) if measure else f"baris {row}"
        title = self.columns.titles.get(measure, "")
        return Finding(severity, self.file, self.sheet, place, title, value, rule, remedy)


def forms(book: Book) -> list[Form]:
    """Every sheet of the book that holds a form with subtotals."""
    found = ((name, rows, find(rows)) for name, rows in book.sheets.items())
    return [_form(book, name, rows, columns) for name, rows, columns in found if columns]


def _form(book: Book, sheet: str, rows: Rows, columns: Columns) -> Form:
    above = rows[: columns.row]
    lines = [(number, *_labels(row, columns)) for number, row in enumerate(rows[columns.body :], columns.body + 1)]
    filled = [line for line in lines if (line[1] or line[2]) and not _is_numbering(rows[line[0] - 1])]
    factor = stated_unit(above)
    form = Form(book.name, sheet, head(above, (sheet, book.path.stem)), columns, (), [])
    figures: dict[str, list[int | None]] = {}
    slack = 0
    for measure, column in columns.places.items():
        cells = [rows[number - 1][column] if column < len(rows[number - 1]) else "" for number, _, _ in filled]
        own = columns.factors[measure]
        read = rupiah(cells, own if own > 1 else factor)
        figures[measure] = read.figures
        slack += read.rounded
        form.findings.extend(_cells(form, "galat", measure, read.problems, filled))
        form.findings.extend(_cells(form, "peringatan", measure, read.doubts, filled))
    return replace(form, rows=tuple(_rows(filled, figures)), slack=slack)


def _cells(
    form: Form, severity: Severity, measure: str, problems: Sequence[Problem], lines: Sequence[tuple[int, str, str]]
) -> list[Finding]:
    remedy = "tulis angka rupiah saja" if severity == "galat" else "tulis angka lengkapnya"
    return [
        form.finding(severity, lines[cell.position][0], measure, cell.text, cell.reason, remedy) for cell in problems
    ]


def _labels(row: Sequence[Any], columns: Columns) -> tuple[str, str]:
    """Code and name of a row; a code may be spread over several cells, or stand in one with the name."""
    words = [text(cell) for cell in row[columns.code : columns.left] if text(cell)]
    count = next((place for place, word in enumerate(words) if not is_code(word)), len(words))
    if count == 0 and words and (named := split_code(words[0])).code:
        return named.code, named.name
    return ".".join(words[:count]), next(iter(words[count:]), "")


def _is_numbering(row: Sequence[Any]) -> bool:
    """Whether the row numbers the columns: 1, 2, 3, 4 = 3 - 2."""
    words = [text(cell) for cell in row if text(cell)]
    return len(words) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?(\s*=.*)?", word) for word in words)


def _rows(lines: Sequence[tuple[int, str, str]], figures: dict[str, list[int | None]]) -> list[Row]:
    rows, activity = [], Code()
    names: dict[int, str] = {}
    for position, (number, written, name) in enumerate(lines):
        code = split(written)
        if code.activity:
            activity = Code(code.activity)
        if code.activity and not code.account:
            depth = len(code.place.activity)
            names = {level: word for level, word in names.items() if level < depth} | {depth: name}
        place = Place(activity.place.activity, code.place.account) if code.account else code.place
        own = Code(activity.activity if code.account else code.activity, code.account)
        rows.append(Row(number, own, place, name, {each: column[position] for each, column in figures.items()}, names))
    return rows
