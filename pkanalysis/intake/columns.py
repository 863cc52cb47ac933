"""Finding a table by its headings, and taking its columns, whatever their order and address."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import compress, zip_longest
from typing import Any

import pandas as pd

from pkanalysis import codes
from pkanalysis.errors import PkError
from pkanalysis.intake.amounts import rupiah, unit, without_unit
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.sheets import Book, Rows, column_letters, normal, text

HEAD_ROWS = 20
_UNIT_STATED = re.compile(r"(?i)\bdalam\b|\(|\brp\b|^(satuan\s*:?\s*)?\S+$")


@dataclass(frozen=True)
class Field:
    """A column to look for: our name, the headings it goes by, and whether the table needs it."""

    name: str
    headings: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True)
class Header:
    """A heading row (0-based), and per field found in it its 0-based column and its heading as written."""

    row: int
    columns: dict[str, int]
    titles: dict[str, str]


def find_header(rows: Rows, fields: Sequence[Field], limit: int = HEAD_ROWS) -> Header | None:
    """The first of the top ``limit`` rows that has every required heading, in any order and spelling.

    Examples
    --------
    >>> find_header([["Lampiran"], ["Pagu (Rp)", "KODE  REKENING"]], [Field("kode", ("kode rekening",))])
    Header(row=1, columns={'kode': 1}, titles={'kode': 'KODE REKENING'})
    """
    for place, row in enumerate(rows[:limit]):
        columns = _columns(row, fields)
        if all(field.name in columns for field in fields if field.required):
            return Header(place, columns, {name: text(row[column]) for name, column in columns.items()})
    return None


def _columns(row: Sequence[Any], fields: Sequence[Field]) -> dict[str, int]:
    where: dict[str, int] = {}
    for column, cell in enumerate(row):
        where.setdefault(normal(cell), column)
        where.setdefault(normal(without_unit(cell)) if isinstance(cell, str) else "", column)
    found = {field.name: [where[name] for name in map(normal, field.headings) if name in where] for field in fields}
    return {name: columns[0] for name, columns in found.items() if columns}


@dataclass(frozen=True)
class Grid:
    """One table of a sheet: raw cells per field, with the 1-based row of each line.

    ``factor`` is the rupiah per unit that the rows above the headings name; a heading may name its own.
    """

    file: str
    sheet: str
    header: Header
    cells: dict[str, list[Any]]
    rows: list[int]
    factor: int = 1

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, keep: Sequence[bool]) -> Grid:
        """The lines for which ``keep`` is true."""
        cells = {name: list(compress(column, keep)) for name, column in self.cells.items()}
        return replace(self, cells=cells, rows=list(compress(self.rows, keep)))

    def texts(self, name: str, clean: Callable[[Any], str] = text) -> list[str]:
        """Column as text, each distinct cell cleaned once and shared; empty when there is no such column."""
        cells = self.cells.get(name)
        if cells is None:
            return [""] * len(self)
        shared = {cell: clean(cell) for cell in set(cells)}
        return [shared[cell] for cell in cells]

    def activities(self, name: str) -> list[str]:
        """Column of programme, kegiatan or sub kegiatan codes in their one form."""
        return self.texts(name, lambda cell: codes.canonical_activity(text(cell)))

    def amounts(self, name: str) -> tuple[pd.Series, list[Finding]]:
        """Column as rupiah, with an error for every cell that is none and a warning for lost digits."""
        own = unit(self.header.titles.get(name, ""))
        read = rupiah(self.cells.get(name, [None] * len(self)), own if own > 1 else self.factor)
        findings = [
            self.finding("galat", place.position, name, place.text, place.reason, "tulis angka rupiah saja")
            for place in read.problems
        ]
        findings += [
            self.finding("peringatan", place.position, name, place.text, place.reason, "tulis angka lengkapnya")
            for place in read.doubts
        ]
        if read.rounded:
            findings.append(
                self.finding(
                    "catatan", None, name, "", f"{read.rounded} angka bersen dibulatkan ke rupiah", "tidak perlu diubah"
                )
            )
        return pd.Series(read.figures, dtype="Int64"), findings

    def finding(self, severity: Severity, line: int | None, name: str, value: str, rule: str, remedy: str) -> Finding:
        """A finding about field ``name``, in the cell of ``line`` (0-based) or the whole sheet."""
        column = self.header.columns.get(name)
        place = "" if line is None else f"baris {self.rows[line]}"
        if line is not None and column is not None:
            place = f"{column_letters(column)}{self.rows[line]}"
        return Finding(severity, self.file, self.sheet, place, self.header.titles.get(name, name), value, rule, remedy)


def has_table(book: Book, fields: Sequence[Field]) -> str | None:
    """Name of the first sheet that holds a table with these headings, or ``None``."""
    return next((name for name, rows in book.sheets.items() if find_header(rows, fields)), None)


def grids(book: Book, fields: Sequence[Field]) -> list[Grid]:
    """Every sheet of the book that holds the table; blank rows and columns that are not fields are left behind.

    Raises
    ------
    PkError
        No sheet has the headings.
    """
    found = [(name, rows, find_header(rows, fields)) for name, rows in book.sheets.items()]
    tables = [_grid(book.name, name, rows, header) for name, rows, header in found if header]
    if not tables:
        needed = ", ".join(field.headings[0] for field in fields if field.required)
        raise PkError(f"{book.name} tidak punya lembar dengan judul kolom {needed}; periksa baris judulnya.")
    return tables


def _grid(file: str, sheet: str, rows: Rows, header: Header) -> Grid:
    body = [
        (place, row)
        for place, row in enumerate(rows[header.row + 1 :], header.row + 2)
        if any(cell != "" for cell in row)
    ]
    by_column = list(zip_longest(*(row for _, row in body), fillvalue=""))
    empty = [""] * len(body)
    cells = {
        name: list(by_column[column]) if column < len(by_column) else empty for name, column in header.columns.items()
    }
    return Grid(file, sheet, header, cells, [place for place, _ in body], stated_unit(rows[: header.row]))


def stated_unit(above: Rows) -> int:
    """Rupiah per unit that the rows above a table name for all of it, as "(dalam ribuan rupiah)" does.

    Examples
    --------
    >>> stated_unit([["Rekap pagu"], ["(dalam jutaan rupiah)"]]), stated_unit([["Bantuan 2 miliar"]])
    (1000000, 1)
    """
    words = (text(cell) for row in above for cell in row if isinstance(cell, str))
    return next((unit(word) for word in words if _UNIT_STATED.search(word) and unit(word) > 1), 1)
