"""One sheet as it came back: where its columns are, and its rows as typed values with findings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from pkanalysis.intake.book import Book, cell_name, normal
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.form.labels import Labels, stored
from pkanalysis.intake.layouts.form.spec import EXAMPLE, EXAMPLE_MARK, FIRST, HEADINGS, Sheet, made_on
from pkanalysis.tables import Kind

DASHES = ("-", "–", "—")


@dataclass(frozen=True)
class Refused:
    """Why a cell cannot be taken: the code of the finding and what its words name."""

    code: str
    values: dict[str, str] = field(default_factory=dict)


def is_blank(cell: Any) -> bool:
    """Whether nothing was typed."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def typed(cell: Any, kind: Kind, labels: Labels | None = None) -> Any:
    """Value of a cell by the kind of its column.

    Parameters
    ----------
    cell : str, float, bool, date or None
        Raw cell.
    kind : Kind
        Kind of the column.
    labels : mapping of str to str, optional
        Closed list of the column: stored value -> word.

    Returns
    -------
    object
        The stored value, ``None`` for a blank, or :class:`Refused`.

    Examples
    --------
    >>> typed(75.5, "desimal"), typed(" ", "desimal"), typed("75,5 %", "desimal").code
    (75.5, None, 'ISIAN_BUKAN_ANGKA')
    >>> typed("tw iii", "teks", {"TW3": "TW III"}), typed(2025.0, "bulat"), typed(2025.0, "teks")
    ('TW3', 2025, '2025')
    """
    if is_blank(cell):
        return None
    if labels is not None:
        value = stored(labels, _text(cell))
        refused = Refused("ISIAN_BUKAN_PILIHAN", {"pilihan": ", ".join(labels.values())})
        return refused if value is None else value == "True" if kind == "ya_tidak" else value
    if kind == "teks":
        return _text(cell)
    if kind == "tanggal":
        return cell if isinstance(cell, dt.date) else Refused("ISIAN_BUKAN_TANGGAL")
    if isinstance(cell, str) and cell.strip() in DASHES:
        return None
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if kind in ("bulat", "rupiah"):
        return int(cell) if is_number and float(cell).is_integer() else Refused(f"ISIAN_BUKAN_{kind.upper()}")
    return float(cell) if is_number else Refused("ISIAN_BUKAN_ANGKA")


def _text(cell: Any) -> str:
    """Text as written; a code or a date that the spreadsheet turned into a number or date is put back."""
    if isinstance(cell, dt.date):
        return made_on(cell)
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook: ``columns`` maps field names to 0-based columns (or lines) found.

    ``frame`` has one row per filled row, typed, with ``lembar`` and ``baris``; ``keys`` are the codes of all
    rows, those too in which nothing was filled in.
    """

    sheet: Sheet
    file: str
    columns: Mapping[str, int]
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    findings: list[Finding] = field(default_factory=list)
    keys: frozenset[str] = frozenset()

    @cached_property
    def refused(self) -> frozenset[int]:
        """Rows with a cell that could not be taken, of which nothing more is said."""
        return frozenset(int(re.sub(r"\D", "", finding.place) or 0) for finding in self.findings)

    def finding(self, code: str, row: int, name: str, value: Any = "", **values: Any) -> Finding:
        """A finding at the cell of field ``name`` in ``row`` (1-based)."""
        label, column = self.sheet.fields[self.sheet.position(name)].label, self.columns.get(name, 0)
        place = cell_name(column, 1) if self.sheet.is_upright else cell_name(row - 1, column)
        return finding(code, self.file, self.sheet.name, place, label, str(value), **values)


def read_grid(book: Book, sheet: Sheet, lists: Mapping[str, Labels]) -> Grid:
    """Read ``sheet`` of ``book`` by its headings; the example row is no row.

    Parameters
    ----------
    book : Book
    sheet : Sheet
    lists : mapping of str to Labels
        Closed lists by name.
    """
    rows = book.sheets[sheet.name]
    if sheet.is_upright:  # lines of label and value: a heading row and one data row at their usual places
        heads = [row[0] if index >= FIRST - 1 and row else "" for index, row in enumerate(rows)]
        values = [row[1] if len(row) > 1 else "" for row in rows]
        rows = [*[[] for _ in range(HEADINGS - 1)], heads, [EXAMPLE_MARK], values]
    headings = [normal(cell) for cell in rows[HEADINGS - 1]] if len(rows) >= HEADINGS else []
    labels = {item: normal(item.label) for item in sheet.entries}
    places = [(item, headings.index(label)) for item, label in labels.items() if label in headings]
    grid = Grid(sheet, book.name, {item.name: place for item, place in places})
    where = "kolom A" if sheet.is_upright else f"baris {HEADINGS}"
    findings = [
        finding("ISIAN_JUDUL_HILANG", book.name, sheet.name, where, item.label)
        for item in sheet.entries if item.name not in grid.columns
    ]  # fmt: skip
    records, keys = [], set()
    for number, cells in enumerate(rows[HEADINGS:], HEADINGS + 1):
        row = [(item, cells[place] if place < len(cells) else "") for item, place in places]
        keys |= {str(typed(cell, "teks")) for item, cell in row if item.name == sheet.key and not is_blank(cell)}
        is_example = number == EXAMPLE and bool(cells) and cells[0] == EXAMPLE_MARK
        if is_example or all(is_blank(cell) for item, cell in row if item.fill == "kuning" or not sheet.is_form):
            continue
        record: dict[str, Any] = {"lembar": sheet.name, "baris": number}
        for item, cell in row:
            value = typed(cell, sheet.kinds[item.name], lists.get(item.choices))
            if isinstance(value, Refused):
                findings.append(grid.finding(value.code, number, item.name, cell, **value.values))
                value = None
            record[item.name] = value
        records.append(record)
    frame = pd.DataFrame(records, columns=[item.name for item in sheet.entries] + ["lembar", "baris"], dtype=object)
    return Grid(sheet, book.name, grid.columns, frame, findings, frozenset(keys))
