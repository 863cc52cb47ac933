"""Columns that the tables of published figures share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis.show.blocks import Column, Table

if TYPE_CHECKING:
    from pkanalysis.store import Workspace

WHAT = Column("hal", "Uraian", wide=True)
YEAR = Column("tahun", "Tahun", "tahun")
VALUE = Column("cetak", "Nilai", "angka")
TARGET = Column("cetak_target", "Target", "angka")
ACTUAL = Column("cetak", "Realisasi", "angka")
NOTE = Column("keterangan", "Keterangan", wide=True)
STATUS = Column("status", "Kedudukan")
CITED = Column("kutipan", "Sumber")
NUMBERED = "nomor dalam kurung siku menunjuk tabel sumber di akhir halaman"


def table(ws: Workspace, rows: pd.DataFrame, columns: tuple[Column, ...], **block: Any) -> Table:
    """One table of the page; where the citations lead is said below it."""
    return Table.from_frame(rows, columns, is_sample=ws.is_sample, **({"source": NUMBERED} | block))
