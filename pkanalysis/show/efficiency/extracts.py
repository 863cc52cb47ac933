"""Long lists: their largest rows on the main part of the page, the whole of them in the annex."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pkanalysis.show.blocks import Note, Phrase, Table
from pkanalysis.show.cells import count

FIRST = 10
"""Rows of a long list on the main part of the page."""

SUMMED = ("rp", "perubahan_rp", "bulat")
WHOLE = "Selengkapnya pada lampiran."


def is_long(table: Table | Note) -> bool:
    """Whether leaving rows out would make the table shorter."""
    return isinstance(table, Table) and len(table.rows) - len(table.totals) > FIRST + 1


def extract(table: Table | Note) -> Table | Note:
    """The first rows of a long list, what the others add up to, and the total; a short list as it is.

    The list comes with its largest rows first and its total, if any, last. The id of the extract ends in
    ``-utama``: that of the whole list is where the whole list is.
    """
    if not isinstance(table, Table) or not is_long(table):
        return table
    *every, total = table.rows if table.totals else with_total(table).rows
    others = every[FIRST:]
    named = Phrase("{n} baris lainnya", {"n": count(len(others))})
    rows = (*every[:FIRST], _summed(table, others, named), total)
    return replace(table, id=f"{table.id}-utama", rows=rows, totals=(FIRST + 1,), note=_noted(table.note))


def with_total(table: Table) -> Table:
    """The table with what its amounts add up to below them; an empty one as it is."""
    if not table.rows:
        return table
    return replace(table, rows=(*table.rows, _summed(table, list(table.rows), "Jumlah")), totals=(len(table.rows),))


def complete(table: Table | Note) -> Table | Note:
    """The whole list for the annex; a sentence where the main part has all of it."""
    if is_long(table):
        return table
    said = (Phrase(f"{table.caption}: seluruhnya ada pada bagian utama."),)
    return Note(f"{table.id}-lengkap", "", table.is_sample, items=table.items if isinstance(table, Note) else said)


def _summed(table: Table, rows: list[tuple[Any, ...]], name: Phrase | str) -> tuple[Any, ...]:
    """Amounts of the rows added up; a share of several rows is none, and a text stays empty."""
    cells = [
        sum(row[place] for row in rows if row[place] is not None)
        if column.kind in SUMMED
        else ""
        if column.kind == "teks"
        else None
        for place, column in enumerate(table.columns)
    ]
    return (name, *cells[1:])


def _noted(note: Phrase | str) -> Phrase:
    said = note if isinstance(note, Phrase) else Phrase(note)
    return Phrase(f"{WHOLE} {said.pattern}".strip(), said.values)
