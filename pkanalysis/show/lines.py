"""Budget lines by name, and lists of them: their largest rows on the main part of a page, all of them in the annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.show.blocks import Note, Table
from pkanalysis.show.page import Page
from pkanalysis.show.tables import SUM, TOTAL
from pkanalysis.show.values import Phrase, count

FIRST = 10
"""Rows of a long list on the main part of the page."""
SUMMED = ("rp", "perubahan_rp", "bulat")
WHOLE = "Selengkapnya pada lampiran."
LINE = "nama sub rekening"
"""Columns of a line: its SKPD, sub kegiatan and account (:meth:`Named.lines`)."""
MOVED = "pagu_sebelum_rp pagu_sesudah_rp selisih_rp"


@dataclass(frozen=True)
class Named:
    """Names of sub kegiatan, accounts and funding sources by code, as the files write them."""

    activity: pd.Series
    account: pd.Series
    source: pd.Series

    def lines(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The lines with the names of their sub kegiatan and account, ``sub`` and ``rekening``."""
        sub, account = coded(rows["kode_sub_kegiatan"], self.activity), coded(rows["kode_rekening"], self.account)
        return rows.assign(sub=sub, rekening=account)


def named(lines: pd.DataFrame) -> Named:
    """Names as the last row of each code gives them.

    Examples
    --------
    >>> rows = {"kode_sub_kegiatan": ["1"], "nama_sub_kegiatan": ["Rapat"], "kode_rekening": ["5"],
    ...         "nama_rekening": [None], "kode_sumber_dana": ["1.1"], "nama_sumber_dana": ["PAD"]}
    >>> found = named(pd.DataFrame(rows))
    >>> coded(pd.Series(["1"]), found.activity), coded(pd.Series(["5"]), found.account)
    (['1 Rapat'], ['5'])
    """
    return Named(*(_names(lines, part) for part in ("sub_kegiatan", "rekening", "sumber_dana")))


def programmes(lines: pd.DataFrame, codes: pd.Series) -> list[str]:
    """``code name`` of programmes."""
    return coded(codes, _names(lines, "program"))


def _names(lines: pd.DataFrame, part: str) -> pd.Series:
    known = lines.dropna(subset=[f"kode_{part}", f"nama_{part}"]).drop_duplicates(f"kode_{part}", keep="last")
    return known.set_index(f"kode_{part}")[f"nama_{part}"]


def coded(codes: pd.Series, names: pd.Series) -> list[str]:
    """``code name`` of each, on one line."""
    return [f"{code} {' '.join(str(names.get(code, '')).split())}".strip() for code in codes.fillna("")]


def with_sum(rows: pd.DataFrame, **said: str) -> pd.DataFrame:
    """The rows of a change and below them their total; ``said`` are the words of that row, none without rows."""
    whole = changes.total(rows.assign(**said), list(said))
    return pd.concat([rows, whole.assign(**{TOTAL: True})], ignore_index=True)


def noted(page: Page, table: Table | Note, is_by_account: bool = True) -> Table | Note:
    """The table with the hidden amount in its note, or the reason why it cannot be made."""
    said = table.note if isinstance(table.note, Phrase) else Phrase(table.note)
    return page.refused(table.id, is_by_account) or replace(table, note=page.note(said.pattern, **said.values))


def extract(table: Table | Note) -> Table | Note:
    """The first rows of a long list, what the others add up to, and the total; a short list as it is.

    The list comes with its largest rows first and its total, if any, last; it is long where leaving rows out makes it
    shorter. The id of the extract ends in ``-utama``: that of the whole list is where the whole list is.
    """
    if not isinstance(table, Table) or len(table.rows) - len(table.totals) <= FIRST + 1:
        return table
    *every, total = table.rows if table.totals else (*table.rows, _summed(table, table.rows, SUM))
    others = every[FIRST:]
    named = Phrase("{n} baris lainnya", {"n": count(len(others))})
    note = table.note if isinstance(table.note, Phrase) else Phrase(table.note)
    return replace(
        table,
        id=f"{table.id}-utama",
        rows=(*every[:FIRST], _summed(table, others, named), total),
        totals=(FIRST + 1,),
        note=Phrase(f"{WHOLE} {note.pattern}".strip(), note.values),
    )


def complete(table: Table | Note) -> Table | Note:
    """The whole list for the annex; a sentence where the main part has all of it."""
    if extract(table) is not table:
        return table
    said = (Phrase(f"{table.caption}: seluruhnya ada pada bagian utama."),)
    return Note(f"{table.id}-lengkap", "", table.is_sample, items=table.items if isinstance(table, Note) else said)


def _summed(table: Table, rows: Sequence[tuple[Any, ...]], name: Phrase | str) -> tuple[Any, ...]:
    """Amounts of the rows added up; a share of several rows is none, and a text stays empty."""
    cells: list[Any] = [name]
    for place, column in enumerate(table.columns[1:], start=1):
        amount = sum(row[place] for row in rows if row[place] is not None) if column.kind in SUMMED else None
        cells.append("" if column.kind == "teks" else amount)
    return tuple(cells)
