"""The year so far, beside the same quarters of last year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis.trend import year_to_date
from pkanalysis.periods import QUARTERS, quarters_to
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Table
from pkanalysis.show.cells import measured, percent
from pkanalysis.show.setting import Setting


def this_year(setting: Setting, card: pd.DataFrame, values: pd.DataFrame) -> Table:
    """The quarters so far of each indicator in ``card``, beside the same quarters of last year.

    ``values`` is the table ``realisasi``.
    """
    rows = tuple(_so_far(row, values, setting) for _, row in card.iterrows())
    return Table(
        id="tahun-berjalan",
        caption=f"Nilai sampai {setting.period_short} dan sampai triwulan yang sama tahun lalu",
        is_sample=setting.is_sample,
        columns=(
            Column("nama", "Indikator", wide=True),
            Column("satuan", "Satuan"),
            Column("triwulan", "Sampai"),
            Column("kini", "Tahun ini", "angka"),
            Column("lalu", "Tahun lalu", "angka"),
            Column("beda", "Selisih", "angka"),
            Column("bagian", "Bagian yang tahun lalu tercapai saat itu", "persen", 0),
        ),
        rows=rows,
        note="Nilai sebagian tahun tidak direntangkan menjadi setahun; – berarti belum ada.",
        source="lembar 4_REALISASI",
    )


def _so_far(row: pd.Series, values: pd.DataFrame, setting: Setting) -> tuple[Any, ...]:
    now, before = (_quarters(values, row["kode_indikator"], year) for year in (setting.year, setting.year - 1))
    known = [
        value if quarter in quarters_to(setting.period) else None for quarter, value in zip(QUARTERS, now, strict=True)
    ]
    found = year_to_date(known, before, row["agregasi"], row["polaritas"])
    return (
        row["nama_indikator"],
        row["satuan"],
        words.SHORT_PERIODS.get(found.period, "–"),
        measured(found.value),
        measured(found.last_year),
        measured(found.difference),
        percent(100 * found.share_last_year, 0),
    )


def _quarters(values: pd.DataFrame, code: str, year: int) -> list[float | None]:
    own = values[values["kode_indikator"].eq(code) & values["tahun"].eq(year)].set_index("periode")["nilai"]
    return [own.get(quarter) for quarter in QUARTERS]
