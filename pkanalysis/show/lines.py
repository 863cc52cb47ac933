"""Budget lines by name: the tables that list the lines behind a figure.

Long lists: their largest rows on the main part of the page, the whole of them in the annex.

Tables with what no account shows below them, and the sentence in the place of a table without rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count
from pkanalysis.show.efficiency.comparison import Comparison

CHANGE = (
    Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
    Column("pagu_sesudah_rp", "Sesudah (Rp)", "rp"),
    Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
)


@dataclass(frozen=True)
class Named:
    """Names of sub kegiatan, accounts and funding sources by code, as the files write them."""

    activity: pd.Series
    account: pd.Series
    source: pd.Series

    def activities(self, codes: pd.Series) -> list[str]:
        """``code name`` of sub kegiatan."""
        return _joined(codes, self.activity)

    def accounts(self, codes: pd.Series) -> list[str]:
        """``code name`` of accounts."""
        return _joined(codes, self.account)

    def sources(self, codes: pd.Series) -> list[str]:
        """``code name`` of funding sources."""
        return [text or "belum diisi" for text in _joined(codes, self.source)]

    def table(
        self, pair: Comparison, lines: pd.DataFrame, name: str, caption: str, *more: Column, note: str = ""
    ) -> Table:
        """The lines with their SKPD, sub kegiatan and account; ``more`` columns stand before the amounts."""
        rows = lines.assign(
            nama=[pair.office(code) for code in lines["kode_opd"]],
            sub=self.activities(lines["kode_sub_kegiatan"]),
            rekening=self.accounts(lines["kode_rekening"]),
        )
        heads = [
            Column("nama", "SKPD", wide=True),
            Column("sub", "Sub kegiatan", wide=True),
            Column("rekening", "Rekening", wide=True),
        ]
        return Table.from_frame(
            rows,
            [*heads, *more, *CHANGE],
            **pair.block(name, caption),
            note=pair.note(note),
            source=pair.setting.budget_source,
        )


def named(lines: pd.DataFrame) -> Named:
    """Names as the last row of each code gives them.

    Examples
    --------
    >>> rows = {"kode_sub_kegiatan": ["1"], "nama_sub_kegiatan": ["Rapat"], "kode_rekening": ["5"],
    ...         "nama_rekening": [None], "kode_sumber_dana": ["1.1"], "nama_sumber_dana": ["PAD"]}
    >>> found = named(pd.DataFrame(rows))
    >>> found.activities(pd.Series(["1"])), found.accounts(pd.Series(["5"]))
    (['1 Rapat'], ['5'])
    """
    return Named(*(_names(lines, part) for part in ("sub_kegiatan", "rekening", "sumber_dana")))


def programmes(lines: pd.DataFrame, codes: pd.Series) -> list[str]:
    """``code name`` of programmes."""
    return _joined(codes, _names(lines, "program"))


def _names(lines: pd.DataFrame, part: str) -> pd.Series:
    known = lines.dropna(subset=[f"kode_{part}", f"nama_{part}"]).drop_duplicates(f"kode_{part}", keep="last")
    return known.set_index(f"kode_{part}")[f"nama_{part}"]


def _joined(codes: pd.Series, names: pd.Series) -> list[str]:
    return [f"{code} {' '.join(str(names.get(code, '')).split())}".strip() for code in codes.fillna("")]


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


def noted(pair: Comparison, table: Table, is_by_account: bool = True) -> Table | Note:
    """The table with the hidden amount in its note, or the reason why it cannot be made."""
    said = table.note if isinstance(table.note, Phrase) else Phrase(table.note)
    return pair.refused(table.id, is_by_account) or replace(table, note=pair.note(said.pattern, **said.values))


def or_sentence(table: Table, none: str) -> Table | Note:
    """The table, or one sentence where it has no rows.

    Examples
    --------
    >>> or_sentence(Table("tkd", "Pengurangan", False), "Tidak ada.").items[0].pattern
    'Tidak ada.'
    """
    return table if table.rows else Note(table.id, "", table.is_sample, items=(Phrase(none),))
