"""One sheet as it came back: where its columns are, and its rows as typed values with findings.

One cell as it was typed -> a typed value, or the reason why it is none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from pkanalysis.intake.book import Book, Rows, cell_name, normal
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.form.labels import Labels, stored
from pkanalysis.intake.layouts.form.spec import EXAMPLE, EXAMPLE_MARK, FIRST, HEADINGS, Sheet, made_on
from pkanalysis.tables import Kind

DASHES = ("-", "–", "—")


@dataclass(frozen=True)
class Refused:
    """Why a cell cannot be taken: the rule it breaks and what to do."""

    rule: str
    remedy: str


NUMBER = Refused(
    "harus berupa angka", "tulis angkanya saja tanpa %, satuan atau tanda lain, atau kosongkan bila belum ada"
)
WHOLE = Refused("harus berupa bilangan bulat", "tulis bilangan bulat, misalnya 2025")
RUPIAH = Refused("harus berupa rupiah bulat", "tulis rupiah penuh tanpa Rp dan tanpa sen")
DATE = Refused("harus berupa tanggal", "tulis tanggalnya, misalnya 30/09/2025")
WHOLE_KINDS: dict[Kind, Refused] = {"bulat": WHOLE, "rupiah": RUPIAH}


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
    >>> typed(75.5, "desimal"), typed(" ", "desimal"), typed("75,5 %", "desimal").rule
    (75.5, None, 'harus berupa angka')
    >>> typed("tw iii", "teks", {"TW3": "TW III"}), typed(2025.0, "bulat"), typed(2025.0, "teks")
    ('TW3', 2025, '2025')
    """
    if is_blank(cell):
        return None
    if labels is not None:
        return _listed(_text(cell), kind, labels)
    if kind == "teks":
        return _text(cell)
    if kind == "tanggal":
        return cell if isinstance(cell, dt.date) else DATE
    return _number(cell, kind)


def _number(cell: Any, kind: Kind) -> Any:
    if isinstance(cell, str) and cell.strip() in DASHES:
        return None
    refusal = WHOLE_KINDS.get(kind, NUMBER)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return refusal
    if kind in WHOLE_KINDS:
        return int(cell) if float(cell).is_integer() else refusal
    return float(cell)


def _listed(word: str, kind: Kind, labels: Labels) -> Any:
    value = stored(labels, word)
    if value is None:
        return Refused("tidak ada dalam daftar pilihan", f"pilih salah satu: {', '.join(labels.values())}")
    return value == "True" if kind == "ya_tidak" else value


def _text(cell: Any) -> str:
    """Text as written; a code or a date that the spreadsheet turned into a number or date is put back."""
    if isinstance(cell, dt.date):
        return made_on(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook: ``columns`` maps field names to 0-based columns (or lines) found.

    ``frame`` has one row per filled row, typed, with ``lembar`` and ``baris``; ``keys`` are the codes of all
    rows, those too in which nothing was filled in.
    """

    sheet: Sheet
    file: str
    columns: Mapping[str, int]
    frame: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)
    keys: frozenset[str] = frozenset()

    @cached_property
    def refused(self) -> frozenset[int]:
        """Rows with a cell that could not be taken, of which nothing more is said."""
        return frozenset(int(re.sub(r"\D", "", finding.place) or 0) for finding in self.findings)

    def find(self, severity: Severity, row: int, name: str, value: Any, rule: str, remedy: str) -> Finding:
        """A finding at the cell of field ``name`` in ``row`` (1-based)."""
        label = next(item.label for item in self.sheet.fields if item.name == name)
        column = self.columns.get(name, 0)
        place = cell_name(column, 1) if self.sheet.is_upright else cell_name(row - 1, column)
        return Finding(severity, self.file, self.sheet.name, place, label, str(value), rule, remedy)


def read_grid(book: Book, sheet: Sheet, lists: Mapping[str, Labels]) -> Grid:
    """Read ``sheet`` of ``book`` by its headings.

    Parameters
    ----------
    book : Book
    sheet : Sheet
    lists : mapping of str to Labels
        Closed lists by name.
    """
    rows = _lines(book.sheets[sheet.name]) if sheet.is_upright else book.sheets[sheet.name]
    columns = _columns(rows, sheet)
    grid = Grid(sheet, book.name, columns, pd.DataFrame())
    findings = _missing(grid)
    records = []
    for number, row in _filled(rows, grid):
        record, refused = _typed_row(number, row, grid, lists)
        records.append(record | {"lembar": sheet.name, "baris": number})
        findings += refused
    names = [item.name for item in sheet.entries] + ["lembar", "baris"]
    frame = pd.DataFrame(records, columns=names, dtype=object)
    return Grid(sheet, book.name, columns, frame, findings, _keys(rows, columns.get(sheet.key)))


def _keys(rows: Rows, column: int | None) -> frozenset[str]:
    cells = [] if column is None else [_at(row, [column])[0] for row in rows[HEADINGS:]]
    return frozenset(str(typed(cell, "teks")) for cell in cells if not is_blank(cell))


def _lines(rows: Rows) -> Rows:
    """Lines of label and value as a heading row and one data row at their usual places."""
    labels = [row[0] if index >= FIRST - 1 and row else "" for index, row in enumerate(rows)]
    values = [row[1] if len(row) > 1 else "" for row in rows]
    return [*[[] for _ in range(HEADINGS - 1)], labels, [EXAMPLE_MARK], values]


def _columns(rows: Rows, sheet: Sheet) -> dict[str, int]:
    headings = [normal(cell) for cell in rows[HEADINGS - 1]] if len(rows) >= HEADINGS else []
    return {item.name: headings.index(normal(item.label)) for item in sheet.entries if normal(item.label) in headings}


def _missing(grid: Grid) -> list[Finding]:
    sheet = grid.sheet
    place = "kolom A" if sheet.is_upright else f"baris {HEADINGS}"
    return [
        Finding("galat", grid.file, sheet.name, place, item.label, "", "judul kolom ini tidak ditemukan",
                "pakai berkas isian asli dan jangan mengubah judulnya")
        for item in sheet.entries if item.name not in grid.columns
    ]  # fmt: skip


def _filled(rows: Rows, grid: Grid) -> Iterator[tuple[int, list[Any]]]:
    """Rows with an entry, by 1-based number; the example row is not one."""
    sheet = grid.sheet
    counted = [item.name for item in sheet.entries if item.fill == "kuning" or not sheet.is_form]
    positions = [grid.columns[name] for name in counted if name in grid.columns]
    for number, row in enumerate(rows[HEADINGS:], HEADINGS + 1):
        is_example = number == EXAMPLE and bool(row) and row[0] == EXAMPLE_MARK
        if not is_example and not all(is_blank(cell) for cell in _at(row, positions)):
            yield number, row


def _at(row: list[Any], positions: list[int]) -> list[Any]:
    return [row[position] if position < len(row) else "" for position in positions]


def _typed_row(
    number: int, row: list[Any], grid: Grid, lists: Mapping[str, Labels]
) -> tuple[dict[str, Any], list[Finding]]:
    record: dict[str, Any] = {}
    findings = []
    for item in grid.sheet.entries:
        if item.name not in grid.columns:
            continue
        (cell,) = _at(row, [grid.columns[item.name]])
        value = typed(cell, grid.sheet.kind(item), lists.get(item.choices))
        if isinstance(value, Refused):
            findings.append(grid.find("galat", number, item.name, cell, value.rule, value.remedy))
            value = None
        record[item.name] = value
    return record, findings
