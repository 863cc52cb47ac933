"""One table of a sheet by its fields: cells as text, codes and rupiah, and findings at their cell.

The tables of a book that have certain headings, each taken whole from its sheet.

Twelve months beside what they add up to: quarters, JUMLAH and pagu; monthly or cumulative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any

import pandas as pd

from pkanalysis import codes
from pkanalysis.errors import PkError
from pkanalysis.intake.amounts import rupiah, unit
from pkanalysis.intake.book import Book, Rows, column_letters, merged_down, text
from pkanalysis.intake.dates import MONTHS, SPELLINGS
from pkanalysis.intake.findings import Finding, Severity, finding
from pkanalysis.intake.headings import Field, Header, find_header, is_numbering, stated_unit, unit_notes

OFFICES = ("kode_opd", "kode_sub_unit")


@dataclass(frozen=True)
class Grid:
    """One table of a sheet: raw cells per field, with the 1-based row of each line.

    ``factor`` is the rupiah per unit that the rows above the headings name; a heading may name its own.
    ``above`` are the words of those rows, a line each.
    """

    file: str
    sheet: str
    header: Header
    cells: dict[str, list[Any]]
    rows: list[int]
    factor: int = 1
    above: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, keep: Sequence[bool]) -> Grid:
        """The lines for which ``keep`` is true."""
        cells = {name: list(compress(column, keep)) for name, column in self.cells.items()}
        return replace(self, cells=cells, rows=list(compress(self.rows, keep)))

    def texts(self, name: str, clean: Callable[[Any], str] | None = None) -> list[str]:
        """Column as text, each distinct cell cleaned once and shared; empty when there is no such column.

        Codes of SKPD and sub units come in their one form unless ``clean`` says otherwise.
        """
        clean = clean or (_office if name in OFFICES else text)
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
        read = rupiah(self.cells.get(name, [""] * len(self)), own if own > 1 else self.factor)
        title = self.header.titles.get(name, name)
        findings = [
            cell.finding(self.file, self.sheet, self._place(cell.position, name), title)
            for cell in (*read.problems, *read.doubts)
        ]
        if read.rounded:
            findings.append(self.finding("RUPIAH_DIBULATKAN", None, name, banyaknya=read.rounded))
        return pd.Series(read.figures, dtype="Int64"), findings

    def finding(self, code: str, line: int | None, name: str, value: object = "", /, **values: Any) -> Finding:
        """The finding of rule ``code`` about field ``name``, in the cell of ``line`` (0-based) or the whole sheet."""
        title = self.header.titles.get(name, name)
        return finding(code, self.file, self.sheet, self._place(line, name), title, str(value), **values)

    def said(self, severity: Severity, line: int | None, name: str, value: str, rule: str, remedy: str) -> Finding:
        """A finding about field ``name`` in words of its own."""
        title = self.header.titles.get(name, name)
        return Finding(severity, self.file, self.sheet, self._place(line, name), title, value, rule, remedy)

    def _place(self, line: int | None, name: str) -> str:
        column = self.header.columns.get(name)
        if line is None:
            return ""
        return f"baris {self.rows[line]}" if column is None else f"{column_letters(column)}{self.rows[line]}"


def _office(cell: Any) -> str:
    return codes.canonical_office(text(cell))


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
    tables = [_filled_down(book, _grid(book.name, name, rows, header)) for name, rows, header in found if header]
    if not tables:
        needed = ", ".join(field.headings[0] for field in fields if field.required)
        raise PkError(f"{book.name} tidak punya lembar dengan judul kolom {needed}; periksa baris judulnya.")
    return tables


def _grid(file: str, sheet: str, rows: Rows, header: Header) -> Grid:
    first = header.row + 1
    if first < len(rows) and is_numbering(rows[first]):
        first += 1
    filled = [place for place in range(first, len(rows)) if any(cell != "" for cell in rows[place])]
    body = [rows[place] for place in filled]
    cells = {
        name: [row[column] if column < len(row) else "" for row in body] for name, column in header.columns.items()
    }
    lines = [place + 1 for place in filled]
    above = rows[: header.row]
    words = tuple(" ".join(filter(None, map(text, row))) for row in above)
    grid = Grid(file, sheet, header, cells, lines, stated_unit(above + unit_notes(body)), words)
    return _without_headings(grid, rows)


def _filled_down(book: Book, grid: Grid) -> Grid:
    """The grid in which a key that is merged over several rows stands on each of them."""
    ranges = merged_down(book.path, grid.sheet) if _lacks_keys(grid) else []
    if not ranges:
        return grid
    keys = {grid.header.columns[name]: name for name in grid.cells if name.startswith("kode_")}
    place = {row: line for line, row in enumerate(grid.rows)}
    for top, bottom, column in ranges:
        cells = grid.cells.get(keys.get(column, ""), [])
        for row in range(top + 2, bottom + 2):
            if cells and top + 1 in place and row in place:
                cells[place[row]] = cells[place[top + 1]]
    return grid


def _lacks_keys(grid: Grid) -> bool:
    """Whether a line with an account has no SKPD or no sub kegiatan."""
    accounts = grid.cells.get("kode_rekening", [])
    columns = [grid.cells[name] for name in ("kode_opd", "kode_sub_kegiatan") if "" in grid.cells.get(name, [])]
    return any(code != "" and key == "" for keys in columns for code, key in zip(accounts, keys, strict=True))


def _without_headings(grid: Grid, rows: Rows) -> Grid:
    """The grid without its own heading rows and the numbers under them, which a page break repeats."""
    heading = rows[grid.header.row]
    places = ((name, heading[column]) for name, column in grid.header.columns.items() if column < len(heading))
    name, word = next((name, cell) for name, cell in places if cell)
    column = grid.cells[name]
    if word not in column:
        return grid
    is_head = [cell == word for cell in column]
    upper = rows[grid.header.row - 1] if grid.header.row else []
    keep = [
        not own and not (before and is_numbering(rows[row - 1])) and not (after and rows[row - 1] == upper)
        for own, before, after, row in zip(is_head, [False, *is_head], [*is_head[1:], False], grid.rows, strict=False)
    ]
    return grid.where(keep)


MONTH_FIELDS = tuple(
    Field(names[0], (*names, f"bulan {number}", f"bln {number}", f"rak {names[0]}", f"bulan {names[0]}"))
    for number, names in enumerate(SPELLINGS, 1)
)
"""The twelve months as columns of a list."""

QUARTERS = ("triwulan 1", "triwulan 2", "triwulan 3", "triwulan 4")
WHOLE = ("jumlah", "pagu")
"""Columns that hold the sum of all twelve months, beside the months ``1`` to ``12`` and :data:`QUARTERS`."""
CUMULATIVE = "kolom bulan berisi angka kumulatif: Desember sama dengan jumlah setahun; disimpan selisihnya per bulan"
CUMULATIVE_REMEDY = "pakai berkas dengan angka per bulan bila ini keliru"
MAYBE_CUMULATIVE = "angka tidak pernah turun dari Januari sampai Desember, seperti angka kumulatif; dibaca per bulan"
MAYBE_REMEDY = "tambahkan kolom JUMLAH atau PAGU agar dapat dipastikan"
_NUMBERS = range(1, 13)
SUMMED = dict.fromkeys(WHOLE, _NUMBERS) | {
    name: range(3 * place + 1, 3 * place + 4) for place, name in enumerate(QUARTERS)
}
"""Months that each printed sum adds up."""


@dataclass(frozen=True)
class Missed:
    """A printed sum that the months of its line do not meet."""

    line: int
    column: str
    printed: int
    rule: str


def is_cumulative(table: pd.DataFrame) -> bool | None:
    """Whether the months add up from January on; ``None`` when they may, and no printed sum tells.

    Parameters
    ----------
    table : pandas.DataFrame
        Whole rupiah in columns 1 to 12, and in those of :data:`WHOLE` and :data:`QUARTERS` that the file has.

    Examples
    --------
    >>> rising = pd.DataFrame([[10 * n for n in range(1, 13)]], columns=range(1, 13), dtype="Int64")
    >>> [is_cumulative(rising.assign(jumlah=total)) for total in (120, 780)], is_cumulative(rising)
    ([True, False], None)
    """
    months = table[list(_NUMBERS)].fillna(0).astype("int64")
    never_falls = (months.diff(axis=1).iloc[:, 1:] >= 0).all(axis=1)
    monthly, running = 0, 0
    for name in (name for name in table.columns if name in SUMMED):
        added, last = months[list(SUMMED[name])].sum(axis=1), months[SUMMED[name][-1]]
        telling = added.ne(last) & table[name].notna()
        monthly += int((telling & added.eq(table[name].fillna(0))).sum())
        running += int((telling & never_falls & last.eq(table[name].fillna(0))).sum())
    if monthly != running:
        return running > monthly
    grows = months.nunique(axis=1).gt(2)
    return None if grows.any() and (never_falls | ~grows).all() else False


def of_each_month(table: pd.DataFrame) -> pd.DataFrame:
    """Cumulative months as the figures of each month."""
    months = table[list(_NUMBERS)].fillna(0)
    each = months.diff(axis=1)
    each[1] = months[1]
    return table.drop(columns=list(_NUMBERS)).join(each.astype("Int64"))


def missed(table: pd.DataFrame) -> list[Missed]:
    """Printed quarters and totals that are not the sum of their months, line by line.

    Examples
    --------
    >>> line = pd.DataFrame([[10] * 12 + [30, 121]], columns=[*range(1, 13), "triwulan 1", "jumlah"], dtype="Int64")
    >>> missed(line)
    [Missed(line=0, column='jumlah', printed=121, rule='jumlah 12 bulan adalah 120')]
    """
    found = []
    for name in (name for name in table.columns if name in SUMMED):
        numbers = SUMMED[name]
        words = "12 bulan" if name in WHOLE else f"{_month(numbers[0])}–{_month(numbers[-1])}"
        added = table[list(numbers)].fillna(0).sum(axis=1)
        found += [
            Missed(line, name, int(printed), f"jumlah {words} adalah {int(total)}")
            for line, (printed, total) in enumerate(zip(table[name], added, strict=True))
            if not pd.isna(printed) and printed != total
        ]
    return found


def fallen(each: pd.DataFrame) -> list[Missed]:
    """Cumulative months that are less than the month before, from the figures :func:`of_each_month` gives."""
    return [
        Missed(line, str(number), int(amount), _falls(number))
        for number in _NUMBERS for line, amount in enumerate(each[number].fillna(0)) if amount < 0 and number > 1
    ]  # fmt: skip


def _falls(number: int) -> str:
    return f"angka kumulatif {_month(number)} lebih kecil dari {_month(number - 1)}"


def _month(number: int) -> str:
    return MONTHS[number - 1].capitalize()
