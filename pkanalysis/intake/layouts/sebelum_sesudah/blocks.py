"""Blocks of a before/after sheet: a head, a table of account lines, and its JUMLAH row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.book import Rows, normal, text
from pkanalysis.intake.dates import year
from pkanalysis.intake.headings import is_numbering, stated_unit
from pkanalysis.intake.layouts.sebelum_sesudah.headings import STAGES, Columns, columns_at
from pkanalysis.intake.layouts.sebelum_sesudah.heads import Head, Named, labelled, note, split_code

TOTALS = ("jumlah", "total", "grandtotal", "subtotal", "subjumlah")
LOOK_ABOVE = 8
NEW_HEAD = ("unit", "organisasi", "tahun", "sumber")


@dataclass(frozen=True)
class Line:
    """One account line: its row, the head and tree above it, and its raw cells per measure."""

    row: int
    under: Head
    account: str
    name: str
    cells: dict[str, Any]


@dataclass(frozen=True)
class Block:
    """One block; ``total`` holds the raw cells of the JUMLAH row, ``loose`` the rows with figures but no account.

    ``factor`` is the rupiah per unit that the rows above it name.
    """

    sheet: str
    first_row: int
    head: Head
    columns: Columns
    lines: tuple[Line, ...] = ()
    total: dict[str, Any] = field(default_factory=dict)
    total_row: int = 0
    loose: tuple[int, ...] = ()
    factor: int = 1

    @property
    def source(self) -> Named:
        """Funding source as the head writes it."""
        return self.head.get("sumber", Named())

    @property
    def label(self) -> str:
        """How findings name the block.

        Examples
        --------
        >>> Block("S", 9, {"sumber": Named("", "DAU")}, Columns({}, {})).label
        'blok baris 9 (DAU)'
        """
        return f"blok baris {self.first_row}" + (f" ({self.source.name})" if self.source.name else "")


def blocks(sheet: str, rows: Rows) -> Iterator[Block]:
    """Blocks of a sheet in order; a heading repeated by a page break goes on with the same block."""
    head: Head = {}
    current: _Open | None = None
    for number, row in enumerate(rows, 1):
        columns = columns_at(rows, number - 1)
        found = None if columns else labelled(row[: current.columns.left] if current else row)
        if current and current.ends_before(columns, found):
            yield current.block()
            head, current = dict(current.head) if columns else {}, None
        if columns:
            current = current or _Open(sheet, number, head, columns, factor=_factor(rows, number - 1))
            current.columns = columns
        elif found:
            note(current.head if current else head, *found)
        elif current:
            current.take(number, row)
        elif named := _year(row):
            head.setdefault("tahun", Named("", str(named)))
    if current:
        yield current.block()


def _factor(rows: Rows, place: int) -> int:
    """Rupiah per unit that the top of the sheet or the rows right above a heading name."""
    return max(stated_unit(rows[: min(place, LOOK_ABOVE)]), stated_unit(rows[max(0, place - LOOK_ABOVE) : place]))


def _year(row: Sequence[Any]) -> int | None:
    """The budget year that a title names."""
    words = " ".join(text(cell) for cell in row if isinstance(cell, str))
    return year(words) if re.search(r"(?i)\b(tahun|t\.?a)\b", words) else None


@dataclass
class _Open:
    """A block while its rows go by."""

    sheet: str
    first_row: int
    head: Head
    columns: Columns
    lines: list[Line] = field(default_factory=list)
    total: dict[str, Any] = field(default_factory=dict)
    total_row: int = 0
    loose: list[int] = field(default_factory=list)
    factor: int = 1

    def ends_before(self, columns: Columns | None, found: tuple[str, Named] | None) -> bool:
        """Whether a heading or a label starts another block; a JUMLAH that more lines follow was a subtotal."""
        if columns:
            return self.total_row > 0
        return found is not None and (found[0] in NEW_HEAD or (self.total_row > 0 and "kegiatan" not in found[0]))

    def take(self, number: int, row: Sequence[Any]) -> None:
        """Add one row: a line, the JUMLAH, or a row with figures and no account."""
        if is_numbering(row):
            return
        left = [text(cell) for cell in row[: self.columns.left]]
        places = self.columns.places | ({} if self.columns.difference is None else {"selisih": self.columns.difference})
        cells = {name: row[column] for name, column in places.items() if column < len(row)}
        self.note_activity(row)
        account = _account(left)
        if account.code:
            self.lines.append(Line(number, dict(self.head), account.code, account.name, cells))
            self.total, self.total_row = {}, 0
        elif any(normal(words).startswith(TOTALS) for words in left):
            self.total, self.total_row = cells, number
        elif not self.total_row and any(isinstance(cells.get(stage), float) and cells[stage] for stage in STAGES):
            self.loose.append(number)

    def note_activity(self, row: Sequence[Any]) -> None:
        """Take the sub kegiatan of a line from its own column, where there is one; a blank one goes on."""
        place = self.columns.activity
        words = text(row[place]) if place is not None and place < len(row) else ""
        if words:
            code = codes.clean(words)
            following = text(row[place + 1]) if place is not None and place + 1 < self.columns.left else ""
            note(self.head, "sub_kegiatan", Named(code, following) if codes.key(code) else split_code(words))

    def block(self) -> Block:
        """The block as it stands."""
        return Block(
            self.sheet, self.first_row, dict(self.head), self.columns, tuple(self.lines), self.total, self.total_row,
            tuple(self.loose), self.factor,
        )  # fmt: skip


def _account(left: list[str]) -> Named:
    """Account and its name, in two cells or in one; a code repeated in front of the name is taken off."""
    for place, words in enumerate(left):
        code, _, rest = words.partition(" ")
        if codes.is_account(words) or codes.is_account(code):
            is_alone = codes.is_account(words)
            following = (after for after in left[place + 1 :] if after.strip(" :"))
            name = next(following, "") if is_alone else rest
            first, _, tail = name.partition(" ")
            return Named(words if is_alone else code, tail if codes.is_account(first) else name)
    return Named()
