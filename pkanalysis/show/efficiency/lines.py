"""Budget lines by name: the tables that list the lines behind a figure."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pkanalysis.show.blocks import Column, Table
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
