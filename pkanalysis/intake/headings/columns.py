"""Finding the columns of a table by their headings, whatever their order and address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pkanalysis.intake.files.sheets import Rows, text
from pkanalysis.intake.headings.headwords import in_full, normals, of_one_year, plainly
from pkanalysis.intake.headings.merged import merged

HEAD_ROWS = 40


@dataclass(frozen=True)
class Field:
    """A column to look for: our name, the headings it goes by, and whether the table needs it."""

    name: str
    headings: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True)
class Header:
    """The (last) heading row (0-based), and per field found its 0-based column and its heading as written."""

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
        under = rows[place + 1] if place + 1 < len(rows) else []
        for last, titles in ((place, [(cell,) for cell in row]), (place + 1, merged(row, under))):
            columns = _columns(titles, fields)
            if all(field.name in columns for field in fields if field.required):
                return Header(last, columns, {name: text(titles[column][0]) for name, column in columns.items()})
    return None


def _columns(titles: Sequence[tuple[Any, ...]], fields: Sequence[Field]) -> dict[str, int]:
    """Column per field; the first column that goes by a heading has it, with or without its unit."""
    where: dict[str, int] = {}
    written = [(column, cell) for column, cells in enumerate(titles) for cell in cells if isinstance(cell, str)]
    for spell in (plainly, in_full, of_one_year(written)):
        for column, cell in written:
            for name in spell(cell):
                where.setdefault(name, column)
    found = {field.name: [where[name] for name in normals(field.headings) if name in where] for field in fields}
    return {name: columns[0] for name, columns in found.items() if columns}
